"""The scrubber: an utterance in, a ``ScrubbedText`` out, or ``ScrubFailed`` and nothing at all."""

from __future__ import annotations

import logging
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, RecognizerResult

from maru.settings import get_settings
from privacy.digit_gaps import is_gap
from privacy.errors import ScrubFailed
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import LANGUAGE, KiwiNlpEngine
from privacy.nearest_label import NearestLabelEnhancer
from privacy.normal_form import normal_form
from privacy.office_talk import without_office_answers
from privacy.recognizers import ALL_RECOGNIZERS, OVER_TURNS, KoreanRecognizer
from privacy.scrubbed_text import PersonalSpan, ScrubbedText, _seal
from privacy.span_choice import THRESHOLD, ChosenSpan, choose_spans
from privacy.stitched_turns import StitchedTurns, stitch
from privacy.told_names import with_told_names
from privacy.vault import SessionVault, Vault

MAX_CHARS = 4000
"""Longest utterance; a longer one fails rather than take seconds."""
_OVERLAP_TURNS = 3
_SHORTEST_KNOWN, _FEWEST_KNOWN_DIGITS = 3, 5
"""A known value of two letters may be part of any word, four digits (the last of a number) a year or a price."""
_TURN_BREAK = "\n"


class Scrubber:
    """Finds personal data with Presidio on Kiwi and puts session-stable pseudonyms in its place.

    One instance serves the process and all threads. ``vault`` keeps the originals (process memory by default) and
    decides placeholders; ``timeout_s`` is the budget of one call. Every failure is a ``ScrubFailed`` whose message and
    chain hold no text: the caller must then keep nothing and send nothing on.
    """

    def __init__(
        self, vault: Vault | None = None, *, timeout_s: float | None = None, max_chars: int = MAX_CHARS
    ) -> None:
        settings = get_settings()
        self.vault: Vault = vault if vault is not None else SessionVault(ttl_s=settings.vault_ttl_s)
        self._timeout_s = settings.scrub_timeout_s if timeout_s is None else timeout_s
        self._max_chars = max_chars
        self._nlp = KiwiNlpEngine()
        self._engine = _analyzer(self._nlp, ALL_RECOGNIZERS)
        self._engine_over_turns = _analyzer(self._nlp, OVER_TURNS)
        self._find("준비 운동 010-0000-0000", deadline=float("inf"))  # Kiwi loads in its first call

    def scrub(self, utterance: str, session: str, *, before: Sequence[str] = ()) -> ScrubbedText:
        """Pseudonymise one utterance of a session.

        ``before`` are the turns just before (what was asked, already in any safe form); they only serve as context.
        Offsets of the spans refer to the NFC form of ``utterance``. Raises ``ScrubFailed``.
        """
        return self._guarded([*before, utterance], session)[-1]

    def scrub_turns(self, turns: Sequence[str], session: str) -> list[ScrubbedText]:
        """Pseudonymise the turns of a dialogue together, so that a number split over turns is found whole.

        The result runs beside ``turns``. Raises ``ScrubFailed``.
        """
        return self._guarded(turns, session)

    def _guarded(self, turns: Sequence[str], session: str) -> list[ScrubbedText]:
        try:
            return self._scrub_blocks([_one_line(turn, self._max_chars) for turn in turns], session)
        except ScrubFailed as known:
            reason = str(known)
        except Exception:
            reason = "the utterance could not be pseudonymised"
        raise ScrubFailed(reason) from None  # outside the handlers: no chain, no frames that hold the text

    def _scrub_blocks(self, turns: list[_Turn], session: str) -> list[ScrubbedText]:
        deadline = time.monotonic() + self._timeout_s
        found: dict[int, list[_Piece]] = {}
        for first, last in _blocks(turns, self._max_chars):
            block = turns[first:last]
            spans = self._find(_TURN_BREAK.join(turn.line for turn in block), deadline=deadline)
            for index in range(first, last):
                found[index] = []
            for index, piece in _by_turn(block, spans):
                found[first + index].append(piece)
        scrubbed = []
        for index, turn in enumerate(turns):
            _within(deadline)
            scrubbed.append(self._pseudonymise(turn.text, found[index], session, deadline=deadline))
        return scrubbed

    def _find(self, text: str, *, deadline: float) -> list[ChosenSpan]:
        if not any(letter.isalnum() for letter in text):
            return []
        results = self._analyze(self._engine, text, deadline=deadline)
        if "\n" in text and (stitched := stitch(text)):
            results += _over_turns(stitched, self._analyze(self._engine_over_turns, stitched.text, deadline=deadline))
        return with_told_names(text, without_office_answers(text, choose_spans(text, results)))

    def _analyze(self, engine: AnalyzerEngine, text: str, *, deadline: float) -> list[RecognizerResult]:
        return engine.analyze(
            text=text,
            language=LANGUAGE,
            entities=engine.get_supported_entities(),
            score_threshold=0.0,
            nlp_artifacts=self._nlp.read(text, deadline=deadline),
        )

    def _pseudonymise(self, text: str, pieces: list[_Piece], session: str, *, deadline: float) -> ScrubbedText:
        parts: list[str] = []
        spans: list[PersonalSpan] = []
        position = 0
        for piece in sorted([*pieces, *_told_before(text, pieces, self.vault.known(session))]):
            placeholder = self.vault.keep(session, piece.kind.label, normal_form(piece.kind, piece.value), piece.value)
            parts += [text[position : piece.start], placeholder]
            _within(deadline)  # a shared vault may be slow
            position = piece.end
            spans.append(PersonalSpan(piece.start, piece.end, piece.kind.code, round(piece.score, 3), placeholder))
        return _seal("".join([*parts, text[position:]]), tuple(spans))


