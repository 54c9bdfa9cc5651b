"""What each part of an address looks like, written and said. Every pattern is bounded."""

from __future__ import annotations

import re

from privacy.recognizers.said_numbers import NUMBER, SINO

POSTCODE = re.compile(r"\(?\d{5}\)?(?=[ ]?[,가-힣])")
PROVINCE = re.compile(
    r"서울(?:특별시|시)?|(?:부산|대구|인천|광주|대전|울산)(?:광역시|시)?|세종(?:특별자치시|시)?|경기도?"
    r"|강원(?:특별자치도|도)?|충청?[북남]도?|전라[북남]도|전북(?:특별자치도)?|전남|경상[북남]도|경북|경남"
    r"|제주(?:특별자치도|도)?"
)
DISTRICT = re.compile(r"[가-힣]{1,4}?[시군구]")
TOWN = re.compile(r"[가-힣]{1,6}?\d{0,2}[읍면동](?:[ ]?\d가(?![가-힣]))?|[가-힣]{1,4}[ ]?\d가(?![가-힣])")
NO_TOWN = re.compile(r"(?:행정|법정|관할|해당|거주|활|운|행|아|노|자|이|변|작|공|합|협|충|감|출|냉|진|전|수)동$")
"""Words in 동 that are no towns, unless a list of towns knows them."""
HAMLET = re.compile(r"[가-힣]{1,4}\d?리(?=\s|\d|$|[,산]|이?[요에예고라]|인데)")
EDGE = re.compile(
    r"(?![가-힣])|(?:이?요|이?에요|이?예요|입니다|이고|이구|인데|이라|이야|이지|이거든|에(?!코|이)|에서|으로"
    r"|(?<![동읍면군])로|은|는|이|가|고|라|야|쪽"
    r"|거든|지요|죠|임|근처|사는|살아|산|맞)"
)

_SUB_ROAD = rf"[ ]?{NUMBER}(?:-\d{{1,2}})?[ ]?(?:번[ ]?)?[가-하]?길"
ROAD = re.compile(
    rf"(?P<name>[가-힣][가-힣0-9·]{{0,8}}?(?:대로|로|길))(?P<sub>{_SUB_ROAD})?"
    rf"(?=[\s,(]|$|\d|{NUMBER}(?:\s|다시|$|[이입예인번])|이?[요에예고라]|인[데가]|까지)"
)
_PAUSE = r"(?:(?:어+|음+|그|저기?|뭐|잠깐만?요?|잠시만?요?|그러니까)[ ])*"
_JOIN = r"[ ]?(?:-|–|−|ㅡ|의|다시|대시|하이픈|작대기|빼기|에)[ ]?"
_MEND = rf"(?:[ ](?:아니(?:다|야|요|고)?|아차)[ ](?:{_PAUSE})?{NUMBER})"
HOUSE = re.compile(
    rf"(?P<hill>산[ ]?)?(?P<below>지하[ ])?(?P<first>{NUMBER})(?P<mend>{_MEND})?"
    rf"(?P<second>{_JOIN}{_PAUSE}{NUMBER}(?:(?<=\d)|(?!는|람|세요))(?:{_MEND})?)?(?P<lot>[ ]?번지(?!수))?"
    r"(?:(?<=번지)[ ]?\d{1,3}호)?"
)
NAMED = re.compile(
    r"[가-힣A-Za-z0-9]{0,12}?(?:아파트|오피스텔|빌라|맨션|빌딩|타워|프라자|플라자|주공|상가|연립|원룸|고시원"
    r"|고시텔|하우스|빌|주택|마을"
    r"|뉴타운|파크|리버뷰|스카이|시티|홈타운|하이츠|팰리스|캐슬|타운"
    r"|(?:자이|래미안|푸르지오|힐스테이트|아이파크|편한세상|더샵|롯데캐슬|위브|꿈에그린|데시앙|아이원|센트럴|호반"
    r"|베르디움|스위첸|어울림"
    r"|센트레빌|리슈빌|비발디|휴먼시아|코아루|베라힐|한신|쌍용|벽산|대림|우성|삼성|현대|롯데|한양|동아|극동|두산"
    r"|금호|풍림|경남|주공|은마)"
    r"[가-힣A-Za-z0-9]{0,5}?)(?=\s|$|\d|[가나다라A-F]동|(?:이?[요고]|인데|이?에요|예요)(?:\s|$))"
)
WORD = re.compile(r"[가-힣A-Za-z0-9]{2,14}(?<![에은는를을요서고])(?=\s)")

_NOT_A_FLAT = r"(?![선기봉실차급텔]|[ ]?(?:선|법|서식|민원실|회의실|강의실|창구|세미나실|강당))"
COMPLEX_NUMBER = re.compile(r"\d{1,2}[ ]?(?:단지|차)(?![가-힣])")
BLOCK = re.compile(
    rf"(?:{NUMBER}|[A-Za-z]|[가나다라마바사]|에이|비|씨|디|에프|지|에이치|제이|케이|엘|엠|엔"
    rf"|에스)[ ]?동(?![가-힣])(?:에[ ])?|(?:{NUMBER})[ ]?동(?=에\s|[ ]?{NUMBER}[ ]?호)(?:에[ ])?"
)
BLOCK_SAID = re.compile(rf"(?:{NUMBER}|[A-Za-z]|[가나다라마])[ ]?동(?=\s|$|[,.]|이?[요에예고라]|인데|맞)")
FLOOR = re.compile(rf"(?:지하[ ]?)?{NUMBER}[ ]?층(?!간|수|마다|까지|짜리)")
ROOM = re.compile(rf"(?:지하[ ]?|지층[ ]?|비[ ]?|[A-Za-z]-?)?{NUMBER}[ ]?호{_NOT_A_FLAT}")
LOOSE_ROOM = re.compile(r"\d{3,4}(?![\d,])(?![ ]?(?:층|시|월|일|번|원|명|년|세대|가구|개|대|평|-))")
KIND_OF_FLAT = re.compile(r"(?:반지하|지층|옥탑(?:방)?|지하층?)(?=[\s,.)]|$|이?[요에예고라]|인데|로|방|사는)")
BLOCK_AND_ROOM = re.compile(r"\d{2,4}[ ]?[/-][ ]?\d{2,4}(?!\d|-)")
SHOP = re.compile(
    r"[가-힣]{0,8}(?:집|점|가게|마트|카페|식당|약국|미용실|학원|슈퍼|사무실|부동산|세탁소|문구|공방|정육|서점"
    r"|노래방|의원|치과)(?![가-힣]{3})"
)
BEFORE_HOUSE = re.compile(rf"[ ]?(?:{_PAUSE})?")
UNIT_AFTER = re.compile(r"[ ]?(?:동|호(?!선)|층|단지)(?![가-힣]{2})")
STREET_SECTION = re.compile(r"[ ]?가(?![가-힣]?길|구|게|정|족|동)")  # 종로 3가
BRACKETED_TOWN = re.compile(r"[ ]?\([가-힣]{1,6}\d?동[,)]")
SAID_BLOCK = re.compile(rf"{SINO}+동")
GAP = re.compile(r"[ ]?[,(]?[ ]?")
CLOSE = re.compile(r"[ ]?\)")
