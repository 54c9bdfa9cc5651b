"""What is read aloud of a text on the screen: numbers, dates, signs and lists as an official would say them.

The words stay, in their order; what is added are readings ("3개" → “세 개”), and pauses. Korean speech text holds no
digit. Each line is one short sentence, or a part of a long one that ends where a clause does, for a reader to breathe.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from actions.spoken_numbers import ordinal
from actions.spoken_readings import read_korean

LONGEST = 40  # syllables of a line, where the text lets us break it
_SHORTEST = 8

_ON_SCREEN = {"ko": "누리집 주소는 화면에 있습니다.", "en": "The web address is on the screen."}
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>()\[\]가-힣]*[a-z0-9/]|(?<![\w@.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:kr|com|org|net)\b[^\s<>()가-힣]*",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_IN_PARENTHESES = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
# Markdown would take the year or month of a date for the number of a list's item.
_DATE_AT_START = re.compile(r"^(\s*(?:\d{4}|\d{1,2}(?=\.\s\d{1,2}\.)))\.", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
# Where a long sentence may be broken, best first: after a clause, after a part of one, in an enumeration.
_CONNECTIVES = (
    "지만|므로|거나|든지|하여|되어|려면|도록|는데|인데|은데|아서|어서|여서|해서|하니|으니|이니|되면|하면|으면|이면"
)
_BREAKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?<=며)|(?<=(?:{_CONNECTIVES}))|(?<=[하되이리기치우주받갖내지가]고)(?<!사고)(?<!라고)),?\s",
        r"(?<=[뒤때해])\s|(?<=(?:경우|다음|대로|에는|에도|람도|위하))\s",
        r"(?<=,)\s",
    )
)
_SYLLABLE = re.compile(r"[가-힣]|[A-Za-z]+")


@lru_cache(maxsize=2048)
def spoken_text(markdown: str, locale: str) -> str:
    """``markdown`` for reading aloud in ``locale`` ("ko", else its numbers are left to the voice), lines joined by \\n.

    Addresses of web pages aren't spelt out: a last sentence says that they are on the screen.
    """
    lines: list[str] = []
    hidden = False
    for block in _blocks(unicodedata.normalize("NFC", markdown), locale):
        text, left_out = _without_addresses(block, locale)
        hidden |= left_out
        spoken = read_korean(text) if locale == "ko" else _plain(text)
        for sentence in _SENTENCE.split(spoken):
            lines.extend(_short(sentence))
    if hidden:
        lines.append(_ON_SCREEN["ko" if locale == "ko" else "en"])
    return "\n".join(lines)


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _blocks(markdown: str, locale: str) -> Iterator[str]:
    """Each paragraph, heading, list item and table row as one line of plain text."""
    numbers: list[int | None] = []
    head: list[str] = []
    row: list[str] | None = None
    lead = ""
    in_head = False
    for token in _markdown().parse(_DATE_AT_START.sub(r"\1\\.", markdown)):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            numbers.append(int(token.attrs.get("start", 1)) if token.type.startswith("ordered") else None)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            numbers.pop()
        elif token.type == "list_item_open" and (number := numbers[-1]) is not None:
            lead = f"{ordinal(number)}, " if locale == "ko" else f"{number}, "
            numbers[-1] = number + 1
        elif token.type in {"thead_open", "thead_close"}:
            in_head = token.type == "thead_open"
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close":
            if in_head:
                head = row or []
            else:
                yield ", ".join(f"{name} {cell}".strip() for name, cell in zip(head, row or [], strict=False)) + "."
            row = None
        elif token.type in {"inline", "code_block", "fence"}:
            for line in _lines_of(token):
                if row is not None:
                    row.append(line)
                elif line:
                    yield lead + line
                    lead = ""


def _lines_of(token: Token) -> list[str]:
    if token.children is None:
        return [line.strip() for line in token.content.splitlines()]
    text = "".join(
        "\n" if child.type == "hardbreak" else " " if child.type == "softbreak" else child.content
        for child in token.children
    )
    return [line.strip() for line in text.split("\n")]


def _without_addresses(text: str, locale: str) -> tuple[str, bool]:
    """``text`` with web and mail addresses replaced, and whether one was left out altogether."""
    left_out = False

    def in_parentheses(match: re.Match[str]) -> str:
        nonlocal left_out
        rest = _ADDRESS.sub("", match[1])
        if rest == match[1]:
            return match[0]
        left_out = True
        rest = rest.strip(" ,:;")
        return f"({rest})" if rest else ""

    text = _MAIL.sub(lambda match: _named("전자우편", match, locale), text)
    text = _IN_PARENTHESES.sub(in_parentheses, text)
    return _ADDRESS.sub(lambda match: _named("누리집", match, locale), text), left_out


def _named(kind: str, address: re.Match[str], locale: str) -> str:
    if locale != "ko":
        return "the address on the screen"
    # The particle stays as it is written, so the noun before it must end as its address did.
    closed = re.match(r"(?:을|이|은|과|으로)(?![가-힣])", address.string[address.end() :])
    return f"화면의 {kind}" if closed else f"화면의 {kind} 주소"


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _short(sentence: str) -> Iterator[str]:
    """The sentence, or its parts where it is long; each ends in a sign that a voice pauses at."""
    sentence = sentence.strip(" ,")
    while _syllables(sentence) > LONGEST:
        at = _break(sentence)
        if at is None:
            break
        yield sentence[:at].rstrip(" ,") + ","
        sentence = sentence[at:].strip(" ,")
    if _SYLLABLE.search(sentence):
        yield sentence if sentence[-1] in ".?!" else sentence + "."


def _break(sentence: str) -> int | None:
    """The last place of the best kind at which the first part is short enough and neither is a mere scrap."""
    for kind in _BREAKS:
        places = [match.start() for match in kind.finditer(sentence)]
        fitting = [
            at
            for at in places
            if _SHORTEST <= _syllables(sentence[:at]) <= LONGEST and _syllables(sentence[at:]) >= _SHORTEST
        ]
        if fitting:
            return fitting[-1]
    return None


def _syllables(text: str) -> int:
    return len(_SYLLABLE.findall(text))
