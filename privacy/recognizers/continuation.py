"""Pieces of a number over turns: what answers a question for it, or goes on with what was said before."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from privacy.digit_chains import DigitChain
from privacy.digit_gaps import is_gap
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.number_topics import NUMBER_KINDS, Topic, read_topics
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

_FEWEST = 2
_ORDINAL = re.compile(r"\s?번(?!호)")
_WORDS = frozenset(("이사", "오이", "구이", "사이", "공사", "공구", "일이", "오일", "이구"))
_ENDS = re.compile(r"(?:이?[요여]|이?에요|예요|입니다)?[\s.]*(?:$|\n)")
_WORD_ENDS = re.compile(r"(?:이?[요여유]|이?에요|예요|입니다|이?고요?|에|까지|인데|인가)?(?![가-힣])|까지")


class ContinuationRecognizer(KoreanRecognizer):
    """연락처요? / 공일공에 / 네 / 이삼사오요; also after ``<전화번호_1>에``, when earlier turns are only pseudonyms."""

    KIND = PersonalKind.NUMBER
    KINDS = NUMBER_KINDS

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        if "\n" not in text:
            return
        topics = read_topics(text)
        for chain in artifacts.chains:
            at = bisect_right(topics, chain.start, key=lambda line: line[0]) - 1
            while at < len(topics) and topics[at][0] < chain.end:
                start, _, topic = topics[at]
                if topic and (_is_piece(text, start, chain) or _is_one_digit_asked_for(text, start, chain, topic)):
                    yield Finding(chain.start, chain.end, 0.55, settled=True, kind=topic.kind)
                    break
                at += 1


def _is_one_digit_asked_for(text: str, line_start: int, chain: DigitChain, topic: Topic) -> bool:
    """뒷자리 첫 숫자만요 / 2요."""
    alone = is_gap(text[line_start : chain.start]) and _ENDS.match(text, chain.end)
    return topic.asked and topic.kind is PersonalKind.RRN and len(chain.digits) == 1 and bool(alone)


def _is_piece(text: str, line_start: int, chain: DigitChain) -> bool:
    """Whether a chain reads as an answer rather than as a count (12번 버스) or a word (이사 갔어요)."""
    count = len(chain.digits)
    if count == 1 and chain.spoken and text.startswith(("이", " 이"), chain.end):  # 칠이요 may be 72
        return is_gap(text[line_start : chain.start])
    if count < _FEWEST or chain.is_choice or (count <= 3 and _ORDINAL.match(text, chain.end)):
        return False
    if count >= 3 or not chain.spoken:
        return True
    if text[chain.start : chain.end] in _WORDS and re.match(r"[^\S\n][가-힣]{2}", text[chain.end : chain.end + 3]):
        return False
    return is_gap(text[line_start : max(line_start, chain.start)]) and bool(_WORD_ENDS.match(text, chain.end))
