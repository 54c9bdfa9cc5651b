"""Logs that cannot hold what somebody said, at any level.

Our own loggers (``bot.*``) print their message. Anybody else's record keeps its message only when that message stands
word for word in the source line-up that logged it (a constant); f-strings, arguments and structlog's keys go. Of an
exception the types and the places stay, never its words or its locals: Rasa and jsonschema quote texts in them.
"""

from __future__ import annotations

import functools
import json
import logging
import re
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

from bot.errors import BotError

OURS = ("bot", "__main__")
MIN_CONSTANT = 8
_STRUCTLOG_EVENT = "structlog_event"
_EVENT = re.compile(r"[a-z_]{2,40}(?:\.[a-z_]{2,40}){1,6}")


class WordlessFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, event, and ``error`` for an exception."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S%z", time.localtime(record.created)),
            "level": record.levelname,
            "logger": record.name,
            "event": self._event(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = describe(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)

    @staticmethod
    def _event(record: logging.LogRecord) -> str:
        if record.name.split(".", 1)[0] in OURS:
            return record.getMessage()
        structlog_event = getattr(record, _STRUCTLOG_EVENT, None)
        if structlog_event is not None:
            return str(structlog_event)
        template = str(record.msg)
        if len(template) >= MIN_CONSTANT and template in _source(record.pathname):
            return template
        return f"{Path(record.pathname).name}:{record.lineno}"


def describe(error: BaseException) -> list[str]:
    """An exception and its causes as types with places, innermost last; a BotError also says its message."""
    lines = []
    current: BaseException | None = error
    while current is not None:
        frames = traceback.extract_tb(current.__traceback__, limit=-4)
        places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
        words = f": {current}" if isinstance(current, BotError) else ""
        lines.append(f"{type(current).__name__}{words} at {places or 'unknown'}")
        current = current.__cause__ or current.__context__
    return lines


def install(level: str) -> None:
    """Make this the only way out for logs, warnings and uncaught exceptions. Call before Rasa is imported."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordlessFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in ("bot", "rasa"):
        logging.getLogger(name).setLevel(level)  # imports move the root's level
    logging.raiseExceptions = False  # else a faulty record is printed with its arguments
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _event_only],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    warnings.showwarning = _log_warning
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda hook: _log_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)
    sys.unraisablehook = lambda hook: _log_uncaught(hook.exc_type, hook.exc_value, hook.exc_traceback)


def seal() -> None:
    """Take away the handlers that libraries have set up for themselves. Call after Rasa is imported."""
    for logger in list(logging.Logger.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.handlers.clear()
            logger.propagate = True
    for noisy in ("tensorflow", "matplotlib", "apscheduler", "asyncio", "h5py", "numba", "sanic.access"):
        logging.getLogger(noisy).setLevel(logging.ERROR)


@functools.lru_cache(maxsize=256)
def _source(path: str) -> str:
    try:
        return Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def _event_only(
    _logger: Any, _method: str, event_dict: MutableMapping[str, Any]
) -> tuple[tuple[str], Mapping[str, Any]]:
    event = str(event_dict.get("event", ""))
    # Rasa names its events like "processor.message.parse"; anything else might be a sentence.
    named = event if _EVENT.fullmatch(event) else "unnamed event"
    exception = {"exc_info": event_dict["exc_info"]} if "exc_info" in event_dict else {}
    return (named,), {"extra": {_STRUCTLOG_EVENT: named}, **exception}


def _log_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: Any | None = None,
    line: str | None = None,
) -> None:
    logging.getLogger("bot.warnings").debug("%s at %s:%d", category.__name__, Path(filename).name, lineno)


def _log_uncaught(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if error is None or issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot.uncaught").critical("uncaught exception", exc_info=(kind, error, trace))
