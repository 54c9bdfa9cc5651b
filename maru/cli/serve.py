"""``maru serve``: the app and Rasa under one supervisor."""

from __future__ import annotations

import typer

from maru import supervisor
from maru.settings import get_settings


def serve() -> None:
    """앱과 Rasa를 켜고 지켜봅니다. 필요하면 먼저 Rasa 모델을 학습합니다. Ctrl-C로 둘 다 끕니다."""
    raise typer.Exit(supervisor.run(get_settings()))
