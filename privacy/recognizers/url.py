"""Links that lead to one person: a query or path with an identifier, a personal page, something shared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer

_URL = re.compile(
    r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+"
    r"|(?<![\w@.\-])[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+){1,4}/[A-Za-z0-9\-._~:/?#@!$&'*+,;=%]+",
    re.IGNORECASE,
)
# Hosts whose paths belong to their users: blogs, shops, chats, shared files.
_PERSONAL_HOST = re.compile(
    r"blog\.|cafe\.|instagram\.|facebook\.|fb\.(?:com|me)|twitter\.|(?:^|[/.])x\.com|(?:^|[/.])t\.me|open\.kakao"
    r"|pf\.kakao|qr\.kakao|tistory\."
    r"|youtube\.com/(?:@|c/|user/|channel/|watch|shorts/|live/)|youtu\.be|tiktok\.|brunch\.|linkedin\.|band\.us"
    r"|story\.kakao|threads\.(?:net|com)"
    r"|drive\.google|docs\.google|photos\.(?:google|app)|forms\.gle|goo\.gl|maps\.app|dropbox\.|1drv\.ms"
    r"|onedrive\.|icloud\.com|mybox\.naver|notion\.(?:so|site)"
    r"|smartstore\.|smartplace|place\.naver|naver\.me|me2\.do|kakaomap|map\.kakao|kko\.|bit\.ly|han\.gl|url\.kr"
    r"|vo\.la|linktr\.ee|litt\.ly"
    r"|daangn\.|karrotmarket\.|soundcloud\.|github\.com|gist\.|velog\.|postype\.|modoo\.at|imweb|wixsite"
    r"|github\.io|zoom\.us/j|meet\.google|discord\.(?:gg|com)|line\.me",
    re.IGNORECASE,
)
_PERSONAL_KEY = re.compile(
    r"[?&#;][A-Za-z_]*(?:token|name|user|phone|tel|mail|birth|rcpt|member|rsv|order|auth|session|sid|uid)[A-Za-z_]*="
    r"[^&#\s]*[A-Za-z0-9]",
    re.IGNORECASE,
)
# A page's own short number (menuNo=12, key=1234) is nobody's.
_LONG_KEY = re.compile(r"[?&#;][A-Za-z_]*(?:id|no|seq|num|key|code|idx)[A-Za-z_]*=[^&#\s]{6,}", re.IGNORECASE)
_PERSONAL_PATH = re.compile(
    r"/(?:my|mypage|user|users|member|members|profile|u|reserve|order|orders|result|share|shared|invite)/\S*\w"
    r"|/~\w|/@\w",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d{7,}|\d{2,4}-\d{3,4}-\d{4}")

# 블로그 점 네이버 점 컴 슬래시 은행나무 구이
_SAID = re.compile(
    r"(?<![가-힣A-Za-z])(?:[가-힣A-Za-z0-9]{1,12}[ ]?(?:점|쩜|닷|[.])[ ]?){0,3}?[가-힣A-Za-z0-9]{1,12}[ ]?(?:점|쩜"
    r"|닷|[.])?[ ]?(?:컴|넷|케이알|com|net|kr|비이|유에스)"
    r"(?:[ ]?(?:슬래시|슬래쉬|/)[ ]?(?:골뱅이[ ]|@)?[가-힣A-Za-z0-9._\-]{1,20}(?:[ ](?:언더바|하이픈"
    r"|점)[ ][가-힣A-Za-z0-9]{1,12})*(?:[ ][공영일이삼사오육칠팔구0-9]{1,8}(?=[에로예입라요이.,\s]|$))?){1,4}"
)
_SAID_PERSONAL = re.compile(
    r"블로그|유튜브|인스타|페이스북|카페|밴드|스토어|티스토리|카카오|트위터|틱톡|드라이브|브런치|골뱅이|네이버"
    r"|instagram|youtube|blog",
    re.IGNORECASE,
)


class UrlRecognizer(KoreanRecognizer):
    """Public pages (www.seoul.go.kr) stay; links with identifiers and personal pages go."""

    KIND = PersonalKind.URL

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for match in _URL.finditer(text):
            url = match.group().rstrip(".,;:!?)'")
            host, _, path = url.removeprefix("https://").removeprefix("http://").partition("/")
            personal = (
                _PERSONAL_KEY.search(url)
                or _LONG_KEY.search(url)
                or _PERSONAL_PATH.search(url)
                or _LONG_NUMBER.search(url)
                or (path and _PERSONAL_HOST.search(host + "/" + path))
                or "@" in url
            )
            if personal:
                yield Finding(match.start(), match.start() + len(url), 0.8, settled=True)
        if "슬래" in text:
            for match in _SAID.finditer(text):
                if _SAID_PERSONAL.search(match.group()):
                    yield Finding(match.start(), match.end(), 0.7, settled=True)
