"""Readings of what stands in Korean text and isn't a word: one table, from the most particular to the most general.

Hours and things up to twenty are counted in native numbers, everything else in Sino-Korean ones, as officials do.
"""

from __future__ import annotations

import re
import unicodedata

from actions.spoken_moments import MOMENTS, TO, Reading
from actions.spoken_numbers import digits, native, ordinal, reading, sino, value

_NATIVE_UP_TO = 20
_COUNTED = "|".join(
    (
        "가구|가지|개소|개(?!월|년|국|인|별|소)|건(?!물|강|축)|곳|과목|군데|권(?!한|리)|그루|끼|대|달|마리|명|모금|묶음|벌|병|봉지",
        "부(?!터|서|분|문)|사람|살|상자|세대|송이|시간|자루|자리|장(?!애|기|소|려|학)|종류|줄|쪽|차례|채|척|칸|켤레",
        "통(?!합|지|장)|필지|포대|번째",
    )
)
# What may follow a counter in the same word; anything else makes another word of it ("3대학").
_PARTICLES = "|".join(
    (
        "이(?:상|하|내|나|며|고|면|라|에|상의|하의)?|가|은|는|을|를|의|에|까지|부터|로|으로|와|과|도|만|씩|당|마다|미만|초과|정도",
        "쯤|째|입|인|일|중|간|짜리|안|별|뿐|보다|처럼|들|나|밖|전|후|동안|분량|하고|한테|라도|예",
    )
)
_AFTER = rf"(?=$|[^가-힣]|{_PARTICLES})"
_SPACED = (
    "개월|개년|개국|개소|년|분기|주일|주|일|시간|초|원|달러|세|회|퍼센트|도|명|인분|층|동|단계|점|배|평|톤|근무시간|분"
)
_COUNTERS_AFTER_NO_TELEPHONE = "|".join(
    (
        "원|개|명|세|년|월|일|분|초|시|회|건|장|대|층|호|동|인|만|천|백|억|조|권|쪽|평|배|점|곳|가지|킬로|미터|%|퍼센트",
        "[a-zA-Z㎡㎞㎏]",
    )
)
_NOT_A_TELEPHONE = rf"(?!\s?(?:{_COUNTERS_AFTER_NO_TELEPHONE}))"

_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBER = rf"(?:(?:{_N})(?:\s?[십백천만억조]+(?![가-힣]*조례)(?:\s?(?:{_N})[십백천만억]+)*)?)"
_UNITS = {
    "km/h": "시속 {} 킬로미터",
    "kWh": "{} 킬로와트시",
    "kW": "{} 킬로와트",
    "km²": "{} 제곱킬로미터",
    "km2": "{} 제곱킬로미터",
    "km": "{} 킬로미터",
    "cm": "{} 센티미터",
    "mm": "{} 밀리미터",
    "m²": "{} 제곱미터",
    "m2": "{} 제곱미터",
    "m³": "{} 세제곱미터",
    "m3": "{} 세제곱미터",
    "kg": "{} 킬로그램",
    "mg": "{} 밀리그램",
    "mL": "{} 밀리리터",
    "ml": "{} 밀리리터",
    "GB": "{} 기가바이트",
    "MB": "{} 메가바이트",
    "KB": "{} 킬로바이트",
    "dB": "{} 데시벨",
    "ha": "{} 헥타르",
    "°C": "{} 도",
    "°": "{} 도",
    "%p": "{} 퍼센트포인트",
    "%": "{} 퍼센트",
    "m": "{} 미터",
    "g": "{} 그램",
    "L": "{} 리터",
    "l": "{} 리터",
    "t": "{} 톤",
    "cc": "{} 씨씨",
    "V": "{} 볼트",
    "W": "{} 와트",
}
_UNIT = "|".join(map(re.escape, _UNITS))

_LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        [
            *("에이", "비", "씨", "디", "이", "에프", "지", "에이치", "아이", "제이", "케이", "엘", "엠", "엔"),
            *("오", "피", "큐", "알", "에스", "티", "유", "브이", "더블유", "엑스", "와이", "제트"),
        ],
        strict=True,
    )
)
_NAMES = {
    "A4": "에이포",
    "A3": "에이스리",
    "5G": "파이브지",
    "LTE": "엘티이",
    "Wi-Fi": "와이파이",
    "WiFi": "와이파이",
    "FAX": "팩스",
    "Fax": "팩스",
    "PIN": "핀",
    "OTP": "오티피",
    "LOST": "로스트",
    "e-mail": "이메일",
    "email": "이메일",
    "KOSIS": "코시스",
    "App": "앱",
    "APP": "앱",
    "vs": "대",
}


_CIRCLED = re.compile("[①-⑳]")


def read_korean(text: str) -> str:
    """``text`` (plain, one paragraph) with everything that isn't a word put into words; holds no digit afterwards."""
    text = _compatible(text)
    for pattern, spoken in _TABLE:
        text = pattern.sub(spoken, text)
    return text.strip(" ,")


