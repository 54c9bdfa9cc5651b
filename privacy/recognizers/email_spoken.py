"""E-mail addresses as they are said: 에스 유 엔 점 삼삼 골뱅이 지메일 닷컴. Read outwards from the 골뱅이."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.recognizers.said_letters import DIGITS_SAID, LETTERS, SIGN_WORD, is_spelled

AT = re.compile(
    r"골뱅이|(?<![가-힣])(?:앳|엣)(?=\s|네이버|지메일|다음|한메일|네이트|카카오)|[@＠]|[(\[][ ]?(?:at"
    r"|골뱅이)[ ]?[)\]]|(?<=\s)at(?=\s)",
    re.IGNORECASE,
)
_DOT = r"(?:[ ]?(?:점|쩜|닷|도트|\(dot\)|\[dot\]|[.．])[ ]?)"
_KNOWN_HOST = (
    r"(?:네이버|지메일|쥐메일|구글|다음|한메일|한멜|네이트|카카오|핫메일|야후|아웃룩|코리아|드림위즈|파란|엠파스"
    r"|프리챌|천리안|하나포스|아이클라우드)"
)
_LABEL = r"(?:[A-Za-z0-9\-]{1,30}|[가-힣]{1,8}?)"
_TOP = (
    r"(?:닷[ ]?컴|닷[ ]?넷|컴|넷|케이[ ]?알|씨오(?:[ ]?(?:점|쩜|닷)?[ ]?케이[ ]?알)?|에이씨|오알|지오|고|한국|com"
    r"|net|org|kr|io|co|me|edu)(?![A-Za-z])"
)
HOST = re.compile(
    rf"(?:{_KNOWN_HOST}(?:(?:{_DOT}|[ ]?){_TOP}(?:{_DOT}{_TOP})?)?"
    rf"|(?:{_LABEL}(?:[ ](?!점|쩜|닷){_LABEL}){{0,6}}?(?:{_DOT}{_LABEL}){{0,2}}?(?:{_DOT}{_TOP}|[ ]?닷[ ]?(?:컴"
    rf"|넷))(?:{_DOT}{_TOP})?))",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"(?<![^\s,.])([^\s,]{1,40})[ ]?\Z")
_LABEL_WORD = re.compile(
    r"(?:.*(?:메일|이멜|주소|아이디|계정|영어로|소문자|대문자|한글)(?:[은는이가]?요?|[:：]|이라?고?)?|제|저는|저"
    r"|그|어+|음+|네|예|꺼|거|내|우리|그럼|그대로|읽으면|여기|이거|앞에|뒤에|숫자|는|은|예요|요|말고)[:：]?"
)
_HANGUL = re.compile("[가-힣]")
_MOST_WORDS = 16
_PARTICLE_END = re.compile(r"[가-힣](?:은|는|을|를|에|에서|으로|라고|고|요|면|데|서|니다)")


def spoken_emails(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every address with a said or written at-sign, local part and host."""
    for sign in AT.finditer(text):
        after = sign.end() + (text[sign.end() : sign.end() + 1] == " ")
        host = HOST.match(text, after)
        start = local_start(text, sign.start())
        if sign.group() == "at" and not _HANGUL.search(text[start : host.end()] if host else ""):
            continue  # an English sentence
        if host and start < sign.start():
            yield start, host.end()


def local_start(text: str, end: int) -> int:
    """Where the local part that ends at ``end`` begins; ``end`` itself when nothing before looks like one."""
    start, plain, line = end, 0, text.rfind("\n", 0, end) + 1
    for _ in range(_MOST_WORDS):
        before = _WORD_BEFORE.search(text, max(line, start - 42), start)
        if before is None:
            break
        word = before[1]
        if glued := re.search(r"[가-힣](?=[A-Za-z0-9])", word):  # 메일주소sagwa@
            tail = word[glued.end() :]
            return before.start(1) + glued.end() if is_spelled(tail) and not SIGN_WORD.search(word) else start
        joined = start < end and bool(SIGN_WORD.match(text, start))
        if is_spelled(word) or (word == "아니" and start < end):
            start = before.start(1)
            continue
        if _LABEL_WORD.fullmatch(word) or (plain and not joined):
            break
        if start < end and not joined and (_PARTICLE_END.search(word) or not _ends_in_digits(text, start, end)):
            break
        start, plain = before.start(1), plain + 1
    return _without_lead(text, start, end)


def _ends_in_digits(text: str, start: int, end: int) -> bool:
    """Whether all that was read so far is a number, so that a word before it belongs to it (길동 일이삼)."""
    return all(word.isdecimal() or DIGITS_SAID.fullmatch(word) for word in text[start:end].split())


def _without_lead(text: str, start: int, end: int) -> int:
    """Without signs and fillers at the front that belong to the sentence (대시 말고 | 문 언더바 서우)."""
    while match := re.compile(r"(?:아니|다시|대시|점|쩜|시|이|오)\s+").match(text, start, end):
        if match.group().strip() in {"이", "오", "시"} and LETTERS.match(text, match.end()):
            break
        start = match.end()
    return start
