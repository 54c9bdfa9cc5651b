"""The ways people and programs write one value: other separators, digits only, spoken, decomposed, full width."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SEPARATORS = (" ", "-", ".", "/", "–", "·", "_", ", ", " - ", "\t")
_SINO = "일이삼사오육칠팔구"
_NATIVE = ("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_ZEROS = ("공", "영", "제로")
_PAUSES = ("", " ", ", ", "-", "에 ", " 에 ", "에", " 다시 ", "다시")
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_FEWEST_SPOKEN = 6
# How digits without separators are usually grouped.
_GROUPED = (
    re.compile(r"(01\d)(\d{3,4})(\d{4})"),
    re.compile(r"(02)(\d{3,4})(\d{4})"),
    re.compile(r"(0\d\d)(\d{3,4})(\d{4})"),
    re.compile(r"(\d{6})(\d{7})"),
    re.compile(r"(\d{4})(\d{4})(\d{4})(\d{4})"),
)


class Form(NamedTuple):
    """One spelling and what it is called in a report."""

    name: str
    text: str


def forms(original: str) -> list[Form]:
    """Every spelling that is looked for, the original's own first; none twice."""
    text = unicodedata.normalize("NFC", original)
    found: dict[str, Form] = {}
    for form in (Form("raw", text), *_written(text)):
        for each in (form, *_letters(form)):
            found.setdefault(each.text, each)
    return list(found.values())


def _written(text: str) -> Iterator[Form]:
    bare = re.sub(r"[\W_]", "", text)
    yield Form("digits" if bare.isdecimal() else "bare", bare)
    groups = re.findall(r"\d+", text)
    if not bare.isdecimal():
        yield from (Form("separators", separator.join(text.split())) for separator in ("_", "-", "+") if " " in text)
        return
    groups = _groups(bare) if len(groups) == 1 else groups
    for separator in _SEPARATORS:
        yield Form("separators", separator.join(groups))
    if bare.startswith("0"):
        abroad = [groups[0][1:], *groups[1:]]
        for separator in ("", "-", " "):
            yield Form("abroad", separator.join(["82", *abroad]))
        yield Form("abroad", "82 " + "-".join(abroad))
    if len(bare) >= _FEWEST_SPOKEN:
        yield from _spoken(groups)


def _groups(digits: str) -> list[str]:
    for layout in _GROUPED:
        if match := layout.fullmatch(digits):
            return list(match.groups())
    return [digits]


def _spoken(groups: list[str]) -> Iterator[Form]:
    for ones in (_SINO, _NATIVE):
        for pause in _PAUSES:
            first, *rest = groups
            for zero in _ZEROS:
                yield Form("spoken", pause.join([first, *("".join(_say(group, ones, zero)) for group in rest)]))
        for zero in _ZEROS:
            said = [_say(group, ones, zero) for group in groups]
            for pause in _PAUSES:
                yield Form("spoken", pause.join("".join(group) for group in said))
            for pause in (" ", "  ", ", ", " 에 "):
                yield Form("spoken", pause.join(" ".join(group) for group in said))


def _say(group: str, ones: Sequence[str], zero: str) -> list[str]:
    return [zero if digit == "0" else ones[int(digit) - 1] for digit in group]


def _letters(form: Form) -> Iterator[Form]:
    decomposed = unicodedata.normalize("NFD", form.text)
    if decomposed != form.text:
        yield Form("nfd" if form.name == "raw" else f"{form.name}/nfd", decomposed)
    if form.name != "spoken" and (wide := form.text.translate(_FULL_WIDTH)) != form.text:
        yield Form("full-width" if form.name == "raw" else f"{form.name}/full-width", wide)
