from __future__ import annotations

import json
from pathlib import Path

import pytest

from maru.settings import ROOT, get_settings
from tests.maru.cli.conftest import Maru
from tests.voice.recordings import wav

CLIPS = ROOT / "tests" / "fixtures" / "audio"


@pytest.mark.slow
def test_when_clips_are_given_then_a_line_of_the_contract_comes_for_each_that_can_be_heard(
    maru: Maru, tmp_path: Path
) -> None:
    (tmp_path / "broken.webm").write_bytes((CLIPS / "move-in.webm").read_bytes()[:60])
    (tmp_path / "silence.wav").write_bytes(wav(bytes(48_000), 16_000))
    files = [CLIPS / "move-in.webm", tmp_path / "absent.wav", tmp_path / "broken.webm", tmp_path / "silence.wav"]
    result = maru("transcribe", *files, "--json")

    assert result.exit_code == 1
    heard, quiet = (json.loads(line) for line in result.stdout.splitlines())
    assert list(heard) == ["file", "text", "confidence", "audio_s", "ms", "hypotheses"]
    assert heard["file"] == str(files[0])
    assert "신고" in heard["text"].replace(" ", "")
    assert 0 < heard["confidence"] <= 1
    assert heard["audio_s"] == pytest.approx(2.35, abs=0.1)
    assert heard["ms"] > 0
    assert heard["hypotheses"][0]["text"] == heard["text"]
    scores = [hypothesis["score"] for hypothesis in heard["hypotheses"]]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1, abs=0.01)
    assert (quiet["file"], quiet["text"], quiet["hypotheses"]) == (str(files[3]), "", [])
    assert result.stderr.splitlines() == [f"{files[1]}: No such file or directory", f"{files[2]}: audio_unreadable"]


def test_when_the_model_is_missing_then_it_is_said(maru: Maru, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MARU_MODELS_DIR", str(tmp_path))
    get_settings.cache_clear()
    result = maru("transcribe", CLIPS / "move-in.webm", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "make setup" in result.stderr


def test_when_the_language_is_unknown_then_it_ends_with_2(maru: Maru) -> None:
    result = maru("transcribe", CLIPS / "move-in.webm", "--locale", "xx")
    assert result.exit_code == 2
    assert "xx" in result.stderr
