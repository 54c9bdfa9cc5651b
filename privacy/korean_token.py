"""A Korean word as Presidio and our recognizers see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class KoreanToken:
    """A word or morpheme: ``text``, ``len()``, where it starts (``idx``) and Kiwi's part-of-speech ``tag``."""

    text: str
    idx: int
    tag: str

    def __len__(self) -> int:
        return len(self.text)

    @property
    def end(self) -> int:
        return self.idx + len(self.text)
