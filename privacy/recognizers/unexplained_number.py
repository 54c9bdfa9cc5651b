"""Long digit runs that nothing explains."""

from __future__ import annotations

from collections.abc import Iterator

from privacy.digit_chains import DigitChain
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
            if goes_unexplained(chain, artifacts):
                yield Finding(chain.start, chain.end, 0.5, settled=True)


def goes_unexplained(chain: DigitChain, artifacts: KoreanArtifacts) -> bool:
    """Whether a chain is too long to be anything but an identifier."""
    if len(chain.digits) <= LONGEST_ORDINARY or _only_round_sums(chain):
        return False
    return not artifacts.words.boost(chain.start, chain.end, _HARMLESS)


def _only_round_sums(chain: DigitChain) -> bool:
    """이백 삼백 오백이네: sums, not an identifier."""
    return all(group.by_place_value and group.digits.rstrip("2").endswith("0") for group in chain.groups)
