"""Split identifiers are found only when all their parts are."""

from __future__ import annotations

import pytest

from bench.privacy.dialogues import Dialogues, dialogues
from bench.privacy.measure import Sample, Turn
from bench.privacy.peers import Span

PARTS = (Turn("010-1234요", ((0, 8, "PHONE"),)), Turn("네", ()), Turn("5678", ((0, 4, "PHONE"),)))
SPLIT = Sample("split", "turns", clean=False, turns=PARTS)
CLEAN = Sample("clean", "turns", clean=True, turns=(Turn("언제 해요", ()), Turn("내일이요", ())))


@pytest.mark.parametrize(
    ("found", "together"),
    [
        ([[(0, 8, "PHONE")], [], [(0, 4, "PHONE")]], 1),
        ([[(0, 9, "NUMBER")], [(0, 1, "NAME")], [(0, 4, "CARD")]], 1),
        ([[(0, 8, "PHONE")], [], []], 0),
        ([[(0, 7, "PHONE")], [], [(0, 4, "PHONE")]], 0),
    ],
)
def test_when_parts_are_told_in_several_turns_then_all_must_be_found(found: list[list[Span]], together: int) -> None:
    assert dialogues([SPLIT], [found]) == Dialogues(split=1, together=together)


def test_when_each_kind_stands_in_one_turn_then_nothing_is_split() -> None:
    turns = (Turn("홍길동", ((0, 3, "NAME"),)), Turn("01012345678", ((0, 11, "PHONE"),)))
    assert dialogues([Sample("s", "turns", clean=False, turns=turns)], [[[], []]]) == Dialogues()


def test_when_a_clean_dialogue_is_touched_then_it_counts_and_sentences_do_not() -> None:
    sentence = Sample("one", "any", clean=True, turns=(Turn("네", ()),))
    found: list[list[list[Span]]] = [[[(0, 2, "NAME")], [(0, 2, "BIRTH")]], [[], []], [[(0, 1, "NAME")]]]
    assert dialogues([CLEAN, CLEAN, sentence], found) == Dialogues(clean=2, clean_touched=1)
