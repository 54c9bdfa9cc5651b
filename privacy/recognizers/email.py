"""E-mail addresses, written, said or in pieces over turns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.dialogue import answer_lines
from privacy.recognizers.email_spoken import AT, HOST, local_start, spoken_emails
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.recognizers.said_letters import DIGITS_SAID, LETTER, spelled_runs
from privacy.said_endings import without_ending, without_lead

_AT = r"[ ]?(?:[@＠]|\(at\)|\[at\])[ ]?"
_DOT = r"(?:[ ]?[.．][ ]?|[ ]?[(\[]dot[)\]][ ]?)"
_LABEL = r"[A-Za-z0-9\-가-힣]{1,40}"
_LOCAL = r"[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,62}[A-Za-z0-9_])?"
_WRITTEN = re.compile(
    rf"(?<![A-Za-z0-9._%+\-])(?:[A-Za-z]{{2,20}}\s(?=\d{{1,8}}[ ]?@))?{_LOCAL}{_AT}"
    rf"(?:[A-Za-z0-9\-]{{1,40}}(?:{_DOT}[A-Za-z0-9\-]{{2,20}}){{1,3}}|[A-Za-z0-9\-가-힣]{{1,30}}\.(?:한국|닷컴|com"
    rf"|kr|net))(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# Mailboxes of an office, not of a person.
_OFFICE = re.compile(r"(?:help|info|contact|webmaster|admin|support|minwon|master)\d?[ ]?@.*\.(?:go|or)\.kr\Z")

_ASKED = re.compile(r"메일|이멜|e-?mail", re.IGNORECASE)
_NEXT_ASKED = re.compile(
    rf"\A{HOST.pattern}|골뱅이|뒤에|뒤는|뒷|도메인|아이디|앞에|앞부분|어디[ ]?(?:메일|꺼|거)|회사|주소|숫자|영어"
    rf"|여기까지"
)
_COPULA = r"(?:이?요|입니다|이고요?|이?에요|예요|인데요?|이라고|이랑|까지|여기까지)"
_TAIL = rf"(?=\s*{_COPULA}?\s*[.,!]?\s*(?:$|\n)|[ ]?{_COPULA}[\s,.])"
_LATIN_LOCAL = re.compile(r"(?<![A-Za-z0-9@._\-])[A-Za-z][A-Za-z0-9._+\-]{2,30}(?![A-Za-z0-9@])")
_HOST_ALONE = re.compile(rf"\s*(?:네[\s,]+)?((?:(?:골뱅이|[@＠])[ ]?)?{HOST.pattern}){_TAIL}", re.IGNORECASE)
_HOST_FIRST = re.compile(rf"(?:^|\n)[ ]*((?:골뱅이|[@＠])[ ]?{HOST.pattern}){_TAIL}", re.IGNORECASE)
_JOINED_LOCAL = re.compile(
    r"(?<!\S)[가-힣A-Za-z0-9]{1,10}(?:[ ](?:언더바|하이픈|밑줄|점|쩜|닷)[ ][가-힣A-Za-z0-9]{1,10}?){1,3}(?=[ ]\d"
    r"|[\s,.]|$|이?요|이?에요|예요|입니다|이고)"
)
_DIGITS_ALONE = re.compile(r"\d{1,8}(?=[은는]?[ ]?(?:이?요|이?에요|예요|입니다|$|\n))")
_ONE_WORD = re.compile(rf"{LETTER}{{2,12}}|{DIGITS_SAID.pattern}")
_LABELLED_LOCAL = re.compile(
    r"(?:메일|이멜)[ ]?(?:주소|아이디)?[은는가이]?요?[ ]?[:：]?\s([A-Za-z][A-Za-z0-9._+\-]{3,30})(?![A-Za-z0-9@._]"
    r"|[ ]?(?:@|골뱅이|at|앳|\())"
)


class EmailRecognizer(KoreanRecognizer):
    """hong@daum.net, ``hong @ daum.net``, 길동이 골뱅이 네이버 닷컴, and its parts over turns. Asks no network."""

    KIND = PersonalKind.EMAIL

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _WRITTEN.finditer(text):
            if not _OFFICE.match(match.group()):
                yield Finding(match.start(), match.end(), 0.95, settled=True)
        for start, end in spoken_emails(text):
            if not _OFFICE.match(text[start:end]):
                yield Finding(start, end, 0.7, settled=True)
        for match in _LABELLED_LOCAL.finditer(text):
            yield Finding(*match.span(1), 0.55, settled=True)
        for match in _HOST_FIRST.finditer(text):
            yield Finding(*match.span(1), 0.65, settled=True)
        if "\n" in text:
            for start, end in _answers(text):
                yield Finding(start, end, 0.65, settled=True)


def _answers(text: str) -> Iterator[tuple[int, int]]:
    """Local parts, hosts and digits said after a question for an e-mail address."""
    for start, end in answer_lines(text, _ASKED.search, _NEXT_ASKED.search):
        if host := _HOST_ALONE.match(text, start, end):
            yield host.span(1)
            continue
        for match in _LATIN_LOCAL.finditer(text, start, end):
            yield match.span()
        yield from spelled_runs(text, start, end)
        yield from (match.span() for match in _JOINED_LOCAL.finditer(text, start, end))
        sign = AT.search(text, start, end)
        if sign and (local := local_start(text, sign.start())) < sign.start():
            yield local, sign.end()
        for match in _DIGITS_ALONE.finditer(text, start, end):
            yield match.span()
        first = without_lead(text, start, end)
        last = without_ending(text, first, end) if first < end else end
        if first < last and _ONE_WORD.fullmatch(text, first, last):
            yield first, last
