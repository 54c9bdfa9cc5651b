from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from knowledge.embedder import Embedder
from knowledge.vector_cache import VectorCache
from maru.cli.main import app
from maru.settings import get_settings

SEEDS = """
category: 주민등록·증명
audience: citizen
contact: 동주민센터
entries:
  - id: resident-move-in
    question: 이사한 뒤 전입신고는 어떻게 하나요?
    variants: [이사 왔는데 주소 바꾸려면요, 전입신고 인터넷]
    answer: "**이사한 날부터 14일 안에** 동주민센터나 정부24에서 신고합니다."
    source: https://www.gov.kr
    checked: 2026-11-20
    en:
      question: How do I report that I have moved in?
      variants: [change my registered address]
      answer: Report it within 14 days.
  - id: passport-lost
    question: 여권을 잃어버렸는데 어떻게 하나요?
    variants: [여권 분실 신고, 여권이 없어졌어요]
    answer: 바로 분실 신고를 하고 다시 신청합니다.
  - id: waste-bulky
    question: 안 쓰는 장롱 같은 대형 폐기물은 어떻게 버리나요?
    variants: [가구 버리기, 대형 쓰레기 스티커]
    answer: 신고하고 스티커를 붙여 내놓습니다.
"""
STAFF_SEEDS = """
category: 복무·휴가·출장
audience: staff
entries:
  - id: staff-leave-annual
    question: 연가는 며칠까지 쓸 수 있나요?
    variants: [연가 일수, 올해 휴가 며칠 남았는지]
    answer: 재직 기간에 따라 다릅니다. 복무 담당에게 확인합니다.
"""

Maru = Callable[..., Result]


@pytest.fixture(autouse=True)
def settings_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings are read once a process: each test has its own data folder and a small FAQ of its own."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "citizen.yml").write_text(SEEDS, "utf-8")
    (seeds / "staff.yml").write_text(STAFF_SEEDS, "utf-8")
    monkeypatch.setenv("MARU_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("MARU_SEED_DIR", str(seeds))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


@pytest.fixture
def maru() -> Maru:
    """Runs a command in this process."""
    runner = CliRunner()

    def run(*arguments: object, **more: Any) -> Result:
        return runner.invoke(app, [str(argument) for argument in arguments], **more)

    return run


@pytest.fixture
def warm(monkeypatch: pytest.MonkeyPatch, embedder: Embedder, vector_cache: VectorCache) -> None:
    """The model that is loaded already, and what it embedded before."""
    import maru.cli.search

    monkeypatch.setattr(maru.cli.search, "load_embedder", lambda _settings: embedder)
    monkeypatch.setattr(maru.cli.search, "VectorCache", lambda *_: vector_cache)


def write_lines(path: Path, rows: Sequence[Any]) -> Path:
    """A JSONL file."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def read_lines(path: Path) -> list[Any]:
    """What a JSONL file holds."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
