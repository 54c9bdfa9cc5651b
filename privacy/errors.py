"""What can go wrong in this package. No message ever holds a word of the utterance."""

from __future__ import annotations


class PrivacyError(Exception):
    """Base of every error of this package."""


class ScrubFailed(PrivacyError):
    """The utterance could not be pseudonymised (error, time budget, over-long input): keep nothing, send nothing on."""


class VaultFull(PrivacyError):
    """A session holds as many originals as the vault allows."""


class VaultUnavailable(PrivacyError):
    """The shared vault is down, too slow, or holds what wasn't put there."""
