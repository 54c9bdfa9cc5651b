"""``maru train``: the Rasa model, and what retrieval learns."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from knowledge.calibration import SHIPPED
from knowledge.embedder import load_embedder
from knowledge.errors import KnowledgeError
from knowledge.files.seeds import read_seeds
from knowledge.vector_cache import open_vector_cache
from maru import supervisor
from maru.cli.output import fail
from maru.settings import ROOT, get_settings

app = typer.Typer(
    add_completion=False, invoke_without_command=True, help="Rasa 모델을 학습합니다(입력이 바뀌었을 때만)."
)


@app.callback()
def train(context: typer.Context) -> None:
    """Rasa 모델을 학습합니다. 입력(data/nlu, config.yml, domain.yml, bot/ …)이 그대로면 아무것도 하지 않습니다."""
    if context.invoked_subcommand is None:
        raise typer.Exit(supervisor.train(get_settings()))


@app.command("calibration")
def train_calibration() -> None:
    """검색 점수를 ‘맞을 확률’로 바꾸는 식을 FAQ 씨앗 자료로 다시 맞춥니다(knowledge/calibration.json)."""
    from knowledge.training.calibration import fit_calibration, intent_examples

    settings = get_settings()
    try:
        embedder = load_embedder(settings)
        cache = open_vector_cache(settings, embedder)
        nlu = ROOT / "data" / "nlu"
        report = fit_calibration(
            read_seeds(settings.seed_dir),
            intent_examples(nlu, "ask_faq"),
            intent_examples(nlu, "chitchat", "out_of_scope"),
            embedder,
            cache,
            SHIPPED,
        )
    except KnowledgeError as error:
        fail(str(error))
    typer.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
