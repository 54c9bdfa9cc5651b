"""What people say around a bare answer: 네, 뒤에는 … 이요, …까지 들으셨죠, …라고 돼 있고."""

from __future__ import annotations

import re

from privacy.spoken_digits import READING

_LEAD = re.compile(
    r"(?:(?:네+|넵|예|응|음+|어+|아+|그|저|저기|그게|자|잠깐만요|잠시만요|맞아요|그렇죠|제가|저는|전|제|그리고"
    r"|그다음(?:은|이|에)?|다음(?:은|에)?(?!\s?[점닷쩜])"
    r"|뒤(?:에는|는|에)|뒷자리(?:는|가)?|뒷번호(?:는|가)?|나머지는|앞(?:에는|은|에)|앞자리(?:는|가)?|끝(?:은|에)"
    r"|가운데(?:는|가)?|숫자는|한글은|번지(?:수)?는|호수는"
    r"|동은|호는|층은|이름은|성은)[\s,.…]+){0,4}+"
)
_ENDING = re.compile(
    r"(?:이?[요여유]|이?고요?|이구요?|이?에요|예요|입니다|임|이지요?|이죠|이야|인데요?|이?거든요?|이네요?|이?랍니다"
    r"|이?래요?|이?라고요?|이?라서?|에|(?<=[\dA-Za-z공영일이삼사오육칠팔구])로|으로|의|이랑|하고"
    r"|이?었어요|였어요|이?라고\s?(?:해요|합니다|하는데요?|불러요)|(?:까지|까진)(?:[요는만])?(?:\s\S{1,6}){0,2}"
    r"|\s?(?:다음이?|맞고요?|맞아요|쓰고|찍고|띄고)"
    r"|(?:이?라고?|으?로)\s?(?:시작\S{0,4}|(?:돼|되어|써|적혀|쓰여)\s?있\S{0,4})|에?\s?태어\S{1,5}|생(?:이?고요?"
    r"|이?에요|인데요?|이요)"
    r"|(?:인데|고|이고|예요)\s[가-힣]{2,4}(?:예요|이에요|이요|요))"
    r"(?:[\s.,!~…?]*|\s[ㅋㅎ크하히헤]{2,})\Z"
)
_TRAIL = re.compile(r"[\s.,!~…]+\Z")
_SAID = re.compile(rf"(?:{READING.pattern})+\Z")
_GROUP_OF_FOUR_LESS_ONE = 3
_PREFIX = re.compile("[공영](?:[일육칠팔구삼사오]|하나)|제로")


def without_lead(text: str, start: int, end: int) -> int:
    """Where the answer in ``text[start:end]`` begins."""
    lead = _LEAD.match(text, start, end)
    return lead.end() if lead else start


def without_ending(text: str, start: int, end: int) -> int:
    """Where it ends, never before its first letter. 팔공이이요 ends in a digit, 팔공이구이요 doesn't."""
    ending = _ENDING.search(text, start + 1, end) or _TRAIL.search(text, start + 1, end)
    if ending is None:
        return end
    last = ending.start()
    said = _SAID.search(text, start, last)
    if text.startswith("이", last) and said and not _PREFIX.match(said.group()):
        return last + (len(READING.findall(said.group())) == _GROUP_OF_FOUR_LESS_ONE)
    return last
