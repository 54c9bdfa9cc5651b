"""What a recording comes to: a command to the device, or a reply. One way for uploads and for live speech."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial

from actions.outcome import Outcome
from knowledge.entry import Locale
from maru.settings import Settings
from voice.commands import DEVICE_COMMANDS, Command, Expecting
from voice.recognizer import Transcript
from web.conversation import Conversation, Heard, TurnReply
from web.idempotency import RepeatedTurns
from web.schemas import HeardBody, ReplyBody, TimingsBody, VoiceBody
from web.sessions import Session


@dataclass(frozen=True, slots=True)
class Hints:
    """What the client says of a recording: whether ``commands`` may be in it, and what the last reply waits for."""

    commands: bool = False
    expecting: Expecting | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Meant:
    """What was heard, with the command that it is, if it is one."""

    transcript: Transcript
    text: str
    command: Command | None


@dataclass(frozen=True, slots=True)
class SpokenTurns:
    """Answers what was heard, in the conversation of a session."""

    conversation: Conversation
    repeated: RepeatedTurns
    settings: Settings

    def understood(self, transcript: Transcript, hints: Hints) -> Meant:
        """The command in a transcript, where the client wants to be told of commands, or its words."""
        text = transcript.text.strip()[: self.settings.max_text_chars]
        return Meant(transcript, text, None)

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
            reply = self.conversation.say(session, Outcome("no_answer", wording="not_heard"), locale)
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

    async def _reply(self, session: Session, meant: Meant, locale: Locale | None, turn_key: str | None) -> TurnReply:
        transcript = meant.transcript
        others = tuple(h.text[: self.settings.max_text_chars] for h in transcript.hypotheses[1:])
        heard = Heard(transcript.confidence, others)
        answer = partial(self.conversation.handle_text, session, meant.text, locale, heard)
        reply = await self.repeated.once(session.key, turn_key, answer)
        if reply.erased:
            self.repeated.forget(session.key)
        return reply
