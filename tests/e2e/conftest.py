"""The whole system, once for all end-to-end tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from bench.screenshots import launch
from tests.e2e.browsing import MICROPHONE, PHONE, Visit
from tests.e2e.running_system import Conversation, System, start_system, stop_system


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """The running system."""
    running = start_system(tmp_path_factory.mktemp("maru") / "var")
    try:
        running.wait_ready()
        yield running
    finally:
        stop_system(running)


@pytest.fixture
def conversation(system: System) -> Conversation:
    """A fresh citizen's conversation."""
    system.wait_ready(60)
    return system.begin()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium whose microphone hears a question."""
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, *MICROPHONE)
        yield browser
        browser.close()


@pytest.fixture
def visits(system: System, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Opens tabs of new visitors; afterwards none of them may have met with trouble."""
    system.wait_ready(120)
    opened: list[Visit] = []

    def visit(**options: Any) -> Visit:
        context = browser.new_context(**{"locale": "ko-KR", "viewport": PHONE, **options})
        opened.append(Visit(context.new_page(), system.url))
        return opened[-1]

    yield visit
    for each in opened:
        each.page.context.close()
    assert [trouble for each in opened for trouble in each.unforgiven()] == []
