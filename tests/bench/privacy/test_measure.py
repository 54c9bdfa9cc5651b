"""What counts as found: exact, covered, of the right kind; precision; clean samples; styles."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.privacy.measure import (
    OVER_TURNS,
    SPOKEN,
    WRITTEN,
    GoldSpan,
    Sample,
    Turn,
    is_covered,
    read_samples,
    share,
    tally,
)
from bench.privacy.peers import Span

PHONE = "제 번호는 010-1234-5678이에요"
GOLD: Span = (6, 19, "PHONE")


def sample(text: str = PHONE, *gold: Span) -> Sample:
    return Sample("s", "any", not gold, (Turn(text, gold),))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([(6, 19, "PHONE")], GoldSpan("PHONE", WRITTEN, exact=True, covered=True, typed=True)),
        ([(6, 19, "CARD")], GoldSpan("PHONE", WRITTEN, exact=True, covered=True, typed=False)),
        ([(3, 21, "PHONE")], GoldSpan("PHONE", WRITTEN, exact=False, covered=True, typed=True)),
        ([(6, 10, "CARD"), (10, 19, "PHONE")], GoldSpan("PHONE", WRITTEN, exact=False, covered=True, typed=True)),
        ([(6, 18, "PHONE")], GoldSpan("PHONE", WRITTEN, exact=False, covered=False, typed=False)),
        ([(6, 10, "PHONE"), (11, 19, "PHONE")], GoldSpan("PHONE", WRITTEN, exact=False, covered=False, typed=False)),
        ([], GoldSpan("PHONE", WRITTEN, exact=False, covered=False, typed=False)),
    ],
)
def test_when_a_span_is_found_in_part_or_whole_then_it_counts_as_that(found: list[Span], expected: GoldSpan) -> None:
    counts = tally([sample(PHONE, GOLD)], [[found]])
    assert counts.gold == [expected]
    assert bool(counts.missed) is not expected.covered


def test_when_a_found_span_overlaps_nothing_annotated_then_precision_falls() -> None:
    counts = tally([sample(PHONE, GOLD)], [[[(0, 1, "NAME"), (18, 21, "PHONE")]]])
    assert counts.precision == 0.5
    assert counts.too_much == [f"s NAME: 제 in: {PHONE}"]


def test_when_a_clean_sample_is_touched_then_it_counts_once() -> None:
    counts = tally([sample(), sample(), sample(PHONE, GOLD)], [[[(0, 1, "NAME"), (2, 3, "NAME")]], [[]], [[]]])
    assert (counts.clean, counts.clean_touched, counts.recall) == (2, 1, 0.0)


def test_when_spans_are_picked_by_kind_then_only_those_count() -> None:
    counts = tally([sample(PHONE, GOLD, (0, 1, "NAME"))], [[[GOLD, (3, 5, "NAME")]]])
    names = counts.of(lambda kind, style: kind == "NAME")
    assert (counts.recall, counts.precision) == (0.5, 0.5)
    assert (names.recall, names.precision) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("made", "style"),
    [
        (sample(PHONE, GOLD), WRITTEN),
        (sample("공일공 일이삼사 5678", (0, 13, "PHONE")), SPOKEN),
        (sample("12구3456 차예요", (0, 7, "PLATE")), WRITTEN),
        (sample("이영일이라고 해요", (0, 3, "NAME")), WRITTEN),
        (Sample("s", "spoken_A", clean=True, turns=(Turn("여보세요", ()),)), SPOKEN),
        (Sample("s", "dev", clean=True, turns=(Turn("네", ()), Turn("네", ()))), OVER_TURNS),
    ],
)
def test_when_a_sample_is_read_then_its_style_is_told_from_what_it_holds(made: Sample, style: str) -> None:
    assert made.style == style


def test_when_spans_overlap_then_they_cover_together() -> None:
    assert not is_covered(GOLD, [(0, 12, "PHONE")])
    assert is_covered(GOLD, [(8, 21, "PHONE"), (0, 9, "CARD")])


def test_when_nothing_is_there_to_share_then_all_of_it_is() -> None:
    assert share([]) == 1.0
    assert share([True, False, False, True]) == 0.5


def test_when_json_lines_are_read_then_sentences_and_dialogues_are_samples(tmp_path: Path) -> None:
    file = tmp_path / "dev.jsonl"
    file.write_text(
        '{"id": "a", "cat": "name", "text": "홍길동이요", "spans": [[0, 3, "NAME"]]}\n'
        '{"id": "b", "cat": "turns", "turns": [{"text": "네", "spans": []}, {"text": "아니요", "spans": []}]}\n',
        encoding="utf-8",
    )
    assert list(read_samples(file)) == [
        Sample("a", "name", clean=False, turns=(Turn("홍길동이요", ((0, 3, "NAME"),)),)),
        Sample("b", "turns", clean=True, turns=(Turn("네", ()), Turn("아니요", ()))),
    ]
