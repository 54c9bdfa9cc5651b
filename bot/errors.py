"""The one error whose words may be shown: its message never holds what a citizen said."""

from __future__ import annotations


class BotError(Exception):
    """Something the operator can put right; the message is one line and says how."""


def bot_error_behind(error: BaseException | None) -> BotError | None:
    """The BotError among an exception and its causes (Rasa wraps what a component raises), or None."""
    while error is not None:
        if isinstance(error, BotError):
            return error
        error = error.__cause__ or error.__context__
    return None
