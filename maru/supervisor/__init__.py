"""Runs Maru's two processes: the app and Rasa. ``run`` is ``maru serve``, ``train`` is ``maru train``."""

from maru.supervisor.entry import run, train

__all__ = ["run", "train"]
