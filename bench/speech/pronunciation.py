"""Korean as it is pronounced: spelling → Hangul that says what is heard → IPA, for speech made by a synthesiser.

The rules are those of 표준 발음법 (문화체육관광부고시 제2017-13호) that need no dictionary: finals (제8–11항), ㅎ
(제12항), a final before a vowel (제13–15항), palatalisation (제17항), nasals and liquids (제18–20항), tense sounds
after stops (제23항). What depends on the word (ㄴ added, tense sounds within compounds) is left as it is written.
"""

from __future__ import annotations

import re
from itertools import pairwise

from voice.normalise import digits_read

_FIRST, _SYLLABLES = 0xAC00, 11172
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"

# A final of two letters: what stays, what moves to a following vowel.
_PAIRS = {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄶ": "ㄴㅎ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅀ": "ㄹㅎ",
    "ㅄ": "ㅂㅅ",
}
_ENDS_AS = dict(
    zip(
        "ㄱㄲㅋㄳㄺㄴㄵㄶㄷㅅㅆㅈㅊㅌㅎㄹㄼㄽㄾㅀㅁㄻㅂㅍㄿㅄㅇ",
        "ㄱㄱㄱㄱㄱㄴㄴㄴㄷㄷㄷㄷㄷㄷㄷㄹㄹㄹㄹㄹㅁㅁㅂㅂㅂㅂㅇ",
        strict=True,
    )
)
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_TENSE = {"ㄱ": "ㄲ", "ㄷ": "ㄸ", "ㅂ": "ㅃ", "ㅅ": "ㅆ", "ㅈ": "ㅉ"}
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}

_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        (
            *("에이", "비", "씨", "디", "이", "에프", "지", "에이치", "아이", "제이", "케이", "엘", "엠"),
            *("엔", "오", "피", "큐", "알", "에스", "티", "유", "브이", "더블유", "엑스", "와이", "지"),
        ),
        strict=True,
    )
)

Syllable = list[str]  # initial, vowel, final; a final that isn't there is a space


def read_out(text: str) -> str:
    """``text`` with figures and Latin letters as one says them; the rest as it stands."""
    return re.sub(r"[a-zA-Z]", lambda found: _LETTERS[found[0].lower()], digits_read(text)).replace("%", "퍼센트")


def as_it_sounds(text: str) -> str:
    """Hangul spelt as it is pronounced, word by word; other characters stay."""
    return "".join(
        _sounds(part) if "가" <= part[0] <= "힣" else part for part in re.findall(r"[가-힣]+|[^가-힣]+", text)
    )


def _sounds(word: str) -> str:
    syllables = [_split(char) for char in word]
    for before, after in pairwise(syllables):
        _meet(before, after)
    if syllables:
        syllables[-1][2] = _ENDS_AS.get(syllables[-1][2], " ")
    return "".join(_join(each) for each in syllables)


def _meet(before: Syllable, after: Syllable) -> None:
    """What a final and the next initial become; both syllables are changed in place."""
    final, initial = before[2], after[0]
    if final == " ":
        return
    if initial == "ㅇ":
        _move_over(before, after)
        return
    stays, moves = tuple(_PAIRS.get(final, " " + final))
    if "ㅎ" in (moves, final) and initial in _ASPIRATED:
        before[2], after[0] = stays, _ASPIRATED[initial]
        return
    if moves == "ㅎ" and initial == "ㅅ":
        before[2], after[0] = stays, "ㅆ"
        return
    end = _ENDS_AS[final]
    if initial == "ㅎ" and (end in "ㄱㄷㅂ" or moves == "ㅈ"):
        before[2], after[0] = stays, {"ㅈ": "ㅊ"}.get(moves) or _ASPIRATED[end]
        return
    before[2] = end
    if end in _TENSE and initial in _TENSE:
        after[0] = _TENSE[initial]
    elif end in _NASAL and initial in "ㄴㅁ":
        before[2] = _NASAL[end]
    elif initial == "ㄹ" and end in "ㄱㄷㅂㅁㅇ":
        before[2], after[0] = _NASAL.get(end, end), "ㄴ"
    elif {end, initial} == {"ㄴ", "ㄹ"}:
        before[2], after[0] = "ㄹ", "ㄹ"


def _move_over(before: Syllable, after: Syllable) -> None:
    stays, moves = tuple(_PAIRS.get(before[2], " " + before[2]))
    if moves == "ㅇ":
        return
    if moves == "ㅎ":
        if stays == " ":
            before[2] = " "
        else:
            before[2], after[0] = " ", stays
        return
    if after[1] == "ㅣ" and moves in "ㄷㅌ":
        moves = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}[moves]
    if stays != " " and moves == "ㅅ":
        moves = "ㅆ"
    before[2], after[0] = stays, moves


def _split(char: str) -> Syllable:
    code = ord(char) - _FIRST
    return [_INITIALS[code // 588], _VOWELS[code // 28 % 21], _FINALS[code % 28]]


def _join(syllable: Syllable) -> str:
    initial, vowel, final = syllable
    return chr(_FIRST + _INITIALS.index(initial) * 588 + _VOWELS.index(vowel) * 28 + _FINALS.index(final))


_IPA_INITIALS = dict(
    zip(_INITIALS, "k k n t t ɾ m p p s s . ʨ ʨ ʨʰ kʰ tʰ pʰ h".replace(".", "").split(" "), strict=True)
)
_IPA_VOWELS = dict(
    zip(_VOWELS, "a ɛ ja jɛ ʌ e jʌ je o wa wɛ we jo u wʌ we ɥi ju ɯ ɰi i".split(), strict=True)  # noqa: SIM905
)
_IPA_FINALS = {" ": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ŋ"}
_VOICED = {"ㄱ": "ɡ", "ㄷ": "d", "ㅂ": "b", "ㅈ": "ʥ"}


def phonemes(sounding: str) -> str:
    """IPA of Hangul spelt as it sounds (see :func:`as_it_sounds`); other characters stay."""
    out, before = [], " "
    for char in sounding:
        if not "가" <= char <= "힣":
            out.append(char)
            before = " "
            continue
        initial, vowel, final = _split(char)
        onset, nucleus = _IPA_INITIALS[initial], _IPA_VOWELS[vowel]
        if before in ("", "ㄴ", "ㄹ", "ㅁ", "ㅇ"):
            onset = _VOICED.get(initial, onset)
        if initial == "ㄹ" and before == "ㄹ":
            onset = "l"
        if onset == "s" and nucleus[0] in "ijɥ":
            onset = "ɕ"
        if onset in ("ʨ", "ʥ", "ʨʰ", "ɕ"):
            nucleus = nucleus.removeprefix("j")
        out.append(onset + nucleus + _IPA_FINALS[final])
        before = final.strip()
    return "".join(out)
