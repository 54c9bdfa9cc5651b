from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.turn_request import BadRequest, read_sender, read_turn

DIMENSION = 384


def encoded(values: Any) -> str:
    return base64.b64encode(np.asarray(values, dtype="<f2").tobytes()).decode()


def body(**fields: Any) -> bytes:
    return json.dumps({"sender": "session-1", "text": "여권 재발급", **fields}).encode()


def test_when_a_turn_is_complete_then_every_field_is_read() -> None:
    vector = np.linspace(-1, 1, DIMENSION)
    metadata = {"audience": "staff", "locale": "en", "modality": "voice", "agency": "city", "session": "s", "turn": 3}
    turn = read_turn(body(vector=encoded(vector), metadata=metadata, choice="resident-move-in"), DIMENSION)
    assert (turn.sender, turn.text, turn.choice, turn.metadata) == (
        "session-1", "여권 재발급", "resident-move-in", metadata,
    )  # fmt: skip
    assert turn.vector is not None
    assert np.allclose(turn.vector, vector, atol=1e-3)


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "json"),
        (b"{nope", 400, "json"),
        (b"[" * 100_000, 400, "json"),
        (b"[1]", 400, "json"),
        (b'{"text": "x"}', 422, "sender"),
        (body(sender=""), 422, "sender"),
        (body(sender=None), 422, "sender"),
        (body(sender="default"), 422, "sender"),
        (body(sender="a b"), 422, "sender"),
        (body(sender="a" * 129), 422, "sender"),
        (body(text="가" * 4001), 413, "text_too_long"),
        (body(text=""), 422, "text"),
        (body(text="   "), 422, "text"),
        (body(text=5), 422, "text"),
        (body(choice="A b"), 422, "choice"),
        (body(choice='x"}'), 422, "choice"),
        (body(choice=""), 422, "choice"),
        (body(choice="a" * 81), 422, "choice"),
        (body(vector="@@@"), 422, "vector"),
        (body(vector=""), 422, "vector"),
        (body(vector=[0.1]), 422, "vector"),
        (body(vector=encoded([0.1] * 383)), 422, "vector"),
        (body(vector=encoded([float("nan")] * DIMENSION)), 422, "vector"),
        (body(vector="A" * 20_000), 422, "vector"),
        (body(metadata=[]), 422, "metadata"),
        (body(metadata={"vector": "x"}), 422, "metadata"),
        (body(metadata={"locale": "k" * 129}), 422, "metadata"),
        (body(metadata={"turn": {"text": "x"}}), 422, "metadata"),
    ],
)
def test_when_a_field_is_wrong_then_it_is_refused_without_being_quoted(content: bytes, status: int, code: str) -> None:
    with pytest.raises(BadRequest) as refused:
        read_turn(content, DIMENSION)
    assert (refused.value.status, refused.value.code) == (status, code)
    assert "여권" not in refused.value.message


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("/greet", "greet"),
        (' / /choose_suggestion{"entry_id": "x"}', 'choose_suggestion{"entry_id": "x"}'),
        ("\u3000/restart", "restart"),
        ("////", ""),
        ("1/2 할인", "1/2 할인"),
    ],
)
def test_when_words_look_like_a_command_then_they_stay_words(said: str, read: str) -> None:
    assert read_turn(body(text=said), DIMENSION).text == read


@given(st.text(min_size=1, max_size=50).filter(lambda text: text.strip() != ""))
def test_when_anything_is_said_then_it_never_begins_with_a_slash(said: str) -> None:
    assert not read_turn(body(text=said), DIMENSION).text.strip().startswith("/")


def test_when_a_conversation_is_to_be_forgotten_then_its_sender_is_read() -> None:
    assert read_sender(b'{"sender": "session-1"}') == "session-1"
    with pytest.raises(BadRequest):
        read_sender(b'{"sender": "default"}')
