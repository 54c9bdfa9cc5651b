"""``maru transcripts``: what was kept with consent, out and away, with a trail of who did it."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from maru.cli.output import fail, print_json, write_text
from maru.database import migrate, open_engine
from maru.settings import get_settings
from privacy.audit import AuditEntry, AuditTrail, Purpose
from privacy.rasa_examples import rasa_yaml
from privacy.training_phrases import Phrase, State, TrainingPhrases
from privacy.transcripts import TranscriptStore

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="동의를 받아 남긴 대화(개인정보를 지운 것)를 내보내고 지웁니다."
)

By = Annotated[str | None, typer.Option("--by", help="하는 사람. 비우면 이 컴퓨터의 사용자 이름")]
_COLLECT_TIMEOUT_S = 600.0
_STATES: dict[State, str] = {"pending": "대기", "approved": "승인", "rejected": "거절"}


def open_database() -> Engine:
    """The database of the settings."""
    engine = open_engine(get_settings().app_database_url)
    migrate(engine)
    return engine


def transcripts_in(engine: Engine) -> TranscriptStore:
    """The transcript store of a database."""
    settings = get_settings()
    return TranscriptStore(engine, min_sessions=settings.export_min_sessions, audit_days=settings.audit_days)


@app.command("export")
def export_transcripts(
    out: Annotated[Path, typer.Option("--out", help="쓸 파일. -는 표준 출력")],
    purpose: Annotated[
        Literal["everything", "training"],
        typer.Option("--for", help="everything: 남긴 것 모두(JSONL), training: 승인된 재학습용 말만"),
    ] = "everything",
    form: Annotated[
        Literal["rasa", "jsonl"] | None, typer.Option("--format", help="재학습용의 형식. 비우면 rasa")
    ] = None,
    min_sessions: Annotated[
        int | None,
        typer.Option(
            min=1, help="이만큼의 대화에서 나온 말만. 비우면 MARU_EXPORT_MIN_SESSIONS이고 그보다 작을 수 없음"
        ),
    ] = None,
    by: By = None,
    as_json: Annotated[bool, typer.Option("--json", help="요약도 JSON으로")] = False,
) -> None:
    """남긴 대화를 내보냅니다. 가명 처리된 글만 있습니다. 누가 언제 내보냈는지 적어 둡니다."""
    who = _who(by)
    if purpose == "training":
        _export_for_training(out, form or "rasa", min_sessions, who, as_json)
        return
    if form == "rasa" or min_sessions is not None:
        fail("--format rasa와 --min-sessions는 --for training에만 씁니다.", 2)
    engine = open_database()
    counted = _Counted(json.dumps(row, ensure_ascii=False) + "\n" for row in transcripts_in(engine).export())
    digest = write_text(out, counted)
    _note_export(engine, out, purpose, who, counted.count, "jsonl", digest)
    if str(out) == "-":
        return
    if as_json:
        print_json({"file": str(out), "turns": counted.count})
    else:
        typer.echo(f"{counted.count}개 차례를 {out}에 썼습니다.")


def _export_for_training(
    out: Path, form: Literal["rasa", "jsonl"], min_sessions: int | None, who: str, as_json: bool
) -> None:
    least = get_settings().export_min_sessions
    if min_sessions is not None and min_sessions < least:
        fail(f"--min-sessions는 MARU_EXPORT_MIN_SESSIONS({least})보다 작을 수 없습니다.", 2)
    engine = open_database()
    phrases = _collected(engine).approved(min_sessions or least)
    pieces = rasa_yaml(phrases) if form == "rasa" else map(_as_line, phrases)
    digest = write_text(out, pieces)
    _note_export(engine, out, "training", who, len(phrases), form, digest)
    if str(out) == "-":
        return
    if as_json:
        print_json({"file": str(out), "phrases": len(phrases), "sha256": digest})
    else:
        typer.echo(f"승인된 말 {len(phrases)}개를 {out}에 썼습니다.")


@app.command("review")
def review_phrases(
    approve: Annotated[list[str] | None, typer.Option(help="승인할 번호. 쉼표로 여럿")] = None,
    reject: Annotated[list[str] | None, typer.Option(help="거절할 번호. 쉼표로 여럿")] = None,
    reviewer: Annotated[str | None, typer.Option(help="검토한 사람. 승인하거나 거절할 때 꼭 있어야 함")] = None,
    every: Annotated[bool, typer.Option("--all", help="승인하고 거절한 것까지 보여 줌")] = False,
    page: Annotated[int, typer.Option(min=1, help="몇째 쪽")] = 1,
    page_size: Annotated[int, typer.Option(min=1, max=1000, help="한 쪽에 몇 개")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로")] = False,
) -> None:
    """재학습에 쓸 말을 보여 주고, 번호를 주면 승인하거나 거절합니다. 승인하기 전에는 내보내지 않습니다."""
    approved, rejected = _ids(approve), _ids(reject)
    if approved or rejected:
        _decide(approved, rejected, reviewer, as_json)
        return
    phrases = _collected(open_database()).phrases(tuple(_STATES) if every else ("pending",))
    shown = phrases[(page - 1) * page_size : page * page_size]
    if as_json:
        print_json({"total": len(phrases), "page": page, "phrases": [_as_dict(phrase) for phrase in shown]})
        return
    for phrase in shown:
        who = f" · {phrase.reviewer}" if phrase.reviewer else ""
        typer.echo(
            f"{phrase.id:>5}  {_STATES[phrase.state]}{who}  {phrase.intent}  대화 {phrase.sessions}개  {phrase.text}"
        )
    typer.echo(f"{len(phrases)}개 가운데 {len(shown)}개({page}쪽)")


def _decide(approved: list[int], rejected: list[int], reviewer: str | None, as_json: bool) -> None:
    if not (reviewer or "").strip():
        fail("--reviewer로 검토한 사람을 적어 주세요.", 2)
    if set(approved) & set(rejected):
        fail("같은 번호를 승인하면서 거절할 수는 없습니다.", 2)
    phrases = TrainingPhrases(open_database(), get_settings().export_min_sessions)
    who = str(reviewer).strip()
    unknown = phrases.unknown([*approved, *rejected])
    if unknown:
        fail(f"없는 번호입니다: {', '.join(map(str, unknown))}. 아무것도 바꾸지 않았습니다.")
    phrases.decide(approved, "approved", who)
    phrases.decide(rejected, "rejected", who)
    if as_json:
        print_json({"approved": len(approved), "rejected": len(rejected)})
    else:
        typer.echo(f"{len(approved)}개를 승인하고 {len(rejected)}개를 거절했습니다.")


@app.command("erase")
def erase_transcript(
    session: Annotated[str, typer.Argument(help="화면의 ‘내 대화 번호’(0000-0000-0000) 또는 내보낸 것의 session")],
    by: By = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로")] = False,
) -> None:
    """한 대화에서 남긴 것과 동의를 지웁니다. 되돌릴 수 없습니다."""
    who = _who(by)
    engine = open_database()
    store = transcripts_in(engine)
    sessions = store.sessions_of(session)
    if not sessions:
        fail("그 번호로 남긴 대화가 없습니다. 동의하지 않은 대화는 남지 않습니다.")
    if len(sessions) > 1:
        fail("그 번호에 맞는 대화가 둘 이상입니다. 내보낸 것의 session으로 지워 주세요.")
    count = store.erase(sessions[0])
    AuditTrail(engine).record(AuditEntry(action="erase", purpose="request", who=who, rows=count))
    if as_json:
        print_json({"erased": count})
    else:
        typer.echo(f"{count}개 차례와 동의를 지웠습니다. 글이 없는 대화 상태는 마지막 말로부터 하루 안에 지워집니다.")


@app.command("audit")
def show_audit(
    as_json: Annotated[bool, typer.Option("--json", help="한 줄에 하나씩 JSON으로")] = False,
) -> None:
    """누가 언제 무엇을 내보내고 지웠는지 보여 줍니다. 대화의 글은 없습니다."""
    for entry in AuditTrail(open_database()).entries():
        if as_json:
            print_json(entry)
        else:
            typer.echo("  ".join("-" if value is None else str(value) for value in entry.values()))


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
    count = transcripts_in(open_database()).purge(days)
    if as_json:
        print_json({"purged": count})
    else:
        typer.echo(f"{count}개 차례를 지웠습니다.")


class _Counted:
    """An iterator that knows how many went by."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self._pieces = pieces
        self.count = 0

    def __iter__(self) -> Iterator[str]:
        for piece in self._pieces:
            yield piece
            self.count += 1


