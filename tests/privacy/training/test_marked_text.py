from __future__ import annotations

from pathlib import Path

import pytest

from privacy.training.marked_text import MarkedTurn, read_marked


def test_when_sentences_and_dialogues_are_read_then_marks_become_spans(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text("# 덧붙임\n\n저 [NAME:김순자]예요\n성함은요? || [NAME:이 정]이요\n", encoding="utf-8")
    assert list(read_marked(path)) == [
        (3, (MarkedTurn("저 김순자예요", ((2, 5, "NAME"),)),)),
        (4, (MarkedTurn("성함은요?", ()), MarkedTurn("이 정이요", ((0, 3, "NAME"),)))),
    ]


@pytest.mark.parametrize("line", ["[이름:김순자]예요", "저 [NAME:김순자예요", "저] 예요"])
def test_when_a_mark_is_broken_then_its_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "some.txt"
    path.write_text(f"좋아요\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.txt:2"):
        list(read_marked(path))
