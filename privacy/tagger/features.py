"""What the tagger sees of each character: its neighbours, Kiwi's morphemes, digit chains, labels, looks of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.name_likeness import syllable_classes
from privacy.word_list import read_words

_DIGIT_SYLLABLES = frozenset("공영일이삼사오육륙칠팔구")
_POWER_SYLLABLES = frozenset("십백천만")
_SYLLABLE_CLASS = syllable_classes()
_WORD = re.compile(r"\S+")
_LABELS = {
    "P": r"전화|연락처|휴대폰|핸드폰|휴대전화|폰\s?번호|번호|팩스|뒷번호|뒷자리|끝자리|네\s?자리|phone|tel",
    "R": r"주민|민증|외국인\s?(?:등록)?번호|앞자리|등록번호|ARC|alien|registration",
    "N": r"이름|성함|성명|존함|함자|본명|예금주|명의|세대주|신청인|신청자|신고인|담당자|대표|보호자|수신|받는\s?사람"
    r"|성은|성이|누구|name|Mr|Ms",
    "A": r"주소|사는|살고|살아|거주|번지|집은|집이|어디\s?사|동호수|호수|address|live",
    "C": r"카드",
    "B": r"계좌|통장|은행|뱅크|농협|신협|우체국|새마을금고|수협|환급|입금|account",
    "V": r"차량|차\s?번호|번호판|차는|차가|오토바이|주차|렌터카|택시|트럭|plate",
    "E": r"메일|이메일|mail",
    "I": r"아이디|닉네임|카톡|인스타|텔레그램|계정|로그인|ID",
    "X": r"접수|사건|문서|관리번호|민원번호|예약번호|고객번호|납부번호|송장|운송장|등기|허가|receipt|case",
    "T": r"생년|생일|생신|출생|태어|나이|년생|born|birth",
    "Z": r"여권|passport",
    "D": r"면허",
    "S": r"사업자|법인",
    "F": r"수수료|요금|가격|얼마|금액|과태료|만\s?원|보증금|월세|세금|제\s?\d+\s?[조호]|법|조례|까지|기한|마감|버스"
    r"|호선",
}
_LABEL = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS.items()), re.IGNORECASE)
_NEAR, _NEARER = 24, 8
_SPOKEN_TO = re.compile(r"(?:요|까|니까|죠|나|지|라|가|소|네|여|유|당|데|오)[\s.?!~]*$|\?|요[\s,]|니다")
_NARRATIVE = re.compile(r"[다음함임듯]\W*$|다[.\s]|[ㅋㅎㅠㅜᄏᄒ]")
_PLACES = read_words("places")
_FOREIGN = frozenset(name for name in read_words("foreign_names") if len(name) > 1)
_GIVEN = frozenset(name for name in read_words("given_names") if len(name) > 1)
_NOT_NAMES = read_words("not_names")

Features = list[str]


def features_of(text: str, artifacts: KoreanArtifacts) -> list[Features]:
    """One list of feature strings for each character of an NFC text (turns joined by newlines)."""
    size = len(text)
    padded = f"\x02\x02{text}\x03\x03\x03"
    shapes = "__" + "".join(map(_shape, text)) + "__"
    morphemes = _morpheme_features(size, artifacts)
    words = _word_features(text)
    labels = _label_features(text)
    chains = _chain_features(size, artifacts)
    registers = _registers(text)
    result: list[Features] = []
    for at in range(size):
        before, one, two, after, after2 = padded[at], padded[at + 1], padded[at + 2], padded[at + 3], padded[at + 4]
        features = [
            "b",
            "0" + two,
            "-" + one,
            "+" + after,
            "<" + before + one,
            ">" + after + after2,
            "(" + one + two,
            ")" + two + after,
            "|" + one + two + after,
            "}" + two + after + after2,
            "s" + shapes[at : at + 5],
            "S" + shapes[at + 1 : at + 4],
        ]
        features += morphemes[at]
        features += words[at]
        features += labels[at]
        features += chains[at]
        register = registers[at]
        features += [register, register + morphemes[at][0], register + words[at][3] if words[at] else register]
        result.append(features)
    return result


@lru_cache(maxsize=4096)
def _shape(letter: str) -> str:
    if "가" <= letter <= "힣":
        return "D" if letter in _DIGIT_SYLLABLES else "H" if letter in _POWER_SYLLABLES else "K"
    if letter.isdecimal():
        return "9"
    if letter.isalpha():
        return ("A" if letter.isupper() else "a") if letter.isascii() else "F"
    if letter == "\n":
        return "n"
    return "_" if letter.isspace() else letter if letter in "-@.:/*()_,~" else "#"


def _morpheme_features(size: int, artifacts: KoreanArtifacts) -> list[Features]:
    tokens = [token for token in artifacts.morphemes if token.text]
    texts = ["^", "^", *(token.text for token in tokens), "$", "$"]
    tags = ["^", "^", *(token.tag for token in tokens), "$", "$"]
    features: list[Features] = [["t_"]] * size
    for index, token in enumerate(tokens):
        tag = tags[index + 2]
        shared = [
            "m" + texts[index + 2],
            "n" + texts[index + 3],
            "p" + texts[index + 1],
            "q" + texts[index] + texts[index + 1],
            "o" + texts[index + 3] + texts[index + 4],
            "u" + tags[index + 1] + tag + tags[index + 3],
            "l" + tag + str(min(4, len(token.text))),
            "v" + tag + texts[index + 3],
            "w" + texts[index + 1] + tag,
        ]
        last = token.end - token.idx - 1
        for offset in range(last + 1):
            place = "S" if not last else "B" if not offset else "E" if offset == last else "I"
            features[token.idx + offset] = [
                f"t{tag}{place}",
                f"T{tags[index + 1]}{tag}{place}{tags[index + 3]}",
                *shared,
            ]
    return features


def _word_features(text: str) -> list[Features]:
    features: list[Features] = [[]] * len(text)
    spans = [match.span() for match in _WORD.finditer(text)]
    classes = "".join(_SYLLABLE_CLASS.get(letter, "-") for letter in text) + "--"
    for index, (start, end) in enumerate(spans):
        word = text[start:end]
        previous = text[slice(*spans[index - 1])][-3:] if index else "^"
        following = text[slice(*spans[index + 1])][:3] if index + 1 < len(spans) else "$"
        shared = ["W" + previous, "X" + following, "x" + following[:2], "N" + classes[start : start + 4]]
        heads = (word[:2], word[:3], word[:4])
        if not _NOT_NAMES.isdisjoint(heads):
            shared.append("nn")
        if not _PLACES.isdisjoint(heads):
            shared.append("pl")
        if index and "\n" in text[spans[index - 1][1] : start]:
            shared.append("first")
        if index + 1 == len(spans) or "\n" in text[end : spans[index + 1][0]]:
            shared.append("last")
        known = _known_names(word)
        length = min(end - start, 9)
        for offset in range(end - start):
            at = start + offset
            place = f"{min(offset, 6)}"
            features[at] = [
                "f" + place,
                f"g{place}/{length}",
                "r" + word[offset + 1 : offset + 5],
                "y" + classes[at : at + 3],
                "Y" + classes[at] + place,
                "z" + known[offset],
                *shared,
            ]
    return features


def _known_names(word: str) -> str:
    """For each letter of a word: B and I of a foreign name that is known, b and i of a Korean given name, or ``-``."""
    known = ["-"] * len(word)
    offset = 0
    while offset + 1 < len(word):
        for length in range(min(6, len(word) - offset), 1, -1):
            part = word[offset : offset + length]
            marks = "BI" if part in _FOREIGN else "bi" if part in _GIVEN else ""
            if marks:
                known[offset : offset + length] = marks[0] + marks[1] * (length - 1)
                offset += length - 1
                break
        offset += 1
    return "".join(known)


def _label_features(text: str) -> list[Features]:
    features: list[Features] = [["?"]] * len(text)
    labels = [(match.start(), match.end(), match.lastgroup or "?") for match in _LABEL.finditer(text)]
    line_start = previous_start = 0
    for line_start, line_end in _lines(text):
        own = [label for label in labels if line_start <= label[0] < line_end]
        asked = "".join(sorted({name for start, _, name in labels if previous_start <= start < line_start}))
        _label_line(features, own, asked, line_start, line_end)
        previous_start = line_start
    return features


def _label_line(
    features: list[Features], labels: list[tuple[int, int, str]], asked: str, line_start: int, line_end: int
) -> None:
    position, last = line_start, ("-", -99)
    upcoming = iter([*labels, (line_end, line_end, "")])
    begin, end, name = next(upcoming)
    while position < line_end:
        while name and begin <= position:
            last = (name, end)
            begin, end, name = next(upcoming)
        distance = position - last[1]
        bucket = "=" if distance < 0 else "1" if distance < _NEARER else "2" if distance < _NEAR else "3"
        ahead = name if name and begin - position < _NEAR else "-"
        features[position] = [f"a{last[0]}{bucket}", f"A{ahead}", f"B{last[0]}{ahead}", "?" + asked]
        position += 1


def _registers(text: str) -> list[str]:
    """How a line is written: ``Rd`` tells (…다.), ``Rq`` asks or speaks to somebody (…요, …까, ?), ``Rn`` neither."""
    registers: list[str] = []
    for start, end in _lines(text):
        line = text[start:end]
        found = _SPOKEN_TO.search(line)
        register = "Rq" if found else "Rd" if _NARRATIVE.search(line) else "Rn"
        registers += [register] * (end - start)
    return registers


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, start + len(line)
        start += len(line)


def _chain_features(size: int, artifacts: KoreanArtifacts) -> list[Features]:
    features: list[Features] = [[]] * size
    for chain in artifacts.chains:
        layout = "-".join(str(len(group.digits)) for group in chain.groups[:5])
        total = min(len(chain.digits), 17)
        shared = ["h" + layout, f"H{total}", "i" + chain.digits[:2], "Hs" if chain.spoken else "Hw"]
        for position in range(chain.start, min(chain.end, size)):
            features[position] = shared
    return features
