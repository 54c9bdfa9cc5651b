"""ko-pii: its Anonymizer in the strictest mode (PARANOID); found is what that mode takes out."""

from __future__ import annotations

from ko_pii import Action, Anonymizer, ProcessingMode, __version__

from bench.privacy.peers import OneTextPeer, Span, renamed

_KINDS = {
    "PHONE": "PHONE",
    "FAX": "PHONE",
    "RRN": "RRN",
    "FRN": "RRN",
    "PASSPORT": "PASSPORT",
    "DRIVER_LICENSE": "DRIVER",
    "BUSINESS_REG": "BRN",
    "CORP_REG": "BRN",
    "CARD": "CARD",
    "ACCOUNT": "ACCOUNT",
    "VEHICLE": "PLATE",
    "DT_BIRTH": "BIRTH",
    "PETITION_ID": "CASE",
    "COURT_CASE": "CASE",
    "DOC_ID": "CASE",
    "PRESCRIPTION_ID": "CASE",
    "MEDICAL_INSURANCE": "ID",
    "EMPLOYEE_ID": "ID",
    "PNU": "ID",
    "EMAIL": "EMAIL",
    "IP": "IP",
    "URL": "URL",
    "PERSON": "NAME",
    "ADDRESS": "ADDRESS",
    "POSTAL_CODE": "ADDRESS",
}


class KoPii(OneTextPeer):
    name = "ko-pii"
    version = __version__

    def find(self, text: str) -> list[Span]:
        # An Anonymizer's vault remembers every value it has seen: a new one each time is what a new session is.
        result = Anonymizer(mode=ProcessingMode.PARANOID, include=_KINDS).process(text)
        found = [record.detection for record in result.detections if record.action is Action.BLOCK]
        return renamed([(each.start, each.end, each.label) for each in found], _KINDS)
