from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from privacy.kiwi_nlp_engine import KiwiNlpEngine
from privacy.tagger.features import features_of
from privacy.tagger.tagger import Tagger
from privacy.training.examples import Example
from privacy.training.tagger import Material, Trainer, labels_of


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def material(tmp_path: Path) -> Material:
    data = tmp_path / "data"
    _write(data / "faq" / "a.yml", "- question: 전입신고는 어떻게 하나요\n  answer: 주민센터에 갑니다\n")
    _write(
        data / "retrieval" / "entries.jsonl",
        '{"question": "여권", "answer": "구청", "asked": {"casual": ["여권요"]}}\n',
    )
    _write(data / "privacy" / "clean" / "a.txt", "재활용 분리배출\n")
    _write(data / "privacy" / "written" / "a.txt", "저는 [NAME:김순자]예요\n번호는 [PHONE:010-1234-5678]이요\n" * 20)
    _write(data / "privacy" / "narrative" / "a.txt", "[NAME:박민수] 감독이 말했다.\n" * 20)
    for name in ("civic_nouns", "facility_names"):
        _write(data / "privacy" / "lists" / f"{name}.txt", "용적률\n")
    _write(data / "privacy" / "lists" / "frames.txt", "{}{은}?\n")
    _write(tmp_path / "klue.tsv", "이\tB-PS\n씨\tO\n는\tO\n\n" * 20)
    _write(tmp_path / "chatter.csv", "Q,A\n" + "안녕,네\n" * 6000)
    _write(tmp_path / "paraphrases.txt", "q\t무엇인가요\n" * 4000)
    return Material(data, tmp_path / "klue.tsv", tmp_path / "chatter.csv", tmp_path / "paraphrases.txt")


@pytest.mark.slow
def test_when_a_tagger_is_fitted_then_it_finds_what_it_was_shown(material: Material, tmp_path: Path) -> None:
    steps: list[tuple[str, int, int]] = []
    trainer = Trainer(material, lambda *step: steps.append(step))
    files = [tmp_path / name for name in ("asked.crfsuite", "told.crfsuite", "prose.npy")]
    report = trainer.fit(*files)
    assert all(path.stat().st_size > 0 for path in files)
    assert report.bytes == sum(path.stat().st_size for path in files)
    assert steps[-1][1] == steps[-1][2]
    engine = KiwiNlpEngine()
    engine.load()
    text = "번호는 010-1234-5678이요"
    found = Tagger(files[0]).find(features_of(text, engine.process_text(text, "ko")), least=0.5)
    assert [(span.kind.value, text[span.start : span.end]) for span in found] == [("PHONE", "010-1234-5678")]


def test_when_spans_become_labels_then_the_first_character_begins() -> None:
    assert labels_of(Example("저 김순", [(2, 4, "NAME")])) == ["O", "O", "B-NAME", "I-NAME"]


def test_when_the_material_is_missing_then_it_is_named(material: Material, tmp_path: Path) -> None:
    gone = replace(material, klue=tmp_path / "none.tsv")
    with pytest.raises(OSError, match=r"none\.tsv"):
        Trainer(gone, lambda *_: None)
