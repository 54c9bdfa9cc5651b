from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import privacy
from privacy import PersonalSpan, ScrubbedText, Scrubber, require_scrubbed


@pytest.fixture
def scrubbed(scrubber: Scrubber) -> ScrubbedText:
    return scrubber.scrub("제 번호는 010-1234-5678이에요", "s")


def test_when_the_scrubber_made_it_then_it_is_accepted(scrubbed: ScrubbedText) -> None:
    assert require_scrubbed(scrubbed) is scrubbed
    assert scrubbed.text == "제 번호는 <전화번호_1>이에요"
    assert scrubbed.spans == (PersonalSpan(6, 19, "PHONE", scrubbed.spans[0].score, "<전화번호_1>"),)


@pytest.mark.parametrize(
    "forge",
    [
        lambda: ScrubbedText("010-1234-5678", (), None),
        lambda: ScrubbedText("010-1234-5678", (), object()),
        lambda: ScrubbedText("010-1234-5678", ()),  # type: ignore[call-arg]
        lambda: type("Forged", (ScrubbedText,), {}),
    ],
    ids=["no token", "wrong token", "token left out", "subclass"],
)
def test_when_anyone_else_makes_it_then_it_is_refused(forge: Callable[[], object]) -> None:
    with pytest.raises(TypeError) as caught:
        forge()
    assert "1234" not in str(caught.value)


@pytest.mark.parametrize("value", ["010-1234-5678", None, b"010-1234-5678", object.__new__(ScrubbedText), 3])
def test_when_something_else_is_given_then_the_error_names_only_its_type(value: object) -> None:
    with pytest.raises(TypeError) as caught:
        require_scrubbed(value)
    assert "1234" not in str(caught.value)


def test_when_it_is_changed_then_it_refuses(scrubbed: ScrubbedText) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        scrubbed.text = "010-1234-5678"  # type: ignore[misc]
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(scrubbed, text="010-1234-5678")  # type: ignore[call-arg]


def test_when_it_is_copied_then_it_is_the_same_and_pickling_is_refused(scrubbed: ScrubbedText) -> None:
    assert copy.copy(scrubbed) is scrubbed
    assert copy.deepcopy([scrubbed])[0] is scrubbed
    with pytest.raises(TypeError):
        pickle.dumps(scrubbed)


def test_when_it_is_printed_then_no_word_of_it_shows(scrubbed: ScrubbedText) -> None:
    assert "번호" not in repr(scrubbed)
    assert "번호" not in f"{scrubbed}"
    assert str not in type(scrubbed).__mro__


def test_when_the_package_is_searched_then_only_the_scrubber_can_seal() -> None:
    folder = Path(privacy.__file__).parent
    users = {file.name for file in folder.rglob("*.py") if "_seal(" in file.read_text(encoding="utf-8")}
    assert users == {"scrubbed_text.py", "scrubber.py"}
