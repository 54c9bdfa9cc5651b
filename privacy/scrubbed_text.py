"""``ScrubbedText``: the only form in which an utterance may be stored, logged or sent on."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from typing import NoReturn, Self

_SEAL = object()


@dataclass(frozen=True, slots=True)
class PersonalSpan:
    """Where personal data stood in the original utterance (NFC offsets, end exclusive); never the value itself."""

    start: int
    end: int
    type: str
    score: float
    placeholder: str


@dataclass(frozen=True, slots=True, repr=False, eq=True)
class ScrubbedText:
    """A pseudonymised utterance: ``text`` with typed placeholders and the ``spans`` they stand for.

    Made by ``privacy.scrubber`` alone; the constructor refuses everybody else with ``TypeError``. Not a ``str``, so
    that a plain string never passes for one. Copies are the object itself; pickling is refused (a pickle could be
    forged, and whoever needs the words takes ``text``).
    """

    text: str
    spans: tuple[PersonalSpan, ...]
    made_by: InitVar[object]
    _seal: object = field(init=False, compare=False, repr=False)

    def __post_init__(self, made_by: object) -> None:
        if made_by is not _SEAL:
            raise TypeError("only the scrubber makes ScrubbedText")
        object.__setattr__(self, "_seal", _SEAL)

    def __init_subclass__(cls) -> NoReturn:
        raise TypeError("ScrubbedText cannot be subclassed")

    def __repr__(self) -> str:
        return f"<ScrubbedText: {len(self.text)} characters, {len(self.spans)} spans>"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("ScrubbedText is not pickled; take its text")


def require_scrubbed(value: object) -> ScrubbedText:
    """Return ``value`` if the scrubber made it; ``TypeError`` (naming only its type) otherwise."""
    if type(value) is ScrubbedText and getattr(value, "_seal", None) is _SEAL:
        return value
    raise TypeError(f"ScrubbedText is needed here, not {type(value).__name__}")


def _seal(text: str, spans: tuple[PersonalSpan, ...]) -> ScrubbedText:
    """For ``privacy.scrubber`` only (a test sees to that)."""
    return ScrubbedText(text, spans, _SEAL)
