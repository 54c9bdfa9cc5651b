"""What stands around an address: whose it is, whether somebody asked for it, whether a number counts something."""

from __future__ import annotations

import re

# After the number: what shows that 로/길 was a particle or that the number counts something (버스로 10분).
_COUNTED = re.compile(
    r"[ ]?(?:분(?!이)|시간|시(?!장)|원|명|일(?![ ]?층)|개|년|번(?![ ]?지|길)|회(?!관)|차(?![가-힣])|급|세(?!대)|살"
    r"|%|퍼센트|프로|장(?!미)|매"
    r"|부(?!터|동)|통(?!장)|건(?!물)|킬로|km|m\b|미터|층(?![ ]?\d)|학년|학기|단계|점(?!포)|주(?:\s|일|간)|호선|월"
    r"|만|천|억|대|권|번째|정거장"
    r"|코스|구간|가지|평|배(?!송|달)|인(?![데가])|등(?!기|본)|주년|조|항|초|박|줄|칸|번[ ]?버스|년도|자리|종|회차|개월)"
)
_PUBLIC_PLACE = re.compile(
    r"(?:시청|구청|군청|도청|청사|주민센터|행정복지센터|동사무소|면사무소|읍사무소|보건소|보건지소|도서관|경찰서"
    r"|지구대|파출소|소방서|안전센터|우체국|세무서|법원|등기소|검찰청|공원|박물관|미술관|문학관|과학관|체험관"
    r"|전시관|학습관|식물원|문화의[ ]?집"
    r"|기념관|체육관|체육센터|수영장|복지관|경로당|문화회관|문화원|문화센터|예술회관|공연장|회관(?![ ]?(?:뒷|앞"
    r"|옆))|센터|공단|공사(?!장|[ ]?(?:소음|중|때문|현장|차량|먼지|하|를|가[ ]|때))"
    r"|교육청|학교|대학|병원|의료원|역\s|역에|역입|터미널|공항|시장(?:\s|은|에|이)|디자인플라자|전망대|월드(?!컵)"
    r"|국립|시립|구립|도립|군립|국회|의사당(?!대로)|현충원|묘지|성곽|극장|방송국|왕릉|유적지|종묘|사적지"
    r"|[가-힣]성지|백화점|혁신파크"
    r"|호텔|[가-힣]궁(?:[이은에의]|\s|과)|유적|컨벤션|성당|광장|전시장|경기장|운동장|정문|휴관|상담소"
    r"|에[ ]있(?:다던데|다는데|나요|죠|지요|다고|는[ ]거[ ]맞)|개방하|명소"
    r"|안내소|민원동|신관|구관|[가-힣]{2}본부|본청"
    r"|사업소|관리소|사무소|본관|별관|민원실|접수처|창구|수목원|동물원|대사관|출입국|고용센터|주차장(?![ ]?앞)|홈페이지"
    r"|시의회|구의회|의회|회의실|강의실|세미나실|호실|무슨[ ]?과"
    r"|(?:정책|세무|민원|복지|건축|주택|교통|환경|총무|여권|행정|징수|부과|관리|지원|위생|문화|체육|청소|주차|도로"
    r"|녹지|보육|가족|안전"
    r"|재무|자치|토지|정보)과(?![가-힣]{2}))"
)
_OWN_PLACE = re.compile(
    r"살아|살고|사는|삽니다|사세요|살던|살았|살다|거주|저희[ ]?집|우리[ ]?집|제[ ]?집|집이|집은|집에|집으로"
    r"|집[ ]?앞|집[ ]?주소|자택|(?:제|내|저희"
    r"|우리)[ ]?주소|(?:제|내|저희|우리)[ ]?(?:가게|빌라|아파트)|이사|전입|세입자|우편물|배송|택배|보내[ ]?(?:주"
    r"|드)|사업장|영업|가게|층간|저희|집주인|전세(?!사기)|월세|이웃"
    r"|옆집|윗집|아랫집|위층|아래층|윗층|본가|친정|댁|등기|받을|받는|배달|본적|등록기준지|방문증|세[ ]?들|고시원"
    r"|등본에|상세[ ]?주소"
)
_ADDRESS_LABEL = re.compile(
    r"주소(?!창|록|를[ ]?바)|거주지|번지|도로명|동[ ]?호수|사는[ ]?(?:곳|데)|이사[ ]?(?:온|간|갈)[ ]?(?:곳|데|집)"
    r"|집[은이]\s|위치[는가]|배송지"
)
_ASKED = re.compile(
    r"주소|어디[ ]?(?:사|계|거주)|(?:댁|집|곳|데|가게|사업장)[은이가]?요?[ ]?어디|댁이|댁은|사시는|거주|번지"
    r"|도로명|몇[ ]?동(?![ ]?(?:경로|주민|안|까지|있)|이[ ])"
    r"|몇[ ]?호(?!실|선|기)|몇[ ]?층|층수|동네(?!마다|에서|에[ ]|[ ]몇)|동[ ]?호수|호수|건물[ ]?(?:번호|이름|명)"
    r"|아파트(?:세요|인가요"
    r"|이신가요|[ ]?(?:동|이름|명))|위치가[ ]?어|우편번호|배송지"
    r"|이사[ ]?(?:오신|가실|온|가신|갈)[ ]?(?:곳|데|집|동)|단지[ ]?(?:이름|명)|골목이나|동은요|호는요|동이랑"
    r"|어느[ ]?(?:동|구|부분)|상세"
)
_ASKED_POLITELY = re.compile(r"주소[가는를]?[ ]?(?:좀[ ])?(?:어떻게[ ]?되[세시십]|불러|말씀|알려[ ]?주[시십])")
_BUILDING_ASKED = re.compile(
    r"(?:아파트|빌라|건물)[가이는은]?요?[ ]?어디|건물[ ]?(?:이름|명)|아파트(?:세요|인가요|이신가요|[ ]?(?:이름"
    r"|명))|단지[ ]?(?:이름|명)"
)
_ABOUT_A_PLACE = re.compile(
    r"주소|어디|위치|지도|번지|찾아|가는[ ]?길|[\d일이삼사오육칠팔구십][ ]?(?:층|호실?)(?:입니다|이?에요|예요)"
)
_THEIR_OWN = re.compile(r"사시는|사는|댁|집|받으|받을|이사|전입|거주|보내|배송|회원|신청인|본인|세대")
_REACH = 150
_TALK = 4
"""Turns for which a question about an office goes on."""
_OFFICE = r"(?:청사|시청|구청|군청|도청|주민센터|보건소|도서관|경찰서|우체국|세무서|박물관|복지관|교육청)"
_BESIDE_BEFORE = re.compile(
    rf"[가-힣]{{1,8}}{_OFFICE}(?:[은는이가]|[ ]?주소[는가]?)?[ ]?(?:[가-힣]{{1,4}}[시군구][ ]){{0,2}}\Z"
)
_BESIDE_AFTER = re.compile(rf"[ ]?\(?[가-힣]{{0,8}}{_OFFICE}(?![ ]?(?:옆|앞|뒤|근처|맞은편|건너))")
"""A public building whose address this is, whatever else the sentence says (대전시청 서구 둔산로 100으로 등기)."""
_FLAT = re.compile(r"단지|아파트|빌라|마을|동\Z")
_EARLIER = re.compile(r"<주소_\d+>|주소")


