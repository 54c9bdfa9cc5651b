"""Readers of the material, on files of a few lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.privacy.corpora import (
    generated,
    read_clean,
    read_development,
    read_file,
    read_folder,
    read_klue,
)
from bench.privacy.measure import Sample, Turn
from maru.settings import ROOT

KLUE = (
    "## 주석 : ##\n## klue-0\t<홍길동:PS>과 <서울:LC>\n홍\tB-PS\n길\tI-PS\n동\tI-PS\n과\tO\n \tO\n서\tB-LC\n울\tI-LC\n"
)


def test_when_klue_is_read_then_every_fifth_sentence_is_asked_with_its_persons_only(tmp_path: Path) -> None:
    folder = tmp_path / "klue-ner"
    folder.mkdir()
    learned = "".join(f"\n## klue-{at}\n{at}\tO\n" for at in range(4))
    (folder / "dev.tsv").write_text((learned + "\n" + KLUE) * 2, encoding="utf-8")
    samples = read_klue(tmp_path).samples
    assert [sample.turns[0] for sample in samples] == [Turn("홍길동과 서울", ((0, 3, "NAME"),))] * 2
    assert not samples[0].clean


def test_when_marked_texts_are_read_then_marks_are_spans_and_bars_part_turns(tmp_path: Path) -> None:
    (tmp_path / "turns_A.txt").write_text(
        "# 덧붙임\n\n번호요? [PHONE:010]이고 || 네 || [PHONE:2953-8817]\n", encoding="utf-8"
    )
    (tmp_path / "names_A.txt").write_text("[NAME:홍길동]님\n고맙습니다\n", encoding="utf-8")
    corpus = read_folder("written", "Ours", tmp_path)
    assert corpus.samples == [
        Sample("names_A-1", "names_A", clean=False, turns=(Turn("홍길동님", ((0, 3, "NAME"),)),)),
        Sample("names_A-2", "names_A", clean=True, turns=(Turn("고맙습니다", ()),)),
        Sample(
            "turns_A-3",
            "turns_A",
            clean=False,
            turns=(
                Turn("번호요? 010이고", ((5, 8, "PHONE"),)),
                Turn("네", ()),
                Turn("2953-8817", ((0, 9, "PHONE"),)),
            ),
        ),
    ]
    assert [sample.id for sample in corpus.dialogues] == ["turns_A-3"]
    assert read_file(tmp_path / "names_A.txt").samples == corpus.samples[:2]


def test_when_a_bracket_marks_nothing_then_its_line_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("좋아요\n[이름:홍길동]\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.txt:2"):
        read_folder("written", "Ours", tmp_path)


@pytest.mark.parametrize("read", [read_klue, read_development, lambda folder: read_folder("written", "Ours", folder)])
def test_when_material_is_absent_then_the_reader_says_so(read: object, tmp_path: Path) -> None:
    assert callable(read)
    with pytest.raises(FileNotFoundError):
        read(tmp_path)


def test_when_there_is_no_shared_data_then_the_published_entries_are_still_read(tmp_path: Path) -> None:
    (corpus,) = read_clean(tmp_path, ROOT / "data" / "faq")
    texts = [sample.turns[0].text for sample in corpus.samples]
    assert len(texts) == len(set(texts)) > 1000
    assert all(sample.clean for sample in corpus.samples)


def test_when_identifiers_are_generated_then_they_are_the_same_each_time() -> None:
    corpus = generated(2000)
    assert corpus == generated(2000)
    assert len(corpus.samples) == 2000
    assert corpus.dialogues
    assert {sample.clean for sample in corpus.samples} == {True, False}
