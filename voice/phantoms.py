"""Sentences Whisper makes up where nobody spoke: it learned from subtitles, and they end this way."""

from __future__ import annotations

import re

from voice.normalise import normalise

_SENTENCE = re.compile(r"[^.?!…。！？]+")
_LONGEST = 60
_THANKS = r"(?:너무|정말|대단히)?(?:감사|고맙)(?:합니다|드립니다|습니다)"

# Matched against one whole normalised sentence (no spaces, no punctuation, lower case). Nothing a citizen would ask or
# answer may match: "좋아요", "감사합니다", "자막 신청은 어떻게 하나요" are real.
_PHANTOMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:오늘도|지금까지|끝까지)?(?:영상을?|방송을?)?(?:끝까지)?시청해?주셔서{_THANKS}",
        r"시청해주신(?:여러분)?(?:께)?(?:감사합니다|고맙습니다)",
        rf"(?:오늘도|지금까지)?(?:영상을?)?(?:끝까지)?(?:봐|들어)주셔서{_THANKS}",
        r"(?:지금까지)?(?:mbc|kbs|sbs|ytn|jtbc|연합)뉴스.{0,12}(?:입니다|이었습니다|였습니다)",
        r"지금까지.{0,16}기자(?:였습니다|입니다)",
        r"(?=.*구독)(?=.*(?:좋아요|알림|버튼|눌러|부탁|해주세요)).*",
        r"좋아요(?:와|버튼|한번|꼭|를|도)+(?:알림설정|눌러).*",
        r"(?:이|본)(?:영상|프로그램)은.{0,20}(?:유료광고|협찬|제작지원).{0,20}",
        r"(?:한글|한국어)자막(?:제작|제공)?(?:입니다)?",
        r"(?:한글|한국어)?자막(?:제작|제공)?by.{0,16}",
        r"다음(?:영상|시간|주)에서?(?:또)?(?:만나요|뵙겠습니다|봐요|만나겠습니다)",
        r"(?:thankyou|thanks)(?:so|very)?(?:much)?forwatching.{0,16}",
        r"(?:please)?(?:likeand)?subscribe(?:to(?:my|the|our)channel)?",
        r"subtitlesby.{0,40}",
    )
)


def is_phantom(text: str) -> bool:
    """Whether ``text`` consists of known made-up sentences and nothing else; false for an empty text."""
    sentences = [plain for part in _SENTENCE.findall(text) if (plain := normalise(part))]
    return bool(sentences) and all(_matches(sentence) for sentence in sentences)


def _matches(sentence: str) -> bool:
    return len(sentence) <= _LONGEST and any(pattern.fullmatch(sentence) for pattern in _PHANTOMS)
