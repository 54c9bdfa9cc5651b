"""No word of the published FAQ base may be touched, and no ordinary public sentence damaged."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from privacy import Scrubber

FAQ = Path(__file__).resolve().parents[2] / "data" / "faq"
FILES = sorted(FAQ.rglob("*.yml"))
# Titles that name a person, and names coined for a service that read like a given name. Each costs the search one word.
JUSTIFIED = {
    "만화로 보는 창업 가이드북- 박저돌의 '성공창업 따라하기’배포:": "a person's name",
    "북악스카이웨이 제1산책로, 제2산책로(김신조 루트) 찾아가는 길": "a person's name",
    "장기요양 이동지원서비스(모두타 돌봄택시)": "모두타, coined",
    "서울시 사회복귀시설 (누리봄, 늘푸른 집, 새오름터, 이음)": "새오름터, coined",
    "'아름다운 디자인중랑 공모전' 수상작품을 어디서 볼 수 있을까요?": "디자인중(랑), coined",
}
NAMED = re.compile("경재|휘연|조수미|기철|우현|석완")
"""People in ParaKQC."""
MOST = 0.002
"""Share of the titles that may be touched, the justified ones among them."""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _touched(scrubber: Scrubber, texts: Iterator[str]) -> list[str]:
    return [
        f"{span.type} {text[span.start : span.end]!r} in {text[:60]!r}"
        for number, text in enumerate(texts)
        for span in scrubber.scrub(text, f"zero-{number}").spans
    ]


def test_when_the_seed_is_looked_for_then_it_is_there() -> None:
    assert FILES


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_when_a_published_entry_is_scrubbed_then_no_word_changes(scrubber: Scrubber, file: Path) -> None:
    assert _touched(scrubber, _texts(yaml.safe_load(file.read_text(encoding="utf-8")))) == []


def test_when_titles_of_a_call_centre_are_scrubbed_then_only_what_is_personal_changes(
    scrubber: Scrubber, shared_data: Path
) -> None:
    with (shared_data / "seoul-120" / "seoul-120-text.csv").open(encoding="utf-8-sig", newline="") as stream:
        titles = [row["제목"] for row in csv.DictReader(stream)]
    touched = [title for number, title in enumerate(titles) if scrubber.scrub(title, f"title-{number}").spans]
    assert [title for title in touched if title.strip() not in JUSTIFIED] == []
    assert len(touched) <= len(titles) * MOST


def test_when_paraphrased_questions_are_scrubbed_then_hardly_one_changes(scrubber: Scrubber, shared_data: Path) -> None:
    lines = (shared_data / "parakqc" / "paraKQC_v1.txt").read_text(encoding="utf-8").splitlines()
    questions = [line.split("\t")[-1] for line in lines[::4] if not NAMED.search(line)]
    touched = _touched(scrubber, iter(questions))
    assert len(touched) <= len(questions) * 0.005, touched
