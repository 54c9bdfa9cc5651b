"""How long to wait in silence before speech counts as ended: older people stop to think in the middle of a sentence."""

from __future__ import annotations

import re

_PUNCTUATION = re.compile(r"[\s.,…~!]+$")

# More is to come after connectives, after what a sentence is about, and after words people think with; 요 may follow.
# Spelled out, for 신고, 화면 and 신청서 end the same way.
_GOES_ON = re.compile(
    r"(?:[은는인던한]데|[하되있없이싶갔왔했됐받주보다라자려]고|(?:[으하되려다라가오니있없]|[가-힣]으)면|[아어해여워와가라려]서"
    r"|려고|느라|[으하되이가보]니까|든지|거나|지만|다가|더니|길래|거든|잖아)요?$"
    r"|[가-힣](?:은|는|를|에서|에게|한테|이랑|까지|부터|처럼|보다)$"
    r"|\b(?:and|but|because|if|the|an?|to|of|for|um+|uh+)$"
    r"|(?:^|\s)(?:그|저|어|음|저기|그게|그거|그러니까|그래서|그런데|근데|그리고|뭐지|뭐더라|제가|내가)요?$",
    re.IGNORECASE,
)
# A question, a request or a short answer is whole. A statement may be the story before the question.
_DONE = re.compile(
    r"(?:[가-힣]나|[가-힣]까|[은는인한던]가|지)요$|[가-힣]죠$|[습합입]니까$|[하되있없가]나$|[하되있없]냐$"
    r"|(?:세|싶어|바라)요$|(?:싶|바라?)[습랍]니다$|부탁[가-힣]{1,3}니다$|(?:해|알려|가르쳐|찾아|말해|바꿔|읽어)\s?줘요?$"
    r"|(?:어떻게|어떡|어디|뭐|뭘|무엇|무슨|언제|얼마|누구|왜|몇|어느|어떤)[가-힣\s\d]{0,20}[요야]$"
    r"|^(?:네|예|응|그래|맞아|아니|아니야)요?$"
)

UNFINISHED, FINISHED = 2.0, 0.6
"""What the patience is multiplied with after an unfinished sentence, and after one that is plainly whole."""


def patience_factor(text: str) -> float:
    """What the patience is multiplied with after ``text``, what was said so far; 1 where it could go either way.

    A question mark says that the voice went up: the recogniser hears that, and the sentence counts as whole.
    """
    said = _PUNCTUATION.sub("", text)
    if said.endswith("?"):
        return FINISHED
    if _GOES_ON.search(said):
        return UNFINISHED
    return FINISHED if _DONE.search(said) else 1.0