def _compatible(text: str) -> str:
    """One way to write each sign: full-width and circled digits, ㎡ and ㎞, fractions."""
    text = _CIRCLED.sub(lambda match: f" {ordinal(ord(match[0]) - ord('①') + 1)}, ", text)
    joined = "".join(char if char == "…" else unicodedata.normalize("NFKC", char) for char in text)
    joined = unicodedata.normalize("NFC", joined).replace("\u2044", "/")
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in joined)


def _telephone(match: re.Match[str]) -> str:
    return ", ".join(digits(part) for part in re.findall(r"\d+", match[0]))


def _law(match: re.Match[str]) -> str:
    return re.sub(r"\s+", " ", re.sub(r"제?(\d+)(조|항|호|목|편|장|절|관)", r" 제\1\2", match[0])).strip()


def _fraction(match: re.Match[str]) -> str:
    return f"{sino(int(match[2]))}분의 {sino(int(match[1]))}"


def _counted(match: re.Match[str]) -> str:
    number, counter = value(match["number"]), match["counter"]
    if counter == "번째" and number == 1:
        return "첫 번째"
    if counter == "대" and (_decade(number) or match.string[match.end() :].startswith(" 보험")):
        return f"{reading(match['number'])}대"  # 이십대 청년, 사대 보험
    return f"{_native_or_sino(match['number'])} {counter}"


def _decade(number: int | None) -> bool:
    """Whether “N대” are people in their twenties, thirties … rather than N machines."""
    return number is not None and 10 <= number < 100 and number % 10 == 0


def _native_or_sino(written: str) -> str:
    number = value(written)
    return native(number) if number is not None and 1 <= number <= _NATIVE_UP_TO else reading(written)


def _counted_range(match: re.Match[str]) -> str:
    counter = match["counter"]
    if counter == "대" and _decade(value(match["first"])):
        return f"{reading(match['first'])}대에서 {reading(match['last'])}대"
    return f"{_native_or_sino(match['first'])} {counter}에서 {_native_or_sino(match['last'])} {counter}"


def _times(match: re.Match[str]) -> str:
    """“세 번” how often, “삼 번” which one."""
    which = re.match(
        r"\s?(?:출구|버스|창구|홈|게이트|을? ?누르|을? ?눌|문제|항목|국도|마을)", match.string[match.end() :]
    )
    return f"{reading(match[1]) if which else _native_or_sino(match[1])} 번"


def _unit(match: re.Match[str]) -> str:
    return _UNITS[match["unit"]].format(reading(match["number"]))


def _unit_range(match: re.Match[str]) -> str:
    return _UNITS[match["unit"]].format(f"{reading(match['first'])}에서 {reading(match['last'])}")


def _letters(match: re.Match[str]) -> str:
    word = match[0]
    return _NAMES.get(word) or "".join(_LETTERS[letter] for letter in word)


def _attached(match: re.Match[str]) -> str:
    """A parenthesis between pauses; the particle after it goes to a synonym, but stays before a remark of its own.

    “실업급여(구직급여)를” is 실업급여, 구직급여를; “109(상담전화, 24시간)에” is 일공구에, 상담전화, 이십사 시간.
    """
    inside, particle = match[1].strip(" ,"), match[2] or ""
    if not inside:
        return particle
    if not particle:
        return f", {inside}, "
    if re.search(r"[,·/]", inside):
        return f"{particle}, {inside}, "
    return f", {inside}{_fitting(inside, particle)}"


_PAIRS = {"을": "를", "은": "는", "이": "가", "과": "와", "으로": "로"}
_BACK = {short: long for long, short in _PAIRS.items()}


def _fitting(before: str, particle: str) -> str:
    last = before[-1]
    if not "가" <= last <= "힣":
        return particle
    final = (ord(last) - 0xAC00) % 28
    closed = bool(final) and not (final == 8 and particle in ("으로", "로"))
    if closed:
        return _BACK.get(particle, particle)
    return _PAIRS.get(particle, particle)


_TELEPHONE = (
    r"(?<![\d,.])(?:\(?0\d{1,2}\)?[-. )]\s?\d{3,4}[-. ]\d{4}|0\d{1,2}[-)]\s?\d{3,4}|1[5-9]\d\d-\d{4}|0\d{8,10})"
    r"(?![\d,-])"
)
# Public numbers of three and four digits; as bare numbers they are hardly met with.
_SHORT_TELEPHONE = (
    r"(?<![\d.,:~/-])(?:109|11\d|12\d|13[12]|182|188|13\d\d|1[5-9]\d\d(?=번|에 전화))"
    rf"(?![\d%:]|[.,]\d|{TO}\d){_NOT_A_TELEPHONE}"
)

