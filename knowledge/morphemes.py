"""Korean morphemes from Kiwi, for lexical search and for the personal-data recognizers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import version
from threading import Lock

from kiwipiepy import Kiwi

# Nouns, verbs, adjectives, roots, foreign words, numerals, adverbs. Particles and endings only add noise.
_CONTENT_TAGS = frozenset({"NNG", "NNP", "NNB", "NR", "VV", "VA", "XR", "SL", "SH", "SN", "MAG"})
_STOP_FORMS = frozenset(
    ["하", "되", "있", "없", "것", "수", "거", "알", "때", "좀", "그", "이", "저", "제", "뭐", "어떻"]
)
# Names what decides how a text is analysed: morphemes kept under another name are of other rules.
_VERSIONS = "|".join(version(package) for package in ("kiwipiepy", "kiwipiepy_model"))
MORPHEME_RULES = f"{_VERSIONS}|{sorted(_CONTENT_TAGS)}|{sorted(_STOP_FORMS)}"
_LOCK = Lock()


@lru_cache(maxsize=1)
def _load() -> Kiwi:
    kiwi = Kiwi(num_workers=1)
    kiwi.tokenize("마루")  # the first analysis takes a second more than any other
    return kiwi


def shared_kiwi() -> Kiwi:
    """The process's one Kiwi (3–6 s to load the first time, then at once)."""
    with _LOCK:
        return _load()


def content_morphemes(texts: Sequence[str]) -> list[list[str]]:
    """Lower-cased content morphemes of each text, in order; a list per text, empty when nothing remains."""
    kiwi = shared_kiwi()
    found: list[list[str]] = []
    for tokens in kiwi.tokenize(list(texts)):
        forms: list[str] = []
        for token in tokens:
            tag = token.tag.split("-")[0]
            if tag not in _CONTENT_TAGS:
                continue
            form = token.form.lower()
            if form in _STOP_FORMS and tag not in {"NNG", "NNP", "SL", "SN"}:
                continue
            forms.append(form)
        found.append(forms)
    return found
