"""Ports and addresses, checked before anything slow starts."""

from __future__ import annotations

import errno
import socket
import time

from maru.settings import Settings
from maru.supervisor import messages
from maru.supervisor.errors import SupervisorError

# A process that was killed a moment ago may not have let go of its port yet.
RELEASE_S = 3.0


def with_ports(settings: Settings) -> Settings:
    """The settings with a free port wherever 0 stood. Raises SupervisorError when an address can't be listened on."""
    port = _checked(settings.host, settings.port, "MARU_HOST", "MARU_PORT")
    rasa_port = _checked(settings.rasa_host, settings.rasa_port, "MARU_RASA_HOST", "MARU_RASA_PORT")
    return settings.model_copy(update={"port": port, "rasa_port": rasa_port})


def free_port(host: str = "127.0.0.1") -> int:
    """A port that nothing listens on."""
    return _bound_port(host, 0)


def local_url(host: str, port: int) -> str:
    """Where this machine reaches a server that listens on ``host``."""
    reachable = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"


def _checked(host: str, port: int, host_setting: str, port_setting: str) -> int:
    deadline = time.monotonic() + RELEASE_S
    while True:
        try:
            return _bound_port(host, port)
        except socket.gaierror:
            raise SupervisorError(messages.ADDRESS_UNKNOWN.format(host=host, setting=host_setting)) from None
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise SupervisorError(messages.ADDRESS_UNKNOWN.format(host=host, setting=host_setting)) from None
            if error.errno in (errno.EACCES, errno.EPERM):
                raise SupervisorError(messages.PORT_FORBIDDEN.format(port=port, setting=port_setting)) from None
            if error.errno != errno.EADDRINUSE:
                raise
            if time.monotonic() > deadline:
                raise SupervisorError(messages.PORT_TAKEN.format(port=port, setting=port_setting)) from None
        time.sleep(0.2)


def _bound_port(host: str, port: int) -> int:
    family, kind, protocol, _name, address = socket.getaddrinfo(
        host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        bound: int = probe.getsockname()[1]
        return bound
