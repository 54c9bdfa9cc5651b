"""Words that mean somebody is in danger now: they go before everything else, whatever the intent classifier thinks."""

from __future__ import annotations

import re
from typing import Literal

Emergency = Literal["medical", "crime", "suicide", "violence"]

_QUESTION_ABOUT = re.compile(
    r"(교육|훈련|강좌|배우|대피소|대피로|예방|보험|신청|지원금|서류|자격|수당|벌금|과태료|진단서|센터\s*위치|"
    r"어디\s*있|몇\s*시|운영|how to apply|training|certificate|insurance|course|"
    # What happened long ago, or what is asked because of it.
    r"작년|재작년|지난\s*(주|달|해|번)|(년|달|주일)\s*전|병원비|간병|휴직|장애\s*등록)"
)

# Ordered: the first kind that matches wins. Patterns ask for danger in progress, not for the topic.
_PATTERNS: tuple[tuple[Emergency, re.Pattern[str]], ...] = (
    (
        "suicide",
        re.compile(
            r"죽고\s*싶|죽어\s*버리고\s*싶|죽으려고|자살\s*하(고|려)|자살할|목숨을?\s*끊|그만\s*살고\s*싶|살고\s*싶지\s*않|"
            r"살기\s*싫어|뛰어\s*내리(고|려)|유서를?\s*(썼|쓰고)|약을?\s*한꺼번에\s*먹|세상을?\s*등지고|"
            r"kill myself|want to die|suicid|end my life",
            re.IGNORECASE,
        ),
    ),
    (
        "violence",
        re.compile(
            r"(남편|아내|아버지|아빠|남자\s*친구|동거인|아들|며느리|사위)(이|가|한테|에게)?\s*[^.?!]{0,15}(때려요|때리고|때렸|맞고\s*있|"
            r"(?<!주사를 )(?<!주사 )(?<!백신을 )(?<!백신 )(?<!접종을 )맞았어|폭행|목을?\s*졸)|"
            r"가정\s*폭력(을|이)?\s*(당하|있어|지금)|성폭행|성폭력(을)?\s*당|(?<![건한])강간|데이트\s*폭력(을)?\s*당|"
            r"(husband|boyfriend|father|partner)\b.{0,30}\b(hit|hitting|beat|beating|hurt|hurting)|\braped\b",
            re.IGNORECASE,
        ),
    ),
    (
        "medical",
        re.compile(
            r"(?<!환)불(이\s*나(?!가|갔|오|왔|와|옵)|이?\s*났)|화재가?\s*(났|발생)|연기가?\s*(나|가득|들어)|"
            r"가스\s*(가|이)?\s*(새|샌|냄새)|폭발(?!적)|"
            r"(사람|어르신|할머니|할아버지|어머니|아버지|엄마|아빠|남편|아내|아이|애기?|친구|영감)(님)?(이|가|는)?\s*[^.?!]{0,12}"
            r"(쓰러|의식|숨을?\s*(안|못)|숨이\s*(안|멎|막)|피를|경련|에\s*빠졌|갇혔|깔렸|"
            r"(?<!추첨에서 )(?<!심사에서 )(?<!면접에서 )(?<!시험에서 )(?<!시험에 )떨어졌)|"
            r"쓰러(졌|져\s*있)|의식(이|을)?\s*(없|잃)|숨(을|이)?\s*(을\s*)?(안\s*쉬|못\s*쉬|멎|막혀|안\s*쉬어)|심장(이)?\s*(멎|멈)|"
            r"심폐소생|피가?\s*(안\s*멈|많이\s*나|멈추지)|물에\s*빠졌|갇혔(어|습)|엘리베이터에?\s*갇|감전|119\s*(불러|에\s*전화해|좀\s*불)|"
            r"구급차\s*(좀|빨리|불러|보내)|살려\s*(줘|주세요|주십)|응급\s*상황(이|입)|농약을?\s*(마셨|먹었)|"
            r"not breathing|can'?t breathe|unconscious|collapsed|heart attack|(house|building|apartment).{0,15}on fire|"
            r"there('?s| is) a fire|call an ambulance|gas leak|drowning|bleeding (badly|a lot)",
            re.IGNORECASE,
        ),
    ),
    (
        "crime",
        re.compile(
            r"(도둑(?!고양이)|강도|괴한|침입)(이|가|을|를)?\s*[^.?!]{0,10}(들었|들어왔|들어와|당했|쫓아|따라|있어)|칼(을)?\s*(들고|든)|"
            r"누가\s*[^.?!]{0,12}"
            r"(쫓아와|따라와|따라오|문을?\s*부수|협박)|스토킹(을)?\s*당하고|납치|유괴|(아이|애|어르신|할머니|할아버지|어머니|아버지|엄마)(가|이)?\s*"
            r"[^.?!]{0,10}(없어졌|사라졌|실종)|112\s*(불러|에\s*신고)|보이스\s*피싱(에|을)?\s*(당했|돈을\s*보냈)|지금\s*폭행|"
            r"\bbreak(ing)? in(to)?\b|being followed|has a knife|with a knife|"
            r"\brobbed\b|kidnap|my (child|kid|son|daughter) is missing",
            re.IGNORECASE,
        ),
    ),
)
_CERTAIN: frozenset[Emergency] = frozenset({"suicide"})


def detect_emergency(text: str) -> Emergency | None:
    """The kind of danger that the words say is happening, or None.

    A question *about* the topic (a course, an insurance, a shelter) isn't one, except where a life may be at stake by
    the person's own hand: that always counts.
    """
    for kind, pattern in _PATTERNS:
        if pattern.search(text) and (kind in _CERTAIN or not _QUESTION_ABOUT.search(text)):
            return kind
    return None
