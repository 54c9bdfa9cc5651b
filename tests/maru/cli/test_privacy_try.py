from __future__ import annotations

import json
from pathlib import Path

import pytest

from maru.cli.privacy_try import NOT_KEPT
from tests.maru.cli.conftest import Maru

pytestmark = pytest.mark.slow

PHONE, SPOKEN = "010-4827-3951", "공일공 사팔이칠 삼구오일"


def test_when_a_sentence_is_tried_then_it_says_what_would_stay_and_what_was_found(maru: Maru, tmp_path: Path) -> None:
    result = maru("privacy", "try", f"제 번호는 {PHONE}입니다")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "남을 글: 제 번호는 <전화번호_1>입니다"
    assert lines[-1] == NOT_KEPT
    for word in ("전화번호", PHONE, "PhoneRecognizer", "<전화번호_1>"):
        assert word in "".join(lines[1:-1])
    assert not (tmp_path / "var").exists()


def test_when_a_dialogue_is_tried_then_its_turns_are_read_together(maru: Maru) -> None:
    turns = ("--turn", "성함이 어떻게 되세요?", "--turn", "윤하늘별이요")
    result = maru("privacy", "try", f"번호는 {SPOKEN}입니다", *turns, "--json")
    tried = json.loads(result.stdout)
    assert tried["stored"] is False
    assert tried["kept"][1] == "<이름_1>이요"
    name, *phones = tried["finds"]
    assert list(name) == ["turn", "start", "end", "type", "label", "words", "score", "recognizer", "placeholder"]
    assert (name["turn"], name["type"], name["label"], name["words"]) == (1, "NAME", "이름", "윤하늘별")
    assert name["recognizer"] == "NameRecognizer"
    assert {(find["turn"], find["type"], find["placeholder"]) for find in phones} == {(2, "PHONE", "<전화번호_1>")}


def test_when_lines_come_in_then_each_is_a_sentence_of_its_own(maru: Maru) -> None:
    result = maru("privacy", "try", "-", "--json", input=f"번호 {PHONE}\n\n전입신고는 어떻게 하나요?\n번호 {SPOKEN}\n")
    kept = [json.loads(line)["kept"] for line in result.stdout.splitlines()]
    assert kept == [["번호 <전화번호_1>"], ["전입신고는 어떻게 하나요?"], ["번호 <전화번호_1>"]]
    assert "찾지 못했습니다" in maru("privacy", "try", "전입신고는 어떻게 하나요?").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [([], 2, "볼 문장을"), (["가" * 5000], 1, "가명으로 바꾸지 못했습니다")],
)
def test_when_it_cannot_be_tried_then_it_says_why(maru: Maru, words: list[str], code: int, said: str) -> None:
    result = maru("privacy", "try", *words)
    assert result.exit_code == code
    assert said in result.stderr
