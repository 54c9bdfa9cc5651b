"""Home addresses: road names, lots, apartments; public buildings stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.word_list import read_words

_PROVINCE = (
    r"(?:서울(?:특별시|시)?|(?:부산|대구|인천|광주|대전|울산)(?:광역시|시)?|세종(?:특별자치시|시)?|경기도?"
    r"|강원(?:특별자치도|도)?|충청?[북남]도?|충청[북남]도"
    r"|전라[북남]도|전북(?:특별자치도)?|전남|경상[북남]도|경북|경남|제주(?:특별자치도|도)?)"
)
_DISTRICT = r"(?:[가-힣]{1,4}(?:시|군|구))"
_TOWN = r"(?:[가-힣]{1,5}\d{0,2}(?:읍|면|동|리)|[가-힣]{1,4}\s?\d가)"
_NUMBER = r"(?:\d{1,4}|[일이삼사오육칠팔구십백천]{1,7})"
_ROAD = rf"[가-힣0-9]{{1,8}}?(?:대로|로|길)(?:\s?{_NUMBER}\s?(?:번\s?)?[가나다라마바사아]?길)?"
_BUILDING_NUMBER = rf"(?:지하\s?)?{_NUMBER}(?:\s?(?:-|–|의|다시)\s?{_NUMBER})?(?:번지)?"
_NAMED = (
    r"(?:[가-힣A-Za-z0-9]{0,12}?(?:아파트|오피스텔|빌라|맨션|빌딩|타워|프라자|플라자|주공|자이|래미안|푸르지오"
    r"|힐스테이트|아이파크|편한세상|더샵|롯데캐슬|하이츠|팰리스|캐슬|상가|연립|원룸|고시원|하우스|빌|주택|단지|마을"
    r"|아이원|센트럴|파크|리버뷰|스카이|시티))"
)
_UNIT = (
    rf"(?:(?:지하|지층|반지하|옥탑|\d단지)\s?)?(?:(?:{_NUMBER}|[A-Za-z가나다라마]"
    rf"|비)\s?동)?\s?(?:(?:지하\s?)?{_NUMBER}\s?층\s?)?(?:지층\s?)?(?:{_NUMBER}\s?호)"
)
_UNIT_LOOSE = (
    rf"(?:{_NUMBER}\s?동\s?{_NUMBER}\s?호|{_NUMBER}\s?동\s?{_NUMBER}(?!\s?(?:층|시|월|일|번|원|명))"
    rf"|{_NUMBER}\s?호(?!선|기|봉|실))"
)
_POSTCODE = r"(?:\(?\d{5}\)?\s+)?"
_PREFIX = rf"{_POSTCODE}(?:{_PROVINCE}\s+)?(?:{_DISTRICT}\s+){{0,2}}(?:{_TOWN}\s+){{0,2}}"
_DETAIL = (
    rf"(?:\s?[,(]?\s?(?:{_TOWN}\s?[,)]?\s?)?(?:{_NAMED}\s?)?(?:{_UNIT}"
    rf"|{_UNIT_LOOSE})\)?)?(?:\s?(?:지하\s?)?\d{{1,2}}\s?층)?"
)

_ROAD_ADDRESS = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<region>{_PREFIX})(?P<road>{_ROAD})\s?(?P<number>{_BUILDING_NUMBER})(?P<detail>{_DETAIL})"
)
_LOT_ADDRESS = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?P<region>{_POSTCODE}(?:{_PROVINCE}\s+)?(?:{_DISTRICT}\s+){{0,2}}(?:[가-힣]{{1,5}}(?:읍"
    rf"|면)\s+)?)(?P<town>{_TOWN})\s(?:산\s?)?(?P<number>\d{{1,4}}(?:\s?-\s?\d{{1,4}})?(?!\d|-\d)(?:번지)?"
    rf"|{_NUMBER}\s?(?:다시|의)\s?{_NUMBER}(?:번지)?|{_NUMBER}\s?번지)(?P<detail>{_DETAIL})"
)
_APARTMENT = re.compile(
    rf"(?<![가-힣A-Za-z0-9])(?:{_PREFIX})(?:[가-힣A-Za-z0-9]+\s)??{_NAMED}\s?(?:{_UNIT}|{_UNIT_LOOSE})"
)
_APARTMENT_UNIT = re.compile(r"(?<![가-힣A-Za-z0-9])(?:[가-힣]{2,10}\s)?\d{1,4}\s?동\s?\d{1,4}\s?호")
_BARE_UNIT = re.compile(
    r"(?<![가-힣A-Za-z0-9\-])(?:\d{1,4}\s?동\s?)?(?:지하\s?|비)?\d{2,4}\s?호(?![선기봉실가-힣]|\s?(?:법|민원실"
    r"|회의실|강의실|창구))"
)
_REAL_REGION = re.compile(r"[가-힣](?:시|군|구|읍|동)\s")
_REGION_ONLY = re.compile(
    rf"(?<![가-힣])(?:{_PROVINCE}\s+)?(?:{_DISTRICT}\s+){{0,2}}{_TOWN}(?![가-힣]*(?:센터|사무소))(?=\s*(?:\n|$|[.,]"
    rf"|이?요|이?에요|예요|입니다|에\s?살|살))"
)
_LOT_ONLY = re.compile(
    r"(?:(?<=\n)|^)\s*(\d{1,4}(?:-\d{1,4})?(?:번지)?|[가-힣]{1,8}(?:로|길)\s?\d{1,4}(?:-\d{1,4})?)(?=\s*(?:\n|$"
    r"|이?요|번지|이?에요|입니다))"
)

# After the number: what shows that 로/길 was a particle or that the number counts something (버스로 10분).
_COUNTED = re.compile(
    r"\s?(?:가(?![가-힣]|길)|분|시간|시|원|명|일|개|년|번(?!\s?지|길)|회|차(?![가-힣])|급|세|살|%|퍼센트|프로|장|매"
    r"|부|통|건|킬로|km|m\b|미터|층(?!\s?\d)|학년|학기|단계|점|주(?:\s|일|간)|호선|월|만|천|억|대|권|번째|정거장"
    r"|코스|구간|가지|평|배|인|등|주년|조|항)"
)
_NOT_ROADS = read_words("not_roads")
_PUBLIC_PLACE = re.compile(
    r"(?:시청|구청|군청|도청|청사|주민센터|행정복지센터|동사무소|면사무소|읍사무소|보건소|보건지소|도서관|경찰서"
    r"|지구대|파출소|소방서|안전센터|우체국|세무서|법원|등기소|검찰청|공원|박물관|미술관"
    r"|기념관|체육관|체육센터|수영장|복지관|경로당|문화회관|문화원|문화센터|예술회관|공연장|회관|센터|공단|공사"
    r"|교육청|학교|대학|병원|의료원|역\s|역에|역입|터미널|공항|시장(?:\s|은|에|이)|디자인플라자|전망대|월드|백화점"
    r"|호텔|궁(?![가-힣])|유적|컨벤션|성당|광장|전시장|경기장|운동장"
    r"|사업소|관리소|사무소|본관|별관|민원실|접수처|창구|수목원|동물원|대사관|출입국|고용센터|주차장|홈페이지"
    r"|시의회|구의회|의회)"
)
_OWN_PLACE = re.compile(
    r"살아|살고|사는|삽니다|사세요|살던|거주|저희\s?집|우리\s?집|제\s?집|집이|집은|집\s?주소|자택|(?:제|내|저희"
    r"|우리)\s?주소|이사|전입|세입자|우편물|배송|택배|보내\s?주|사업장|영업|가게|층간|저희|집주인|전세|월세|이웃"
    r"|옆집|윗집|아랫집|본가|친정|댁|등기|받을|받는"
)
_ADDRESS_ASKED = re.compile(r"주소|어디\s?사|사시는|거주지|번지|도로명|상세\s?주소|몇\s?동|몇\s?호|동네")


class AddressRecognizer(KoreanRecognizer):
    """은평구 연서로 123, 역삼동 678-9 그린빌라 201호, 은마아파트 12동 804호 (도로명주소법 제2조). A district or a dong
    alone is no address unless it answers a question for one; the site of a public building stays."""

    KIND = PersonalKind.ADDRESS

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        yield from self._roads(text, artifacts)
        yield from self._lots(text)
        for pattern, score in ((_APARTMENT, 0.75), (_APARTMENT_UNIT, 0.7)):
            for match in pattern.finditer(text):
                yield Finding(match.start(), match.end(), score, settled=True)
        for match in _BARE_UNIT.finditer(text):
            line = _sentence(text, match.start(), match.end())
            if _OWN_PLACE.search(line) and not _PUBLIC_PLACE.search(line):
                yield Finding(match.start(), match.end(), 0.55, settled=True)
        yield from self._answers(text)

    def _roads(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _ROAD_ADDRESS.finditer(text):
            road, region = match["road"], match["region"]
            if len(match["number"]) == 1 and text.startswith("가", match.end()):
                continue  # 종로 3가
            if road.split(" ")[0] in _NOT_ROADS or (_COUNTED.match(text, match.end()) and not match["detail"].strip()):
                continue
            spoken = not any(letter.isdigit() for letter in match["number"])
            labelled = bool(_ADDRESS_ASKED.search(text, max(0, match.start() - 25), match.start()))
            if spoken and not ((_REAL_REGION.search(region) or labelled) and len(match["number"]) > 1):
                continue
            if not (region.strip() or labelled or _is_road_name(road, artifacts, match.start("road"))):
                continue
            if not _is_public(text, match):
                yield Finding(match.start(), match.end(), 0.75, settled=True)

    def _lots(self, text: str) -> Iterator[Finding]:
        for match in _LOT_ADDRESS.finditer(text):
            if _COUNTED.match(text, match.end()) and not match["detail"].strip():
                continue
            town = match["town"]
            certain = bool(
                match["region"].strip()
                or "-" in match["number"]
                or "번지" in match["number"]
                or match["detail"].strip()
            )
            if (town.endswith(("면", "리")) or len(town) < 3) and not certain:
                continue
            if not certain and not _OWN_PLACE.search(_sentence(text, match.start(), match.end())):
                continue
            if not _is_public(text, match):
                yield Finding(match.start(), match.end(), 0.7, settled=True)

    def _answers(self, text: str) -> Iterator[Finding]:
        """Parts of an address that answer the question of the turn before."""
        if "\n" not in text:
            return
        for pattern in (_REGION_ONLY, _LOT_ONLY):
            for match in pattern.finditer(text):
                group = 1 if pattern is _LOT_ONLY else 0
                line_start = text.rfind("\n", 0, match.start(group))
                if line_start < 0:
                    continue
                question = text[text.rfind("\n", 0, line_start) + 1 : line_start]
                if _ADDRESS_ASKED.search(question):
                    yield Finding(*match.span(group), 0.6, settled=True)


def _is_road_name(road: str, artifacts: KoreanArtifacts, start: int) -> bool:
    """Whether Kiwi reads the word as a name (봉천로) rather than as noun and particle (서류로)."""
    tokens = [
        token for token in artifacts.morphemes if start <= token.idx < start + len(road.split(" ")[0]) and token.text
    ]
    if not tokens:
        return False
    if tokens[-1].tag.startswith("JK") or tokens[-1].tag in {"JX", "JC"}:
        return tokens[0].tag == "NNP" and len(tokens) == 2 and len(tokens[0]) >= 2
    return tokens[0].tag in {"NNP", "NNG", "SN"} and not tokens[-1].tag.startswith(("E", "V", "M"))


def _is_public(text: str, match: re.Match[str]) -> bool:
    if re.search(r"호|동\s?\d", match["detail"]):
        return False
    around = _sentence(text, match.start(), match.end())
    return bool(_PUBLIC_PLACE.search(around)) and not _OWN_PLACE.search(around)


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around ``text[start:end]`` without that part itself."""
    begin = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    stops = [stop for stop in (text.find("\n", end), text.find(". ", end)) if stop >= 0]
    return text[begin:start] + " | " + text[end : min(stops, default=len(text))]
