"""The closed list of personal-data kinds: internal name, output code, Korean placeholder label."""

from __future__ import annotations

from enum import StrEnum


class PersonalKind(StrEnum):
    """A kind of personal data. ``code`` is what ``maru scrub`` prints, ``label`` what a placeholder carries."""

    PHONE = "PHONE"
    RRN = "RRN"
    FOREIGNER = "FOREIGNER"
    EMAIL = "EMAIL"
    CARD = "CARD"
    ACCOUNT = "ACCOUNT"
    NAME = "NAME"
    ADDRESS = "ADDRESS"
    PLATE = "PLATE"
    PASSPORT = "PASSPORT"
    DRIVER = "DRIVER"
    BRN = "BRN"
    BIRTH = "BIRTH"
    CASE = "CASE"
    IP = "IP"
    URL = "URL"
    ID = "ID"
    NUMBER = "NUMBER"

    @property
    def code(self) -> str:
        """Output type code; a foreigner registration number counts as an RRN (same layout, same law)."""
        return "RRN" if self is PersonalKind.FOREIGNER else self.value

    @classmethod
    def of_placeholder(cls, placeholder: str) -> PersonalKind:
        """The kind that a placeholder such as ``<전화번호_1>`` stands for; ``ValueError`` for anything else."""
        label = placeholder[1:-1].rpartition("_")[0]
        for kind, known in _LABELS.items():
            if known == label:
                return kind
        raise ValueError("not a placeholder")

    @property
    def label(self) -> str:
        """Korean word inside the placeholder, such as 전화번호 in ``<전화번호_1>``."""
        return _LABELS[self]


_LABELS = {
    PersonalKind.PHONE: "전화번호",
    PersonalKind.RRN: "주민등록번호",
    PersonalKind.FOREIGNER: "외국인등록번호",
    PersonalKind.EMAIL: "이메일",
    PersonalKind.CARD: "카드번호",
    PersonalKind.ACCOUNT: "계좌번호",
    PersonalKind.NAME: "이름",
    PersonalKind.ADDRESS: "주소",
    PersonalKind.PLATE: "차량번호",
    PersonalKind.PASSPORT: "여권번호",
    PersonalKind.DRIVER: "운전면허번호",
    PersonalKind.BRN: "사업자등록번호",
    PersonalKind.BIRTH: "생년월일",
    PersonalKind.CASE: "접수번호",
    PersonalKind.IP: "아이피",
    PersonalKind.URL: "링크",
    PersonalKind.ID: "아이디",
    PersonalKind.NUMBER: "번호",
}
