"""IP addresses."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

_CANDIDATE = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7})(?![A-Za-z0-9.:]*[A-Za-z0-9:])"
)


class IpRecognizer(KoreanRecognizer):
    """IPv4 (203.0.113.45) and IPv6 (2001:db8::1)."""

    KIND = PersonalKind.IP
    CONTEXT = ("ip", "아이피")

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _CANDIDATE.finditer(text):
            try:
                ipaddress.ip_address(match.group())
            except ValueError:
                continue
            yield Finding(match.start(), match.end(), 0.8, settled=True)
