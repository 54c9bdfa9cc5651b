"""Parts of a name that a dialogue has told: 권호성입니다 / 아, 호성 님이요; 임이요 / 임 무엇이실까요?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.name_likeness import surname_length
from privacy.said_endings import without_ending, without_lead
from privacy.span_choice import THRESHOLD, ChosenSpan

_HANGUL = re.compile("[가-힣]{1,5}")
_FEWEST_OF_A_WHOLE = 3
_MOST_NAMES = 20
_BEHIND_GIVEN = r"(?=이?\s?(?:님|씨)|이?[요고](?![가-힣])|이?(?:에요|예요|인가요)|입니다|\s(?:맞|말고)|[.,?!]|\Z)"
_BEHIND_SURNAME = r"(?=이?인가요|이?[요고](?![가-힣])|이?(?:에요|예요)|입니다|\s?씨|\s(?:무엇|뭐|다음|맞))"
_OF_SURNAMES = re.compile(r"(?<![가-힣])성[은이을도](?![가-힣])|성씨|\s(?:무엇|뭐|다음)|씨")


def with_told_names(text: str, spans: list[ChosenSpan]) -> list[ChosenSpan]:
    """The finds of a dialogue and every other place where the surname or the given name of a found name is said."""
    if "\n" not in text:
        return spans
    found = list(spans)
    for start, end in _told_again(text, _parts(text, spans)):
        if all(end <= span.start or span.end <= start for span in found):
            found.append(ChosenSpan(start, end, PersonalKind.NAME, THRESHOLD))
    return sorted(found)


def _parts(text: str, spans: list[ChosenSpan]) -> set[str]:
    parts: set[str] = set()
    for span in spans:
        name = text[span.start : span.end]
        if span.kind is not PersonalKind.NAME or not _HANGUL.fullmatch(name) or len(parts) >= _MOST_NAMES:
            continue
        cut = surname_length(name) if len(name) >= _FEWEST_OF_A_WHOLE else 0
        parts |= {name[:cut], name[cut:], name} - {""}
    return parts


def _told_again(text: str, parts: set[str]) -> Iterator[tuple[int, int]]:
    if not parts:
        return
    given = "|".join(re.escape(part) for part in sorted(parts, key=len, reverse=True) if len(part) > 1)
    surname = "".join(part for part in parts if len(part) == 1)
    patterns = [re.compile(rf"(?<![가-힣])(?:{given}){_BEHIND_GIVEN}")] if given else []
    if surname:
        of_surnames = re.compile(rf"(?<![가-힣])[{surname}]{_BEHIND_SURNAME}")
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        answer = without_lead(text, start, end), without_ending(text, start, end)
        if answer[0] < answer[1] and text[slice(*answer)] in parts:
            yield answer
        usual = [*patterns, of_surnames] if surname and _OF_SURNAMES.search(line) else patterns
        yield from (match.span() for pattern in usual for match in pattern.finditer(text, start, end))
        start = end + 1
