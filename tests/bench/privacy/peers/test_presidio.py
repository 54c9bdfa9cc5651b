"""Presidio with its own Korean recognizers, and without the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from maru.settings import ROOT

# A word of Hangul right after an address is a letter to its pattern: hence the spaces.
TEXT = "주민번호 800101-1234560 전화 010-1234-5678 메일 hong@example.com 입니다"
# In a process of its own: Presidio's loader takes subclasses of ours with its names for its own.
ASK = """
import json, socket, sys
asked = []
socket.getaddrinfo = lambda *arguments, **_: asked.append(arguments)
from bench.privacy.peers.presidio import Presidio
print(json.dumps([Presidio().find(sys.argv[1]), asked]))
"""


@pytest.mark.slow
def test_when_presidio_is_asked_then_its_korean_recognizers_answer_and_nothing_is_fetched(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ASK, TEXT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    found, asked = json.loads(done.stdout)
    assert asked == []
    for span in ([5, 19, "RRN"], [23, 36, "PHONE"], [40, 56, "EMAIL"]):
        assert span in found
