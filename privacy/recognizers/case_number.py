"""Numbers of a citizen's own case: receipt, petition, electronic payment, document check, court case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.digit_layouts import DigitLayoutRecognizer, layout
from privacy.recognizers.korean_recognizer import Finding

_PETITION = re.compile(r"(?<![A-Za-z\d])[1-9][A-Z]{2}-?\d{4}-?\d{6,7}(?!\d)", re.IGNORECASE)
_COURT = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s?(?:가단|가합|가소|나|다|고단|고합|고정|노|도|드단|드합|르|므|느단|느합|구단|구합|누"
    r"|두|카단|카합|타경|타채|차전?|머|개회|하단|하면|호|브|스|즈단|재나|형제?)\s?\d{2,7}(?!\d)"
)
_MIXED = re.compile(
    r"(?<![A-Za-z\d])(?=[A-Z\d\-]*\d{4})(?=[A-Z\d\-]*[A-Z])[A-Z\d]{1,12}(?:-[A-Z\d]{1,12}){0,5}(?![A-Za-z\d])",
    re.IGNORECASE,
)


class CaseNumberRecognizer(DigitLayoutRecognizer):
    """전자납부번호, 문서확인번호, 접수번호, 민원번호 (1AA-2404-0123456), 사건번호 (2024가단12345)."""

    KIND = PersonalKind.CASE
    CONTEXT = (
        "접수번호", "민원번호", "신청번호", "신고번호", "처리번호", "관리번호", "문서확인번호", "확인번호",
        "발급번호", "납부번호", "전자납부번호",
        "고지번호", "고지서번호", "사건번호", "예약번호", "수용가번호", "고객번호", "전자수용가번호", "대상자번호",
        "증명서번호", "등기번호",
        "송장번호", "운송장", "영수증번호", "승인번호", "가상번호", "수험번호", "회원번호", "세대번호", "허가번호",
        "문서번호", "일련번호",
        "보험증번호", "학번", "사번", "군번", "가상계좌번호",
    )  # fmt: skip
    LAYOUTS = (layout(r"\d{1,12}(?:-\d{1,12}){1,8}", 0.3), layout(r"\d{5,20}", 0.3, squeezed=True))

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for finding in super().find(text, artifacts):
            if (
                sum(letter.isdigit() for letter in text[finding.start : finding.end]) >= 5
                or finding.end - finding.start >= 5
            ):
                yield finding
        for pattern, score in ((_PETITION, 0.75), (_COURT, 0.6), (_MIXED, 0.15)):
            for match in pattern.finditer(text):
                yield Finding(match.start(), match.end(), score)
