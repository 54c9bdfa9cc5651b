"""Word lists that lie beside the code as text: words apart by white space, ``#`` lines are remarks."""

from __future__ import annotations

from importlib.resources import files


def read_words(name: str) -> frozenset[str]:
    """The words of ``word_lists/<name>.txt``; ``FileNotFoundError`` when there is no such list."""
    lines = (files("privacy") / "word_lists" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