def counts_something(text: str, end: int) -> bool:
    """Whether a counter follows: 도보로 10분, 3층까지."""
    return bool(_COUNTED.match(text, end))


def is_labelled(text: str, start: int) -> bool:
    """Whether a word such as 주소 stands shortly before, on the same line."""
    line = text.rfind("\n", 0, start) + 1
    return bool(_ADDRESS_LABEL.search(text, max(line, start - 25), start))


def asks_for_address(line: str) -> bool:
    """Whether a turn asks a citizen where they live, and not where an office is."""
    return bool(_ASKED.search(line)) and (not _PUBLIC_PLACE.search(line) or bool(_THEIR_OWN.search(line)))


def is_office_talk(text: str, start: int) -> bool:
    """Whether the last turn before that spoke of a place asked for an office (구청 주소요? … 우편번호는요?)."""
    for line in reversed(_lines_before(text, start, _TALK)):
        if _THEIR_OWN.search(line) or _OWN_PLACE.search(line) or _ASKED_POLITELY.search(line):
            return False
        if _PUBLIC_PLACE.search(line + " ") and _ABOUT_A_PLACE.search(line):
            return True
    return False


def asks_for_building(line: str) -> bool:
    """Whether a turn asks for a building's name."""
    return bool(_BUILDING_ASKED.search(line))


def is_own(text: str, start: int, end: int) -> bool:
    """Whether the sentence speaks of living, letters or a shop of one's own."""
    return bool(_OWN_PLACE.search(sentence_around(text, start, end)))


def is_public(text: str, start: int, end: int) -> bool:
    """Whether the sentence, or what was asked in the turns before, is about a public building."""
    if _BESIDE_BEFORE.search(text, max(0, start - 24), start) or _BESIDE_AFTER.match(text, end):
        return True
    around = sentence_around(text, start, end)
    if _OWN_PLACE.search(around):
        return False
    return bool(_PUBLIC_PLACE.search(around)) or is_office_talk(text, start)


def is_public_site(text: str, start: int, end: int) -> bool:
    """``is_public`` for what looks like a building's own address: a flat of a block is nobody's office."""
    return not _FLAT.search(text, start, end) and is_public(text, start, end)


def names_public(text: str, start: int, end: int) -> bool:
    """Whether a public building stands in ``text[start:end]``."""
    return bool(_PUBLIC_PLACE.search(text[start:end]))


def is_address_talk(text: str, start: int) -> bool:
    """Whether the four turns before spoke of an address."""
    return any(_EARLIER.search(line) and not _PUBLIC_PLACE.search(line) for line in _lines_before(text, start, 5))


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence around ``text[start:end]`` without that part itself, at most 150 letters on each side."""
    first, last = max(0, start - _REACH), end + _REACH
    begin = max(text.rfind("\n", first, start), text.rfind(". ", first, start), first - 1) + 1
    stops = [stop for stop in (text.find("\n", end, last), text.find(". ", end, last)) if stop >= 0]
    return text[begin:start] + " | " + text[end : min(stops, default=last)] + " "


def _lines_before(text: str, start: int, count: int) -> list[str]:
    line_start = text.rfind("\n", 0, start)
    if line_start <= 0:
        return []
    return text[max(0, line_start - count * _REACH) : line_start].rsplit("\n", count)[-count:]
