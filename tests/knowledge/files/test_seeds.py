from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import FaqFileError
from knowledge.files.seeds import read_seeds

GOOD = """
category: 여권
audience: citizen
contact: 시청 여권과
entries:
  - id: passport-lost
    question: 여권을 잃어버렸어요
    variants: [여권 분실, 여권이 없어졌어요]
    answer: |
      **바로 신고합니다.**

      - 준비물
    checked: 2026-11-20
    valid_until: 2026-12-31
    source: https://www.passport.go.kr
    en:
      question: I lost my passport
      variants: [lost passport]
      answer: Report it at once.
  - id: passport-new
    question: 여권을 새로 만들려면요?
    contact: 110
    speech: 여권을 새로 만듭니다.
    answer: 신청합니다.
"""


def test_when_a_file_is_right_then_english_becomes_an_entry_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "citizen").mkdir()
    (tmp_path / "citizen" / "passport.yml").write_text(GOOD, "utf-8")
    lost, lost_en, new = read_seeds(tmp_path)

    assert (lost.entry_id, lost.locale, lost.contact, lost.category) == ("passport-lost", "ko", "시청 여권과", "여권")
    assert lost.answer == "**바로 신고합니다.**\n\n- 준비물"
    assert lost.variants == ("여권 분실", "여권이 없어졌어요")
    assert (lost.checked, lost.valid_until) == (date(2026, 11, 20), date(2026, 12, 31))
    assert (lost_en.entry_id, lost_en.locale, lost_en.contact) == ("passport-lost", "en", None)
    assert (lost_en.checked, lost_en.valid_until, lost_en.source) == (lost.checked, lost.valid_until, lost.source)
    assert (new.contact, new.speech) == ("110", "여권을 새로 만듭니다.")


def test_when_a_districts_file_has_common_ids_then_they_stand_beside_the_common_ones(tmp_path: Path) -> None:
    (tmp_path / "passport.yml").write_text(GOOD, "utf-8")
    (tmp_path / "mapo.yml").write_text(
        "category: 여권\naudience: citizen\nagency: mapo\nentries:\n"
        "  - {id: passport-lost, question: 여권을 잃어버렸어요, answer: 마포구청 여권팀에 신고합니다.}\n"
        "  - {id: passport-new, publication: hidden}\n"
        "  - {id: mapo-library, question: '마포 도서관은요?', answer: 성산동에 있습니다.}\n",
        "utf-8",
    )
    entries = read_seeds(tmp_path)
    assert [(e.entry_id, e.agency, e.publication) for e in entries[:3]] == [
        ("passport-lost", "mapo", "published"),
        ("passport-new", "mapo", "hidden"),
        ("mapo-library", "mapo", "published"),
    ]
    assert {e.agency for e in entries[3:]} == {"city"}


def test_when_there_is_no_file_then_there_is_no_entry(tmp_path: Path) -> None:
    assert read_seeds(tmp_path) == []


ONE = "category: 여권\naudience: citizen\nentries:\n  - "


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("entries: [", ["broken.yml", "YAML"]),
        ("", ["broken.yml", "entries"]),
        ("- a\n- b", ["broken.yml", "entries"]),
        ("그냥 글", ["broken.yml", "entries"]),
        ("category: 여권\naudience: citizen", ["broken.yml", "entries"]),
        ("category: 여권\naudience: citizen\nentries: 5", ["broken.yml", "entries"]),
        ("category: 여권\nentries:\n  - {id: a, question: q, answer: a}", ["broken.yml", "audience"]),
        (ONE + "그냥 글", ["broken.yml"]),
        (ONE + "{question: q, answer: a}", ["broken.yml", "id"]),
        (ONE + "{id: a, answer: a}", ["broken.yml", "a:", "question"]),
        (ONE + "{id: a, question: q, answer: a, variants: 5}", ["broken.yml", "a:", "variants"]),
        (ONE + "{id: a, question: q, answer: a, en: hello}", ["broken.yml", "a:"]),
        (ONE + "{id: a, question: q, answer: a, en: {question: q}}", ["broken.yml", "a:", "answer"]),
        (ONE + "{id: a, question: q, answer: a, checked: 내일}", ["broken.yml", "a:", "checked"]),
        (ONE + "{id: A!, question: q, answer: <b>a</b>}", ["A!", "HTML"]),
        (ONE + "{id: passport-lost, question: q, answer: a}", ["passport-lost (ko)", "2번"]),
        (ONE + "{id: a, question: 여권 분실, answer: a}", ["같은 질문", "a, passport-lost"]),
    ],
)
def test_when_a_file_is_wrong_then_it_is_named_with_every_fault(tmp_path: Path, content: str, said: list[str]) -> None:
    (tmp_path / "good.yml").write_text(GOOD, "utf-8")
    (tmp_path / "broken.yml").write_text(content, "utf-8")
    with pytest.raises(FaqFileError) as raised:
        read_seeds(tmp_path)
    for words in said:
        assert words in str(raised.value)


def test_when_a_file_is_not_utf_8_then_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "old.yml").write_bytes(GOOD.encode("cp949"))
    with pytest.raises(FaqFileError, match=r"old\.yml"):
        read_seeds(tmp_path)
