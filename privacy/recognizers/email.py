"""E-mail addresses, written or spoken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

_TLD = r"(?:co\.kr|or\.kr|go\.kr|ac\.kr|re\.kr|ne\.kr|pe\.kr|com|net|org|kr|io|me|edu|gov|info|biz|[a-z]{2,6})"
_AT = r"[ ]?(?:[@＠]|골뱅이|앳|\(at\)|\[at\])[ ]?"
_DOT = r"(?:\s?[.．]\s?|\s?(?:닷|쩜|점|도트)\s?)"
_LOCAL = r"[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,62}[A-Za-z0-9_])?"
# Mailboxes of an office, not of a person.
_OFFICE = re.compile(r"(?:help|info|contact|webmaster|admin|support|minwon|master)\d?\s?@.*\.(?:go|or)\.kr\Z")
_WRITTEN = re.compile(
    rf"(?<![A-Za-z0-9._%+\-]){_LOCAL}{_AT}[A-Za-z0-9\-]{{1,40}}(?:\s?[.．]\s?[A-Za-z0-9\-]{{2,20}}){{1,3}}(?![A-Za-z0-9])"
)
_HOST_SPOKEN = (
    r"(?:네이버|지메일|구글|다음|한메일|한멜|네이트|카카오|핫메일|야후|아웃룩|코리아|드림위즈|[A-Za-z0-9\-]{2,20})"
)
_TLD_SPOKEN = r"(?:닷컴|컴|닷넷|넷|씨오\s?(?:점|닷|쩜)?\s?케이알|케이알|com|net|co\.kr|kr|or\.kr|go\.kr)"
_SPELLED = (
    r"(?:에이|비|씨|디|이|에프|지|에이치|아이|제이|케이|엘|엠|엔|오|피|큐|알|에스|티|유|브이|더블유|엑스|와이|제트"
    r"|[A-Za-z0-9]|\d)"
)
_SPOKEN_LOCAL = rf"(?:(?:{_SPELLED}[ ]){{2,15}}{_SPELLED}|[A-Za-z0-9가-힣._\-]{{1,20}}(?:[ ]\d{{1,8}})?)"
_SPOKEN = re.compile(
    rf"(?<![A-Za-z0-9가-힣])({_SPOKEN_LOCAL}){_AT}{_HOST_SPOKEN}(?:{_DOT}{_HOST_SPOKEN})?"
    rf"(?:[ ]?{_DOT}?[ ]?{_TLD_SPOKEN})?"
)
_NO_LOCAL = re.compile(rf"(?:^|(?<=\n))\s*(?:골뱅이|[@＠])\s?({_HOST_SPOKEN}(?:{_DOT}?{_TLD_SPOKEN})?)")
_BARE_LOCAL = re.compile(
    r"(?:^|(?<=\n))\s*([A-Za-z][A-Za-z0-9._\-]{2,30})"
    r"(?=\s*(?:이요|요|입니다|이고요|이에요|예요|골뱅이)?\s*[.!]?\s*(?:\n|$))"
)


class EmailRecognizer(KoreanRecognizer):
    """hong@daum.net, ``hong @ daum.net``, 길동이 골뱅이 네이버 닷컴, and its parts over turns. Asks no network."""

    KIND = PersonalKind.EMAIL
    CONTEXT = ("이메일", "메일", "email", "mail")

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _WRITTEN.finditer(text):
            if _OFFICE.match(match.group()):
                continue
            yield Finding(match.start(), match.end(), 0.95, settled=True)
        for match in _SPOKEN.finditer(text):
            if _OFFICE.match(match.group()):
                continue
            yield Finding(match.start(), match.end(), 0.7, settled=True)
        for match in _NO_LOCAL.finditer(text):
            yield Finding(*match.span(1), 0.7, settled=True)
        for match in _BARE_LOCAL.finditer(text):
            yield Finding(*match.span(1), 0.1)
