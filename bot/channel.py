"""The only way in: ``/webhooks/maru/{webhook,forget,health}``, each behind the shared secret.

The sentence vector is used for understanding only. It travels in a message that is parsed and thrown away; the
message that goes to the tracker (and with it to the store and to the actions) carries the result.
"""

from __future__ import annotations

import hmac
import json
import logging
from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.errors import BotError
from bot.model_file import ModelFile
from bot.sentence_features import VECTOR
from bot.tracker_store import WordlessTrackerStore
from bot.turn_request import BadRequest, TurnRequest, read_sender, read_turn

logger = logging.getLogger(__name__)

Handler = Callable[[UserMessage], Awaitable[Any]]
Route = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


class MaruInput(InputChannel):
    """Turns from the app. ``secret`` comes from credentials.yml; without one the channel cannot be made."""

    def __init__(self, secret: str) -> None:
        self._authorization = f"Bearer {secret}".encode()

    @classmethod
    def name(cls) -> str:
        """Served at /webhooks/maru."""
        return "maru"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> MaruInput:
        """The channel. Raises BotError when credentials.yml names no secret."""
        secret = (credentials or {}).get("secret")
        if not isinstance(secret, str) or not secret.strip() or "${" in secret:
            raise BotError("credentials.yml: bot.channel.MaruInput needs a secret (MARU_RASA_SECRET)")
        return cls(secret)

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The three routes."""
        routes = Blueprint("maru_channel")

        async def webhook(request: Request) -> HTTPResponse:
            return await self._webhook(request, on_new_message)

        routes.add_route(self._guarded(webhook), "/webhook", methods=["POST"], name="webhook")
        routes.add_route(self._guarded(self._forget), "/forget", methods=["POST"], name="forget")
        routes.add_route(self._guarded(self._health), "/health", methods=["GET"], name="health")
        return routes

    def _guarded(self, route: Route) -> Route:
        async def guarded(request: Request) -> HTTPResponse:
            given = request.headers.get("authorization", "").encode("utf-8", "replace")
            if not hmac.compare_digest(given, self._authorization):
                return _refusal(401, "secret", "the shared secret is missing or wrong")
            try:
                return await route(request)
            except BadRequest as error:
                return _refusal(error.status, error.code, error.message)

        return guarded

    async def _webhook(self, request: Request, on_new_message: Handler) -> HTTPResponse:
        turn = read_turn(request.body, _model(request).dimension)
        agent = _agent(request)
        message = UserMessage(
            text=_choice_message(turn.choice) if turn.choice else turn.text,
            output_channel=CollectingOutputChannel(),
            sender_id=turn.sender,
            input_channel=self.name(),
            metadata=turn.metadata,
        )
        try:
            message.parse_data = _choice_parse(turn.choice) if turn.choice else await _understand(agent, turn)
            await on_new_message(message)
        except CancelledError:
            raise
        except Exception:
            logger.exception("turn failed")
            return _refusal(503, "turn_failed", "the turn could not be handled")
        intent = message.parse_data["intent"]
        return _json(
            200,
            {
                "messages": _messages(message.output_channel.messages),
                "intent": {"name": intent["name"], "confidence": round(float(intent["confidence"]), 4)},
            },
        )

    async def _forget(self, request: Request) -> HTTPResponse:
        sender = read_sender(request.body)
        agent = _agent(request)
        async with agent.lock_store.lock(sender):
            erased = _store(agent).forget(sender)
        return _json(200, {"erased": erased})

    async def _health(self, request: Request) -> HTTPResponse:
        agent: Agent | None = getattr(request.app.ctx, "agent", None)
        model = _model(request)
        ready = agent is not None and agent.is_ready()
        store = agent.tracker_store if agent is not None else None
        configured = isinstance(store, WordlessTrackerStore)
        reachable = isinstance(store, WordlessTrackerStore) and store.is_reachable()
        return _json(
            200 if ready and configured and reachable else 503,
            {
                "ready": bool(ready and configured and reachable),
                "model": {
                    "file": model.path.name,
                    "id": agent.model_id if agent is not None else None,
                    "sha256": model.sha256,
                    "embedder": model.embedder,
                },
                "tracker_store": {"configured": configured, "reachable": reachable},
            },
        )


async def _understand(agent: Agent, turn: TurnRequest) -> dict[str, Any]:
    """Rasa's parse of the words, from a message of its own that no tracker ever sees."""
    metadata = {VECTOR: turn.vector} if turn.vector is not None else {}
    parsed: dict[str, Any] = await agent.processor.parse_message(
        UserMessage(text=turn.text, sender_id=turn.sender, metadata=metadata)
    )
    return parsed


def _choice_message(entry_id: str) -> str:
    return f"/choose_suggestion{json.dumps({'entry_id': entry_id})}"


def _choice_parse(entry_id: str) -> dict[str, Any]:
    text = _choice_message(entry_id)
    return {
        "text": text,
        "intent": {"name": "choose_suggestion", "confidence": 1.0},
        "entities": [{"entity": "entry_id", "value": entry_id, "start": len("/choose_suggestion"), "end": len(text)}],
        "intent_ranking": [{"name": "choose_suggestion", "confidence": 1.0}],
    }


def _messages(collected: list[dict[str, Any]]) -> list[Any]:
    return [message["custom"] if "custom" in message else {"text": message.get("text", "")} for message in collected]


def _agent(request: Request) -> Agent:
    agent: Agent | None = getattr(request.app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        raise BadRequest(503, "not_ready", "no model is loaded")
    return agent


def _store(agent: Agent) -> WordlessTrackerStore:
    if not isinstance(agent.tracker_store, WordlessTrackerStore):
        raise BadRequest(503, "tracker_store", "the tracker store is not the configured one")
    return agent.tracker_store


def _model(request: Request) -> ModelFile:
    model: ModelFile = request.app.ctx.model
    return model


def _refusal(status: int, code: str, message: str) -> HTTPResponse:
    return _json(status, {"error": {"code": code, "message": message}})


def _json(status: int, body: dict[str, Any]) -> HTTPResponse:
    return HTTPResponse(json.dumps(body, ensure_ascii=False), status=status, content_type="application/json")
