"""Processes die; people still get an answer, and the conversation goes on."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.e2e.running_system import System

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_when_rasa_dies_then_questions_are_still_answered_and_rasa_comes_back(system: System) -> None:
    system.wait_ready(60)
    os.kill(system.pid_of("bot.serve"), signal.SIGKILL)
    conversation = system.begin()
    reply = conversation.ask("전입신고는 어떻게 하나요?")
    assert (reply["status"], reply["entry_id"]) == ("answered", "resident-move-in-report")
    assert conversation.ask("블랙홀은 왜 생기나요?")["status"] in {"unavailable", "no_answer"}
    assert conversation.ask("어머니가 쓰러지셨어요")["status"] == "emergency"
    system.wait_ready(120)
    assert "다시 시작" in system.output.read_text("utf-8")
    assert system.begin().ask("안녕하세요")["status"] == "smalltalk"


def test_when_the_app_is_restarted_in_mid_conversation_then_it_goes_on(system: System) -> None:
    system.wait_ready(60)
    conversation = system.begin()
    first = conversation.ask("전입신고는 어떻게 하나요?")
    old = system.pid_of("web.serve")
    os.kill(old, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if system.pid_of("web.serve") != old:
                break
        except AssertionError:
            time.sleep(0.2)
    system.wait_ready(180)
    again = conversation.ask("방금 한 말 다시 한번 들려주세요")
    assert (again["status"], again["entry_id"]) == ("answered", first["entry_id"])
