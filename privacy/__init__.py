"""Personal data stops here: an utterance goes in, a pseudonymised ``ScrubbedText`` comes out, or nothing does.

Downstream of this package (storage, logs, metrics, Rasa, exports) only ``ScrubbedText`` is accepted.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from privacy.errors import PrivacyError, ScrubFailed, VaultFull, VaultUnavailable
from privacy.kinds import PersonalKind
from privacy.scrubbed_text import PersonalSpan, ScrubbedText, require_scrubbed
from privacy.vault import SessionVault, Vault

if TYPE_CHECKING:
    from privacy.scrubber import Scrubber
    from privacy.transcripts import TranscriptStore

__all__ = [
    "PersonalKind",
    "PersonalSpan",
    "PrivacyError",
    "ScrubFailed",
    "ScrubbedText",
    "Scrubber",
    "SessionVault",
    "TranscriptStore",
    "Vault",
    "VaultFull",
    "VaultUnavailable",
    "require_scrubbed",
]

# Presidio, Kiwi and Alembic take seconds to load: what needs none of them, such as `privacy.scan`, does not wait.
_WHEN_ASKED_FOR = {"Scrubber": "privacy.scrubber", "TranscriptStore": "privacy.transcripts"}


def __getattr__(name: str) -> Any:
    if name not in _WHEN_ASKED_FOR:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHEN_ASKED_FOR[name]), name)
