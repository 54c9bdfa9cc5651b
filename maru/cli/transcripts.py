"""``maru transcripts``: what was kept with consent, out and away."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maru.cli.output import fail, print_json, write_jsonl
from maru.database import migrate, open_engine
from maru.settings import get_settings
from privacy.transcripts import TranscriptStore

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="동의를 받아 남긴 대화(개인정보를 지운 것)를 내보내고 지웁니다."
)


def open_transcripts() -> TranscriptStore:
    """The transcript store of the settings."""
    engine = open_engine(get_settings().app_database_url)
    migrate(engine)
    return TranscriptStore(engine)


@app.command("export")
def export_transcripts(
    out: Annotated[Path, typer.Option("--out", help="쓸 JSONL 파일. -는 표준 출력")],
    as_json: Annotated[bool, typer.Option("--json", help="요약도 JSON으로")] = False,
) -> None:
    """남긴 대화를 JSONL로 내보냅니다. 가명 처리된 글만 있습니다."""
    count = write_jsonl(out, open_transcripts().export())
    if str(out) == "-":
        return
    if as_json:
        print_json({"file": str(out), "turns": count})
    else:
        typer.echo(f"{count}개 차례를 {out}에 썼습니다.")


@app.command("purge")
def purge_transcripts(
    older_than_days: Annotated[
        int | None, typer.Option(min=0, max=36_500, help="이보다 오래된 것. 비우면 MARU_TRANSCRIPT_DAYS, 0이면 모두")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="묻지 않고 지움")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로")] = False,
) -> None:
    """오래된 대화를 지웁니다. 되돌릴 수 없습니다."""
    days = get_settings().transcript_days if older_than_days is None else older_than_days
    if days == 0 and not yes and not typer.confirm("남긴 대화를 모두 지울까요? 되돌릴 수 없습니다."):
        fail("지우지 않았습니다.")
    count = open_transcripts().purge(days)
    if as_json:
        print_json({"purged": count})
    else:
        typer.echo(f"{count}개 차례를 지웠습니다.")
