from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from maru.settings import ROOT
from privacy.kinds import PersonalKind
from privacy.training.examples import (
    Example,
    clean_texts,
    marked_examples,
    questions_about,
    read_chatter,
    read_klue,
)

DATA = ROOT / "data"


def test_when_a_dialogue_becomes_an_example_then_its_spans_move_along(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("성함은요? || [NAME:김순자]요\n", encoding="utf-8")
    (example,) = marked_examples(tmp_path)
    assert example == Example("성함은요?\n김순자요", [(6, 9, "NAME")])
    assert example.names == ["김순자"]


@pytest.mark.parametrize("folder", ["written", "held-back", "narrative"])
def test_when_our_sentences_are_read_then_every_mark_is_of_a_known_kind(folder: str) -> None:
    examples = list(marked_examples(DATA / "privacy" / folder))
    assert examples
    assert {kind for example in examples for _, _, kind in example.spans} <= {kind.code for kind in PersonalKind}


def test_when_the_held_back_sentences_are_read_then_none_is_learned_from() -> None:
    learned = {example.text for example in marked_examples(DATA / "privacy" / "written")}
    assert not [example for example in marked_examples(DATA / "privacy" / "held-back") if example.text in learned]


def test_when_klue_is_split_then_no_sentence_is_on_both_sides(tmp_path: Path) -> None:
    path = tmp_path / "k.tsv"
    path.write_text("".join(f"## klue-{at}\n{at}\tB-PS\n\n" for at in range(10)), encoding="utf-8")
    held_back = [example.text for example in read_klue(path, held_back=True)]
    learned = [example.text for example in read_klue(path, held_back=False)]
    assert held_back == ["4", "9"]
    assert learned == ["0", "1", "2", "3", "5", "6", "7", "8"]


def test_when_chatter_is_split_then_no_row_is_on_both_sides(tmp_path: Path) -> None:
    path = tmp_path / "c.csv"
    path.write_text("Q,A\n하나,\n둘,\n셋,\n", encoding="utf-8")
    assert read_chatter(path, column="Q", held_back=False) == ["하나", "셋"]
    assert read_chatter(path, column="Q", held_back=True) == ["둘"]


@pytest.mark.parametrize(
    ("noun", "frame", "expected"),
    [
        ("용적률", "{}{이란} 무엇인가요", "용적률이란 무엇인가요"),
        ("공가", "{}{이란} 무엇인가요", "공가란 무엇인가요"),
        ("보상", "{}{은} 언제", "보상은 언제"),
        ("조정", "[{}]{} 재발급", "[조정]조정 재발급"),
    ],
)
def test_when_a_noun_is_put_in_a_frame_then_its_particle_fits(noun: str, frame: str, expected: str) -> None:
    assert list(questions_about([noun], [frame], 1, Random(1))) == [expected]


def test_when_clean_texts_are_read_then_the_published_answers_are_among_them() -> None:
    texts = list(clean_texts(DATA))
    assert len(texts) > 5000
    assert any("전입신고" in text for text in texts)
