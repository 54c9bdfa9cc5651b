from __future__ import annotations

import pytest
from presidio_analyzer import RecognizerResult

from privacy.span_choice import choose_spans

TEXT = "가나다라마바사아자차카타파하"


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([("PHONE", 0, 4, 0.9), ("NUMBER", 0, 4, 0.5)], [("PHONE", 0, 4)]),
        ([("PHONE", 0, 4, 0.9), ("NUMBER", 0, 9, 0.5)], [("PHONE", 0, 9)]),
        ([("PHONE", 0, 4, 0.9), ("ADDRESS", 0, 6, 0.5)], [("PHONE", 0, 4)]),
        ([("ADDRESS", 0, 6, 0.7), ("ADDRESS", 4, 9, 0.8)], [("ADDRESS", 0, 9)]),
        ([("NAME", 2, 4, 0.49)], []),
        ([("NAME", 5, 7, 0.6), ("PHONE", 0, 4, 0.9)], [("PHONE", 0, 4), ("NAME", 5, 7)]),
    ],
    ids=[
        "surest wins",
        "left-over digits go with it",
        "crumbs stay",
        "one kind unites",
        "below threshold",
        "text order",
    ],
)
def test_when_finds_disagree_then_the_surest_stands_and_nothing_is_lost(
    results: list[tuple[str, int, int, float]], expected: list[tuple[str, int, int]]
) -> None:
    chosen = choose_spans(TEXT, [RecognizerResult(*each, recognition_metadata={"id": 1}) for each in results])
    assert [(span.kind.value, span.start, span.end) for span in chosen] == expected
