"""Why the supervisor can't go on."""

from __future__ import annotations


class SupervisorError(Exception):
    """Nothing can be started or kept running; the message is for people (Korean)."""


class GaveUpError(SupervisorError):
    """A process kept dying."""


class TrainingError(SupervisorError):
    """The Rasa model could not be trained."""
