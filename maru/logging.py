"""The one place for logging: JSON lines on stderr that can't hold what a citizen said.

Nothing is trusted to be careful. Of our own events (structlog) only a constant name and whitelisted scalar fields come
out. Of everybody else's records (stdlib) the message comes out only when it stands as a literal in the code that logged
it, never its arguments. Of an exception come its types and places, never its words or its locals. It holds for every
handler, since the records themselves are made bare.
"""

from __future__ import annotations

import inspect
import json
import logging
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, TextIO

import structlog

from maru.clock import SystemClock
from maru.settings import ROOT, Settings

WITHHELD = "withheld"

FIELDS = frozenset(
    {
        # what happened
        *("status", "code", "exit_code", "reason", "error", "part", "action", "intent", "score", "confidence"),
        *("attempt", "attempts", "turn", "revision", "name", "kind", "type"),
        # who and where, in classes; never a person, a session or a text
        *("audience", "locale", "modality", "agency", "entry_id", "method", "route", "host", "port", "pid"),
        # how many, how large, how long
        *("count", "total", "entries", "created", "updated", "deleted", "skipped", "purged", "queue", "threads"),
        *(
            "vectors",
            "drift",
            "chars",
            "bytes",
            "size",
            "dimension",
            "ms",
            "seconds",
            "audio_s",
            "decode_ms",
            "search_ms",
            "rasa_ms",
        ),
        *("scrub_ms", "embed_ms", "recognise_ms", "rss_mb"),
        # which build
        *("version", "model", "device", "digest", "fingerprint", "backend"),
    }
)
"""Names of the fields that may be logged. Add one here when an event needs it; what isn't listed is withheld."""

# These say at DEBUG or INFO what they work on, or far too much.
QUIET = (
    *(
        "alembic",
        "aiosqlite",
        "asyncio",
        "faster_whisper",
        "filelock",
        "fsspec",
        "httpcore",
        "httpx",
        "huggingface_hub",
    ),
    *(
        "markdown_it",
        "matplotlib",
        "multipart",
        "numba",
        "PIL",
        "presidio-analyzer",
        "presidio_analyzer",
        "python_multipart",
    ),
    *("rasa_sdk", "sanic", "sentence_transformers", "sqlalchemy", "tldextract", "torch", "transformers", "urllib3"),
    *("uvicorn.access", "watchfiles", "websockets"),
)

_EVENT = re.compile(r"[a-z][a-z0-9_.]{0,63}")
_LOGGER = re.compile(r"[A-Za-z_](?:[A-Za-z_.-]|\d(?!\d)){0,99}")
_VALUE = re.compile(r"[A-Za-z0-9/][A-Za-z0-9_.:/+-]{0,99}")
_LONG_NUMBER = re.compile(r"\d(?:[-.:/]?\d){6,}")
# Random or hashed: a run of digits in them means nothing.
_OPAQUE = frozenset({"turn", "digest", "fingerprint"})
_PLACES = 4


def configure_logging(settings: Settings) -> None:
    """Make this the way out for structlog, stdlib logging, warnings and uncaught exceptions; safe to call again."""
    level = logging.getLevelNamesMapping()[settings.log_level]
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, _bare_event],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=_StderrLogger,
        cache_logger_on_first_use=False,
    )
    _configure_stdlib(level)
    warnings.showwarning = _log_warning
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda hook: _log_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)
    sys.unraisablehook = lambda hook: _log_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)


