"""What may be said to the device instead of asking something, and the plain yes and no.

``DEVICE_COMMANDS`` are carried out by whatever reads the answer aloud; ``yes`` and ``no`` go on to the dialogue.
The words people use for each stand in ``data/commands/<language>.yml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, cast, get_args

import yaml

from maru.settings import ROOT
from voice.normalise import normalise

DeviceCommand = Literal["again", "slower", "faster", "louder", "quieter", "pause", "resume", "stop", "say_again"]
Command = DeviceCommand | Literal["yes", "no"]
Expecting = Literal["yes_no", "choice"]
"""What the last reply asked for, so that a short word is heard as what it most likely is."""

DEVICE_COMMANDS: Final[tuple[DeviceCommand, ...]] = get_args(DeviceCommand)
COMMANDS: Final[tuple[Command, ...]] = (*DEVICE_COMMANDS, "yes", "no")

_FOLDER = ROOT / "data" / "commands"
_NONE = "none"
_TOLD = "told"
_NO_COMMANDS = (_NONE, _TOLD)
_CANONICAL = {"ko": {"yes": "네", "no": "아니요"}, "en": {"yes": "yes", "no": "no"}}

# Words that change nothing, said before, between or after; and polite endings, which all count as one.
_FILLER = re.compile(
    r"(?<!\w)(?:제발|마루야?|저기요?|음+|아이고|please|maru|well|um+|uh+)(?!\w)|[.,!?~…]", re.IGNORECASE
)
_REQUEST = re.compile(r"(?:주세요|주실래요|주시겠어요|주십시오|주시오|줄래요?|줘요|줘봐요?|주라)$")
_LONGEST = 40  # letters; nobody says more to a device, and the search below stays cheap


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a command; ``text`` as it is written in the list."""

    command: Command
    text: str


def listed_forms(locale: str) -> tuple[Form, ...]:
    """Every listed form in the language of ``locale`` ("ko", "en-US"); none for a language without a list.

    Raises ValueError where the list names a command that there is not.
    """
    listed = _listed(language_of(locale))
    return tuple(
        Form(cast("Command", name), text)
        for name, texts in listed.items()
        if name not in _NO_COMMANDS
        for text in texts
    )


def other_words(locale: str) -> tuple[str, ...]:
    """Common short words that are no command (greetings, thanks, cries for help)."""
    return _listed(language_of(locale)).get(_NONE, ())


def told_words(locale: str) -> str:
    """What the recogniser is told that people say, before it hears short speech again; empty without a list."""
    return " ".join(_listed(language_of(locale)).get(_TOLD, ()))


@lru_cache(maxsize=4)
def _listed(language: str) -> dict[str, tuple[str, ...]]:
    path = _FOLDER / f"{language}.yml"
    if not path.is_file():
        return {}
    listed: dict[str, list[str]] = yaml.safe_load(path.read_text("utf-8"))
    if unknown := set(listed) - {*COMMANDS, *_NO_COMMANDS}:
        raise ValueError(f"{path}: there is no command {', '.join(sorted(unknown))}")
    return {name: tuple(texts) for name, texts in listed.items()}


def language_of(locale: str) -> str:
    """ "ko" of "ko", "ko-KR" and "ko_KR"."""
    return locale.replace("_", "-").split("-")[0].lower()


def command_in_text(text: str, locale: str) -> Command | None:
    """The command that ``text`` is, where it consists of listed forms and of words that change nothing, or None.

    Several forms may follow one another (“네, 네, 맞아요”). A yes or no before a command to the device yields to it
    (“아니, 다시 말할게요”); two different commands, or yes and no together, are none.
    """
    bare = _bare(text)
    if not bare or len(bare) > _LONGEST:
        return None
    said = _said(bare, _bare_forms(language_of(locale)))
    device = said - {"yes", "no"}
    meant = device or said
    return next(iter(meant)) if len(meant) == 1 else None


def canonical_text(command: Command, locale: str) -> str | None:
    """The word by which the dialogue knows a yes or a no ("네", "아니요"; "yes", "no"); None for other commands."""
    return _CANONICAL.get(language_of(locale), _CANONICAL["ko"]).get(command)


def _bare(text: str) -> str:
    words = _FILLER.sub(" ", text.casefold().replace("’", "'"))
    # “좀” is often written onto the word before it.
    return _REQUEST.sub("줘", normalise(words).replace("좀", ""))


@lru_cache(maxsize=4)
def _bare_forms(language: str) -> dict[str, Command]:
    return {_bare(form.text): form.command for form in listed_forms(language)}


def _said(bare: str, forms: dict[str, Command]) -> set[Command]:
    """The commands of the forms that ``bare`` is made of, in the division with the fewest forms; none if it isn't."""
    best: list[list[Command] | None] = [[]]
    for end in range(1, len(bare) + 1):
        ways: Iterator[list[Command]] = (
            [*before, forms[bare[start:end]]]
            for start in range(end)
            if (before := best[start]) is not None and bare[start:end] in forms
        )
        best.append(min(ways, key=len, default=None))
    return set(best[-1] or ())
