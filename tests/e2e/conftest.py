"""The whole system, once for all end-to-end tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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