def describe(error: BaseException) -> list[str]:
    """An exception and what it came from, outermost first: ``ValueError at web/turns.py:41 answer``. No words of it."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None and len(lines) < 8:
        frames = traceback.extract_tb(current.__traceback__)[-_PLACES:]
        places = " > ".join(f"{_place(frame.filename, frame.lineno or 0)} {frame.name}" for frame in frames)
        lines.append(f"{type(current).__module__}.{type(current).__qualname__} at {places or 'unknown'}")
        if isinstance(current, BaseExceptionGroup):
            lines.extend(f"of {type(member).__qualname__}" for member in current.exceptions[:_PLACES])
        current = current.__cause__ or current.__context__
    return lines


class _StderrLogger:
    """What structlog writes to; the level methods all print the finished line."""

    def __init__(self, name: str = "maru") -> None:
        self.name = name

    def msg(self, line: str) -> None:
        _write(line)

    debug = info = warning = error = critical = msg


def _bare_event(logger: Any, method: str, event_dict: MutableMapping[str, Any]) -> str:
    """structlog's last processor."""
    error = _raised(event_dict.pop("exc_info", None))
    event = str(event_dict.pop("event", ""))
    fields = {name: value for name, value in event_dict.items() if name in FIELDS and _is_plain(name, value)}
    withheld = sorted(name for name in event_dict.keys() - fields.keys() if _EVENT.fullmatch(name))
    return _line(
        "error" if method == "exception" else method,
        logger.name,
        event if _EVENT.fullmatch(event) else WITHHELD,
        {**fields, **({WITHHELD: withheld} if withheld else {})},
        describe(error) if error else None,
    )


def _is_plain(name: str, value: object) -> bool:
    if value is None or isinstance(value, bool | int | float):
        return True
    if not isinstance(value, str) or not _VALUE.fullmatch(value):
        return False
    return name in _OPAQUE or not _LONG_NUMBER.search(value)


def _raised(exc_info: Any) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1] if isinstance(exc_info[1], BaseException) else None
    return sys.exc_info()[1] if exc_info else None


def _configure_stdlib(level: int) -> None:
    logging.raiseExceptions = False  # else a faulty record is printed with its arguments
    logging.setLogRecordFactory(_BareRecord)
    for logger in list(logging.Logger.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()
            logger.propagate = True
    root = logging.getLogger()
    root.handlers[:] = [_StderrHandler()]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))


class _BareRecord(logging.LogRecord):
    """A record that has lost its arguments, its exception's words and any message that isn't a literal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        error = _raised(self.exc_info)
        self.maru_exception = describe(error) if error else None
        self.msg = self.maru_event = self.msg if self._is_literal() else WITHHELD
        self.args = ()
        self.exc_info = self.exc_text = self.stack_info = None

    def _is_literal(self) -> bool:
        """Whether the message is a constant of the function that logs it."""
        frame: FrameType | None = inspect.currentframe()
        while frame is not None:
            code = frame.f_code
            if code.co_filename == self.pathname and code.co_name == self.funcName:
                return any(isinstance(constant, str) and constant == self.msg for constant in code.co_consts)
            frame = frame.f_back
        return False


class _StderrHandler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        _write(
            _line(
                record.levelname.lower(),
                record.name if _LOGGER.fullmatch(record.name) else WITHHELD,
                # Not its msg: ``logging.makeLogRecord`` writes that anew.
                str(record.maru_event) if isinstance(record, _BareRecord) else WITHHELD,
                {"at": _place(record.pathname, record.lineno)},
                record.maru_exception if isinstance(record, _BareRecord) else None,
            )
        )


def _line(level: str, logger: str, event: str, fields: Mapping[str, Any], exception: list[str] | None) -> str:
    head = {"time": SystemClock().now().isoformat(timespec="milliseconds"), "level": level, "logger": logger}
    return json.dumps({**head, "event": event, **fields, **({"exception": exception} if exception else {})})


def _place(filename: str, line: int) -> str:
    path = Path(filename)
    inside = path.is_relative_to(ROOT) and "site-packages" not in path.parts
    return f"{path.relative_to(ROOT) if inside else Path(*path.parts[-2:])}:{line}"


def _write(line: str) -> None:
    stream: TextIO | None = sys.stderr  # None in a process without a console
    if stream is None:
        return
    try:
        stream.write(f"{line}\n")
        stream.flush()
    except (OSError, ValueError):
        return  # nobody reads any more; the process ends for other reasons


def _log_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    _write(_line("warning", "py.warnings", category.__name__, {"at": _place(filename, lineno)}, None))


def _log_uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    described = (
        describe(error if error is None or error.__traceback__ else error.with_traceback(trace)) if error else []
    )
    _write(_line("critical", "maru", "uncaught_exception", {}, described or [kind.__name__]))
