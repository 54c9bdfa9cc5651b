"""What a recording comes to: a command to the device, or a reply. One way for uploads and for live speech."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial

import structlog

from actions.outcome import Outcome
from knowledge.entry import Locale, Viewer
from maru.clock import new_identifier
from maru.settings import Settings
from voice.commands import DEVICE_COMMANDS, Command, Expecting, canonical_text
from voice.hints import Hints
from voice.recognizer import Transcript
from web.conversation import Conversation, Heard, TurnReply
from web.idempotency import RepeatedTurns
from web.parts import Parts
from web.schemas import HeardBody, ReplyBody, TimingsBody, VoiceBody
from web.sessions import Session

_LOG = structlog.get_logger("maru.spoken_turn")

NEAR = 8
"""How many near entries the recogniser is told (docs/decisions/009)."""


@dataclass(frozen=True, slots=True, repr=False)
class Meant:
    """What was heard, with the command that it is, if it is one; a yes or no in the word that the dialogue knows."""

    transcript: Transcript
    text: str
    command: Command | None


@dataclass(frozen=True, slots=True)
class SpokenTurns:
    """Answers what was heard, in the conversation of a session."""

    conversation: Conversation
    repeated: RepeatedTurns
    settings: Settings
    parts: Parts

    def hints(self, session: Session, locale: Locale | None, *, commands: bool, expecting: Expecting | None) -> Hints:
        """What is known of a recording of this session before it is heard."""
        return Hints(commands, expecting, bias=partial(self._near_questions, session, locale))

    def _near_questions(self, session: Session, locale: Locale | None, text: str) -> tuple[str, ...]:
        """The questions of the nearest published entries that this session may see; none where that can't be told.

        The search gets the text as scrubbed as it gets every other, in a session that is gone afterwards.
        """
        viewer = Viewer(session.audience, session.agency or self.settings.agency, locale or session.locale)
        try:
            scrubber, alone = self.parts.scrubber(), new_identifier()
            try:
                said = scrubber.scrub(text[: self.settings.max_text_chars], alone)
            finally:
                scrubber.vault.wipe(alone)
            self.parts.knowledge.note_readings(said.text, ())  # so that it is searched as something heard
            ranked = self.parts.knowledge.search(said.text, viewer).ranked
        except Exception as error:  # whatever it is, people are heard without it
            _LOG.warning("near_questions_failed", error=type(error).__name__)
            return ()
        return tuple(hit.entry.question for hit in ranked[:NEAR])

    def understood(self, transcript: Transcript) -> Meant:
        """What to answer to."""
        command = transcript.command
        text = (command and canonical_text(command, transcript.locale)) or transcript.text.strip()
        return Meant(transcript, text[: self.settings.max_text_chars], command)

    async def answer(
        self, session: Session, meant: Meant, *, locale: Locale | None, turn_key: str | None, started: float
    ) -> VoiceBody:
        """The body for what was heard; ``started`` is the ``time.monotonic()`` from which the turn is timed.

        A device command is handed back without a reply: the dialogue doesn't hear of it.
        """
        heard_at = time.monotonic()
        transcript = meant.transcript
        if meant.command in DEVICE_COMMANDS:
            reply = None
        elif meant.text:
            reply = await self._reply(session, meant, locale, turn_key)
        else:
            reply = await self.repeated.once(session.key, turn_key, partial(self._not_heard, session, locale))
        ended = time.monotonic()
        timings = transcript.timings
        return VoiceBody(
            heard=HeardBody(
                text=meant.text, confidence=round(transcript.confidence, 3), audio_s=round(transcript.audio_s, 2)
            ),
            command=meant.command,
            reply=None if reply is None else ReplyBody.of(reply),
            timings_ms=TimingsBody(
                decode=round(timings.decode_ms, 1),
                recognise=round(timings.queue_ms + timings.recognise_ms, 1),
                reply=round((ended - heard_at) * 1000, 1),
                total=round((ended - started) * 1000, 1),
            ),
        )

    async def _not_heard(self, session: Session, locale: Locale | None) -> TurnReply:
        return self.conversation.say(session, Outcome("no_answer", wording="not_heard"), locale)

    async def _reply(self, session: Session, meant: Meant, locale: Locale | None, turn_key: str | None) -> TurnReply:
        transcript = meant.transcript
        # A yes is a yes: what else it may have been is no longer of interest.
        readings = () if meant.command else transcript.hypotheses[1:]
        others = tuple(reading.text[: self.settings.max_text_chars] for reading in readings)
        heard = Heard(1.0 if meant.command else transcript.confidence, others)
        answer = partial(self.conversation.handle_text, session, meant.text, locale, heard)
        reply = await self.repeated.once(session.key, turn_key, answer)
        if reply.erased:
            self.repeated.forget(session.key)
        return reply
