"""The supervisor as a whole, with real processes."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Supervise = Callable[..., Any]
Gone = Callable[[int], bool]

READY = r"준비됐습니다: (http://127\.0\.0\.1:\d+)"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_when_told_to_stop_then_both_processes_end_and_the_status_is_zero(
    supervise: Supervise, gone: Gone, number: signal.Signals
) -> None:
    supervised = supervise()
    supervised.until(READY)
    supervised.process.send_signal(number)
    assert supervised.end() == 0
    assert supervised.lines[-1] == "모두 껐습니다"
    assert len(supervised.pids()) == 3  # app, training, Rasa
    assert all(gone(pid) for pid in supervised.pids())


def test_when_killed_then_no_orphan_is_left(supervise: Supervise, gone: Gone) -> None:
    supervised = supervise()
    supervised.until(READY)
    os.kill(supervised.process.pid, signal.SIGKILL)
    supervised.end()
    assert all(gone(pid) for pid in supervised.pids())


@pytest.mark.parametrize(("name", "index"), [("앱", 0), ("Rasa", 2)])
def test_when_a_process_dies_then_that_is_said_and_it_is_started_again(
    supervise: Supervise, name: str, index: int
) -> None:
    supervised = supervise()
    supervised.until(READY)
    os.kill(supervised.pids()[index], signal.SIGKILL)
    supervised.until(rf"{name}: 멈췄습니다 \(신호 SIGKILL\)\. 1초 뒤 다시 시작합니다")
    supervised.until(rf"{name}: 시작했습니다", count=2)


def test_when_a_process_ignores_sigterm_then_a_second_signal_kills_its_whole_group(
    supervise: Supervise, gone: Gone
) -> None:
    supervised = supervise(FAKE_APP="stubborn")
    supervised.until(READY)
    grandchild = int(supervised.log("app").split("grandchild ")[1].split()[0])
    supervised.process.send_signal(signal.SIGINT)
    supervised.until("끄는 중입니다")
    supervised.process.send_signal(signal.SIGINT)
    assert supervised.end() == 0
    assert all(gone(pid) for pid in (*supervised.pids(), grandchild))


@pytest.mark.slow
def test_when_a_process_keeps_dying_then_it_gives_up_with_the_last_lines(supervise: Supervise, gone: Gone) -> None:
    supervised = supervise(FAKE_APP="dies")
    assert supervised.end() == 1
    shown = "\n".join(supervised.lines)
    assert shown.count("앱: 시작했습니다") == 5
    assert "1분 안에 5번 멈춰서 그만둡니다" in shown
    assert "last-word-of-the-app" in shown
    assert all(gone(pid) for pid in supervised.pids())


def test_when_inputs_stay_then_the_second_start_trains_nothing(supervise: Supervise, folder: Path) -> None:
    _serve_once(supervise)
    second = _serve_once(supervise)
    assert not [line for line in second.lines if "학습" in line]
    order = [line.split(":")[0] for line in second.lines if "시작했습니다" in line]
    assert sorted(order) == ["Rasa", "앱"]


def test_when_training_data_change_then_the_next_start_trains_again(supervise: Supervise, folder: Path) -> None:
    _serve_once(supervise)
    (folder / "checkout" / "data" / "nlu" / "greet.yml").write_text("nlu: []\n", "utf-8")
    second = _serve_once(supervise)
    assert any("Rasa 모델을 학습했습니다" in line for line in second.lines)


def test_when_the_embedder_changes_then_rasa_is_replaced_after_training(supervise: Supervise) -> None:
    _serve_once(supervise)
    second = supervise(FAKE_EMBEDDER="another")
    second.until("재료가 바뀌어 다시 학습합니다")
    second.until(READY)
    assert sum("Rasa: 시작했습니다" in line for line in second.lines) == 2


def test_when_training_fails_then_it_ends_with_the_reason(supervise: Supervise, gone: Gone) -> None:
    supervised = supervise(FAKE_TRAINING="fails")
    assert supervised.end() == 1
    assert "why-training-failed" in supervised.lines[-1]
    assert all(gone(pid) for pid in supervised.pids())


def test_when_rasa_starts_then_it_is_told_what_it_needs_and_nothing_else(supervise: Supervise, folder: Path) -> None:
    supervised = supervise(MARU_STAFF_TOKEN="staff-token-of-this-test")
    supervised.until(READY)
    told = json.loads(supervised.log("rasa").splitlines()[0])
    assert sorted(told["environment"]) == [
        "MARU_APP_URL",
        "MARU_RASA_DATABASE_URL",
        "MARU_RASA_HOST",
        "MARU_RASA_PORT",
        "MARU_RASA_SECRET",
    ]
    secrets = json.loads((folder / "var" / "secrets.json").read_text("utf-8"))
    assert told["environment"]["MARU_RASA_SECRET"] == secrets["rasa_secret"]
    assert told["environment"]["MARU_RASA_DATABASE_URL"] == f"sqlite:///{folder / 'var' / 'rasa.db'}"
    assert Path(told["arguments"][1]).is_file()


def test_when_processes_print_then_it_goes_to_their_logs_and_not_to_the_terminal(supervise: Supervise) -> None:
    supervised = supervise()
    supervised.until(READY)
    assert "app-log-line" in supervised.log("app")
    assert not [line for line in supervised.lines if "app-log-line" in line]


def test_when_the_port_is_taken_then_one_line_names_port_and_setting(supervise: Supervise) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        supervised = supervise(port=port)
        assert supervised.end() == 1
    (line,) = supervised.lines
    assert f"포트 {port}" in line
    assert "MARU_PORT" in line


def test_when_it_runs_already_then_a_second_one_says_so(supervise: Supervise) -> None:
    supervise().until(READY)
    second = supervise()
    assert second.end() == 1
    assert "이미 켜져 있습니다" in second.lines[0]


def test_when_training_alone_then_an_app_runs_only_that_long(supervise: Supervise, folder: Path, gone: Gone) -> None:
    trained = supervise("train")
    assert trained.end() == 0
    assert len(list((folder / "models" / "rasa").glob("maru-*.tar.gz"))) == 1
    assert all(gone(pid) for pid in trained.pids())
    again = supervise("train")
    assert again.end() == 0
    assert any("재료와 맞습니다" in line for line in again.lines)


def test_when_training_beside_a_running_app_then_no_second_app_is_started(supervise: Supervise) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    supervise(port=port).until(READY)
    trained = supervise("train", port=port)
    assert trained.end() == 0
    assert not trained.pids()


def _serve_once(supervise: Supervise) -> Any:
    supervised = supervise()
    supervised.until(READY)
    supervised.process.send_signal(signal.SIGTERM)
    assert supervised.end() == 0
    return supervised
