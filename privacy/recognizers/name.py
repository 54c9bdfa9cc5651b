"""Names of people: after a label, with a title, introduced, of family, alone as an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.name_likeness import given_likeness, is_surname, name_likeness, surname_length
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.spoken_digits import SPOKEN_RUN

_LABEL = r"(?:이름(?:\s?석\s?자|\s?세\s?글자)?|성함|성명|존함|함자|본명|실명|개명\s?전\s?이름|새\s?이름|영문명|성\s?함)"
_ROLE = (
    r"(?:신청인|신청자|대리인|보호자|세대주|예금주|명의자|소유자|소유주|건물주|집주인|임대인|임차인|세입자|당사자|환자|대표자|대표|배우자|남편|아내|와이프"
    r"|집사람|아들|아드님|딸|따님|아버지|아버님|어머니|어머님|엄마|아빠|할머니|할머님|할아버지|할아버님|시어머니|시아버지|장모님?|장인|동생|여동생"
    r"|남동생|언니|누나|오빠|형|손자|손녀|손주|조카|이모|고모|삼촌|며느리|사위|친구|룸메이트|자녀|아이|아기|애기|담당자|주무관|수신인|받는\s?사람"
    r"|고인|사망자|신고인|민원인|고객|가입자|납세자|운전자|차주|작성자|피해자|가해자|계약자|수급자|수령인|동거인|이웃|옆집|윗집|아랫집|막내|큰애|작은애"
    r"|첫째|둘째|셋째|큰딸|작은딸|큰아들|작은아들|외손자|외손녀|시누이|올케|처제|처남|형님|친정엄마|친정어머니)"
)
_TITLE = (
    r"(?:씨|님|어르신|할머니|할머님|할아버지|할아버님|고객님|고객|선생님|여사님?|회원님|환자분|환자님|팀장님?|과장님?|대리님?|주임님?|주무관님?|계장님?|국장님?"
    r"|부장님?|차장님?|실장님?|소장님?|사무관님?|서기관님?|주사님?|상담사님?|상담원님?|상담관님?|복지사님?|담당자님?|교수님?|원장님?|이장님|통장님|반장님?|군(?=\s|이|은|의|$)|양(?=\s|이|은|의|$)"
    r"|사장님?|대표님?|변호사님?|의사선생님|간호사님?|기사님|조사관님?)"
)
_SURNAME_TITLE = (
    r"(?:대리|주임|과장|팀장|계장|주무관|주사|국장|부장|차장|실장|사무관|서기관|상담사|상담원|선생님|여사|사장|소장"
    r"|원장|교수|변호사|대표|복지사|할머니|할아버지|어르신|조사관|반장)"
)
_HANGUL = r"[가-힣]"
_WORD = rf"({_HANGUL}{{2,12}})"
_B = r"(?<![가-힣A-Za-z])"

# Particles and copulas a name may carry, up to the end of the word.
_TAIL = re.compile(
    r"(?:이|가|은|는|을|를|의|에게|에게서|한테|한테서|께|께서|와|과|이랑|랑|하고|도|만|로|으로|이요|요|이오|"
    r"이?(?:라고|라는|라|란|고|고요|구요|며|면서|면|신데|신데요|세요|시고|시고요|십니다|시거든요|예요|에요|여요|야|네|네요|죠|지요|지|니까|거든요|거든|더라고요|었|였)|"
    r"인데|인데요|인데여|입니다|입니당|임|인|이에요|이예요|였어요|이었어요|이십니다|이시고|이세요|이신데|인가요|인지|일|"
    r"이?라고(?:요|해요|합니다|하는데|하는데요|하고요|하고|하는|했|불러|적|써|되)|이?라(?:구|서)|씨|씨가|씨는|씨의|씨를|씨도|씨한테|씨예요|씨인데요|님|님이|님은|님의|님을|님께|군|양|"
    r"이?(?:가|는|를|의|랑|한테|도)|네|이네|꺼|것|앞|명의|본인|본인입니다)?"
)

_AFTER_LABEL = re.compile(
    rf"{_LABEL}\s?(?:(?:이요|요|은요|은|는|이|가|도|:|：|으로는)(?:\s?[,:：]\s?|\s+)|\s?[,:：]\s?)(?:저는\s|제가\s|그냥\s|바로\s|음\s|어\s|네\s)?{_WORD}"
)
_AFTER_BARE_LABEL = re.compile(rf"{_LABEL}\s+{_WORD}")
_AFTER_GLUED_LABEL = re.compile(rf"{_LABEL}(?:은|이|는|:|：){_WORD}")
_AFTER_ROLE = re.compile(
    rf"(?:{_B}|(?<=[가-힣]\s)|(?<=[가-힣]){{0}}){_ROLE}(?:은요|은|는|이|가|인|분|께서|께서는|분은|이신|인데)?\s+{_WORD}"
)
_INTRODUCED = re.compile(rf"{_B}(?:저는요?|전|제가|나는|내가|저|난)\s+{_WORD}")
_WITH_TITLE = re.compile(
    rf"{_B}({_HANGUL}{{2,5}}?)\s?{_TITLE}(?=[^가-힣]|$|이|가|은|는|을|를|의|께|한테|에게|과|와|랑|도|로|으로|예요|입니다|인데|라고|집|댁|앞)"
)
_ANYWHERE = re.compile(rf"{_B}({_HANGUL}{{3}})(?=이?(?:가|는|를|의|랑|한테|에게|라는|네)|은|을|이\s|도\s|과\s|와\s)")
_SURNAME_WITH_TITLE = re.compile(rf"{_B}({_HANGUL})(?:\s?{_SURNAME_TITLE}|\s씨)(?![가-힣]*(?:님들|들))")
_NAMED_SO = re.compile(rf"{_B}({_HANGUL}{{2,5}}?)이?라는\s?(?:이름|사람|분)")
_BELONGS = re.compile(
    rf"{_B}({_HANGUL}{{2,5}}?)(?:\s?님의|\s?씨의|\s?앞으로|\s?명의|이?라고\s?(?:합니다|해요|하고|하는데|불러|적|등록)"
    r"|의\s(?:주민(?!센터|자치)|등본|초본|가족관계|여권|면허|인감|통장|계좌|생년|전화번호|연락처|주소|진단서|장애인등록|기초연금|출생신고|사망신고|혼인신고))"
)
_FIRST_WORD = re.compile(
    rf"(?:^|(?<=\n)|(?<=[.!?]\s)|(?<=네\s)|(?<=예\s)|(?<=여보세요\s)|(?<=안녕하세요\s)){_WORD}(?![가-힣])"
)
_ASKED = re.compile(r"이름|성함|성명|누구")
_COPULA = re.compile(
    r"(?:입니다|이에요|예요|이예요|에요|이요|요|이고요|고요|이라고|라고|인데요|이오|이라|이야)[가-힣]*(?![가-힣])"
)
_BARE_BESIDE_DATA = re.compile(
    rf"{_B}({_HANGUL}{{2,5}})\s*[,/:]?\s*(?=\d{{6}}(?!\d)|01[016-9][\s\-.]?\d|(?:휴대|핸드|전화|연락처|이?메일|주민(?:등록)?번호|생년월일|생일)|[A-Za-z0-9._]+@)"
)
_SPELLED = re.compile(rf"{_LABEL}\S{{0,2}}\s+((?:{_HANGUL}\s?자[,\s]*){{2,4}})(?=입|이|예|요|고|[.,!]|$|\s)")
_SPELLED_LETTERS = re.compile(rf"{_B}((?:{_HANGUL}자\s){{2}}{_HANGUL}자)(?=입|이|예|요|고)")
_SPACED = re.compile(
    rf"(?:^|(?<=\n)|(?<=은\s)|(?<=는\s)|(?<=이\s)|(?<=네\s)|(?<=요\s))({_HANGUL}\s{_HANGUL}\s{_HANGUL})(?=이?요|입니다|이?라고|이?고|이에요|예요|인데|씨|님|\s?$|\s?\n)"
)
_LATIN_LABEL = re.compile(
    r"(?:(?:이름|성명|성함|영문명)(?:은|이|는|:|：)?\s*|\b[Nn]ame(?:\s+is|:)\s+)([A-Z][A-Za-z'\-]+(?:[\s,]+[A-Z][A-Za-z'\-]*){0,4})",
)
_MY_NAME_IS = re.compile(
    r"\b(?:[Tt]his is|[Mm]r\.?|[Mm]rs\.?|[Mm]s\.?|I am|I'm)\s+([A-Z][a-z'\-]+(?:\s+[A-Z][A-Za-z'\-]+){0,3})"
)

_PUBLIC_AFTER = re.compile(
    r"\s?(?:장군|열사|의사(?!\s?선생)|선생(?!님)|대통령|시장|도지사|지사|군수|구청장|위원장|의원|장관|총리|총장|대왕|왕|황제|여왕|감독|선수|작가|시인|화백|가수|배우|아나운서|박사"
    r"|기념관|기념|생가|동상|체육공원|공원|문학관|미술관|박물관|도서관|센터|거리|광장|재단|병원|의거|평전|묘|사당|로\s?\d|길\s?\d|전\s(?:시장|대통령|총리|장관|지사))"
)
_PUBLIC_BEFORE = re.compile(
    r"(?:시장|대통령|지사|총리|장관|의원|장군|백범|도산|안중근|매헌|만해|충무공|세종|감독|가수|배우|작가|시인|화가|구청장|위원장|홍보대사|독립운동가|선수)(?:은|는|이|인)?\s$"
)
_DEMONSTRATIVE = frozenset("이전현본한주각타수구시도")
_NOT_NAMES = frozenset(
    ["주소지", "거주지", "소재지", "근무지", "등록지", "연고지", "본인", "저희", "우리", "누구", "어디", "무엇",
     "뭐가", "이거", "이것", "저것", "여기", "거기", "그분", "이분", "저분", "선생", "사장", "고객", "어르신",
     "담당", "상담", "주민", "시민", "구민", "국민", "도민", "군민", "장애", "노인", "임산", "한국", "서울", "부산",
     "강남", "전국", "정부", "지금", "오늘", "이번",
     "한글", "한자", "영어", "영문", "한문", "이상", "이하", "정도", "정말", "진짜", "전화", "문의", "신청", "민원",
     "성함", "이름", "주소", "여권", "어떻게",
     "한국인", "외국인", "성인", "노약자", "신혼", "기혼", "미혼", "유족", "조상", "여자", "남자", "이모", "고모",
     "조카", "장모", "장인", "하나", "전부", "모두",
     "반장", "통장", "이장", "기사", "주인", "부모", "조부모", "양부모", "한부모", "신고", "차량", "주차", "이사",
     "전입", "전출", "사망", "출생", "혼인", "이혼",
     "기존", "최근", "현재", "예전", "지난", "주말", "평일", "오전", "오후", "안내", "우편", "방문", "고시", "공고",
     "공지", "조례", "정책", "기초", "차상위",
     "유공자", "국가", "방금", "아까", "어제", "내일", "모레", "혹시", "제발", "여러", "다른", "진정", "인터넷",
     "서류", "기본", "이유", "방법", "기준"]
)  # fmt: skip


_PLACE_ENDINGS = tuple("령진산천봉호역동구시로길리면읍도섬강교지항포골")
_OFFICES = ("시장", "구청장", "군수", "지사", "시청", "구청", "군청")
# People everybody talks about: without any sign that the speaker means a private person of that name they stay.
_PUBLIC_FIGURES = frozenset(
    [
        "이순신",
        "유관순",
        "안중근",
        "윤봉길",
        "이봉창",
        "방정환",
        "손기정",
        "정약용",
        "김정호",
        "장영실",
        "신사임당",
        "강감찬",
        "김유신",
        "권율",
        "한용운",
        "윤동주",
        "이육사",
        "김소월",
        "전태일",
        "백남준",
        "김홍도",
        "안창호",
        "김좌진",
        "홍범도",
        "신채호",
        "이회영",
        "주시경",
        "허난설헌",
        "황진이",
        "이승만",
        "윤보선",
        "박정희",
        "최규하",
        "전두환",
        "노태우",
        "김영삼",
        "김대중",
        "노무현",
        "이명박",
        "박근혜",
        "문재인",
        "윤석열",
        "이재명",
        "오세훈",
        "박원순",
        "조수미",
        "손흥민",
        "류현진",
        "박지성",
        "김연아",
        "박세리",
        "반기문",
        "유재석",
        "강호동",
        "봉준호",
        "이강인",
        "김민재",
        "이세돌",
        "정명훈",
        "조성진",
        "한강",
    ]
)


class _Candidate(NamedTuple):
    start: int
    end: int
    likeness: float


class NameRecognizer(KoreanRecognizer):
    """제 이름은 홍길동, 홍길동 씨, 저 홍길동인데요, 노 대리님, HONG GIL DONG. Public figures in public roles stay.

    A context (label, title, introduction) and the word's own look (surname, given-name syllables, Kiwi's proper noun)
    add up; neither is enough alone, so that 전입신고 and 고시원 are never names.
    """

    KIND = PersonalKind.NAME

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for pattern, support in (
            (_AFTER_LABEL, 0.4),
            (_AFTER_GLUED_LABEL, 0.4),
            (_AFTER_BARE_LABEL, 0.25),
            (_AFTER_ROLE, 0.2),
            (_INTRODUCED, 0.15),
        ):
            for match in pattern.finditer(text):
                candidates = [*_candidates(text, artifacts, *match.span(1), labelled=support >= 0.4)]
                if pattern is _AFTER_ROLE:
                    candidates += _given_names(text, artifacts, *match.span(1))
                yield from self._judge(text, candidates, support)
        for match in _ANYWHERE.finditer(text):
            candidate = _exact(text, artifacts, *match.span(1))
            public = match[1] in _PUBLIC_FIGURES or match[1].endswith(_PLACE_ENDINGS)
            if candidate.likeness >= 1.2 and not public:
                yield from self._judge(text, [candidate], 0.0)
        for pattern, support in ((_WITH_TITLE, 0.35), (_NAMED_SO, 0.45), (_BELONGS, 0.35), (_BARE_BESIDE_DATA, 0.25)):
            for match in pattern.finditer(text):
                yield from self._judge(text, [_exact(text, artifacts, *match.span(1))], support)
        yield from self._answers(text, artifacts)
        yield from self._surnames(text, artifacts)
        yield from self._spelled(text)
        yield from self._latin(text)

    def _judge(self, text: str, candidates: Iterable[_Candidate], support: float) -> Iterator[Finding]:
        best = max(candidates, key=lambda each: each.likeness, default=None)
        if best is None or best.likeness <= 0:
            return
        if _PUBLIC_AFTER.match(text, best.end) or _PUBLIC_BEFORE.search(text, max(0, best.start - 12), best.start):
            return
        score = support + best.likeness * 0.5
        if score >= 0.5:
            yield Finding(best.start, best.end, min(score, 0.95), settled=True)

    def _answers(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        """A turn that begins with a name: 김영희입니다, or the name alone when the turn before asked for it."""
        for match in _FIRST_WORD.finditer(text):
            line_start = text.rfind("\n", 0, match.start()) + 1
            question = text[text.rfind("\n", 0, max(0, line_start - 1)) + 1 : max(0, line_start - 1)]
            asked = bool(_ASKED.search(question))
            candidates = [
                each
                for each in _candidates(text, artifacts, *match.span(1), labelled=asked)
                if asked or _COPULA.match(text, each.end)
            ]
            support = 0.4 if asked else 0.02
            yield from self._judge(text, candidates, support)

    def _surnames(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _SURNAME_WITH_TITLE.finditer(text):
            syllable = match[1]
            tags = {token.tag for token in artifacts.morphemes if token.idx == match.start(1) and len(token) == 1}
            if is_surname(syllable) and tags and (syllable not in _DEMONSTRATIVE or "NNP" in tags):
                yield Finding(*match.span(1), 0.6, settled=True)

    def _spelled(self, text: str) -> Iterator[Finding]:
        for match in _SPELLED.finditer(text):
            yield Finding(match.start(1), match.start(1) + len(match[1].rstrip(" ,")), 0.8, settled=True)
        for match in _SPELLED_LETTERS.finditer(text):
            yield Finding(*match.span(1), 0.7, settled=True)
        for match in _SPACED.finditer(text):
            if name_likeness(match[1].replace(" ", "")) >= 0.55:
                yield Finding(*match.span(1), 0.65, settled=True)

    def _latin(self, text: str) -> Iterator[Finding]:
        for pattern in (_LATIN_LABEL, _MY_NAME_IS):
            for match in pattern.finditer(text):
                yield Finding(*match.span(1), 0.75, settled=True)


def _exact(text: str, artifacts: KoreanArtifacts, start: int, end: int) -> _Candidate:
    word = text[start:end]
    if word in _NOT_NAMES or any(token.idx < end < token.end for token in artifacts.morphemes):
        return _Candidate(start, end, 0.0)
    return _Candidate(start, end, _likeness(word, artifacts, start, end, labelled=False))


def _given_names(text: str, artifacts: KoreanArtifacts, start: int, end: int) -> Iterator[_Candidate]:
    """A given name alone (제 아들 준서가), when Kiwi too takes it for a name."""
    for token in artifacts.morphemes:
        if token.idx == start and token.tag == "NNP" and len(token) == 2 and token.end <= end:
            yield _Candidate(start, token.end, given_likeness(token.text) * 0.75)


def _candidates(text: str, artifacts: KoreanArtifacts, start: int, end: int, *, labelled: bool) -> Iterator[_Candidate]:
    """The word's beginnings that leave nothing but particles behind."""
    for length in range(2, min(8 if labelled else 5, end - start) + 1):
        word, tail = text[start : start + length], text[start + length : end]
        if word not in _NOT_NAMES and not word.endswith(_OFFICES) and _TAIL.fullmatch(tail):
            likeness = _likeness(word, artifacts, start, start + length, labelled=labelled)
            yield _Candidate(start, start + length, likeness)


