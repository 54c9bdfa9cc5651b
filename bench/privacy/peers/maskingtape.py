"""maskingtape: every detector of its pipeline but the one that asks a language model, which can't be had offline."""

from __future__ import annotations

from maskingtape import Pipeline, __version__

from bench.privacy.peers import OneTextPeer, Span, renamed

_KINDS = {
    "phone": "PHONE",
    "rrn": "RRN",
    "passport": "PASSPORT",
    "driver_license": "DRIVER",
    "biz_reg": "BRN",
    "card": "CARD",
    "account": "ACCOUNT",
    "birth_date": "BIRTH",
    "email": "EMAIL",
    "name": "NAME",
    "address": "ADDRESS",
}


class MaskingTape(OneTextPeer):
    name = "maskingtape"
    version = __version__

    def __init__(self) -> None:
        self._pipeline = Pipeline()

    def find(self, text: str) -> list[Span]:
        return renamed([(each.start, each.end, each.kind) for each in self._pipeline.scan(text)], _KINDS)
