"""``maru faq``: FAQ entries in and out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from knowledge.entry import Audience
from knowledge.errors import FaqFileError
from knowledge.files.exchange import FileFormat, read_entries, write_entries
from knowledge.files.seeds import read_seeds
from knowledge.store import FaqStore
from maru.cli.output import fail, print_json
from maru.database import migrate, open_engine
from maru.settings import get_settings

app = typer.Typer(add_completion=False, no_args_is_help=True, help="FAQ를 내보내고, 들여오고, 점검합니다.")


def open_store() -> FaqStore:
    """The FAQ store of the settings, seeded when it is empty."""
    settings = get_settings()
    engine = open_engine(settings.app_database_url)
    migrate(engine)
    store = FaqStore(engine)
    if store.revision() == 0 and settings.seed_dir.is_dir():
        store.save(read_seeds(settings.seed_dir), seeding=True)
    return store


@app.command("export")
def export_entries(
    out: Annotated[Path, typer.Option("--out", help="쓸 파일")],
    file_format: Annotated[str, typer.Option("--format", help="파일 형식: jsonl, csv, xlsx")] = "jsonl",
    audience: Annotated[str | None, typer.Option(help="citizen 또는 staff만")] = None,
    agency: Annotated[str | None, typer.Option(help="이 기관의 항목만(공통은 city)")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로")] = False,
) -> None:
    """모든 FAQ 항목을 파일로 내보냅니다.

    열: entry_id, audience, category, question, variants, answer, locale, agency, speech, contact, source, checked,
    valid_from, valid_until, publication
    """
    if file_format not in ("jsonl", "csv", "xlsx"):
        fail(f"--format은 jsonl, csv, xlsx 가운데 하나여야 합니다: {file_format}", 2)
    if audience not in (None, "citizen", "staff"):
        fail(f"--audience는 citizen 또는 staff여야 합니다: {audience}", 2)
    try:
        entries = open_store().entries(audience=cast("Audience | None", audience), agency=agency)
        count = write_entries(entries, out, cast("FileFormat", file_format))
    except OSError as error:
        fail(f"{out}: 쓸 수 없습니다: {error.strerror}")
    except FaqFileError as error:
        fail(str(error))
    if as_json:
        print_json({"file": str(out), "entries": count})
    else:
        typer.echo(f"{count}개 항목을 {out}에 썼습니다.")


@app.command("import")
def import_entries(
    file: Annotated[Path, typer.Argument(help=".jsonl, .csv, .xlsx 파일")],
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로")] = False,
) -> None:
    """파일의 항목을 더하거나 고칩니다. 하나라도 잘못되면 아무것도 바꾸지 않고 잘못된 행을 모두 알립니다."""
    try:
        report = open_store().save(read_entries(file))
    except FaqFileError as error:
        fail(f"들여오지 않았습니다. 고칠 곳 {len(error.problems)}군데:\n" + "\n".join(error.problems))
    if as_json:
        print_json({"created": report.created, "updated": report.updated, "skipped": report.skipped})
    else:
        typer.echo(f"새로 {report.created}개, 고침 {report.updated}개, 그대로 {report.skipped}개.")


@app.command("validate")
def validate_entries(
    file: Annotated[Path, typer.Argument(help=".jsonl, .csv, .xlsx 파일, 또는 YAML 폴더")],
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로")] = False,
) -> None:
    """파일을 들여오지 않고 점검만 합니다. 잘못이 있으면 종료 코드 1."""
    try:
        entries = read_seeds(file) if file.is_dir() else read_entries(file)
        problems: list[str] = []
    except FaqFileError as error:
        entries, problems = [], error.problems
    if as_json:
        print_json({"entries": len(entries), "problems": problems})
    else:
        typer.echo("\n".join(problems) if problems else f"{len(entries)}개 항목 모두 괜찮습니다.")
    raise typer.Exit(1 if problems else 0)
