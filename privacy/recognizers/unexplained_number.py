"""Long digit runs that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

LONGEST_ORDINARY = 6
_HARMLESS = ("공고", "고시", "비밀번호", "와이파이", "wifi", "버전", "모델", "면적", "예산", "인구", "isbn")


class UnexplainedNumberRecognizer(KoreanRecognizer):
    """Seven digits and more in one chain go, unless a word nearby says what harmless thing they are."""

    KIND = PersonalKind.NUMBER

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for chain in artifacts.chains:
            if len(chain.digits) <= LONGEST_ORDINARY:
                continue
            if artifacts.words.boost(chain.start, chain.end, _HARMLESS):
                continue
            yield Finding(chain.start, chain.end, 0.5, settled=True)
