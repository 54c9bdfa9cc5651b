from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.outcome import Outcome, Suggested
from knowledge.entry import Viewer
from maru.supervisor.listening import free_port
from privacy.scrubbed_text import _seal
from tests.web.local_rasa import LocalRasa
from web.rasa_client import RasaAnswer, RasaClient, RasaUnavailableError, encode_vector

WEBHOOK = "/webhooks/maru/webhook"
UTTERANCE = _seal("제 번호는 <전화번호_1>이에요", ())
OUTCOME = Outcome("clarify", "did_you_mean", suggestions=(Suggested("move-in", 0.5),))


@pytest.fixture
async def rasa(local_rasa: LocalRasa) -> AsyncIterator[RasaClient]:
    opened = RasaClient(local_rasa.url, "the-secret", 5.0)
    yield opened
    await opened.close()


async def send(client: RasaClient, utterance: Any = UTTERANCE, **more: Any) -> RasaAnswer:
    return await client.send(
        "session-key", utterance, Viewer("staff", "mapo", "en"), turn_id="t1", modality="voice", **more
    )


async def test_when_a_turn_is_sent_then_rasa_gets_the_scrubbed_words_the_vector_and_who_asks(
    rasa: RasaClient, local_rasa: LocalRasa
) -> None:
    local_rasa.answers(OUTCOME, "choose_suggestion", 0.75)
    vector = np.linspace(-1, 1, 384, dtype=np.float32)
    assert await send(rasa, vector=vector) == RasaAnswer(OUTCOME, "choose_suggestion", 0.75)

    [(path, headers, body)] = local_rasa.requests
    assert path == WEBHOOK
    assert headers["authorization"] == "Bearer the-secret"
    received = np.frombuffer(base64.b64decode(body.pop("vector")), dtype="<f2")
    np.testing.assert_allclose(received, vector, atol=1e-3)
    assert body == {
        "sender": "session-key",
        "text": "제 번호는 <전화번호_1>이에요",
        "choice": None,
        "metadata": {
            "audience": "staff",
            "locale": "en",
            "agency": "mapo",
            "modality": "voice",
            "session": "session-key",
            "turn": "t1",
        },
    }


async def test_when_a_suggestion_was_pressed_then_there_are_no_words(rasa: RasaClient, local_rasa: LocalRasa) -> None:
    local_rasa.answers(OUTCOME)
    await send(rasa, None, choice="move-in")
    body = local_rasa.requests[0][2]
    assert (body["text"], body["choice"], body["vector"]) == ("", "move-in", None)


@pytest.mark.parametrize("utterance", ["제 번호는 010-0000-1234예요", b"raw", 5, {"text": "raw"}])
async def test_when_words_are_not_scrubbed_then_nothing_is_sent(
    rasa: RasaClient, local_rasa: LocalRasa, utterance: Any
) -> None:
    with pytest.raises(TypeError) as raised:
        await send(rasa, utterance)
    assert "010" not in str(raised.value)
    assert local_rasa.requests == []


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, {"messages": [], "intent": {"name": "ask_faq"}}),  # the action server was down
        (200, {"intent": {}}),
        (200, []),
        (200, None),
        (200, b"not json"),
        (200, b""),
        (200, b"\xff"),
        (200, {"messages": [{"text": "hello"}]}),
        (200, {"messages": [OUTCOME.to_message() | {"status": "sure"}]}),
        (200, {"messages": [OUTCOME.to_message()], "intent": "ask_faq"}),
        (200, {"messages": [OUTCOME.to_message()], "intent": {"name": "ask_faq", "confidence": "high"}}),
        (200, {"messages": [OUTCOME.to_message()], "intent": {"name": 5}}),
        (204, b""),
        (302, {}),
        (401, {"error": "secret"}),
        (404, {}),
        (500, OUTCOME.to_message()),
        (503, {}),
    ],
)
async def test_when_rasa_answers_badly_then_it_counts_as_unavailable_and_nothing_is_quoted(
    rasa: RasaClient, local_rasa: LocalRasa, status: int, body: Any
) -> None:
    local_rasa.replies[WEBHOOK] = (status, body)
    with pytest.raises(RasaUnavailableError) as raised:
        await send(rasa)
    assert raised.value.__cause__ is None
    assert raised.value.__suppress_context__
    assert "전화번호" not in str(raised.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "confidence", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(json_values, json_values, st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_when_rasas_json_is_any_then_it_is_an_answer_or_unavailable(
    rasa: RasaClient, local_rasa: LocalRasa, messages: Any, intent: Any, whole: bool
) -> None:
    body = {"messages": [OUTCOME.to_message()] if whole else messages, "intent": intent}
    local_rasa.replies[WEBHOOK] = (200, json.dumps(body).encode())
    try:
        answer = await send(rasa)
    except RasaUnavailableError:
        return
    assert answer.outcome == OUTCOME
    assert isinstance(answer.intent, str | None)
    assert 0 <= answer.confidence <= 1


async def test_when_rasa_is_slow_then_waiting_ends(local_rasa: LocalRasa) -> None:
    local_rasa.answers(OUTCOME)
    local_rasa.delay_s = 1.0
    client = RasaClient(local_rasa.url, "the-secret", 0.1)
    with pytest.raises(RasaUnavailableError):
        await send(client)
    await client.close()


async def test_when_nobody_listens_then_everything_says_so_without_an_exception_of_its_own() -> None:
    client = RasaClient(f"http://127.0.0.1:{free_port()}", "the-secret", 5.0)
    with pytest.raises(RasaUnavailableError):
        await send(client)
    assert await client.forget("session-key") is False
    assert await client.is_ready() is False
    await client.close()


@pytest.mark.parametrize(("status", "good"), [(200, True), (204, True), (401, False), (404, False), (503, False)])
async def test_when_forgetting_or_asking_for_readiness_then_the_status_decides(
    rasa: RasaClient, local_rasa: LocalRasa, status: int, good: bool
) -> None:
    local_rasa.replies = {"/webhooks/maru/forget": (status, b""), "/webhooks/maru/health": (status, b"")}
    assert await rasa.forget("session-key") is good
    assert await rasa.is_ready() is good
    (path, headers, body), (health, _headers, _body) = local_rasa.requests
    assert (path, body, health) == ("/webhooks/maru/forget", {"sender": "session-key"}, "/webhooks/maru/health")
    assert headers["authorization"] == "Bearer the-secret"


async def test_when_a_proxy_is_set_then_rasa_is_still_asked_directly(
    local_rasa: LocalRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    local_rasa.answers(OUTCOME)
    client = RasaClient(local_rasa.url, "the-secret", 5.0)
    assert (await send(client)).outcome == OUTCOME
    await client.close()


@given(st.lists(st.floats(-1, 1, width=16), min_size=1, max_size=64))
def test_when_a_vector_is_encoded_then_half_precision_comes_back(values: list[float]) -> None:
    encoded = encode_vector(np.array(values, dtype=np.float32))
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(encoded), dtype="<f2"), np.array(values, np.float16))
