"""What a recording comes to: a command to the device, or a reply. One way for uploads and for live speech."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial

from actions.outcome import Outcome
from knowledge.entry import Locale
from maru.settings import Settings
from voice.commands import DEVICE_COMMANDS, Command
from voice.recognizer import Transcript
from web.conversation import Conversation, Heard, TurnReply
from web.idempotency import RepeatedTurns
from web.schemas import HeardBody, ReplyBody, TimingsBody, VoiceBody
from web.sessions import Session


@dataclass(frozen=True, slots=True)
class SpokenTurns:
    """Answers what was heard, in the conversation of a session."""

    conversation: Conversation
    repeated: RepeatedTurns
    settings: Settings

    async def answer(
        self,
        session: Session,
        transcript: Transcript,
        *,
        command: Command | None,
        locale: Locale | None,
        turn_key: str | None,
        started: float,
    ) -> VoiceBody:
        """The body for a transcript; ``started`` is the ``time.monotonic()`` from which the turn is timed.

        A device command is handed back without a reply: the dialogue doesn't hear of it.
        """
        heard_at = time.monotonic()
        text = transcript.text.strip()[: self.settings.max_text_chars]
        if command in DEVICE_COMMANDS:
            reply = None
        elif text:
            reply = await self._reply(session, text, transcript, locale, turn_key)
        else:
            reply = self.conversation.say(session, Outcome("no_answer", wording="not_heard"), locale)
        ended = time.monotonic()
        timings = transcript.timings
        heard = HeardBody(text=text, confidence=round(transcript.confidence, 3), audio_s=round(transcript.audio_s, 2))
        return VoiceBody(
            heard=heard,
            command=command,
            reply=None if reply is None else ReplyBody.of(reply),
            timings_ms=TimingsBody(
                decode=round(timings.decode_ms, 1),
                recognise=round(timings.queue_ms + timings.recognise_ms, 1),
                reply=round((ended - heard_at) * 1000, 1),
                total=round((ended - started) * 1000, 1),
            ),
        )

    async def _reply(
        self, session: Session, text: str, transcript: Transcript, locale: Locale | None, turn_key: str | None
    ) -> TurnReply:
        others = tuple(h.text[: self.settings.max_text_chars] for h in transcript.hypotheses[1:])
        answer = partial(self.conversation.handle_text, session, text, locale, Heard(transcript.confidence, others))
        reply = await self.repeated.once(session.key, turn_key, answer)
        if reply.erased:
            self.repeated.forget(session.key)
        return reply
