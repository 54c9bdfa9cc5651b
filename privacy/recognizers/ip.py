"""IP addresses, written, masked or said."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.spoken_digits import SPOKEN_RUN, read_digits

_CANDIDATE = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![A-Za-z0-9.:]*[A-Za-z0-9:])"
)
_MASKED = re.compile(
    r"(?<![\w.])\d{1,3}\.\d{1,3}\.(?:\d{1,3}\.[*xX]{1,3}|[*xX]{1,3}\.(?:\d{1,3}|[*xX]{1,3}))(?![A-Za-z0-9.])"
)
_PART = rf"(?:\d{{1,3}}|{SPOKEN_RUN.pattern}(?:[ ][일이삼사오육칠팔구](?=[ ](?:점|쩜|닷)))?)"
_SAID = re.compile(
    rf"(?<![가-힣\d.])({_PART})[ ]?(?:점|쩜|닷|\.)[ ]?({_PART})[ ]?(?:점|쩜|닷|\.)[ ]?({_PART})[ ]?(?:점|쩜|닷"
    rf"|\.)[ ]?({_PART})"
)
_VERSION_BEFORE = re.compile(r"(?:버전|버젼|펌웨어|version|ver\.?|\bv)[이은는가]?\s?", re.IGNORECASE)
_SPACED = re.compile(r"(?<![\w.])\d{1,3}(?:[ ]?\.[ ]?\d{1,3}){3}(?![ ]?[\w.]?\d)")


class IpRecognizer(KoreanRecognizer):
    """IPv4 (203.0.113.45, 58.29.*.*, 일구이 점 일육팔 점 공 점 십오) and IPv6 (2001:db8::1)."""

    KIND = PersonalKind.IP
    CONTEXT = ("ip", "아이피")

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for pattern in (_CANDIDATE, _SPACED):
            for match in pattern.finditer(text):
                version = _VERSION_BEFORE.search(text, max(0, match.start() - 8), match.start())
                if not version and _is_address(match.group().replace(" ", "")):
                    yield Finding(match.start(), match.end(), 0.8, settled=True)
        for match in _MASKED.finditer(text):
            yield Finding(match.start(), match.end(), 0.8, settled=True)
        for match in _SAID.finditer(text):
            if not match.group().isascii() and all(_is_byte(part) for part in match.groups()):
                yield Finding(match.start(), match.end(), 0.85, settled=True)


def _is_address(written: str) -> bool:
    try:
        ipaddress.ip_address(written)
    except ValueError:
        return False
    return written != "::"


def _is_byte(part: str) -> bool:
    part = part.replace(" ", "")
    if part.isdecimal():
        return int(part) < 256
    read = read_digits(part, 0)
    return read is not None and len(read[0]) < 4 and int(read[0]) < 256
