"""Presidio context enhancer in which the nearest label wins: 생년월일 870321 연락처 01077778888."""

from __future__ import annotations

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpArtifacts

from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.labels import BEFORE, WINDOW


class NearestLabelEnhancer(ContextAwareEnhancer):
    """Raises a result's score by how near its recognizer's context words stand (``Words.boost``).

    Unlike Presidio's own enhancer this one can't raise an error that quotes the match, logs no words, copies nothing.
    """

    def __init__(self) -> None:
        super().__init__(
            context_similarity_factor=BEFORE,
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
            if wanted := labels.get(metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY], ()):
                boost = nlp_artifacts.words.boost(result.start, result.end, wanted)
                result.score = min(self.MAX_SCORE, result.score + boost)
        return raw_results
