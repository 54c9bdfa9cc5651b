from __future__ import annotations

import socket
from pathlib import Path

import pytest

from maru.settings import Settings
from maru.supervisor.errors import SupervisorError
from maru.supervisor.listening import local_url, with_ports


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("maru.internal", "http://maru.internal:8000"),
    ],
)
def test_when_listening_on_a_host_then_this_machine_reaches_it_there(host: str, url: str) -> None:
    assert local_url(host, 8000) == url


def test_when_the_port_is_zero_then_a_free_one_is_chosen(tmp_path: Path) -> None:
    settings = with_ports(Settings(data_dir=tmp_path, port=0, rasa_port=0))
    assert 0 not in (settings.port, settings.rasa_port)


def test_when_rasas_port_is_taken_then_its_setting_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        settings = Settings(data_dir=tmp_path, port=0, rasa_port=other.getsockname()[1])
        with pytest.raises(SupervisorError, match="MARU_RASA_PORT"):
            with_ports(settings)


def test_when_the_host_is_not_of_this_machine_then_its_setting_is_named(tmp_path: Path) -> None:
    with pytest.raises(SupervisorError, match=r"203\.0\.113\.7.*MARU_HOST"):
        with_ports(Settings(data_dir=tmp_path, host="203.0.113.7", port=0, rasa_port=0))
