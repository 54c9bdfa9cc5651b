"""Base of every recognizer: one personal-data kind, findings in, Presidio results out, within the time budget."""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar, NamedTuple

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from privacy.errors import ScrubFailed
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import LANGUAGE, KoreanArtifacts


class Finding(NamedTuple):
    """Offsets and score of one find; ``settled`` when nearby labels must not change the score any more."""

    start: int
    end: int
    score: float
    settled: bool = False
    kind: PersonalKind | None = None


class KoreanRecognizer(EntityRecognizer):
    """A recognizer of one kind. Subclasses say ``KIND`` and ``CONTEXT`` (label words) and implement ``find``."""

    KIND: ClassVar[PersonalKind]
    KINDS: ClassVar[tuple[PersonalKind, ...]] = ()
    CONTEXT: ClassVar[tuple[str, ...]] = ()

    def __init__(self) -> None:
        super().__init__(
            supported_entities=[kind.value for kind in self.KINDS or (self.KIND,)],
            name=type(self).__name__,
            supported_language=LANGUAGE,
            context=list(self.CONTEXT),
        )

    def load(self) -> None:
        """Nothing to load: the rules are in the class."""

    @abstractmethod
    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterable[Finding]:
        """Finds in an NFC text, in any order; they may overlap."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        """Presidio results of ``find``. ``ScrubFailed`` once the deadline has passed."""
        return list(self._results(text, nlp_artifacts))

    def _results(self, text: str, artifacts: NlpArtifacts) -> Iterator[RecognizerResult]:
        if not isinstance(artifacts, KoreanArtifacts):
            raise TypeError("Korean recognizers need the Kiwi engine's artifacts")
        if time.monotonic() > artifacts.deadline:
            raise ScrubFailed("over the time budget")
        for finding in self.find(text, artifacts):
            yield RecognizerResult(
                entity_type=(finding.kind or self.KIND).value,
                start=finding.start,
                end=finding.end,
                score=finding.score,
                recognition_metadata={
                    RecognizerResult.RECOGNIZER_NAME_KEY: type(self).__name__,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                    RecognizerResult.IS_SCORE_ENHANCED_BY_CONTEXT_KEY: finding.settled,
                },
            )
