"""What the app sends for a turn, checked field by field; nothing unknown gets past."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from bot.embedding_service import decode_vector

MAX_TEXT_CHARS = 4000  # the app takes 1000 from people; placeholders are longer than what they stand for
MAX_VECTOR_CHARS = 16_384
SENDER = re.compile(r"[A-Za-z0-9_.:-]{1,128}")
ENTRY_ID = re.compile(r"[a-z0-9-]{1,80}")
METADATA_KEYS = frozenset({"audience", "locale", "modality", "agency", "session", "turn"})
MAX_METADATA_CHARS = 128

Metadata = dict[str, str | int | None]


class BadRequest(Exception):
    """A request that is refused: HTTP status, code and a message that quotes none of it."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True)
class TurnRequest:
    """One turn: scrubbed words or a pressed suggestion; ``vector`` is the app's embedding of the words."""

    sender: str
    text: str
    choice: str | None
    vector: np.ndarray | None
    metadata: Metadata


def read_turn(body: bytes, dimension: int) -> TurnRequest:
    """Check a turn. Raises BadRequest: 400 not a JSON object, 413 text too long, 422 a field is wrong."""
    fields = _object(body)
    sender = _sender(fields)
    choice = fields.get("choice")
    if choice is not None and not (isinstance(choice, str) and ENTRY_ID.fullmatch(choice)):
        raise BadRequest(422, "choice", "choice must be null or an entry id (a-z, 0-9, -; at most 80)")
    text = fields.get("text") or ""
    if not isinstance(text, str):
        raise BadRequest(422, "text", "text must be a string")
    if len(text) > MAX_TEXT_CHARS:
        raise BadRequest(413, "text_too_long", f"text may have at most {MAX_TEXT_CHARS} characters")
    if choice is None and not text.strip():
        raise BadRequest(422, "text", "either text or choice is needed")
    return TurnRequest(sender, _not_a_command(text), choice, _vector(fields, dimension), _metadata(fields))


def read_sender(body: bytes) -> str:
    """The sender of a body ``{"sender": …}``. Raises BadRequest."""
    return _sender(_object(body))


def _object(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(400, "json", "the body is not JSON") from None
    if not isinstance(fields, dict):
        raise BadRequest(400, "json", "the body is not a JSON object")
    return fields


def _sender(fields: dict[str, Any]) -> str:
    sender = fields.get("sender")
    # "default" is the conversation Rasa shares between all who do not say who they are.
    if not isinstance(sender, str) or not SENDER.fullmatch(sender) or sender == "default":
        raise BadRequest(422, "sender", "sender must be the session id (letters, digits, _ . : -; at most 128)")
    return sender


def _not_a_command(text: str) -> str:
    """Rasa takes ``/intent{…}`` for an order: no text may begin with a slash, not even behind spaces."""
    return re.sub(r"^[\s/]+", "", text).strip()


def _vector(fields: dict[str, Any], dimension: int) -> np.ndarray | None:
    encoded = fields.get("vector")
    if encoded is None:
        return None
    if not isinstance(encoded, str) or len(encoded) > MAX_VECTOR_CHARS:
        raise BadRequest(422, "vector", "vector must be null or base64")
    try:
        vector = decode_vector(encoded)
    except ValueError as error:
        raise BadRequest(422, "vector", f"vector is {error}") from None
    if len(vector) != dimension:
        raise BadRequest(422, "vector", f"vector has {len(vector)} dimensions, the model was trained with {dimension}")
    return vector


def _metadata(fields: dict[str, Any]) -> Metadata:
    metadata = fields.get("metadata")
    if metadata is None:
        return {}
    if not isinstance(metadata, dict) or not METADATA_KEYS.issuperset(metadata):
        raise BadRequest(422, "metadata", f"metadata may hold {', '.join(sorted(METADATA_KEYS))} only")
    for value in metadata.values():
        if not (
            value is None or isinstance(value, int) or (isinstance(value, str) and len(value) <= MAX_METADATA_CHARS)
        ):
            raise BadRequest(422, "metadata", "metadata values must be short strings, whole numbers or null")
    return metadata
