"""How spans over a whole dialogue become spans of its turns, and their kinds ours."""

from __future__ import annotations

import pytest

from bench.privacy.peers import OneTextPeer, Span, cut_by_turn, renamed


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 2, "A")], [[(0, 2, "A")], [], []]),
        ([(3, 4, "A")], [[], [(0, 1, "A")], []]),
        ([(1, 4, "A")], [[(1, 2, "A")], [(0, 1, "A")], []]),
        ([(0, 8, "A")], [[(0, 2, "A")], [(0, 1, "A")], [(0, 3, "A")]]),
        ([(2, 3, "A")], [[], [], []]),
    ],
)
def test_when_spans_lie_in_a_dialogue_then_each_turn_has_its_part(
    spans: list[Span], expected: list[list[Span]]
) -> None:
    assert list(cut_by_turn(["가나", "다", "라마바"], spans)) == expected


def test_when_a_library_knows_no_dialogues_then_only_the_whole_shows_it_what_spans_turns() -> None:
    class FindsPairs(OneTextPeer):
        def find(self, text: str) -> list[Span]:
            at = text.find("12\n34")
            return [(at, at + 5, "PHONE")] if at >= 0 else []

    assert FindsPairs().find_whole(["번호 12", "34요"]) == [[(3, 5, "PHONE")], [(0, 2, "PHONE")]]
    assert FindsPairs().find_live(["번호 12", "34요"]) == [[], []]


def test_when_we_have_no_name_for_a_kind_then_it_is_left_out() -> None:
    assert renamed([(0, 1, "person"), (1, 2, "age")], {"person": "NAME"}) == [(0, 1, "NAME")]
