"""Account names on messengers and sites, after a label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

_LABELLED = re.compile(
    r"(?:아이디|계정|닉네임|카톡|카카오톡|텔레그램|라인|인스타(?:그램)?|트위터|페이스북|페북|디스코드|(?<![A-Za-z])ID)"
    r"(?:\s?(?:아이디|ID|계정))?(?:은|는|이|가|:)?\s*(@?[A-Za-z0-9](?=[A-Za-z0-9._\-]*[A-Za-z])[A-Za-z0-9._\-]{2,30})(?![A-Za-z0-9@])",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z0-9_][A-Za-z0-9._]{2,29}(?![A-Za-z0-9@])")


class OnlineIdRecognizer(KoreanRecognizer):
    """카카오톡 아이디 hongkd77, 인스타 @gil.dong."""

    KIND = PersonalKind.ID

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _LABELLED.finditer(text):
            handle = match[1].rstrip(".-_")
            yield Finding(match.start(1), match.start(1) + len(handle), 0.75, settled=True)
        for match in _HANDLE.finditer(text):
            yield Finding(match.start(), match.end(), 0.6, settled=True)
