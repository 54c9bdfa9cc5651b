"""Account names on messengers and sites, after a label."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

_LABELLED = re.compile(
    r"(?:아이디|계정|닉네임|카톡|카카오톡|텔레그램|라인|인스타(?:그램)?|트위터|페이스북|페북|디스코드|\bID\b)"
    r"(?:\s?(?:아이디|ID\b|계정))?(?P<certain>은|는|이|가|\s?:|\s?："
    r"|\sis\b)?\s*(?P<handle>@?[A-Za-z0-9](?=[A-Za-z0-9._\-]*[A-Za-z])[A-Za-z0-9._\-]{2,30})(?![A-Za-z0-9@])",
    re.IGNORECASE | re.ASCII,
)
_UNLIKE_A_WORD = re.compile(r"[0-9_@]|\.(?!kr|com|net|org|go|or|co)")
_HANDLE = re.compile(r"(?<![\w.@/])@[A-Za-z0-9_][A-Za-z0-9._]{2,29}(?![A-Za-z0-9@])")

_TOLD = re.compile(r"(?:이?요|이?에요|예요|입니다|이?고요|로)?\s*(?:$|[.,\n])")


class OnlineIdRecognizer(KoreanRecognizer):
    """카카오톡 아이디 hongkd77, 인스타 @gil.dong."""

    KIND = PersonalKind.ID

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _LABELLED.finditer(text):
            handle = match["handle"].rstrip(".-_")
            told = "아이디" in match.group() and bool(_TOLD.match(text, match.start("handle") + len(handle)))
            if match["certain"] or told or _UNLIKE_A_WORD.search(handle):
                yield Finding(match.start("handle"), match.start("handle") + len(handle), 0.75, settled=True)
        for match in _HANDLE.finditer(text):
            yield Finding(match.start(), match.end(), 0.6, settled=True)
