"""Systems in other environments: what they say is kept apart from what they print, and why they ended is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.retrieval.corpora import Question
from bench.retrieval.peers import PeerUnavailableError
from bench.retrieval.peers.elsewhere import Elsewhere
from knowledge.entry import Entry

TWO = [
    Entry(entry_id="여권", question="여권 발급", answer="구청"),
    Entry(entry_id="주차", question="주차 요금", answer=""),
]


@pytest.fixture
def peer(tmp_path: Path) -> Iterator[Elsewhere]:
    peer = Elsewhere(Path(sys.executable), "tests.bench.retrieval.loud_worker", tmp_path / "worker.log")
    yield peer
    peer.close()


def test_when_a_worker_prints_then_its_answers_still_come_through(peer: Elsewhere) -> None:
    peer.build(TWO)
    found = peer.search(Question("여권", "", "여권", ""))
    assert (found.ids, found.certainty) == (("여권",), 0.25)
    peer.edit(Entry(entry_id="주차", question="여권 사진", answer=""))
    assert peer.search(Question("여권", "", "여권", "")).ids == ("여권", "주차")


def test_when_a_worker_ends_then_its_last_line_is_the_reason(peer: Elsewhere) -> None:
    peer.build(TWO)
    with pytest.raises(PeerUnavailableError, match="RuntimeError: no more"):
        peer.search(Question("그만", "", None, ""))
    with pytest.raises(PeerUnavailableError, match="no more"):
        peer.search(Question("여권", "", None, ""))


def test_when_there_is_no_environment_then_it_says_which(tmp_path: Path) -> None:
    with pytest.raises(PeerUnavailableError, match=r"\.venv-none is missing"):
        Elsewhere(tmp_path / ".venv-none" / "bin" / "python", "any.module", tmp_path / "log")
