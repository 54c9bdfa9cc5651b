from __future__ import annotations

import re

import pytest
import yaml

from maru.settings import ROOT
from voice.commands import (
    COMMANDS,
    DEVICE_COMMANDS,
    Command,
    canonical_text,
    command_in_text,
    listed_forms,
)

OTHERS = yaml.safe_load((ROOT / "tests/fixtures/audio/commands/others.yml").read_text("utf-8"))


@pytest.mark.parametrize("locale", ["ko", "en"])
def test_when_a_form_is_listed_then_it_is_that_command_however_it_is_spelt(locale: str) -> None:
    for form in listed_forms(locale):
        for text in (form.text, f"{form.text}.", form.text.upper(), f" {form.text} !", re.sub(" ", "  ", form.text)):
            assert command_in_text(text, locale) == form.command, text
    if locale == "ko":
        assert all(command_in_text(form.text.replace(" ", ""), locale) == form.command for form in listed_forms(locale))


@pytest.mark.parametrize(("locale", "least"), [("ko", 10), ("en", 6)])
def test_when_people_have_many_words_for_a_command_then_they_are_listed(locale: str, least: int) -> None:
    said = [form.command for form in listed_forms(locale)]
    assert {command for command in COMMANDS if said.count(command) < least} == set()
    texts = [form.text for form in listed_forms(locale)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("네, 네, 맞아요", "yes"),
        ("어 그래 맞아", "yes"),
        ("아니, 그거 말고요. 다른 거요", "no"),
        ("아니, 다시 말할게요", "say_again"),
        ("네 다시 읽어 주세요", "again"),
        ("좀 더 천천히 말해 주실래요?", None),
        ("좀 천천히 말해 주실래요?", "slower"),
        ("마루야, 그만", "stop"),
        ("음… 다시", "again"),
        ("네 아니요", None),
        ("그만 계속", None),
        ("다시 발급", None),
        ("", None),
        ("?!", None),
        ("네" * 50, None),
    ],
)
def test_when_words_are_put_together_then_they_are_one_command_or_none(text: str, command: Command | None) -> None:
    assert command_in_text(text, "ko") == command


def test_when_a_short_question_is_asked_then_it_is_no_command() -> None:
    assert [text for text in OTHERS["questions"] if command_in_text(text, "ko") is not None] == []
    assert len(OTHERS["questions"]) >= 60


def test_when_a_language_has_no_list_then_it_has_no_commands() -> None:
    assert listed_forms("fr") == ()
    assert command_in_text("oui", "fr") is None


def test_when_a_locale_names_a_country_then_its_language_counts() -> None:
    assert command_in_text("다시", "ko-KR") == command_in_text("again", "en_US") == "again"


@pytest.mark.parametrize(
    ("command", "locale", "text"),
    [("yes", "ko", "네"), ("no", "ko-KR", "아니요"), ("yes", "en", "yes"), ("no", "en", "no")],
)
def test_when_it_is_yes_or_no_then_the_dialogue_gets_the_word_it_knows(
    command: Command, locale: str, text: str
) -> None:
    assert canonical_text(command, locale) == text


def test_when_it_is_a_command_to_the_device_then_the_dialogue_gets_none() -> None:
    assert {canonical_text(command, "ko") for command in DEVICE_COMMANDS} == {None}
