"""What stops a set-up."""

from __future__ import annotations


class SetupError(Exception):
    """A step can't be done; the message tells the reader (in Korean) what to do about it."""
