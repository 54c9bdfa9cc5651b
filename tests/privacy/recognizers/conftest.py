from __future__ import annotations

from collections.abc import Callable

import pytest
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

from privacy.kiwi_nlp_engine import LANGUAGE, KiwiNlpEngine
from privacy.nearest_label import NearestLabelEnhancer
from privacy.recognizers.korean_recognizer import KoreanRecognizer
from privacy.span_choice import choose_spans

Finds = Callable[[KoreanRecognizer, str], list[str]]


@pytest.fixture(scope="session")
def nlp_engine() -> KiwiNlpEngine:
    engine = KiwiNlpEngine()
    engine.load()
    return engine


@pytest.fixture(scope="session")
def finds(nlp_engine: KiwiNlpEngine) -> Finds:
    """What one recognizer alone finds in a text."""

    def find(recognizer: KoreanRecognizer, text: str) -> list[str]:
        engine = AnalyzerEngine(
            registry=RecognizerRegistry(recognizers=[recognizer], supported_languages=[LANGUAGE]),
            nlp_engine=nlp_engine,
            supported_languages=[LANGUAGE],
            context_aware_enhancer=NearestLabelEnhancer(),
        )
        spans = choose_spans(text, engine.analyze(text=text, language=LANGUAGE))
        return [text[span.start : span.end] for span in spans]

    return find
