"""Account names on messengers and sites, after a label or as an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KoreanArtifacts
from privacy.recognizers.dialogue import answer_lines
from privacy.recognizers.korean_recognizer import Finding, KoreanRecognizer
from privacy.recognizers.said_letters import DIGITS_SAID, LETTERS, SIGN_WORD, is_said_number

_SITE = (
    r"카톡|카카오톡|카카오|텔레그램|텔레|라인|인스타(?:그램)?|트위터|페이스북|페북|디스코드|스레드|틱톡|유튜브"
    r"|당근|네이버|밴드|위챗|왓츠앱|잘로|게임"
)
_LABEL = rf"(?:(?:{_SITE})[ ]?)?(?:아이디|계정|닉네임|닉|별명|ID\b|user\s?name|username|login)|(?:{_SITE})"
_AFTER_LABEL = r"(?P<certain>[ ]?(?:은요?|는요?|이요?|가요?|요|[:：=?]|\sis\b))?[ ]*"
_LABELLED = re.compile(
    rf"(?:{_LABEL}){_AFTER_LABEL}(?P<handle>@?[ ]?[A-Za-z0-9_](?=[A-Za-z0-9._\-]*[A-Za-z])[A-Za-z0-9._\-]{{2,30}}"
    rf"(?:#\d{{4}})?)"
    rf"(?![A-Za-z0-9@])",
    re.IGNORECASE | re.ASCII,
)
_AND_ANOTHER = re.compile(
    r"(?:이랑|랑|하고|이고|와|과|,|/)[ ]?(?P<handle>[A-Za-z][A-Za-z0-9._\-]{2,30})(?=[ ]?(?:둘|두|이요|이에요|예요"
    r"|입니다|[.,]|$|\n|를|을|가|이|로))"
)
_UNLIKE_A_WORD = re.compile(r"[0-9_@]|\.(?!kr|com|net|org|go|or|co)")
_HANDLE = re.compile(r"(?<![\w.@/])@[ ]?[A-Za-z0-9_][A-Za-z0-9._]{2,29}(?![A-Za-z0-9@])")
_SIGNS_IN = re.compile(
    r"(?<![A-Za-z0-9@._\-/])(?P<handle>(?=[A-Za-z._\-]*\d)[A-Za-z][A-Za-z0-9._\-]{4,30})(?=[ ]?(?:으로|로"
    r"|라는\s?(?:아이디|계정|이름))\s?(?:로그인|접속|가입|등록된|들어|되어|돼|검색|친구|추가|$|\s))"
)
_LOGIN = re.compile(r"로그인|접속|가입|탈퇴|비번|비밀번호|회원|친구\s?추가|아이디|계정")
_TOLD = re.compile(r"(?:이?요|이?에요|예요|입니다|이?고요|로)?\s*(?:$|[.,\n])")

_SAID_AFTER = re.compile(rf"(?:(?:{_SITE})[ ]?)?(?:아이디|계정|닉네임|별명)(?:[은는이가]?요?[?:：]?|이?라고)[ ]")
_BEFORE_LABEL = re.compile(
    r"(?:이|가|은|는|라고)[ ](?:[가-힣0-9]{1,8}[ ]){0,2}(?:[가-힣]{0,6}(?:아이디|닉네임|계정))(?:고|예요|이고"
    r"|입니다|인데|이?에요|야|요|거든)"
)
_WORD = re.compile(r"[^\s,?!]+")
_COPULA = re.compile(
    r"(?<=.)(?:이?에요|예요|입니다|이고요?|고요?|인데요?|이라서|이라고|라고|라서|이요|요|으로|로|이랑|이야|이|가"
    r"|은|는|을|를)[.]?\Z"
)
_VERB_LIKE = re.compile(
    r"(?:를|을|에|에서|면|지|게|던|한|된|할|될|서|는데|하고|어떻게|뭐\S*|무슨|어디\S*|비밀번호\S*|비번\S*"
    r"|아이디\S*|찾기|로그인\S*|없\S*|있\S*|모르\S*|몰라\S*|잊\S*|안|못|좀|다시|하나|두|여러\S*|그건|왜|네|예"
    r"|[대소]문자\S*|영문\S*|숫자\S*|특수문자\S*"
    r"|아니\S*|영어로|한글로\S*)\Z"
)
_NICKNAME = re.compile(
    r"(?:닉네임|닉|별명|채팅방\s?이름)[ ]?(?:은|는|이|가|:)?[ ](?P<handle>[가-힣A-Za-z0-9._]{2,14}?)(?=한테|에게"
    r"|이?라는|이?라고|이?에요|예요|입니다|인데|님|이라|으로|로\s|(?:이|가|을|를)?\s|$)"
)
_NOT_A_NICKNAME = re.compile(
    r"(?:뭐|어떻|[대소]문자|영문|영어|한글|숫자|특수|최대|최소|같은|다른|누가|자동|변경|바꾸|바꿔|설정|중복|때문|없|있|말고|규칙|을|를|정하|쓰|안|못|그대로|어디|왜|필요|입력|확인)"
)
_ASKED = re.compile(r"아이디|닉네임|계정|\bID\b|인스타|텔레그램", re.IGNORECASE)
_NEXT_ASKED = re.compile(r"숫자|한글로|영어로|뒤에|앞에|철자|스펠링|다시|정확히")
_DIGITS_ALONE = re.compile(r"(?<![\d가-힣])\d{1,8}(?=[은는]?[ ]?(?:이?요|이?에요|예요|입니다|$|\n))")
_LATIN = re.compile(r"(?<![A-Za-z0-9@._\-])[A-Za-z_][A-Za-z0-9._\-]{2,30}")
_MOST_WORDS = 6


class OnlineIdRecognizer(KoreanRecognizer):
    """카카오톡 아이디 hongkd77, 인스타 @gil.dong, 아이디가 케이와이 일구육팔인데, 닉네임 응암동토끼맘."""

    KIND = PersonalKind.ID

    def find(self, text: str, artifacts: KoreanArtifacts) -> Iterator[Finding]:
        for start, end in (*_written(text), *_said(text), *_answers(text)):
            yield Finding(start, end, 0.6, settled=True)


def _written(text: str) -> Iterator[tuple[int, int]]:
    for match in _LABELLED.finditer(text):
        handle = match["handle"].rstrip(".-_") if not match["handle"].endswith("_") else match["handle"]
        end = match.start("handle") + len(handle)
        told = "아이디" in match.group() and bool(_TOLD.match(text, end))
        if match["certain"] or told or _UNLIKE_A_WORD.search(handle) or _AND_ANOTHER.match(text, end):
            yield match.start("handle"), end
            if another := _AND_ANOTHER.match(text, end):
                yield another.span("handle")
    for match in _HANDLE.finditer(text):
        yield match.span()
    for match in _SIGNS_IN.finditer(text):
        if _LOGIN.search(text, max(0, match.start() - 40), match.end() + 40):
            yield match.span("handle")
    for match in _NICKNAME.finditer(text):
        if not _NOT_A_NICKNAME.match(match["handle"]):
            yield match.span("handle")


def _said(text: str) -> Iterator[tuple[int, int]]:
    """What is spelled after a label (아이디가 …) or before one (… 가 아이디고)."""
    for match in _SAID_AFTER.finditer(text):
        if value := _value(text, match.end()):
            yield value
    for match in _BEFORE_LABEL.finditer(text):
        line = text.rfind("\n", 0, match.start()) + 1
        words = list(_WORD.finditer(text, max(line, match.start() - 30), match.start()))[-3:]
        while words and not _is_said(words[0].group()) and not _is_latin(words[0].group()):
            words.pop(0)
        if words and (len(words) > 1 or _is_latin(words[0].group()) or len(words[0].group()) > 3):
            yield words[0].start(), match.start()


def _value(text: str, start: int) -> tuple[int, int] | None:
    """Words from ``start`` that make an account name, when at least one of them is spelled or holds a digit.

    A plain word may stand first or behind a sign (해피 공칠 언더바 맘).
    """
    first = last = -1
    spelled, may_be_plain = 0, True
    line_end = text.find("\n", start)
    stop = min(len(text) if line_end < 0 else line_end, start + 60)
    for word in islice(_WORD.finditer(text, start, stop), _MOST_WORDS):
        said = word.group()
        keeps = _is_said(said) or said == "영어로" or (first < 0 and said[-1] in "이가은는" and not said.isascii())
        bare = said if keeps else _bare(said)
        good = _is_said(bare) or _is_latin(bare)
        if not good and bare != "영어로" and (not may_be_plain or _VERB_LIKE.search(said)):
            break
        if good or (may_be_plain and first >= 0):
            last = word.start() + len(bare)
        first = word.start() if first < 0 else first
        sign = bool(SIGN_WORD.fullmatch(bare))
        spelled += 2 if sign else len(bare) if good else 0
        may_be_plain = sign
        if bare != said:
            break
    return (first, last) if last > 0 and spelled > 1 else None


def _answers(text: str) -> Iterator[tuple[int, int]]:
    if "\n" not in text:
        return
    for start, end in answer_lines(text, _ASKED.search, _NEXT_ASKED.search):
        if value := _value(text[:end], start):
            yield value
        yield from (match.span() for match in _LATIN.finditer(text, start, end))
        yield from (match.span() for match in _DIGITS_ALONE.finditer(text, start, end))
        words = text[start:end].split()
        if len(words) == 1 and not _VERB_LIKE.search(words[0]):
            bare = _COPULA.sub("", words[0].rstrip(".!"))
            if len(bare) > 1 and "<" not in bare:
                at = text.index(bare, start)
                yield at, at + len(bare)


def _bare(word: str) -> str:
    """The word without its copula; a last 이 that may be a digit stays (케이케이 칠이라서)."""
    bare = _COPULA.sub("", word)
    return bare + "이" if word.startswith(bare + "이") and is_said_number(bare) else bare


def _is_said(word: str) -> bool:
    return bool(
        is_said_number(word)
        or LETTERS.fullmatch(word)
        or SIGN_WORD.fullmatch(word)
        or _LETTERS_AND_DIGITS.fullmatch(word)
    )


_LETTERS_AND_DIGITS = re.compile(rf"{LETTERS.pattern}{DIGITS_SAID.pattern}|[가-힣]{{2,6}}\d{{1,6}}")


def _is_latin(word: str) -> bool:
    return word.isascii() and any(letter.isalnum() for letter in word)
