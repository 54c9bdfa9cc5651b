"""Long digit runs that nothing explains."""

from __future__ import annotations

import re
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
            if _is_ordinary(chain.canonical) or artifacts.words.boost(chain.start, chain.end, _HARMLESS):
                continue
            yield Finding(chain.start, chain.end, 0.5, settled=True)


def _is_ordinary(canonical: str) -> bool:
    """A chain of small numbers (1-2-3-4-5-6-7) or of public numbers (110-120-119) is a list, not an identifier."""
    groups = canonical.split("-")
    return len(groups) > 2 and all(re.fullmatch(r"1[0-3]\d{1,2}", group) for group in groups)
