"""One turn from a citizen's words to a reply; raw words go no further than this module and ``privacy/``."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import structlog
from sqlalchemy.exc import SQLAlchemyError

from actions.attempts import WELL_HEARD, worded
from actions.language import language_of
from actions.outcome import Outcome
from actions.policy import outcome_of
from actions.rasa_actions import HALF_HEARD
from actions.reply import Reply, ReplyWriter
from actions.turn import Turn
from actions.without_rasa import action_for
from actions.yes_no import behind_a_no
from knowledge.embedder import Vectors
from knowledge.entry import Locale, Viewer
from knowledge.errors import KnowledgeError
from knowledge.service import Knowledge
from maru.clock import Clock, new_identifier
from privacy.erasure_request import asks_to_erase
from privacy.errors import PrivacyError, ScrubFailed
from privacy.scrubbed_text import ScrubbedText
from privacy.scrubber import Scrubber
from privacy.transcripts import TranscriptStore
from web.bounded_sessions import BoundedSessions
from web.dialogue_state import DialogueState
from web.rasa_client import RasaClient, RasaUnavailableError
from web.recent_turns import RecentTurns
from web.sessions import Session
from web.spoken_replies import SpokenReplies, SpokenReply

_LOG = structlog.get_logger("maru.conversation")


Erased = Literal["all", "partly"]


@dataclass(frozen=True, slots=True)
class TurnReply:
    """A reply with the identifier of its turn, the intent that was heard and the milliseconds it took.

    ``erased`` says that the turn asked to forget the conversation and how far that went; None for any other turn.
    """

    turn_id: str
    reply: Reply
    intent: str | None
    ms: float
    erased: Erased | None = None


@dataclass(frozen=True, slots=True)
class Erasure:
    """What forgetting a conversation came to: how many kept turns went, and whether every place was reached."""

    turns: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Heard:
    """What the recogniser made of a recording: how sure it is, and its other ``readings``, the likelier first."""

    confidence: float
    readings: tuple[str, ...] = ()


class Conversation:
    """Holds a turn together: scrub, embed, ask Rasa, put into words, keep what may be kept."""

    def __init__(
        self,
        *,
        agency: str,
        knowledge: Knowledge,
        scrubber: Callable[[], Scrubber],
        transcripts: TranscriptStore,
        rasa: RasaClient,
        writer: ReplyWriter,
        clock: Clock,
    ) -> None:
        """``agency`` is that of sessions which name none; ``scrubber`` raises ``ScrubFailed`` while there is none."""
        self._agency = agency
        self._knowledge = knowledge
        self._scrubber = scrubber
        self._transcripts = transcripts
        self._rasa = rasa
        self._writer = writer
        self._clock = clock
        self._recent = RecentTurns()
        self.spoken = SpokenReplies()
        self._dialogues = BoundedSessions(DialogueState())

    async def handle_text(
        self, session: Session, text: str, locale: Locale | None = None, heard: Heard | None = None
    ) -> TurnReply:
        """A typed (or, with ``heard``, spoken) utterance and its reply, in the language in which it asks."""
        started = self._clock.monotonic()
        viewer = self._viewer(session, language_of(text) or locale)
        turn_id = new_identifier()
        if asks_to_erase(text):
            return await self._erase(session, turn_id, viewer, started)
        modality = "voice" if heard else "text"
        try:
            utterance = await asyncio.to_thread(self._scrub, text, session.key)
        except ScrubFailed:
            _LOG.warning("scrubber_failed", turn=turn_id)
            outcome = await asyncio.to_thread(self._without_rasa, session, text, viewer)
            return self._finished(session, turn_id, outcome, viewer, None, started, heard)
        if heard is not None:
            await asyncio.to_thread(self._note_heard, utterance, heard, session.key)
        try:
            vector = await asyncio.to_thread(self._knowledge.embed, utterance.text)
        except KnowledgeError:
            _LOG.warning("embedder_failed", turn=turn_id)
            vector = None
        outcome, intent = await self._ask_rasa(
            session,
            utterance,
            viewer,
            turn_id=turn_id,
            modality=HALF_HEARD if heard and heard.confidence < WELL_HEARD else modality,
            choice=None,
            vector=vector,
        )
        turn = self._finished(session, turn_id, outcome, viewer, intent, started, heard)
        await asyncio.to_thread(self._keep, session, utterance, turn, modality)
        return turn

    async def handle_choice(self, session: Session, entry_id: str, locale: Locale | None = None) -> TurnReply:
        """A pressed suggestion and its reply."""
        started = self._clock.monotonic()
        viewer = self._viewer(session, locale)
        turn_id = new_identifier()
        intent = None
        outcome = await asyncio.to_thread(self._refused, entry_id, viewer)
        if outcome is None:
            outcome, intent = await self._ask_rasa(
                session, None, viewer, turn_id=turn_id, modality="button", choice=entry_id, vector=None
            )
        turn = self._finished(session, turn_id, outcome, viewer, intent, started)
        await asyncio.to_thread(self._keep, session, None, turn, "button")
        return turn

    async def offers(self, session: Session, entry_id: str) -> bool:
        """Whether there is such an entry for this session; False also while none is loaded."""
        return await asyncio.to_thread(self._refused, entry_id, self._viewer(session, None)) is None

    def say(self, session: Session, outcome: Outcome, locale: Locale | None = None) -> TurnReply:
        """A reply that needs no question: the greeting, or that nothing was heard."""
        said = self._said(session, outcome)
        reply = self._writer.write(said, self._viewer(session, locale))
        return self._given(session, TurnReply(new_identifier(), reply, None, 0.0))

    async def forget(self, session: Session) -> Erasure:
        """Erase what is kept of a session in every place, its consent too; what can't be reached is left out."""
        self._recent.forget(session.key)
        self.spoken.forget(session.key)
        self._dialogues.forget(session.key)
        turns = await asyncio.to_thread(self._transcripts.erase, session.key)
        try:
            await asyncio.to_thread(lambda: self._scrubber().vault.wipe(session.key))
            wiped = True
        except PrivacyError:
            _LOG.warning("vault_unreachable")
            wiped = False
        return Erasure(turns, complete=await self._rasa.forget(session.key) and wiped)

    async def _erase(self, session: Session, turn_id: str, viewer: Viewer, started: float) -> TurnReply:
        """The reply to “지워 주세요”: it is done at once, and says what was erased and what couldn't be."""
        try:
            erasure = await self.forget(session)
        except SQLAlchemyError:
            _LOG.error("erasure_failed", turn=turn_id)
            return self._finished(session, turn_id, Outcome("unavailable", "erase_failed"), viewer, None, started)
        if not erasure.complete:
            outcome = Outcome("unavailable", "erased_partly")
        else:
            outcome = Outcome("smalltalk", "erased" if erasure.turns else "erased_nothing_kept")
        turn = self._finished(session, turn_id, outcome, viewer, None, started)
        return replace(turn, erased="all" if erasure.complete else "partly")

    async def _ask_rasa(
        self,
        session: Session,
        utterance: ScrubbedText | None,
        viewer: Viewer,
        *,
        turn_id: str,
        modality: str,
        choice: str | None,
        vector: Vectors | None,
    ) -> tuple[Outcome, str | None]:
        try:
            answer = await self._rasa.send(
                session.key, utterance, viewer, turn_id=turn_id, modality=modality, choice=choice, vector=vector
            )
        except RasaUnavailableError:
            _LOG.warning("rasa_unavailable", turn=turn_id)
            text = utterance.text if utterance is not None else ""
            return await asyncio.to_thread(self._without_rasa, session, text, viewer, choice), None
        return answer.outcome, answer.intent

    def _refused(self, entry_id: str, viewer: Viewer) -> Outcome | None:
        """What a choice comes to that isn't handed on: an id that no entry has may be anything, and Rasa keeps it."""
        try:
            known = self._knowledge.find(entry_id, viewer) is not None
        except KnowledgeError:
            return Outcome("unavailable")
        return None if known else Outcome("no_answer", wording="entry_gone")

    def _without_rasa(self, session: Session, text: str, viewer: Viewer, choice: str | None = None) -> Outcome:
        """This one turn from the knowledge base alone; what it can't settle is “just now unavailable”."""
        memory = self._dialogues.of(session.key).memory
        turn = Turn(text=text, viewer=viewer, chosen_entry_id=choice, memory=memory)
        action = "action_choose_suggestion" if choice else action_for(text, len(memory.suggestions))
        try:
            outcome = outcome_of(action, turn, self._knowledge)
        except KnowledgeError:
            return Outcome("unavailable")
        if outcome.status == "no_answer" and outcome.wording != "none_of_these":
            return Outcome("unavailable")
        return outcome

    def _scrub(self, text: str, session_key: str) -> ScrubbedText:
        utterance = self._scrubber().scrub(text, session_key, before=self._recent.of(session_key))
        self._recent.add(session_key, utterance)
        return utterance

    def _note_heard(self, utterance: ScrubbedText, heard: Heard, session_key: str) -> None:
        """Let the search know what else may have been said, as scrubbed as what was heard."""
        try:
            scrub, before = self._scrubber().scrub, self._recent.of(session_key)
            others = [scrub(text, session_key, before=before).text for text in heard.readings]
        except ScrubFailed:
            others = []
        self._knowledge.note_readings(utterance.text, others)
        if question := behind_a_no(utterance.text):
            self._knowledge.note_readings(question, [rest for text in others if (rest := behind_a_no(text))])

    def _said(self, session: Session, outcome: Outcome, confidence: float | None = None) -> Outcome:
        """The outcome as it is said to somebody who has got so far, which is remembered."""
        state = self._dialogues.of(session.key)
        self._dialogues.change(session.key, lambda state: state.after(outcome))
        return worded(outcome, state.failed, confidence)

    def _finished(
        self,
        session: Session,
        turn_id: str,
        outcome: Outcome,
        viewer: Viewer,
        intent: str | None,
        started: float,
        heard: Heard | None = None,
    ) -> TurnReply:
        said = self._said(session, outcome, None if heard is None else heard.confidence)
        reply = self._writer.write(said, viewer)
        ms = round((self._clock.monotonic() - started) * 1000, 1)
        _LOG.info(
            "turn",
            turn=turn_id,
            status=reply.status,
            intent=intent,
            entry_id=reply.entry_id,
            score=reply.score,
            locale=viewer.locale,
            audience=viewer.audience,
            ms=ms,
        )
        return self._given(session, TurnReply(turn_id, reply, intent, ms))

    def _given(self, session: Session, turn: TurnReply) -> TurnReply:
        """The turn, remembered so that the server may read it aloud."""
        self.spoken.add(session.key, SpokenReply(turn.turn_id, turn.reply.speech, turn.reply.locale))
        return turn

    def _keep(self, session: Session, utterance: ScrubbedText | None, turn: TurnReply, modality: str) -> None:
        try:
            self._transcripts.record_turn(
                session=session.key,
                turn_id=turn.turn_id,
                utterance=utterance,
                status=turn.reply.status,
                intent=turn.intent,
                entry_id=turn.reply.entry_id,
                score=turn.reply.score,
                locale=turn.reply.locale,
                modality=modality,
            )
        except Exception as error:  # a full disk must not cost the citizen the answer
            _LOG.error("transcript_not_kept", turn=turn.turn_id, error=type(error).__name__)

    def _viewer(self, session: Session, locale: Locale | None) -> Viewer:
        return Viewer(audience=session.audience, agency=session.agency or self._agency, locale=locale or session.locale)