def _collected(engine: Engine) -> TrainingPhrases:
    from knowledge.store import FaqStore
    from privacy.scrubber import Scrubber
    from privacy.strict_pass import StrictPass

    settings = get_settings()
    phrases = TrainingPhrases(engine, settings.export_min_sessions)
    _revision, entries = FaqStore(engine).published()
    published = [text for entry in entries for text in (entry.question, entry.answer, *entry.variants)]
    phrases.collect(Scrubber(timeout_s=_COLLECT_TIMEOUT_S), StrictPass([*published, *examples_of_rasa()]))
    return phrases


def examples_of_rasa() -> Iterator[str]:
    """Maru's own examples for Rasa (``data/nlu``): public words too."""
    import yaml

    from maru.settings import ROOT

    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            yield from (line.removeprefix("- ") for line in str(block.get("examples", "")).splitlines())


def _note_export(engine: Engine, out: Path, purpose: Purpose, who: str, rows: int, form: str, digest: str) -> None:
    """Nothing is taken out unnoted: the file goes where the act can't be written down."""
    entry = AuditEntry(action="export", purpose=purpose, who=who, rows=rows, format=form, sha256=digest)
    try:
        AuditTrail(engine).record(entry)
    except SQLAlchemyError:
        if str(out) != "-":
            out.unlink(missing_ok=True)
        fail("내보낸 일을 적어 둘 수 없어 파일을 지웠습니다.")


def _who(by: str | None) -> str:
    try:
        return (by or "").strip() or getpass.getuser()
    except (KeyError, OSError):  # a container's user has no name
        fail("--by로 하는 사람을 적어 주세요.", 2)


def _ids(given: list[str] | None) -> list[int]:
    words = [word.strip() for each in given or [] for word in each.split(",") if word.strip()]
    if not all(word.isascii() and word.isdecimal() and len(word) < 10 for word in words):
        fail("번호는 쉼표로 나눈 숫자여야 합니다.", 2)
    return list(dict.fromkeys(map(int, words)))


def _as_dict(phrase: Phrase) -> dict[str, str | int | None]:
    return {
        "id": phrase.id,
        "text": phrase.text,
        "intent": phrase.intent,
        "sessions": phrase.sessions,
        "state": phrase.state,
        "reviewer": phrase.reviewer,
        "decided_at": phrase.decided_at.isoformat() if phrase.decided_at else None,
    }


def _as_line(phrase: Phrase) -> str:
    row = {"text": phrase.text, "intent": phrase.intent, "sessions": phrase.sessions}
    return json.dumps(row, ensure_ascii=False) + "\n"
