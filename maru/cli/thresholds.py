"""``maru thresholds``: what the cost of a wrong answer means, and what it did on held-back questions."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from knowledge.calibration import SHIPPED
from knowledge.decision import COSTS, thresholds_for, thresholds_of
from maru.cli.output import print_json
from maru.settings import get_settings

_FIGURES = ("coverage", "wrong", "off_topic_answered")


def thresholds(as_json: Annotated[bool, typer.Option("--json", help="JSON으로")] = False) -> None:
    """틀린 답 하나를 되묻기 몇 번만큼 나쁘게 볼지(MARU_WRONG_ANSWER_COST)에 따라 언제 답하고 언제 되묻는지 보여 줍니다.

    오른쪽 세 칸은 maru train calibration이 빼 두고 물어본 질문에서 잰 것입니다.
    """
    settings = get_settings()
    used = thresholds_of(settings)
    curve = json.loads(SHIPPED.read_text("utf-8")).get("held_back", {})
    rows = [_row(cost, curve) for cost in sorted({*COSTS, settings.wrong_answer_cost})]
    if as_json:
        print_json({"cost": settings.wrong_answer_cost, "answer": used.answer, "clarify": used.clarify, "costs": rows})
        return
    typer.echo("틀린 답의 값 | 이 확률부터 답함 | 답한 비율 | 답 가운데 틀린 것 | 없는 일에 답한 비율")
    for row in rows:
        mark = "→" if row["cost"] == settings.wrong_answer_cost else " "
        figures = " | ".join("-" if row[name] is None else f"{row[name]:.3f}" for name in _FIGURES)
        typer.echo(f"{mark} {row['cost']:g} | {row['answer']:.2f} | {figures}")
    typer.echo(f"지금은 맞을 확률이 {used.answer:.2f} 이상이면 답하고,")
    typer.echo(f"보여 줄 것 가운데 맞는 것이 있을 확률이 {used.clarify:.2f} 이상이면 되묻습니다.")


def _row(cost: float, curve: dict[str, dict[str, float]]) -> dict[str, Any]:
    answer = thresholds_for(cost).answer
    measured = curve.get(f"{answer:.2f}", {})
    return {"cost": cost, "answer": round(answer, 4), **{name: measured.get(name) for name in _FIGURES}}
