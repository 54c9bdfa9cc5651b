from __future__ import annotations

import pytest

from actions.wording import catalogue, say


def test_when_a_sentence_is_said_then_the_city_and_its_contact_stand_in_it() -> None:
    assert say("greet", "ko", city="가온시", contact="120") == (
        "안녕하세요, 가온시 안내 도우미 마루입니다. 궁금한 것을 글이나 말로 편하게 물어보세요."
    )
    assert "call 120" in say("handoff", "en", city="Gaon", contact="120").lower()


def test_when_a_name_holds_braces_or_signs_then_it_stands_there_as_it_is() -> None:
    assert "{0}%s시" in say("greet", "ko", city="{0}%s시", contact="120")
    assert "%s {x}" in say("handoff", "ko", city="가온시", contact="%s {x}")


def test_when_a_sentence_is_unknown_then_it_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("no_such_sentence", "ko", city="", contact="")


def test_when_a_catalogue_is_asked_for_twice_then_it_is_read_once() -> None:
    assert catalogue("ko") is catalogue("ko")
