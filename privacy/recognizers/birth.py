"""Birth dates, when the sentence says that they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

_SINO = "[영공일이삼사오육칠팔구십백천]"
_YEAR = rf"(?:(?:19|20)?\d{{2}}|(?:천구백|이천){_SINO}{{0,5}}|{_SINO}{{1,4}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|일|이|삼|사|오|유|육|칠|팔|구|시|십|십일|십이|시월|유월)"
_DAY = rf"(?:3[01]|[12]\d|0?[1-9]|{_SINO}{{1,3}})"
_YMD = re.compile(rf"(?<!\d)(?<![가-힣]){_YEAR}\s?년\s?(?:{_MONTH}\s?월\s?)(?:{_DAY}\s?일)?")
_MD = re.compile(rf"(?<![\d가-힣]){_MONTH}\s?월\s?{_DAY}\s?일")
_SEPARATED = re.compile(
    r"(?<![\d\-.])(?:19|20)?\d{2}\s?[./\-]\s?(?:1[0-2]|0?[1-9])\s?[./\-]\s?(?:3[01]|[12]\d|0?[1-9])(?![\d\-])"
)
_YEAR_BORN = re.compile(
    rf"(?<!\d)(?<![가-힣])(?:(?:19|20)?\d{{2}}|(?:천구백|이천){_SINO}{{0,5}}|{_SINO}{{2,4}})\s?년\s?생"
)
_BORN_AFTER = re.compile(r"\s?(?:생(?:이|인|입|으|일|,|\s|$)|에?\s?(?:태어|출생|났)|생일)")
_DEADLINE_AFTER = re.compile(r"\s?(?:이전|이후|전\s|까지|부터|기준|현재)")
_MONTH_NUMBER = re.compile(r"(?:\d{2})?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


class BirthRecognizer(KoreanRecognizer):
    """1990년 1월 1일생, 90년 1월생, 900101 after a label, 천구백팔십년 오월 오일. Deadlines and other dates stay."""

    KIND = PersonalKind.BIRTH
    CONTEXT = ("생년월일", "생년", "생일", "출생일", "출생", "태어나", "태어난", "탄생일", "월일", "birth", "born")

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for pattern, score in ((_YMD, 0.14), (_SEPARATED, 0.14), (_MD, 0.1), (_YEAR_BORN, 0.1)):
            for match in pattern.finditer(text):
                born = _BORN_AFTER.match(text, match.end())
                if _DEADLINE_AFTER.match(text, match.end()):
                    continue
                end = match.end() + 1 if born and text[match.end()] == "생" else match.end()
                yield Finding(match.start(), end, 0.7 if born and pattern is not _MD else score)
        for chain in artifacts.chains:
            if len(chain.digits) in (6, 8):
                plausible = bool(_MONTH_NUMBER.fullmatch(chain.digits))
                said_born = plausible and text.startswith("생", chain.end)
                yield Finding(chain.start, chain.end, 0.7 if said_born else 0.25 if plausible else 0.15)
