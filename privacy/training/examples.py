"""The material: marked sentences of ours, KLUE's news and reviews, and clean civic language."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

from privacy.training.marked_text import read_marked

Span = tuple[int, int, str]

PERSON = "NAME"
_TURN_BREAK = "\n"
_HELD_BACK = 5
_KLUE_KINDS = {"PS": PERSON, "OG": "OG", "LC": "LC"}
"""Organisations and places too: what the tagger knows to be one of those it doesn't take for a person."""


class Example(NamedTuple):
    """A text (turns joined by newlines) and its spans: start, end, kind."""

    text: str
    spans: list[Span]

    def only(self, kind: str) -> Example:
        """The same with the spans of one kind."""
        return Example(self.text, [span for span in self.spans if span[2] == kind])

    @property
    def names(self) -> list[str]:
        """The names of people in it."""
        return [self.text[start:end] for start, end, kind in self.spans if kind == PERSON]


def marked_examples(folder: Path) -> Iterator[Example]:
    """Every sentence or dialogue of the marked text files of a folder."""
    for path in sorted(folder.glob("*.txt")):
        for _, turns in read_marked(path):
            spans: list[Span] = []
            offset = 0
            for turn in turns:
                spans += [(start + offset, end + offset, kind) for start, end, kind in turn.spans]
                offset += len(turn.text) + len(_TURN_BREAK)
            yield Example(_TURN_BREAK.join(turn.text for turn in turns), spans)


def read_klue(path: Path, *, held_back: bool) -> Iterator[Example]:
    """Sentences of a KLUE-NER file (character and BIO tag a line): people as ``NAME``, organisations and places.

    Every fifth is ``held_back`` for the measurement; the others are learned from.
    """
    for number, example in enumerate(_klue_sentences(path)):
        if (number % _HELD_BACK == _HELD_BACK - 1) is held_back:
            yield example


def _klue_sentences(path: Path) -> Iterator[Example]:
    letters: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line and not line.startswith("##"):
            letter, _, tag = line.rpartition("\t")
            letters.append(letter or " ")
            tags.append(tag)
        elif letters:
            yield Example("".join(letters), sorted(_entities(tags)))
            letters, tags = [], []


def clean_texts(data: Path) -> Iterator[str]:
    """Civic language without personal data: the FAQ, questions written for it, titles, intents' examples."""
    for path in sorted((data / "faq").rglob("*.yml")):
        yield from _strings(yaml.safe_load(path.read_text(encoding="utf-8")))
    for line in (data / "retrieval" / "entries.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        yield from (entry["question"], entry["answer"])
        for questions in entry["asked"].values():
            yield from questions
    for path in sorted((data / "privacy" / "clean").glob("*.txt")):
        yield from _lines(path)


def questions_about(nouns: list[str], frames: list[str], count: int, randomness: Random) -> Iterator[str]:
    """``count`` questions about nouns that are no names.

    Each ``{}`` of a frame becomes a noun, each particle such as ``{은}`` behind it the form that fits that noun.
    """
    for _ in range(count):
        parts = randomness.choice(frames).split("{}")
        text, noun = parts[0], ""
        for part in parts[1:]:
            noun = randomness.choice(nouns)
            text += noun + _with_particles(part, noun)
        yield text


def read_lines(path: Path) -> list[str]:
    """The lines of a list, without empty ones and ``#`` remarks."""
    return list(_lines(path))


def read_paraphrases(path: Path) -> list[str]:
    """Questions of ParaKQC (the last column), without every fourth, which is held back for the measurement."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.rsplit("\t", 1)[-1] for at, line in enumerate(lines) if at % 4]


def read_chatter(path: Path, *, column: str, held_back: bool) -> list[str]:
    """A column of a CSV file of everyday sentences: every second row is ``held_back`` for the measurement."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row[column].strip() for row in csv.DictReader(stream)]
    return rows[1::2] if held_back else rows[::2]


_PARTICLES = {"{은}": "은는", "{이}": "이가", "{을}": "을를", "{과}": "과와"}
_LONG_PARTICLES = {"{이란}": ("이란", "란"), "{으로}": ("으로", "로")}


def _with_particles(text: str, noun: str) -> str:
    closed = "가" <= noun[-1] <= "힣" and (ord(noun[-1]) - 0xAC00) % 28 > 0
    for mark, (after_consonant, after_vowel) in {
        **{k: tuple(v) for k, v in _PARTICLES.items()},
        **_LONG_PARTICLES,
    }.items():
        text = text.replace(mark, after_consonant if closed else after_vowel)
    return text


def _entities(tags: list[str]) -> Iterator[Span]:
    for name, kind in _KLUE_KINDS.items():
        start = None
        for at, tag in enumerate([*tags, "O"]):
            if start is not None and tag != f"I-{name}":
                yield start, at, kind
                start = None
            if tag == f"B-{name}":
                start = at


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _lines(path: Path) -> Iterable[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return (line for line in lines if line and not line.startswith("#"))
