"""The app's heavy parts, loaded beside the server so that it answers from its first second."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable

import structlog
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from knowledge.embedder import Embedder, load_embedder
from knowledge.errors import KnowledgeError
from knowledge.service import Knowledge
from maru.clock import Clock
from maru.settings import Settings
from privacy.errors import PrivacyError, ScrubFailed
from privacy.open_vault import open_vault
from privacy.scrubber import Scrubber
from voice.commands_spotter import CommandSpotter
from voice.errors import VoiceError
from voice.speech_service import SpeechService
from voice.stream import GLANCE
from voice.whisper_recognizer import WhisperRecognizer

_LOG = structlog.get_logger("maru.parts")


class NotLoadedError(Exception):
    """A part isn't loaded yet, or couldn't be."""


class Parts:
    """Loads the embedder, the index, the scrubber and the recogniser in a thread, each on its own.

    One that fails leaves the others working; ``status`` tells which are there.
    """

    def __init__(self, settings: Settings, engine: Engine, clock: Clock) -> None:
        self._settings = settings
        self._engine = engine
        self._clock = clock
        self._embedder: Embedder | None = None
        self._scrubber: Scrubber | None = None
        self._speech: SpeechService | None = None
        self.knowledge = Knowledge(settings, engine, clock)
        self._threads = [
            threading.Thread(target=self._run, args=(steps,), name=f"maru-load-{name}", daemon=True)
            for name, steps in {
                "knowledge": (self._load_knowledge, self._load_speech),
                "privacy": (self._load_privacy,),
            }.items()
        ]

    def start(self) -> None:
        """Begin loading; returns at once."""
        for thread in self._threads:
            thread.start()

    async def close(self) -> None:
        """Stop what runs."""
        self.knowledge.close()
        if self._speech is not None:
            await self._speech.close()

    @property
    def embedder(self) -> Embedder:
        """The sentence-embedding model; raises ``NotLoadedError``."""
        if self._embedder is None:
            raise NotLoadedError("embedder")
        return self._embedder

    def scrubber(self) -> Scrubber:
        """The scrubber; raises ``ScrubFailed`` while there is none, so that callers fail closed."""
        if self._scrubber is None:
            raise ScrubFailed("the scrubber isn't loaded")
        return self._scrubber

    @property
    def speech(self) -> SpeechService:
        """The speech service; raises ``NotLoadedError``."""
        if self._speech is None:
            raise NotLoadedError("speech")
        return self._speech

    def status(self) -> dict[str, bool]:
        """Which parts answer."""
        return {
            "knowledge": self.knowledge.is_ready,
            "speech": self._speech is not None,
            "privacy": self._vault_answers(),
            "database": self._database_answers(),
        }

    def _database_answers(self) -> bool:
        try:
            with self._engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True

    def _vault_answers(self) -> bool:
        try:
            self.scrubber().vault.known("nobody")
        except PrivacyError:
            return False
        return True

    def _run(self, steps: tuple[Callable[[], None], ...]) -> None:
        for step in steps:
            name = step.__name__.removeprefix("_load_")
            started = time.monotonic()
            try:
                step()
            except (KnowledgeError, VoiceError, ScrubFailed, OSError, RuntimeError, ValueError) as error:
                _LOG.error("part_failed", part=name, error=type(error).__name__)
            else:
                _LOG.info("part_loaded", part=name, seconds=round(time.monotonic() - started, 1))

    def _load_knowledge(self) -> None:
        self._embedder = load_embedder(self._settings)
        self.knowledge.open(self._embedder)
        # Model and entries stay: without them a full collection takes milliseconds, not a third of a second at a time.
        gc.collect()
        gc.freeze()

    def _load_privacy(self) -> None:
        self._scrubber = Scrubber(open_vault(self._settings), timeout_s=self._settings.scrub_timeout_s)

    def _load_speech(self) -> None:
        recognizer = WhisperRecognizer.load(self._settings)
        recognizer.warm_up()
        self._speech = SpeechService(
            recognizer,
            self._settings,
            quick=recognizer.with_decoding(GLANCE),
            spotter=CommandSpotter(recognizer),
        )
