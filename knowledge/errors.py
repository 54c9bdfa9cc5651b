"""What can go wrong in ``knowledge/``."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of every error of this package."""


class ModelFileError(KnowledgeError):
    """A model file is missing, damaged or not the one that was pinned."""


class EmbedderUnavailableError(KnowledgeError):
    """The sentence-embedding model can't be loaded or doesn't answer."""


class IndexInconsistentError(KnowledgeError):
    """A freshly built index doesn't hold exactly the published entries."""


class FaqFileError(KnowledgeError):
    """An FAQ file can't be read or breaks a rule; the message lists each problem with its row."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
