"""``maru train``: the Rasa model, and what retrieval learns."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from knowledge.adaptation import SHIPPED as ADAPTATION_FILE
from knowledge.calibration import SHIPPED
from knowledge.danger import SHIPPED as DANGER_FILE
from knowledge.embedder import load_embedder
from knowledge.errors import KnowledgeError
from knowledge.scope import SHIPPED as SCOPE_FILE
from knowledge.sound_channel import SHIPPED as SOUNDS_FILE
from knowledge.vector_cache import open_vector_cache
from maru import supervisor
from maru.cli.output import fail
from maru.settings import ROOT, get_settings
from privacy.tagger.prose import WEIGHTS as PROSE_FILE
from privacy.tagger.tagger import ASKED, TOLD

STDERR = Console(stderr=True)
SHARED = ROOT.parent / "shared" / "data"
TAGGER_FOLDER = ASKED.parent

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
    from knowledge.training.calibration import fit_calibration, read_material

    settings = get_settings()
    try:
        embedder = load_embedder(settings)
        material = read_material(settings.seed_dir, ROOT / "data" / "nlu")
        report = fit_calibration(material, embedder, open_vector_cache(settings, embedder), SHIPPED, SCOPE_FILE)
    except (KnowledgeError, ValueError) as error:
        fail(str(error))
    typer.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))


@app.command("embeddings")
def train_embeddings(
    out: Annotated[Path, typer.Option(help="쓸 파일. MARU_ADAPTATION에 이 경로를 적으면 쓰입니다")] = ADAPTATION_FILE,
    steps: Annotated[int, typer.Option(min=1, help="학습 걸음 수. 두 코어에서 한 걸음에 2–4초")] = 220,
) -> None:
    """임베딩 모델을 민원 질문에 맞춥니다. 빼 둔 질문에서 바탕 모델보다 나을 때만 파일을 씁니다.

    재료는 data/retrieval/entries.jsonl입니다. 끝나면 maru train calibration과 maru train danger도 다시 합니다.
    """
    from knowledge.embedder import base_fingerprint, model_name, open_model
    from knowledge.training.civic_questions import read_training_entries
    from knowledge.training.embeddings import fit_embeddings

    settings = get_settings()
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(), console=STDERR) as progress:
        task = progress.add_task("학습", total=steps)

        def show(step: int, loss: float) -> None:
            progress.update(task, completed=step, description=f"학습 (손실 {loss:.2f})")

        try:
            base = model_name(settings)
            fingerprint = base_fingerprint(base, open_model(base, "cpu"))
            report = fit_embeddings(read_training_entries(), Path(base), fingerprint, out, steps=steps, progress=show)
        except (KnowledgeError, OSError, ValueError) as error:
            fail(str(error))
    typer.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    if report.kept == 0:
        typer.echo("바탕 모델이 더 나아서 아무것도 쓰지 않았습니다.", err=True)


@app.command("danger")
def train_danger() -> None:
    """위급한 말을 뜻으로 알아듣는 식을 다시 맞춥니다(knowledge/danger.json).

    재료는 data/emergencies.yml과 data/retrieval입니다.
    """
    from actions.emergency import detect_emergency
    from knowledge.training.calibration import intent_examples, read_material
    from knowledge.training.civic_questions import CIVIC, EMERGENCY, read_utterances
    from knowledge.training.danger import fit_danger, read_emergencies

    settings = get_settings()
    nlu = ROOT / "data" / "nlu"
    harmless = [path.stem for path in sorted(nlu.glob("*.yml")) if path.stem != "emergency"]
    try:
        embedder = load_embedder(settings)
        utterances = read_utterances()
        told = [*intent_examples(nlu, "emergency"), *(u.text for u in utterances if u.kind == EMERGENCY)]
        civic = read_material(settings.seed_dir, nlu).civic
        others = [u.text for u in utterances if u.kind not in (EMERGENCY, CIVIC)]
        report = fit_danger(
            read_emergencies(ROOT / "data" / "emergencies.yml"),
            {text: detect_emergency(text) for text in told},
            [*civic, *others, *intent_examples(nlu, *harmless)],
            embedder,
            open_vector_cache(settings, embedder),
            DANGER_FILE,
        )
    except (KnowledgeError, ValueError) as error:
        fail(str(error))
    typer.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))


@app.command("sounds")
def train_sounds(
    pairs: Annotated[Path, typer.Option(help="한 줄에 said와 heard가 있는 JSON Lines")] = ROOT
    / "data/retrieval/heard.jsonl",
    out: Annotated[Path, typer.Option(help="쓸 파일")] = SOUNDS_FILE,
) -> None:
    """어떤 소리가 어떤 소리로 잘못 들리는지 다시 셉니다(knowledge/sound_channel.json).

    재료는 말한 글과 음성 인식기가 받아쓴 글의 짝(data/retrieval/heard.jsonl)입니다.
    짝은 python -m bench.speech.pairs로 만듭니다.
    """
    from knowledge.training.sound_channel import fit_sound_channel, read_pairs

    try:
        report = fit_sound_channel(read_pairs(pairs), out)
    except (OSError, ValueError) as error:
        fail(str(error))
    typer.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))


@app.command("names")
def train_names(
    klue: Annotated[Path, typer.Option(help="KLUE-NER 파일")] = SHARED / "klue-ner" / "klue-ner-v1.1-dev-3000.tsv",
    chatter: Annotated[Path, typer.Option(help="일상 대화 CSV(Q 열)")] = SHARED / "chitchat" / "ChatbotData.csv",
    paraphrases: Annotated[Path, typer.Option(help="ParaKQC 파일")] = SHARED / "parakqc" / "paraKQC_v1.txt",
    out: Annotated[Path, typer.Option(help="쓸 폴더")] = TAGGER_FOLDER,
) -> None:
    """이름 등 개인정보를 찾는 식을 다시 맞춥니다(privacy/tagger의 가중치 셋). 두 코어에서 10분쯤.

    재료는 data/privacy의 표시한 문장과 KLUE-NER 다섯 문장 가운데 넷입니다. data/privacy/held-back은 쓰지 않습니다.
    """
    from privacy.training.tagger import Material, Trainer

    with Progress(TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn(), console=STDERR) as progress:
        task = progress.add_task("문장 읽기")

        def show(label: str, done: int, total: int) -> None:
            state = "맞추기" if done == total else "읽기"
            progress.update(task, completed=done, total=total, description=f"{label} {state}")

        try:
            trainer = Trainer(Material(ROOT / "data", klue, chatter, paraphrases), show)
            report = trainer.fit(*(out / path.name for path in (ASKED, TOLD, PROSE_FILE)))
        except (OSError, ValueError) as error:
            fail(str(error))
    typer.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
