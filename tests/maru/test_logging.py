"""What comes out of the logs at DEBUG, in a process of its own: logging is set up once for a whole process."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from typing import Any

import pytest

from maru.settings import ROOT

# Put together at run time: a literal in the logging code itself is allowed out.
CANARY = """
    import asyncio, logging, sys, threading, warnings
    import structlog
    from maru.logging import configure_logging
    from maru.settings import Settings
    canary = " ".join(["홍길동", "010-1234-5678", "hong" + chr(64) + "example.com", "canary" + "word"])
    number = int("0101234" + "5678")
    configure_logging(Settings(log_level="DEBUG"))
    log = structlog.get_logger("maru.test")
    std = logging.getLogger("some.library")
"""
FORBIDDEN = ("홍길동", "\\ud64d", "1234-5678", "01012345678", "hong@", "canaryword", "1012345678")


def _stderr(code: str, status: int = 0) -> str:
    program = textwrap.dedent(CANARY) + textwrap.dedent(code)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert not [word for word in FORBIDDEN if word in done.stderr], done.stderr
    return done.stderr


def _lines(code: str, status: int = 0) -> list[dict[str, Any]]:
    return [json.loads(line) for line in _stderr(code, status).splitlines()]


LEAKY = [
    "log.info(canary)",
    "log.info('turn', text=canary)",
    "log.info('turn', status=canary)",
    "log.info('turn', reason='010-1234' + '-5678')",
    "log.info('turn', number=number)",
    "log.info('turn', status=[canary], count={'a': canary})",
    "log.info('turn %s', canary)",
    "log.info('%s' % canary)",
    "log.info('turn', **{canary: 1})",
    "log.bind(text=canary).info('turn')",
    "structlog.contextvars.bind_contextvars(text=canary); log.info('turn')",
    "std.error(canary)",
    "std.error('text: %s', canary)",
    "std.error('text: %(text)s', {'text': canary})",
    "std.error('text', extra={'text': canary})",
    "std.error(f'text {canary}')",
    "std.error(ValueError(canary))",
    "std.error('broken %d %d', canary)",
    "std.error('stack', stack_info=True)",
    "logging.error(canary)",
    "logging.getLogger('uvicorn.error').error(canary)",
    "logging.getLogger('asyncio').error('x', exc_info=ValueError(canary))",
    "warnings.warn(canary)",
    # Libraries bring handlers of their own.
    "std.addHandler(logging.StreamHandler()); std.error('x %s', canary)",
    "std.error('x', exc_info=ValueError(canary))",
    "log.info('turn', exc_info=ValueError(canary))",
    "log.info('turn', stack_info=True, stack=canary)",
    "e = ValueError('x'); e.add_note(canary); log.info('turn', exc_info=e)",
    "logging.LoggerAdapter(std, {'text': canary}).error('x %s', canary)",
    "logging.getLogger(canary).error('x')",
    "logging.getLogger('other').handle(logging.makeLogRecord({'msg': canary, 'name': 'x', 'levelno': 40}))",
]


def test_when_a_text_reaches_the_log_then_a_line_comes_without_it() -> None:
    parts = _stderr(f"for code in {LEAKY!r}:\n    print('#next', file=sys.stderr); exec(code)").split("#next")
    assert parts.pop(0) == ""
    silent = [code for code, part in zip(LEAKY, parts, strict=True) if not part.strip()]
    assert silent == []


def test_when_a_library_says_what_it_works_on_then_nothing_comes() -> None:
    names = [
        *("presidio-analyzer", "faster_whisper", "httpx", "httpcore.http11", "sqlalchemy.engine", "asyncio"),
        *("rasa_sdk.executor", "multipart.multipart", "python_multipart", "uvicorn.access", "transformers"),
    ]
    code = f"for name in {names!r}:\n    logging.getLogger(name).debug(canary); logging.getLogger(name).info('literal')"
    assert _lines(code) == []


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("log.exception('turn_failed')", "error"),
        ("log.error('turn_failed', exc_info=True)", "error"),
        ("log.error('turn_failed', exc_info=sys.exc_info())", "error"),
        ("std.exception('turn failed')", "error"),
        ("std.error('turn failed', exc_info=True)", "error"),
    ],
)
def test_when_an_exception_is_logged_then_types_and_places_come_and_no_words(code: str, kind: str) -> None:
    program = f"""
    def answer(text):
        raise ValueError(text)
    try:
        try:
            answer(canary)
        except ValueError as error:
            raise KeyError(canary) from error
    except KeyError:
        {code}
    """
    (line,) = _lines(program)
    assert line["level"] == kind
    first, second = line["exception"]
    assert first.startswith("builtins.KeyError at")
    assert second.startswith("builtins.ValueError at")
    assert second.endswith(" answer")


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("raise ValueError(canary)", 1),
        ("t = threading.Thread(target=lambda: int(canary)); t.start(); t.join()", 0),
        ("class Bad:\n    def __del__(self): raise ValueError(canary)\nBad()", 0),
        ("async def f(): raise ValueError(canary)\nasync def g(): asyncio.create_task(f())\nasyncio.run(g())", 0),
        ("raise ExceptionGroup(canary, [ValueError(canary)])", 1),
    ],
    ids=["main thread", "other thread", "destructor", "task nobody waits for", "group"],
)
def test_when_an_exception_is_not_caught_then_its_type_comes_and_no_words(code: str, status: int) -> None:
    assert "ValueError" in str(_lines(code, status)[-1]["exception"])


def test_when_an_event_is_plain_then_its_fields_come() -> None:
    (line,) = _lines(
        "log.info('turn', status='answered', entry_id='resident-move-in', ms=41.2, turn='x1234567890', text='a')"
    )
    assert line.items() >= {
        "level": "info", "logger": "maru.test", "event": "turn", "status": "answered",
        "entry_id": "resident-move-in", "ms": 41.2, "turn": "x1234567890", "withheld": ["text"],
    }.items()  # fmt: skip
    assert line["time"].endswith("+00:00")


def test_when_a_library_logs_a_literal_then_it_comes_without_its_arguments() -> None:
    (line,) = _lines("def serve():\n    std.warning('listening on %s', canary)\nserve()")
    assert line["event"] == "listening on %s"
    assert line["at"] == "<string>:12"


def test_when_the_level_is_higher_then_lower_lines_stay_away() -> None:
    assert _lines("configure_logging(Settings(log_level='ERROR')); log.warning('turn'); std.warning('x')") == []


def test_when_configured_twice_then_lines_come_once() -> None:
    assert len(_lines("configure_logging(Settings(log_level='DEBUG')); log.info('turn'); std.info('x')")) == 2


def test_when_nobody_reads_stderr_then_logging_does_not_raise() -> None:
    assert _lines("keep = sys.stderr; sys.stderr = None; log.info('turn'); std.info('x'); sys.stderr = keep") == []
