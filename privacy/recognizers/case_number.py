"""Numbers of a citizen's own case: receipt, petition, electronic payment, document check, court case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.public_numbers import is_public_number
from privacy.recognizers.case_said import (
    COURT,
    LETTERED_ANSWER,
    LETTERED_SAID,
    PETITION_HEAD,
    PETITION_SAID,
    PLACE_VALUE_SAID,
)
from privacy.recognizers.dialogue import answer_lines
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout
from privacy.recognizers.korean_recognizer import Finding
from privacy.recognizers.said_numbers import without_copula

_PETITION = re.compile(r"(?<![A-Za-z\d])[1-9][A-Z]{2}-?\d{4}(?:-?\d{4,7})?(?!\d)", re.IGNORECASE)
_MIXED = re.compile(
    r"(?<![A-Za-z\d])(?=[A-Z\d\-]{0,60}\d{4})(?=[A-Z\d\-]{0,60}[A-Z])[A-Z\d]{1,12}(?:-[A-Z\d]{1,12}){0,5}(?![A-Za-z\d])",
    re.IGNORECASE,
)
_WITH_HANGUL = re.compile(r"(?<![\d가-힣\-])(?:19|20)?\d{2}-[가-힣]{2,8}-?\d{2,8}(?:-\d{1,4})?(?!\d)")
"""2024-행심-0482, 2023-점용-284."""
_PREFIXED = re.compile(
    r"(?<![\w가-힣\-])(?:(?!\S{0,6}(?:고시|공고|조례|법률))[가-힣]{2,8}-(?:19|20)\d{2}(?:-\d{3,8}|\d{4}[ -]\d{3,8})"
    r"|[A-Z]{1,5}-\d{6,8}-\d{1,6})(?![\d\-])"
)
"""서울복지-2024-10983, N-20241203-9."""
_NUMBER_WORD = (
    r"(?:접수|민원|신청|신고|처리|관리|확인|발급|납부|고지|고지서|사건|예약|수용가|고객|대상자|증명서|등기|송장"
    r"|운송장|영수증|승인|허가"
    r"|문서|일련|위반|과세|주문|결제|계약|분실물|접수증|신문고|회원|대기|순번|조회|검침|계량기|가구|세대|청구|진정"
    r"|이의신청|심판)"
)
_LABELLED = re.compile(
    rf"{_NUMBER_WORD}[ ]?(?:번호|넘버|no\.?)?[은는이가]?요?[ ]?[:：]?[ ]?(?:제[ ]?)?"
    r"(?P<value>(?=[A-Z0-9가-힣\-]{0,12}\d)(?=[A-Z0-9\-]*[A-Z\-])[A-Z0-9]{1,12}(?:-[A-Z0-9]{1,12}){0,6})(?![A-Z0-9\-])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?<!공고\s)(?<!고시\s)제[ ]?(?P<value>(?:19|20)\d{2}-\d{3,8})호")
PERIOD = re.compile("[/~∼〜]")
"""Dates such as 3/15~4/30."""
_OWN_PAPER = re.compile(r"접수증|접수번호|신청번호|허가증|영수증|통지서|고지서|필증|등록증")
_TALK = re.compile(r"접수|민원|신청|신고|사건|문자|번호|신문고|예약|조회|처리|분실물|등기|고객|고지")
_RECEIVED = re.compile(r"접수|신청한|신고한|사건|민원|예약")
_NOT_OWN = re.compile(r"대기|번호표|창구|버스|원이|여권|면허|차량|층|앞에\s?몇|호실")
_ASKED = re.compile(rf"{_NUMBER_WORD}\s?번호|신문고|문서확인")
_NEXT_ASKED = re.compile(r"뒤에|뒤는|다음|나머지|하이픈|번호\s?불러|앞부터|자리")
_PIECE = re.compile(
    r"(?<![A-Za-z\d\-])(?=[A-Z\d\-]{0,60}\d)[A-Z\d]{2,12}(?:-[A-Z\d]{1,12}){0,5}(?![A-Za-z\d]|\s?(?:시|분|월|일|년|원"
    r"|개|명|층))",
    re.IGNORECASE,
)


class CaseNumberRecognizer(DigitLayoutRecognizer):
    """전자납부번호, 문서확인번호, 접수번호, 민원번호 (1AA-2404-0123456), 사건번호 (2024가단12345, 2024-행심-0482)."""

    KIND = PersonalKind.CASE
    CONTEXT = (
        "접수번호", "민원번호", "신청번호", "신고번호", "처리번호", "관리번호", "문서확인번호", "확인번호",
        "발급번호", "납부번호", "전자납부번호",
        "고지번호", "고지서번호", "사건번호", "예약번호", "수용가번호", "고객번호", "전자수용가번호", "대상자번호",
        "증명서번호", "등기번호",
        "송장번호", "운송장", "영수증번호", "승인번호", "가상번호", "수험번호", "회원번호", "세대번호", "허가번호",
        "문서번호", "일련번호", "과세번호", "위반번호", "주문번호", "결제번호", "접수증", "계량기번호", "분실물",
        "청구번호",
        "보험증번호", "학번", "사번", "군번", "가상계좌번호",
    )  # fmt: skip
    LAYOUTS = (layout(r"\d{1,12}(?:-\d{1,12}){1,8}", 0.3), layout(r"\d{5,20}", 0.3, squeezed=True))

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for finding in super().find(text, artifacts):
            if PERIOD.search(text, finding.start, finding.end):
                continue
            if (
                sum(letter.isdigit() for letter in text[finding.start : finding.end]) >= 5
                or finding.end - finding.start >= 5
            ):
                yield finding
        for pattern, score in ((_PETITION, 0.75), (COURT, 0.75), (_WITH_HANGUL, 0.6), (_PREFIXED, 0.6), (_MIXED, 0.15)):
            for match in pattern.finditer(text):
                yield Finding(match.start(), without_copula(text, match.start(), match.end()), score)
        for match in _LABELLED.finditer(text):
            yield Finding(*match.span("value"), 0.6, settled=True)
        for match in _NUMBERED.finditer(text):
            if _OWN_PAPER.search(_line(text, match.start())):
                yield Finding(*match.span("value"), 0.6, settled=True)
        yield from _said(text)
        if "\n" in text:
            yield from _answers(text)


def _said(text: str) -> Iterator[Finding]:
    """Numbers said with letters or with 만 and 천, where the sentence speaks of a case."""
    for match in PETITION_SAID.finditer(text):
        if sum(letter not in " -" for letter in match.group()) > 8:
            yield Finding(match.start(), match.end(), 0.72, settled=True)
    for match in LETTERED_SAID.finditer(text):
        line = _line(text, match.start())
        if _TALK.search(line) and len(match.group()) > 5 and not _NOT_OWN.search(line):
            yield Finding(match.start(), match.end(), 0.62, settled=True)
    for match in PLACE_VALUE_SAID.finditer(text):
        line = _line(text, match.start())
        called = text.startswith("번", match.end()) or text[max(0, match.start() - 5) : match.start()].find("번호") >= 0
        if called and _RECEIVED.search(line) and not _NOT_OWN.search(line):
            yield Finding(match.start(), match.end(), 0.6, settled=True)


def _answers(text: str) -> Iterator[Finding]:
    """Pieces of a number after a question for one."""
    for start, end in answer_lines(text, _ASKED.search, _NEXT_ASKED.search):
        if _NOT_OWN.search(text, start, end):
            continue
        for pattern in (_PIECE, PETITION_HEAD, LETTERED_ANSWER):
            for match in pattern.finditer(text, start, end):
                if not is_public_number(match.group()):
                    yield Finding(match.start(), match.end(), 0.55, settled=True)


def _line(text: str, position: int) -> str:
    end = text.find("\n", position)
    return text[text.rfind("\n", 0, position) + 1 : end if end >= 0 else len(text)]
