"""Puts a citizen's own words back into what only they will see."""

from __future__ import annotations

import re

from privacy.vault import Vault

_PLACEHOLDER = re.compile(r"<[가-힣]{1,8}_[1-9]\d{0,5}>")


def restore(text: str, session: str, vault: Vault) -> str:
    """``text`` with the session's placeholders resolved; one that is not known any more stays as it is.

    The result is for the reply to this very session: never for a log, a store or Rasa.
    """
    return _PLACEHOLDER.sub(lambda match: vault.resolve(session, match.group()) or match.group(), text)
