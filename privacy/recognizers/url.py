"""Links that lead to one person: a query or path with an identifier, a personal page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

_URL = re.compile(
    r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+"
    r"|(?<![\w@.])[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+){1,4}/[A-Za-z0-9\-._~:/?#@!$&'*+,;=%]+",
    re.IGNORECASE,
)
_PERSONAL_HOST = re.compile(
    r"blog\.|cafe\.|instagram\.|facebook\.|twitter\.|x\.com|t\.me|open\.kakao|pf\.kakao|tistory\.|youtube\.com/@"
    r"|tiktok\.|brunch\.|linkedin\.|band\.us|story\.kakao",
    re.IGNORECASE,
)
_PERSONAL_KEY = re.compile(
    r"[?&#;](?:[A-Za-z_]*(?:id|no|seq|num|key|token|code|name|user|phone|tel|mail|email|birth|rcpt|idx"
    r"|member)[A-Za-z_]*)=[^&#\s]*[A-Za-z0-9]",
    re.IGNORECASE,
)
_PERSONAL_PATH = re.compile(r"/(?:my|mypage|user|users|member|profile|u)/\S|/~\w|/@\w", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{7,}|\d{2,4}-\d{3,4}-\d{4}")


class UrlRecognizer(KoreanRecognizer):
    """Public pages (www.seoul.go.kr) stay; links with identifiers and personal pages go."""

    KIND = PersonalKind.URL

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _URL.finditer(text):
            url = match.group().rstrip(".,;:!?)'")
            host, _, path = url.removeprefix("https://").removeprefix("http://").partition("/")
            personal = (
                _PERSONAL_KEY.search(url)
                or _PERSONAL_PATH.search(url)
                or _LONG_NUMBER.search(url)
                or (path and _PERSONAL_HOST.search(host + "/" + path))
                or "@" in url
            )
            if personal:
                yield Finding(match.start(), match.start() + len(url), 0.8, settled=True)
