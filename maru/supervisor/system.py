"""Brings up app and Rasa in the right order, as much at once as can be, and watches them."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import NoReturn

from maru.settings import Settings
from maru.supervisor import messages
from maru.supervisor.app_probe import AppProbe
from maru.supervisor.commands import Commands
from maru.supervisor.errors import TrainingError
from maru.supervisor.held_file import held_file
from maru.supervisor.keeper import Keeper, Say
from maru.supervisor.rasa_models import RasaModels

POLL_S = 0.25
REMIND_S = 30.0
_TRAINING_TRIES = 2


class System:
    """App and Rasa for one set of settings."""

    def __init__(
        self, settings: Settings, commands: Commands, models: RasaModels, keeper: Keeper, probe: AppProbe, say: Say
    ) -> None:
        self._settings = settings
        self._commands = commands
        self._models = models
        self._keeper = keeper
        self._probe = probe
        self._say = say

    async def serve(self, started: float) -> NoReturn:
        """Run both until cancelled; ``started`` is the monotonic time the waiting is counted from.

        Raises (in an ExceptionGroup) GaveUpError when one keeps dying, TrainingError when there is no model.
        """
        async with asyncio.TaskGroup() as group:
            group.create_task(self._keeper.keep(self._commands.app(), "app"))
            rasa: asyncio.Task[NoReturn] | None = None
            # Both take seconds to start: where the model is likely the right one, Rasa needn't wait for the app.
            serving = self._models.expected(self._settings.embedder)
            if serving is not None:
                rasa = group.create_task(self._serve_rasa(serving))
            model = await self._current_model()
            if rasa is not None and model != serving:
                self._say(messages.MODEL_OUTDATED)
                rasa.cancel()
                await asyncio.wait([rasa])
                rasa = None
            await self._train_if_needed(model)
            if rasa is None:
                group.create_task(self._serve_rasa(model))
            await self._wait_until_ready(started=started)
            self._say(messages.READY.format(url=self._commands.app_url, seconds=time.monotonic() - started))
        raise AssertionError("the group ends only by an exception")

    async def train(self) -> None:
        """Train with an app that runs already. Raises TrainingError."""
        await self._train_if_needed(await self._current_model(), say_if_trained=True)

    async def train_with_own_app(self) -> None:
        """Start an app for as long as the training takes. Raises (in an ExceptionGroup) TrainingError, GaveUpError."""
        async with asyncio.TaskGroup() as group:
            app = group.create_task(self._keeper.keep(self._commands.app(), "app"))
            await self.train()
            app.cancel()

    async def _serve_rasa(self, model: Path) -> NoReturn:
        await self._keeper.keep(self._commands.rasa_server(model), "rasa")

    async def _current_model(self) -> Path:
        """The model file of today's inputs, once the app can say with which embedder."""
        waited = _Wait(self._say, self._keeper.log_folder)
        while (fingerprint := await self._probe.fingerprint()) is None:
            waited.on(messages.WAITING_FOR_EMBEDDER if await self._probe.lives() else None)
            await asyncio.sleep(POLL_S)
        self._models.remember(self._settings.embedder, fingerprint)
        return self._models.file_for(fingerprint)

    async def _train_if_needed(self, model: Path, *, say_if_trained: bool = False) -> None:
        while not model.is_file():
            # Until the FAQ is indexed the embedder is busy, and training would wait in line behind it till it gives up.
            await self._wait_until_ready({"knowledge"})
            with held_file(self._models.folder / ".training.lock") as held:
                if held:
                    await self._train(model)
                    return
            await asyncio.sleep(POLL_S)  # somebody else trains it
        if say_if_trained:
            self._say(messages.ALREADY_TRAINED.format(model=model.name))
        self._models.prune(model)

    async def _train(self, model: Path) -> None:
        self._say(messages.TRAINING)
        started = time.monotonic()
        for attempt in range(1, _TRAINING_TRIES + 1):
            deaths = self._keeper.deaths
            code, log = await self._keeper.run_once(self._commands.rasa_training(model), "train")
            if code == 0 and model.is_file():
                self._say(messages.TRAINED.format(model=model.name, seconds=time.monotonic() - started))
                self._models.prune(model)
                return
            # Training asks the app for its vectors: an app that died meanwhile is a reason to try again.
            if attempt == _TRAINING_TRIES or self._keeper.deaths == deaths:
                raise TrainingError("\n  | ".join([messages.TRAINING_FAILED.format(log=log.path), *log.tail()]))
            self._say(messages.TRAINING_AGAIN)
            await self._current_model()

    async def _wait_until_ready(self, parts: set[str] | None = None, started: float | None = None) -> None:
        """Wait for these parts of the app, or for all of it."""
        waited = _Wait(self._say, self._keeper.log_folder, started)
        while True:
            missing = await self._probe.missing_parts()
            if missing is not None and not (missing if parts is None else parts.intersection(missing)):
                return
            names = ", ".join(messages.PARTS.get(part, part) for part in missing or ())
            waited.on(messages.MISSING_PARTS.format(parts=names) if names else None)
            await asyncio.sleep(POLL_S)


class _Wait:
    """Says what is waited for when that changes, and every half minute that it still goes on."""

    def __init__(self, say: Say, log_folder: Path, started: float | None = None) -> None:
        self._say = say
        self._log_folder = log_folder
        self._started = time.monotonic() if started is None else started
        self._reminded = time.monotonic()
        self._last: str | None = None

    def on(self, what: str | None) -> None:
        if what is not None and what != self._last:
            self._say(what)
            self._last = what
        now = time.monotonic()
        if now - self._reminded >= REMIND_S:
            self._say(messages.STILL_WAITING.format(seconds=now - self._started, folder=self._log_folder))
            self._reminded = now
