from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from maru.settings import ROOT
from privacy.rasa_examples import rasa_yaml
from privacy.training_phrases import Phrase

PHRASES = [
    Phrase(1, "전입신고 어떻게 해요", "ask_faq", 3, "approved", "김", None),
    Phrase(2, "<이름_1> 이름으로 등본 떼 주세요", "ask_faq", 3, "approved", "김", None),
    Phrase(3, "- '안녕' 100%", "greet", 4, "approved", "김", None),
]
RASA = ROOT / ".venv-rasa" / "bin" / "python"
READ = """
import sys
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
data = RasaYAMLReader().read(sys.argv[1])
print(len(data.training_examples), sorted(data.intents), len(data.entities))
"""


def test_when_written_then_it_is_yaml_with_a_block_an_intent() -> None:
    content = yaml.safe_load("".join(rasa_yaml(PHRASES)))
    assert content == {
        "version": "3.1",
        "nlu": [
            {"intent": "ask_faq", "examples": "- 전입신고 어떻게 해요\n- <이름_1> 이름으로 등본 떼 주세요\n"},
            {"intent": "greet", "examples": "- - '안녕' 100%\n"},
        ],
    }


@pytest.mark.slow
@pytest.mark.skipif(not RASA.exists(), reason="Rasa's environment isn't there")
@pytest.mark.parametrize(
    ("phrases", "read"), [(PHRASES, "3 ['ask_faq', 'greet'] 0"), ([], "0 [] 0")], ids=["phrases", "nothing"]
)
def test_when_rasa_reads_it_then_every_phrase_is_an_example(tmp_path: Path, phrases: list[Phrase], read: str) -> None:
    file = tmp_path / "nlu.yml"
    file.write_text("".join(rasa_yaml(phrases)), "utf-8")
    done = subprocess.run([RASA, "-c", READ, file], capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert done.stdout.strip().splitlines()[-1:] == [read], done.stderr[-2000:]
