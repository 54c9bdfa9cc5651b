"""Sentences that nobody said, and sentences that only look like them."""

from __future__ import annotations

import time

import pytest

from voice.phantoms import is_phantom


@pytest.mark.parametrize(
    "text",
    [
        "시청해주셔서 감사합니다.",
        "시청해 주셔서 감사합니다",
        "오늘도 시청해주셔서 감사합니다.",
        "끝까지 시청해주셔서 정말 고맙습니다!",
        "시청해 주신 여러분 감사합니다.",
        "영상 봐주셔서 감사합니다.",
        "MBC 뉴스 이덕영입니다.",
        "지금까지 KBS 뉴스 홍길동이었습니다.",
        "지금까지 김철수 기자였습니다.",
        "구독과 좋아요 부탁드려요",
        "구독, 좋아요, 알림설정 부탁드립니다!",
        "구독과 좋아요 꼭 눌러주세요.",
        "좋아요와 알림설정 부탁드립니다",
        "한글자막 제공",
        "한글자막 by 한효정",
        "자막 제공 by 누구",
        "다음 영상에서 만나요.",
        "다음 시간에 뵙겠습니다",
        "Thank you for watching!",
        "Thanks for watching.",
        "시청해주셔서 감사합니다. 구독과 좋아요 부탁드려요. 다음 영상에서 만나요!",
    ],
)
def test_when_whisper_recites_subtitles_then_it_is_a_phantom(text: str) -> None:
    assert is_phantom(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "좋아요",
        "네, 좋아요.",
        "감사합니다",
        "정말 고맙습니다",
        "다음에 봐요",
        "자막 신청은 어떻게 하나요?",
        "시청에 가려면 어떻게 해요?",
        "시청 주차장에 주차해도 되나요",
        "시청에서 도와주셔서 감사합니다",
        "저는 기자입니다",
        "MBC 뉴스에서 봤는데 지원금은 언제 나오나요?",
        "시정 소식지 구독은 어떻게 신청하나요?",
        "구독 신청",
        "시청해주셔서 감사합니다. 그런데 여권은 어디서 만드나요?",
        "전입신고는 어떻게 하나요?",
        "Thank you",
        "How do I subscribe to the newsletter?",
    ],
)
def test_when_a_citizen_could_say_it_then_it_is_no_phantom(text: str) -> None:
    assert not is_phantom(text)


def test_when_the_text_is_endless_then_the_check_is_quick() -> None:
    started = time.process_time()

    assert not is_phantom("구독과 좋아요 " * 20_000)

    assert time.process_time() - started < 1.0
