"""Serve one model file: ``python -m bot.serve --model models/rasa.tar.gz``. Logs JSON lines to stderr.

Own launcher instead of ``rasa run``: exact model or nothing, exact tracker store or nothing, no HTTP API, no word in
the logs, ready in half the time. Ends within 3 s of SIGTERM, and with its parent. Exit code 2: something is missing.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import resource
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from bot import log_redaction
from bot.environment import ServerEnvironment, read_server_environment
from bot.errors import BotError
from bot.model_file import ModelFile, read_model_file
from bot.parent_watch import end_with_parent
from bot.project import ROOT, quiet_libraries

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from rasa.core.utils import AvailableEndpoints
    from sanic import Sanic

logger = logging.getLogger("bot.serve")

# The app sends up to 1,000 characters (\uXXXX-escaped: 6 bytes each and more) and a vector.
MAX_BODY_BYTES = 64 * 1024
TURN_TIMEOUT_S = 20.0
SHUTDOWN_S = 1.0
HOUR_S = 3600.0


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bot.serve", description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="the model file, exactly")
    parser.add_argument("--log-level", default="INFO", choices=["DEBUG", "INFO", "WARNING", "ERROR"])
    options = parser.parse_args()
    # No core dumps: they would hold what was just said. (1 byte: at 0 the kernel would still hand them to a program.)
    most = 0 if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0 else 1
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    quiet_libraries()
    log_redaction.install(options.log_level)
    end_with_parent()
    try:
        environment = read_server_environment()
        model = read_model_file(options.model.resolve())
        with _bind(environment) as listener:
            _serve(model, listener)
    except BotError as error:
        logger.error("%s", error)  # noqa: TRY400  (one line for the operator)
        return 2
    return 0


def _bind(environment: ServerEnvironment) -> socket.socket:
    """Take the address before the slow imports; nobody can connect until the server listens."""
    try:
        family = socket.getaddrinfo(environment.host, environment.port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((environment.host, environment.port))
    except OSError as error:
        raise BotError(f"cannot listen on {environment.host}:{environment.port}: {error.strerror}") from error
    return listener


def _serve(model: ModelFile, listener: socket.socket) -> None:
    import skops.io  # noqa: F401  (before TensorFlow: 0.7 s instead of 9 s)
    from rasa.core.channels import channel as rasa_channels
    from rasa.core.run import create_http_input_channels
    from rasa.core.utils import AvailableEndpoints
    from sanic import Sanic

    from bot.action_endpoint import compile_reply_schema
    from bot.channel import MaruInput

    log_redaction.seal()
    compile_reply_schema()
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    inputs = create_http_input_channels(None, str(ROOT / "credentials.yml"))
    if [type(channel) for channel in inputs] != [MaruInput]:
        raise BotError("credentials.yml must name bot.channel.MaruInput and no other channel")

    app = Sanic("maru_rasa", configure_logging=False)
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = SHUTDOWN_S
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.config.RESPONSE_TIMEOUT = TURN_TIMEOUT_S
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.model = model
    rasa_channels.register(inputs, app, route="/webhooks/")
    failures: list[BotError] = []

    async def start(app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        try:
            app.ctx.agent = load_agent(model, endpoints)
        except BotError as error:
            failures.append(error)
            raise
        log_redaction.seal()
        app.ctx.housekeeping = asyncio.ensure_future(_forget_idle(app))

    async def ready(app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        host, port = listener.getsockname()[:2]
        logger.info("ready on http://%s:%d with model %s", host, port, model.path.name)

    async def stop(app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
        app.ctx.housekeeping.cancel()
        await app.ctx.agent.action_endpoint.close()
        logger.info("stopped")

    app.register_listener(start, "before_server_start")
    app.register_listener(ready, "after_server_start")
    app.register_listener(stop, "after_server_stop")
    try:
        app.run(sock=listener, access_log=False, motd=False)
    except BaseException:
        if failures:
            raise failures[0] from None
        raise


def load_agent(model: ModelFile, endpoints: AvailableEndpoints) -> Agent:
    """The agent with exactly this model and exactly the configured store. Raises BotError.

    Rasa's own loader starts without a model when that one cannot be loaded, and wraps the store so that any error
    moves a conversation into memory; here the model must load and the store's errors reach the caller.
    """
    from rasa.core.agent import Agent
    from rasa.core.tracker_store import TrackerStore

    from bot.action_endpoint import ActionEndpoint
    from bot.lock_store import PromptLockStore
    from bot.tracker_store import WordlessTrackerStore

    if endpoints.action is None or endpoints.tracker_store is None:
        raise BotError("endpoints.yml must name action_endpoint and tracker_store")
    store = TrackerStore.create(endpoints.tracker_store)
    if not isinstance(store, WordlessTrackerStore):
        raise BotError("endpoints.yml: tracker_store must be bot.tracker_store.WordlessTrackerStore")
    try:
        agent = Agent.load(
            model.path,
            tracker_store=store,
            lock_store=PromptLockStore(),
            action_endpoint=ActionEndpoint(url=endpoints.action.url, headers=endpoints.action.headers),
            fingerprint=model.sha256,
        )
    except BotError:
        raise
    except Exception as error:
        raise BotError(f"{model.path} cannot be loaded ({type(error).__name__}); run `maru train`") from error
    agent.tracker_store = store
    agent.processor.tracker_store = store
    return agent


async def _forget_idle(app: Sanic) -> None:
    while True:
        try:
            app.ctx.agent.tracker_store.forget_idle()
        except Exception:
            logger.exception("idle conversations could not be erased")
        await asyncio.sleep(HOUR_S)


if __name__ == "__main__":
    code = main()
    logging.shutdown()
    os._exit(code)  # everything is closed; TensorFlow's own teardown would take another second or two
