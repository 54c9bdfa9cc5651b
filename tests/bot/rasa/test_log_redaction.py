from __future__ import annotations

import io
import json
import logging
import unittest
from pathlib import Path

from bot import log_redaction
from bot.errors import BotError
from bot.log_redaction import WordlessFormatter
from bot.model_file import read_model_file

SPOKEN = "홍길동 010-1234-5678"


class LogRedactionTest(unittest.TestCase):
    def setUp(self) -> None:
        root, bot = logging.getLogger(), logging.getLogger("bot")
        before = (root.handlers[:], root.level, bot.level)
        self.addCleanup(lambda: (root.handlers.__setitem__(slice(None), before[0]), root.setLevel(before[1])))
        self.addCleanup(bot.setLevel, before[2])
        log_redaction.install("DEBUG")
        self.stream = io.StringIO()
        handler = logging.StreamHandler(self.stream)
        handler.setFormatter(WordlessFormatter())
        root.handlers[:] = [handler]

    def written(self) -> str:
        text = self.stream.getvalue()
        for line in text.splitlines():
            json.loads(line)
        self.assertNotIn("홍길동", text)
        self.assertNotIn("010-1234", text)
        self.assertNotIn("\\ud64d", text)
        return text

    def test_when_a_library_interpolates_then_only_the_place_is_kept(self) -> None:
        logging.getLogger("rasa.core").error(f"could not handle {SPOKEN}")  # noqa: G004  (as Rasa does)
        self.assertIn("test_log_redaction.py:", self.written())

    def test_when_a_library_logs_a_constant_then_it_is_kept_without_its_arguments(self) -> None:
        logging.getLogger("rasa.core").error("could not handle the message %s", SPOKEN)
        self.assertIn("could not handle the message %s", self.written())

    def test_when_an_exception_is_logged_then_types_and_places_stay(self) -> None:
        try:
            try:
                {}[SPOKEN]
            except KeyError as error:
                raise ValueError(f"bad {SPOKEN}") from error
        except ValueError:
            logging.getLogger("bot.channel").exception("turn failed")
        written = self.written()
        for part in ("ValueError", "KeyError", "test_log_redaction.py", "turn failed"):
            self.assertIn(part, written)

    def test_when_our_own_error_is_logged_then_it_says_what_to_do(self) -> None:
        try:
            read_model_file(Path("/nowhere/rasa.tar.gz"))
        except BotError:
            logging.getLogger("bot.serve").exception("cannot start")
        self.assertIn("run `maru train`", self.written())

    def test_when_structlog_is_used_then_only_the_event_name_is_kept(self) -> None:
        import structlog

        logger = structlog.get_logger("rasa.core.processor")
        logger.info("processor.message.parse", text=SPOKEN, event_info=f"parsed {SPOKEN}")
        logger.warning(f"said {SPOKEN}")  # noqa: G004  (as Rasa does)
        for looks_like_a_name in ("hong.1234@example.com", "010.1234.5678", "M123.A4567"):
            logger.warning(looks_like_a_name)
            self.assertNotIn(looks_like_a_name, self.stream.getvalue())
        written = self.written()
        self.assertIn("processor.message.parse", written)
        self.assertIn("unnamed event", written)

    def test_when_a_record_cannot_be_formatted_then_nothing_is_printed(self) -> None:
        logging.getLogger("bot.serve").info("two %s %s", SPOKEN)
        self.assertEqual(self.stream.getvalue(), "")
