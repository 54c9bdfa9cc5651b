"""korean-pii: all its types."""

from __future__ import annotations

from importlib.metadata import version

from korean_pii import detect

from bench.privacy.peers import OneTextPeer, Span, renamed

_KINDS = {
    "phone": "PHONE",
    "rrn": "RRN",
    "passport": "PASSPORT",
    "driver_license": "DRIVER",
    "card": "CARD",
    "account": "ACCOUNT",
    "email": "EMAIL",
}


class KoreanPii(OneTextPeer):
    name = "korean-pii"
    version = version("korean-pii")

    def find(self, text: str) -> list[Span]:
        return renamed([(each.start, each.end, each.type) for each in detect(text)], _KINDS)
