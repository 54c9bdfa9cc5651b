from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lexical import LexicalIndex
from knowledge.sound import sound_documents, sound_runs, sounds_of
from tests.knowledge.entries import an_entry


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("국민주택채권", "국민주택체권"),  # ㅐ and ㅔ
        ("택시", "텍씨"),
        ("공항", "콩항"),  # plain and aspirated
        ("부엌", "부억"),  # finals as they are pronounced
        ("학원이", "하권이"),  # a final moves over
        ("7월", "칠월"),
        ("서울 시청", "서울시청!"),
    ],
)
def test_when_two_spellings_sound_alike_then_their_sounds_are_the_same(said: str, heard: str) -> None:
    assert sounds_of(said) == sounds_of(heard)


@pytest.mark.parametrize(("one", "other"), [("여권", "여관"), ("주차", "주사"), ("세금", "요금")])
def test_when_words_sound_different_then_so_do_their_sounds(one: str, other: str) -> None:
    assert sounds_of(one) != sounds_of(other)


@given(st.text(max_size=80))
def test_when_the_text_is_any_then_each_run_has_its_length_and_comes_once(text: str) -> None:
    runs = sound_runs(text)
    assert len(set(runs)) == len(runs)
    assert {len(run) for run in runs} <= {4}


def test_when_a_question_is_misheard_then_the_entry_that_sounds_like_it_comes_first() -> None:
    entries = [
        an_entry("bond", question="국민주택채권은 어디에서 사나요?"),
        an_entry("club", question="서대문구청에 독서동아리가 있나요?"),
        an_entry("bus", question="심야버스는 몇 시까지 다니나요?"),
    ]
    index = LexicalIndex(sound_documents(entries))
    for heard, meant in (("국민주택책원인가 뭔가", 0), ("4대문구창 동아리", 1), ("시먀보스", 2)):
        scores, _known = index.score([(run,) for run in sound_runs(heard)])
        assert int(scores.argmax()) == meant, heard


def test_when_an_entry_has_variants_then_they_sound_too() -> None:
    document = sound_documents([an_entry(question="여권", variants=("해외여행 서류",))])[0]
    assert set(sound_runs("해외여행 서류")) <= set(document)
