"""Every scrubber in its own process, as the benchmark runs it; the others only where their environment is there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.privacy.corpora import Corpus
from bench.privacy.measure import Sample, Turn
from bench.privacy.run import run
from bench.worker_process import ROOT, PeerUnavailableError

BENCH = ROOT / ".venv-bench"
TEXT = "주민번호 800101-1234560 이고요"
SENTENCE = Sample("one", "any", clean=False, turns=(Turn(TEXT, ((5, 19, "RRN"),)),))
DIALOGUE = Sample(
    "two", "turns", clean=False, turns=(Turn("번호는 010-1234-5678", ((4, 17, "PHONE"),)), Turn("네", ()))
)


def _installed(package: str) -> bool:
    return any(BENCH.glob(f"lib/python3*/site-packages/{package}"))


def _python(peer: str) -> Path:
    if peer == "maru":
        return Path(sys.executable)
    if not _installed(peer.replace("-", "_")):
        pytest.skip("make bench-privacy has not been run here")
    return BENCH / "bin" / "python"


@pytest.mark.slow
@pytest.mark.parametrize("peer", ["ko-pii", "maskingtape", "korean-pii", "maru"])
def test_when_a_scrubber_is_asked_then_its_spans_have_our_kinds_and_offsets(peer: str, tmp_path: Path) -> None:
    corpus = Corpus("small", "Small", [SENTENCE, DIALOGUE])
    result = run(peer, _python(peer), [corpus], tmp_path / "log", timed=[TEXT] * 20, hostile=False)
    assert result.found["small"][0] == [[(5, 19, "RRN")]]
    assert result.found["small"][1] == result.live["small"][0] == [[(4, 17, "PHONE")], []]
    assert len(result.short.cpu_ms) == 20
    assert result.long.wall_ms
    assert result.memory_mb > 10


def test_when_its_environment_is_absent_then_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(PeerUnavailableError, match="is missing"):
        run("ko-pii", tmp_path / ".venv-none" / "bin" / "python", [], tmp_path / "log", timed=[], hostile=False)
