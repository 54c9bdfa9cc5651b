"""The training data, the rules, the domain and the held-out utterances fit together."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HELD_OUT = Path(__file__).parent / "data" / "intent_utterances.jsonl"
INTENTS = [
    "greet", "goodbye", "thanks", "affirm", "deny", "help", "repeat", "ask_faq", "choose_suggestion", "request_human",
    "cancel", "chitchat", "insult", "out_of_scope", "emergency",
]  # fmt: skip
HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")


@cache
def read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / name).read_text("utf-8"))
    return content


@cache
def examples() -> list[tuple[str, str]]:
    return [
        (block["intent"], line.removeprefix("- "))
        for path in sorted((ROOT / "data" / "nlu").glob("*.yml"))
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    ]


def held_out() -> list[dict[str, str]]:
    return [json.loads(line) for line in HELD_OUT.read_text("utf-8").splitlines()]


def domain_intents() -> list[str]:
    return [intent if isinstance(intent, str) else next(iter(intent)) for intent in read("domain.yml")["intents"]]


def rules() -> dict[str, str]:
    return {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in read("data/rules/turns.yml")["rules"]}


def plain(text: str) -> str:
    return re.sub(r"[\s.,!?~]+", "", text).casefold()


@pytest.mark.parametrize("intent", INTENTS)
def test_when_an_intent_is_trained_then_it_has_korean_and_english_examples(intent: str) -> None:
    texts = [text for name, text in examples() if name == intent]
    korean = [text for text in texts if HANGUL.search(text)]
    english = [text for text in texts if re.search("[A-Za-z]{2}", text) and not HANGUL.search(text)]
    assert len(korean) >= (150 if intent == "ask_faq" else 35)
    assert len(english) >= 3


def test_when_examples_are_compared_then_none_stands_twice() -> None:
    twice = [text for text, count in Counter(text for _, text in examples()).items() if count > 1]
    assert twice == []


def test_when_spaces_and_signs_are_dropped_then_no_example_belongs_to_two_intents() -> None:
    intents: dict[str, set[str]] = {}
    for intent, text in examples():
        intents.setdefault(plain(text), set()).add(intent)
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}


def test_when_an_example_is_read_by_rasa_then_it_holds_no_entity_markup_or_command() -> None:
    assert [text for _, text in examples() if re.search(r"\]\(|\]\{", text) or text.startswith("/")] == []


def test_when_data_domain_and_rules_are_compared_then_they_name_the_same_intents() -> None:
    assert sorted({intent for intent, _ in examples()}) == sorted(INTENTS)
    assert sorted(domain_intents()) == sorted(INTENTS)
    assert sorted(rules()) == sorted([*INTENTS, "nlu_fallback"])


def test_when_rules_and_domain_are_compared_then_they_name_the_same_actions() -> None:
    assert set(rules().values()) == set(read("domain.yml")["actions"])


@pytest.mark.parametrize("intent", ["ask_faq", "out_of_scope", "nlu_fallback"])
def test_when_a_turn_may_be_city_business_then_retrieval_decides(intent: str) -> None:
    assert rules()[intent] == "action_answer"


def test_when_the_domain_is_read_then_it_holds_no_wording_and_no_slot_that_fills_itself() -> None:
    domain = read("domain.yml")
    assert "responses" not in domain
    for slot in domain["slots"].values():
        assert slot["mappings"] == [{"type": "custom"}]
        assert slot["type"] == "any" or slot["influence_conversation"] is False


def test_when_a_slot_is_in_the_domain_then_the_tracker_store_knows_whether_to_keep_it() -> None:
    source = (ROOT / "bot" / "tracker_store.py").read_text("utf-8")
    kept = re.search(r"KEPT_SLOTS = frozenset\(\{(.*?)\}\)", source)
    assert kept is not None
    assert set(re.findall(r'"(\w+)"', kept[1])) == set(read("domain.yml")["slots"]) | {"session_started_metadata"}


def test_when_credentials_and_endpoints_are_read_then_secrets_come_from_the_environment() -> None:
    assert read("credentials.yml") == {"bot.channel.MaruInput": {"secret": "${MARU_RASA_SECRET}"}}
    endpoints = read("endpoints.yml")
    assert endpoints["action_endpoint"]["headers"] == {"Authorization": "Bearer ${MARU_RASA_SECRET}"}
    assert endpoints["tracker_store"]["type"] == "bot.tracker_store.WordlessTrackerStore"


def test_when_utterances_are_held_out_then_no_example_repeats_them() -> None:
    trained = {plain(text) for _, text in examples()}
    utterances = held_out()
    assert [row["text"] for row in utterances if plain(row["text"]) in trained] == []
    assert len(utterances) >= 80
    assert {row["intent"] for row in utterances} == set(INTENTS)
