"""What every entry that ships has to hold to."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from knowledge.entry import Entry
from knowledge.faq_rules import MAX_ANSWER_CHARS, problems_among, problems_of
from maru.settings import ROOT

CITIZEN_CATEGORIES = {
    *("주민등록·증명", "가족관계 신고·증명", "지방세", "교통·주차", "여권", "폐기물·재활용", "상하수도"),
    *("복지·어르신·장애인", "보육", "보건", "주택·건축", "문화·체육", "안전·재난", "일자리", "반려동물"),
    "디지털·공공와이파이",
}
STAFF_CATEGORIES = {
    *("복무·휴가·출장", "급여·수당", "계약·회계", "문서·기록", "정보보안", "인사·교육", "민원처리", "개인정보"),
}

# Public short numbers, and two public service lines; anything else would have to be a city's own.
ALLOWED_NUMBERS = {
    *("110", "112", "119", "120", "123", "126", "128", "129", "131", "132", "182", "109", "118"),
    *("1330", "1345", "1350", "1355", "1366", "1372", "1388", "1339", "1577-1000", "1577-1389"),
}
_LONG_NUMBER = re.compile(r"(?<![\d-])(?:\+?\d{2,4}[-–. )]\d{3,4}(?:[-–. ]\d{4})?|\d{8,})(?![\d-])")
# A number that stands for a telephone: bold, linked, or with a word of calling beside it.
_SHORT_NUMBER = re.compile(
    r"(?:국번\s*없이|전화|☎|tel:|[Cc]all(?:\s+\w+){0,2}|[Dd]ial|\*\*)\s*[:(]?\s*\**(1\d{2,3})(?!\d|-|\s*(?:년|원|일|명|세|㎡|만|%))"
    r"|(?<![\d-])(1\d{2,3})(?:번|\s*(?:콜센터|신고|상담|에\s*(?:전화|신고)|로\s*(?:전화|신고|문의)|으로\s*(?:전화|신고)))"
)
NOT_TELEPHONES = re.compile(r"\d{4}[-–.]\d{1,2}[-–.]\d{1,2}")


def key(entry: Entry) -> str:
    return f"{entry.entry_id}-{entry.locale}"


def texts_of(entry: Entry) -> str:
    return "\n".join([entry.answer, entry.speech or "", entry.contact or ""])


def telephone_numbers(text: str) -> set[str]:
    text = NOT_TELEPHONES.sub("", text)
    return set(_LONG_NUMBER.findall(text)) | {a or b for a, b in _SHORT_NUMBER.findall(text)}


@pytest.fixture(scope="session")
def korean(seeds: list[Entry]) -> list[Entry]:
    return [entry for entry in seeds if entry.locale == "ko"]


def test_when_counted_then_there_are_enough_entries(seeds: list[Entry]) -> None:
    counts = Counter((e.audience, e.locale) for e in seeds)
    assert counts["citizen", "ko"] >= 150
    assert counts["staff", "ko"] >= 60
    assert counts["citizen", "en"] >= 40


def test_when_all_are_taken_together_then_no_id_question_or_variant_stands_twice(seeds: list[Entry]) -> None:
    assert problems_among(seeds) == []
    assert [problem for entry in seeds for problem in problems_of(entry)] == []
    for audience in ("citizen", "staff"):
        said = Counter(
            re.sub(r"[\s?.!,]+", "", text.lower())
            for e in seeds
            if e.audience == audience
            for text in (e.question, *e.variants)
        )
        assert [text for text, times in said.items() if times > 1] == []


def test_when_grouped_then_the_categories_are_those_of_a_city(korean: list[Entry]) -> None:
    for audience, expected in (("citizen", CITIZEN_CATEGORIES), ("staff", STAFF_CATEGORIES)):
        counts = Counter(e.category for e in korean if e.audience == audience)
        assert set(counts) == expected
        assert min(counts.values()) >= 5, counts


def test_when_read_then_every_entry_has_what_people_need(seeds: list[Entry]) -> None:
    faults: list[str] = []
    for entry in seeds:
        variants = 3 if entry.locale == "ko" else 2
        checks = {
            "variants": len(set(entry.variants) - {entry.question}) >= variants,
            "answer length": 0 < len(entry.answer) <= MAX_ANSWER_CHARS,
            "source": (entry.source or "").startswith("https://"),
            "checked": entry.checked is not None and date(2026, 1, 1) <= entry.checked <= date(2026, 12, 31),
            "published": entry.publication == "published",
            "agency": entry.agency == "city",
            "contact": entry.locale == "en" or bool(entry.contact),
            "plain speech": not re.search(r"[*_#`|]|\]\(", entry.speech or ""),
            "language": (entry.locale == "ko") == bool(re.search("[가-힣]", entry.question)),
        }
        faults += [f"{key(entry)}: {name}" for name, good in checks.items() if not good]
    assert faults == []


def test_when_an_answer_begins_then_its_first_sentence_answers_by_itself(seeds: list[Entry]) -> None:
    """It ends as a sentence does, before any list, and isn't a mere heading."""
    faults = []
    for entry in seeds:
        first = entry.answer.split("\n")[0].replace("*", "").strip()
        ends_well = (
            re.search(r"([다요][.)]|[.!)])$", first) if entry.locale == "ko" else first.endswith((".", "!", ")"))
        )
        if first.startswith(("-", "#", "1.")) or not ends_well or len(first) < 10:
            faults.append(f"{key(entry)}: {first}")
    assert faults == []


def test_when_an_answer_names_a_telephone_then_it_is_a_public_number(seeds: list[Entry]) -> None:
    foreign = {key(e): numbers for e in seeds if (numbers := telephone_numbers(texts_of(e)) - ALLOWED_NUMBERS)}
    assert foreign == {}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("국번 없이 110으로 전화하세요", {"110"}),
        ("02-1234-5678로 문의", {"02-1234-5678"}),
        ("1588-1234", {"1588-1234"}),
        ("**1399**에 알려 주세요", {"1399"}),
        ("call 1399 now", {"1399"}),
        ("121번으로", {"121"}),
        ("15771000", {"15771000"}),
        ("2026-11-20까지 100일, 1년에 150만 원", set()),
    ],
)
def test_when_a_number_looks_like_a_telephone_then_this_file_finds_it(text: str, numbers: set[str]) -> None:
    assert telephone_numbers(text) == numbers


def test_when_an_entry_has_english_then_it_belongs_to_a_korean_one(seeds: list[Entry], korean: list[Entry]) -> None:
    twins = {e.entry_id: e for e in korean}
    for entry in seeds:
        if entry.locale == "en":
            assert twins[entry.entry_id].category == entry.category
            assert twins[entry.entry_id].audience == entry.audience == "citizen"


def test_when_files_are_listed_then_each_lies_in_its_audiences_folder(seeds: list[Entry]) -> None:
    folder = ROOT / "data" / "faq"
    stems = {path.stem: path.parent.name for path in folder.rglob("*.yml")}
    for entry in seeds:
        slug = entry.entry_id.removeprefix("staff-").split("-")[0]
        assert stems.get(slug) == entry.audience, entry.entry_id