def _over_turns(stitched: StitchedTurns, results: list[RecognizerResult]) -> Iterator[RecognizerResult]:
    """What only the joined answers show, piece by piece where it was told."""
    for result in results:
        for start, end in stitched.pieces(result.start, result.end) if result.score >= THRESHOLD else ():
            yield RecognizerResult(entity_type=result.entity_type, start=start, end=end, score=result.score)


def _told_before(text: str, pieces: list[_Piece], known: list[tuple[str, str]]) -> Iterator[_Piece]:
    """Where a value stands again that the session has told before, whatever stands around it this time."""
    taken = [(piece.start, piece.end) for piece in pieces]
    for placeholder, original in sorted(known, key=lambda each: -len(each[1])):
        start = text.find(original) if _is_telling(original) else -1
        while start >= 0:
            end = start + len(original)
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                yield _Piece(start, end, PersonalKind.of_placeholder(placeholder), 1.0, original)
            start = text.find(original, end)


def _is_telling(original: str) -> bool:
    if any(letter.isalpha() for letter in original):
        return len(original) >= _SHORTEST_KNOWN
    return sum(letter.isdecimal() for letter in original) >= _FEWEST_KNOWN_DIGITS


class _Turn(NamedTuple):
    """A turn in NFC, and the same without line breaks (of equal length)."""

    text: str
    line: str


class _Piece(NamedTuple):
    """The part of a span that lies in one turn; ``value`` is the whole span's text."""

    start: int
    end: int
    kind: PersonalKind
    score: float
    value: str


def _analyzer(nlp: KiwiNlpEngine, recognizers: Iterable[type[KoreanRecognizer]]) -> AnalyzerEngine:
    logging.getLogger("presidio-analyzer").setLevel(logging.WARNING)  # below that it logs words of the text
    registry = RecognizerRegistry(recognizers=[each() for each in recognizers], supported_languages=[LANGUAGE])
    return AnalyzerEngine(
        registry=registry,
        nlp_engine=nlp,
        supported_languages=[LANGUAGE],
        context_aware_enhancer=NearestLabelEnhancer(),
        log_decision_process=False,
    )


def _within(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise ScrubFailed("over the time budget")


def _one_line(turn: str, max_chars: int) -> _Turn:
    if len(turn) > max_chars:
        raise ScrubFailed("the utterance is too long")
    turn.encode()  # a lone surrogate could be stored nowhere
    text = unicodedata.normalize("NFC", turn)
    return _Turn(text, text.replace("\r", " ").replace("\n", " "))


def _blocks(turns: list[_Turn], max_chars: int) -> Iterator[tuple[int, int]]:
    """Ranges of turns of at most ``max_chars`` (or one turn), each overlapping the one before by a few turns."""
    first = 0
    while first < len(turns):
        last, size = first, 0
        while last < len(turns) and (last == first or size + len(turns[last].line) <= max_chars):
            size += len(turns[last].line) + len(_TURN_BREAK)
            last += 1
        yield first, last
        if last == len(turns):
            return
        first = max(first + 1, last - _OVERLAP_TURNS)


def _by_turn(turns: list[_Turn], spans: list[ChosenSpan]) -> Iterator[tuple[int, _Piece]]:
    joined = _TURN_BREAK.join(turn.line for turn in turns)
    offset = 0
    for index, turn in enumerate(turns):
        end = offset + len(turn.line)
        for span in spans:
            start, stop = max(span.start, offset), min(span.end, end)
            whole = (start, stop) == (span.start, span.end)
            if start < stop and (whole or not is_gap(joined[start:stop])):
                yield index, _Piece(start - offset, stop - offset, span.kind, span.score, joined[span.start : span.end])
        offset = end + len(_TURN_BREAK)
