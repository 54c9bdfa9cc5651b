"""The rule for the place of a common entry, case by case; test_no_leaks.py tries everything at random."""

from __future__ import annotations

import pytest

from knowledge.entry import Entry
from knowledge.visibility import Visibility
from tests.knowledge.entries import TODAY, TOMORROW, YESTERDAY, an_entry

CITY, CITY_EN = an_entry("a"), an_entry("a", locale="en")
MAPO = an_entry("a", agency="mapo")
HIDDEN = an_entry("a", agency="mapo", publication="hidden")


@pytest.mark.parametrize(
    ("entries", "agency", "shown"),
    [
        ([CITY, CITY_EN, MAPO], "city", [CITY, CITY_EN]),
        ([CITY, CITY_EN, MAPO], "mapo", [MAPO]),  # as a whole: not the city's English beside the district's Korean
        ([CITY, CITY_EN, MAPO], "jongno", [CITY, CITY_EN]),
        ([CITY, CITY_EN, MAPO], "nowhere", [CITY, CITY_EN]),
        ([CITY, an_entry("b", agency="mapo")], "mapo", [CITY, an_entry("b", agency="mapo")]),
        ([CITY, an_entry("b", agency="mapo")], "jongno", [CITY]),
        ([CITY, CITY_EN, HIDDEN], "mapo", []),
        ([CITY, CITY_EN, HIDDEN], "city", [CITY, CITY_EN]),
        # Out of its days, or for others, an entry takes no place.
        ([CITY, an_entry("a", agency="mapo", valid_until=YESTERDAY)], "mapo", [CITY]),
        ([CITY, an_entry("a", agency="mapo", valid_from=TOMORROW, publication="hidden")], "mapo", [CITY]),
        ([CITY, an_entry("a", agency="mapo", audience="staff")], "mapo", [CITY]),
        ([an_entry("a", valid_until=YESTERDAY), MAPO], "mapo", [MAPO]),
        ([], "mapo", []),
    ],
)
def test_when_a_district_has_its_own_then_it_stands_in_the_common_ones_place(
    entries: list[Entry], agency: str, shown: list[Entry]
) -> None:
    published = [e for e in entries if e.publication == "published"]
    hidden = [e for e in entries if e.publication == "hidden"]
    mask = Visibility(published, hidden).mask("citizen", agency, TODAY)
    assert [e for e, may_be_seen in zip(published, mask, strict=True) if may_be_seen] == shown