_RULES: tuple[tuple[str, Reading], ...] = (
    # Marks that only look
    (r"[“”‘’\"「」『』〈〉《》<>\[\]{}*_`#|※★☆●○◎◦•▪■□▶▷◆◇✓✔☞|]|(?<!\d)'(?!\d\d[.])|'(?!\d)", ""),
    (r"☎|☏|📞", "전화 "),
    (r"^\s*(?:(\d{1,2})[.)]|\(([1-9]\d?)\))\s+(?!\d{1,2}\.)(?=\S)", lambda m: f"{ordinal(int(m[1] or m[2]))}, "),
    # Law
    (r"제\s?\d+조(?:의\s?\d+)?(?:\s?제?\d+(?:항|호|목))*", _law),
    (r"제\s?(\d+)", lambda m: f"제{sino(int(m[1]))}"),
    # Telephone numbers
    (_TELEPHONE, _telephone),
    (r"(?<=내선) ?(\d+)(?:번)?", lambda m: f" {digits(m[1])}번"),
    (_SHORT_TELEPHONE, _telephone),
    *MOMENTS,
    # Numbers
    (r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?![\d/])", _fraction),
    (r"(?<![\d:])(\d+):(\d+)(?![\d:])", lambda m: f"{reading(m[1])} 대 {reading(m[2])}"),
    (r"(?<![A-Za-z])B(\d)(?:층|F)?(?![A-Za-z0-9])", lambda m: f"지하 {reading(m[1])} 층"),
    (r"(\d{1,2})F(?![A-Za-z0-9])", lambda m: f"{reading(m[1])} 층"),
    (r"(?<![\d가-힣A-Za-z])[-−](?=\d+(?:\.\d+)?\s?(?:도|°))", "영하 "),
    (rf"[₩￦]\s?({_NUMBER})", r"\1원"),
    (rf"\$\s?({_NUMBER})", r"\1달러"),
    (rf"(?P<first>{_NUMBER})\s?(?:{_UNIT})?{TO}(?P<last>{_NUMBER})\s?(?P<unit>{_UNIT})(?![A-Za-z])", _unit_range),
    (rf"(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})(?![A-Za-z])", _unit),
    (rf"(?P<first>\d+)(?:{_COUNTED})?{TO}(?P<last>\d+)\s?(?P<counter>{_COUNTED}){_AFTER}", _counted_range),
    (rf"(?P<number>{_NUMBER})\s?(?P<counter>{_COUNTED}){_AFTER}", _counted),
    (r"(\d+)번(?!지|호|째)", _times),
    (rf"({_NUMBER})([가-힣]*){TO}(?={_NUMBER})", lambda m: f"{reading(m[1])}{' ' if m[2] else ''}{m[2]}에서 "),
    (rf"({_NUMBER})\s?(?=(?:{_SPACED})(?:{_AFTER}))", lambda m: f"{reading(m[1])} "),
    # Letters
    (r"(?<![A-Za-z])(?:A[34]|5G)(?![A-Za-z0-9])", _letters),
    (r"(?<![A-Za-z])(?:Wi-?Fi|Fax|e-?mail|App|vs)(?![A-Za-z])", _letters),
    (r"(?<![A-Za-z])[A-Z]+(?![a-z])", _letters),
    (r"(?<![A-Za-z])e(?=[가-힣])", "이"),
    (rf"({_NUMBER})(?=[가-힣])", lambda m: reading(m[1])),
    (_NUMBER, lambda m: reading(m[0])),
    (r"\d+", lambda m: digits(m[0])),
    # Signs between words
    (r"(?<=[가-힣])-(?=[A-Za-z])", " "),
    (r"([가-힣]+)\s?\(\1\)", r"\1"),
    (
        r"\s*\(([^()]*)\)(?:((?:(?:으로|로|에서|에게|에|까지|부터)(?:는|도|만|의)?|을|를|은|는|이|가|과|와|의|도|만|나|이나|이며|이고|입니다)(?=[\s.,]|$)))?",
        _attached,
    ),
    (r"[()]", ", "),
    (r"(?<=[가-힣])\s*[~∼〜～]\s*(?=[가-힣])", "에서 "),
    (r"(?<![가-힣])([가-힣])[·ㆍ・](?=[가-힣](?![가-힣]))", r"\1"),
    (r"\s*(?:[·ㆍ・/;=]|[-=]?[→⇒➡>]|:(?=\s|$)|\s[-–—]\s)\s*", ", "),
    (r"\s*&\s*", " 그리고 "),
    (r"\s*\+\s*", " 더하기 "),
    (r"\s*[×✕]\s*", " 곱하기 "),
    (r"[~∼〜～^\\–—]", " "),
    (r"…+|\.{2,}", "."),
    # What the readings left
    (r"\s+(?=[,.?!])", ""),
    (r",(?:\s*,)+", ","),
    (r",(?=[.?!])", ""),
    (r"([.?!])\s*,", r"\1"),
    (r",(?=\S)", ", "),
    (r"\s+", " "),
)
_TABLE = tuple((re.compile(pattern), spoken) for pattern, spoken in _RULES)
