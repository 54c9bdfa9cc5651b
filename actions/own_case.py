"""Questions about somebody's own file (제 신청 결과 나왔어요?): Maru sees no files and says who does.

Asked only where no entry answers, so a general question that sounds alike loses nothing.
"""

from __future__ import annotations

import re

_MINE = (
    r"(?<![가-힣])(제|제가|내|내가|저|저희|저한테|저희가|나|나를|나한테|우리|본인|남편|아내|영감|어머니|아버지)"
    r"(?=\s|의\s|가\s|는\s|은\s|한테|에게|께|도\s)"
)
_HOW_IT_STANDS = (
    r"(나왔|됐|되었|됐나|들어왔|들어오나|도착했|통과|났나|났어|왔어|어디쯤|어디까지|어느\s*부서|누구\s*손|몇\s*번(째|이)|몇\s*(등|점|건)|남았|밀려|"
    r"얼마(?!나)|왜\s|아직|언제|이었|였지|였더라|조회|처리\s*상황|진행)"
)
_DO_IT = (
    r"(확인|조회|봐|들여다|알아봐|찾아|취소|고쳐|바꿔|옮겨|없애|지워|풀어|빼|깎아|넣어|불러|보내|돌려|연결|계산|말해|알려|멈춰)"
    r"[가-힣\s]{0,6}(줘|주[세시실이소셔십면]|줄\s*(수|래)|달라)"
)
_BEFORE = (
    r"(지난번|저번|일전|아까|방금|어제|그제|지난\s*[가-힣]{1,3}|(며칠|일|주|달|년)\s*전|이번\s*달|작년)(에|에는)?\s"
)
_FILED = r"(신청한|접수한|신고한|제출한|예약한|예약해|낸|넣은|보낸|올린|얘기한|얘기하다|말한|찍힌|받은|놓고)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_MINE}[^.?!]{{0,40}}({_HOW_IT_STANDS}|{_DO_IT})",
        rf"({_BEFORE}|^)[^.?!]{{0,25}}{_FILED}\s[^.?!]{{0,30}}({_HOW_IT_STANDS}|{_DO_IT}|결과|어떻게)",
        r"(신청|접수|심사|당첨|합격|민원|처리|추첨|환급금?)\s*(결과|여부|상태|번호)?[^.?!]{0,10}(나왔|됐나|들어왔|확인|조회|봐)",
        r"\b(my|our)\b.{0,40}\b(yet|status|approved|arrived?|go through|went through|balance|result)",
        r"\b(check|look up|cancel|change|move|delete|tell me|send me)\b.{0,20}\b(my|our) ",
        r"\bdid (anyone|you) .{0,30}\b(my|mine|it)\b",
    )
)


def is_own_case(text: str) -> bool:
    """Whether somebody seems to want to know or change how their own file stands."""
    return any(pattern.search(text) for pattern in _PATTERNS)
