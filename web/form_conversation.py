"""The conversation for a browser without JavaScript: one form, one page."""

from __future__ import annotations

from dataclasses import dataclass

from actions.outcome import Outcome
from actions.reply import Reply
from knowledge.entry import Locale
from maru.settings import Settings
from web.conversation import Conversation
from web.sessions import Session, SessionTokens, UnknownSessionError


@dataclass(frozen=True, slots=True)
class FormTurn:
    """One answered turn and the token of its session."""

    session_id: str
    reply: Reply


class FormConversation:
    """Finds or begins the form's session and hands its turn on."""

    def __init__(self, turns: Conversation, tokens: SessionTokens, settings: Settings) -> None:
        self._turns = turns
        self._tokens = tokens
        self._settings = settings

    async def handle_text(
        self,
        *,
        session_id: str | None,
        text: str | None,
        entry_id: str | None,
        locale: Locale,
        agency: str | None = None,
    ) -> FormTurn:
        """Answer one turn; an unknown or missing session begins a new one, of a known agency."""
        session = self._session(session_id, locale, agency)
        if entry_id is not None:
            turn = await self._turns.handle_choice(session, entry_id, locale)
        elif text:
            turn = await self._turns.handle_text(session, text[: self._settings.max_text_chars], locale)
        else:
            turn = self._turns.say(session, Outcome("smalltalk", wording="empty"), locale)
        return FormTurn(session.token, turn.reply)

    def _session(self, token: str | None, locale: Locale, agency: str | None) -> Session:
        try:
            return self._tokens.read(token)
        except UnknownSessionError:
            return self._tokens.issue("citizen", locale, agency)
