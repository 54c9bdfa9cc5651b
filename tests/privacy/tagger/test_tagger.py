from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from privacy.kiwi_nlp_engine import KiwiNlpEngine
from privacy.tagger.features import features_of
from privacy.tagger.tagger import ASKED, TOLD, TaggedSpan, Tagger

Find = Callable[..., list[TaggedSpan]]


@pytest.fixture(scope="module")
def find() -> Find:
    engine = KiwiNlpEngine()
    engine.load()
    taggers = {weights: Tagger(weights) for weights in (ASKED, TOLD)}

    def find(text: str, weights: Path = ASKED, least: float = 0.5) -> list[TaggedSpan]:
        return taggers[weights].find(features_of(text, engine.process_text(text, "ko")), least=least)

    return find


@pytest.mark.parametrize(
    ("text", "weights", "expected"),
    [
        ("제 이름은 김영수입니다", ASKED, [("NAME", "김영수")]),
        ("전화번호는 010-1234-5678이에요", ASKED, [("PHONE", "010-1234-5678")]),
        ("전입신고는 어떻게 하나요?", ASKED, []),
        ("기초연금 신청하려면 뭐가 필요해요", ASKED, []),
        ("김민수 감독은 새 영화를 찍는다고 밝혔다.", TOLD, [("NAME", "김민수")]),
        ("", ASKED, []),
    ],
)
def test_when_a_text_is_tagged_then_personal_data_is_found(
    find: Find, text: str, weights: Path, expected: list[tuple[str, str]]
) -> None:
    assert [(span.kind.value, text[span.start : span.end]) for span in find(text, weights)] == expected


def test_when_more_is_asked_of_the_probability_then_less_is_found(find: Find) -> None:
    text = "아버지 김영수 씨와 어머니 박순자 씨 앞으로 온 고지서를 이정훈이 받았어요"
    found = [len(find(text, least=least)) for least in (0.05, 0.5, 0.9999)]
    assert found == sorted(found, reverse=True)
    assert all(0.5 <= span.probability <= 1.0 for span in find(text, least=0.5))


def test_when_threads_share_a_tagger_then_each_gets_its_own_answer(find: Find) -> None:
    texts = ["제 이름은 김영수입니다", "전입신고는 어떻게 하나요?", "저는 박순자예요"] * 20
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(find, texts)) == [find(text) for text in texts]


def test_when_the_weights_are_missing_then_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"none\.crfsuite"):
        Tagger(tmp_path / "none.crfsuite")
