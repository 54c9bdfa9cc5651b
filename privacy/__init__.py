"""Personal data stops here: an utterance goes in, a pseudonymised ``ScrubbedText`` comes out, or nothing does.

Downstream of this package (storage, logs, metrics, Rasa, exports) only ``ScrubbedText`` is accepted.
"""

from __future__ import annotations

from privacy.errors import PrivacyError, ScrubFailed, VaultFull, VaultUnavailable
from privacy.kinds import PersonalKind
from privacy.scrubbed_text import PersonalSpan, ScrubbedText, require_scrubbed
from privacy.scrubber import Scrubber
from privacy.transcripts import TranscriptStore
from privacy.vault import SessionVault, Vault

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
