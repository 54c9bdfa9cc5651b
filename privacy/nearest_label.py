"""Presidio context enhancer in which the nearest label wins: 생년월일 870321 연락처 01077778888."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts

from privacy.kiwi_nlp_engine import KoreanArtifacts

WINDOW = 5
"""Words before and words after that may be a label."""


class NearestLabelEnhancer(ContextAwareEnhancer):
    """Adds up to 0.45 to a result whose recognizer's context word stands near, less for every word in between.

    A label before counts more than one after. In a dialogue (turns joined by newlines) the whole previous turn counts:
    it is the question. Unlike Presidio's own enhancer this one can't raise an error that quotes the match, logs no
    words, and copies nothing.
    """

    BEFORE = 0.45
    AFTER = 0.40
    PER_WORD_BEFORE = 0.015
    PER_WORD_AFTER = 0.03

    def __init__(self) -> None:
        super().__init__(
            context_similarity_factor=self.BEFORE,
            min_score_with_context_similarity=0.0,
            context_prefix_count=WINDOW,
            context_suffix_count=WINDOW,
        )

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        """The same results with their scores raised in place."""
        if not isinstance(nlp_artifacts, KoreanArtifacts):
            raise TypeError("NearestLabelEnhancer needs the Kiwi engine's artifacts")
        labels = {recognizer.id: tuple(recognizer.context or ()) for recognizer in recognizers}
        for result in raw_results:
            metadata = result.recognition_metadata
            if metadata.get(RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY):
                continue
            words = labels.get(metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY], ())
            if words:
                boost = label_boost(text, nlp_artifacts, result.start, result.end, words)
                result.score = min(self.MAX_SCORE, result.score + boost)
        return raw_results


def label_boost(text: str, artifacts: KoreanArtifacts, start: int, end: int, labels: tuple[str, ...]) -> float:
    """What the nearest of ``labels`` around ``text[start:end]`` adds to a score, 0 when none stands near."""
    before = _distance_before(text, artifacts, start, labels)
    after = _distance_after(text, artifacts, end, labels)
    cls = NearestLabelEnhancer
    return max(
        0.0 if before is None else cls.BEFORE - cls.PER_WORD_BEFORE * before,
        0.0 if after is None else cls.AFTER - cls.PER_WORD_AFTER * after,
    )


def _distance_before(text: str, artifacts: KoreanArtifacts, start: int, labels: tuple[str, ...]) -> int | None:
    distance = 0
    lines_up = 0
    index = bisect_left(artifacts.tokens_indices, start) - 1
    edge = start
    while index >= 0:
        token = artifacts.words[index]
        lines_up += text.count("\n", token.idx, edge)
        edge = min(edge, token.idx)
        lemma = artifacts.lemmas[index]
        if lines_up > 1 or (lines_up == 0 and distance >= WINDOW):
            return None
        if lemma:
            if any(label in lemma for label in labels):
                return min(distance, WINDOW - 1)
            distance += 1
        index -= 1
    return None


def _distance_after(text: str, artifacts: KoreanArtifacts, end: int, labels: tuple[str, ...]) -> int | None:
    distance = 0
    index = bisect_right(artifacts.tokens_indices, end - 1)
    while index < len(artifacts.words) and distance < WINDOW:
        if "\n" in text[end : artifacts.words[index].idx]:
            return None
        lemma = artifacts.lemmas[index]
        if lemma:
            if any(label in lemma for label in labels):
                return distance
            distance += 1
        index += 1
    return None
