from __future__ import annotations

import threading

import pytest

from knowledge.morphemes import content_morphemes, shared_kiwi


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("전입신고는 어떻게 하나요?", {"전입", "신고"}),
        ("여권을 잃어버렸어요", {"여권", "잃어버리"}),
        ("PC가 고장 났어요", {"pc", "고장"}),
        ("등본 2통", {"등본", "2"}),
        ("", set()),
        ("  \n ", set()),
        ("😀 ㅋㅋㅋ ...", set()),
    ],
)
def test_when_a_sentence_is_read_then_its_content_words_remain(text: str, expected: set[str]) -> None:
    found = set(content_morphemes([text])[0])
    assert expected <= found
    assert expected or not found


def test_when_particles_differ_then_the_words_are_the_same() -> None:
    one, other = content_morphemes(["여권을 재발급", "여권은 재발급"])
    assert one == other


def test_when_several_texts_come_then_each_has_its_list_in_order() -> None:
    assert content_morphemes(["여권", "", "쓰레기"]) == [["여권"], [], ["쓰레기"]]
    assert content_morphemes([]) == []


def test_when_several_threads_ask_then_there_is_one_kiwi() -> None:
    seen: list[object] = []
    threads = [threading.Thread(target=lambda: seen.append(shared_kiwi())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(kiwi) for kiwi in seen}) == 1


def test_when_several_threads_read_at_once_then_none_disturbs_another() -> None:
    texts = [f"여권 재발급 수수료 {number}" for number in range(30)]
    expected = content_morphemes(texts)
    results: list[list[list[str]]] = []
    threads = [threading.Thread(target=lambda: results.append(content_morphemes(texts))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4