def _likeness(word: str, artifacts: KoreanArtifacts, start: int, end: int, *, labelled: bool) -> float:
    """Between 0 and 1.3: the word's look, raised by Kiwi's proper noun, lowered by the dictionary's common nouns."""
    inside = [token for token in artifacts.morphemes if token.idx < end and start < token.end and token.text]
    if not inside or SPOKEN_RUN.fullmatch(word):
        return 0.0
    look = name_likeness(word) or (given_likeness(word) * 0.8 if labelled else 0.0)
    tags = {token.tag for token in inside}
    crosses = inside[0].idx < start or inside[-1].end > end
    if any(tag[0] in "JE" or tag in {"VCP", "VCN"} for tag in tags):
        return look * 0.15
    if crosses:
        return look * 0.6
    if inside[-1].tag == "XSN" and inside[-1].text == "이":
        return 0.0  # 하윤이: the familiar ending is no part of the name
    if len(inside) == 1:
        return _likeness_of_one(look, inside[0].tag, labelled=labelled)
    if tags <= {"NNG", "XSN", "XPN", "SN", "NNB", "XR"}:
        surname_apart = len(inside[0]) == 1 and surname_length(word) == 1
        return look * (0.75 if surname_apart else 0.3)
    if tags & {"VV", "VA", "VX", "XSV", "XSA"}:
        return look * (0.55 if labelled else 0.2)
    return look


def _likeness_of_one(look: float, tag: str, *, labelled: bool) -> float:
    if tag == "NNP":
        return look + 0.3 if look >= 0.5 else max(look, 0.5 if labelled else 0.0)
    if tag == "NNG":
        return look * (0.4 if labelled else 0.35) if look >= 0.9 or labelled else 0.0
    return 0.0 if tag in {"NP", "MAG", "MM", "NNB", "NR", "MAJ", "IC"} else look * 0.5
