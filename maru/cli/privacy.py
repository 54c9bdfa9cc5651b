"""``maru privacy``: is personal data anywhere, and what would be kept of a sentence."""

from __future__ import annotations

import sys
import time
import unicodedata
from pathlib import Path
from typing import Annotated, Any

import typer

from maru.cli.output import fail, print_json
from maru.cli.privacy_try import try_sentences
from privacy.kinds import PersonalKind
from privacy.scan import MAX_UNPACKED, BadDatabase, Find, Report, Scanner, scan_database, scan_paths, sqlite_file

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="개인정보가 남아 있는지 찾고, 한 문장에서 무엇을 남길지 봅니다."
)

_FEWEST_LETTERS = 4
_FEWEST_HANGUL = 2
_PROGRESS_S = 5.0
_WHY = {
    "absent": "그런 파일이나 폴더가 없음",
    "bad-database": "데이터베이스 주소가 틀렸거나 열 수 없음",
    "broken-archive": "압축이 깨졌거나 아직 쓰는 중",
    "failed": "보다가 잘못됨",
    "limit": "풀면 너무 큼(--max-bytes)",
    "too-deep": "압축이 너무 여러 겹",
    "unreadable": "읽을 수 없음",
    "zip-encrypted": "암호가 걸린 압축",
    "zip-unknown": "모르는 방식의 압축",
}


@app.command("scan")
def scan(
    targets: Annotated[
        list[str], typer.Argument(metavar="TARGET...", help="폴더, 파일, 또는 sqlite:///… postgresql://… 주소")
    ],
    canaries: Annotated[
        Path | None, typer.Option("--canaries", help="찾을 값이 한 줄에 하나씩 있는 파일. -는 표준 입력")
    ] = None,
    patterns: Annotated[bool, typer.Option("--patterns/--no-patterns", help="개인정보처럼 생긴 값도 찾음")] = True,
    max_bytes: Annotated[
        int, typer.Option("--max-bytes", min=1, help="파일 하나의 압축을 어디까지 풀지(바이트)")
    ] = MAX_UNPACKED,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로")] = False,
) -> None:
    """파일과 데이터베이스에 개인정보가 남아 있는지 찾습니다. 읽기만 하고, 찾은 값은 가려서 보여 줍니다.

    끝낼 때 0은 없음, 1은 찾음, 2는 다 보지 못했거나 잘못 쓴 것입니다.
    """
    originals = _read_canaries(canaries) if canaries else {}
    if not originals and not patterns:
        fail("찾을 것이 없습니다: --canaries를 주거나 --no-patterns를 빼세요", 2)
    started = time.monotonic()
    scanner = Scanner(originals.values(), patterns=patterns, max_bytes=max_bytes, progress=_Progress())
    for target in targets:
        _scan_target(scanner, target)
    seconds = time.monotonic() - started
    lines = list(originals)
    if as_json:
        print_json(_as_json(scanner.report, lines, seconds))
    else:
        _show(scanner.report, lines, seconds)
    raise typer.Exit(1 if scanner.report.finds else 2 if scanner.report.not_scanned else 0)


app.command("try")(try_sentences)


def _read_canaries(path: Path) -> dict[int, str]:
    """The originals by line number."""
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        fail(f"{path}: 읽을 수 없습니다: {error.strerror}", 2)
    except UnicodeDecodeError as error:
        fail(f"{path}: UTF-8이 아닙니다({error.start}번째 바이트)", 2)
    originals = {number: line.strip() for number, line in enumerate(text.split("\n"), start=1) if line.strip()}
    for number, original in originals.items():
        letters = [letter for letter in unicodedata.normalize("NFC", original) if letter.isalnum()]
        hangul = sum("가" <= letter <= "힣" for letter in letters)
        if len(letters) < _FEWEST_LETTERS and hangul < _FEWEST_HANGUL:
            fail(f"{path}:{number}행: 너무 짧아 아무 데서나 나옵니다(한글 2자, 그 밖에는 4자부터)", 2)
    if not originals:
        fail(f"{path}: 찾을 값이 없습니다", 2)
    return originals


def _scan_target(scanner: Scanner, target: str) -> None:
    """Scan one target; what goes wrong is noted, and no error shows what it stumbled over."""
    if "://" not in target:
        path = Path(target)
        if path.exists():
            scan_paths(scanner, [path])
        else:
            scanner.report.miss(scanner.clean_name(target), "absent")
        return
    try:
        file = sqlite_file(target)
        if file is None:
            scan_database(scanner, target)
        elif file.is_file():
            scan_paths(scanner, [file])
        else:
            scanner.report.miss(scanner.clean_name(str(file)), "absent")
    except BadDatabase:
        scanner.report.miss(target.partition("://")[0] + "://…", "bad-database")
    except Exception:
        scanner.report.miss(target.partition("://")[0] + "://…", "failed")  # it might quote what it stumbled over


class _Progress:
    """Says on standard error how far a long scan is."""

    def __init__(self) -> None:
        self._bytes = 0
        self._last = time.monotonic()

    def __call__(self, size: int) -> None:
        self._bytes += size
        if time.monotonic() - self._last >= _PROGRESS_S:
            self._last = time.monotonic()
            typer.echo(f"… {self._bytes / 1e6:,.0f} MB", err=True)


def _as_json(report: Report, lines: list[int], seconds: float) -> dict[str, Any]:
    return {
        "finds": [
            {
                "place": find.place,
                "row": find.row,
                "offset": find.offset,
                "kind": find.kind,
                "encoding": find.encoding,
                "masked": find.masked,
                "canary": _line(find, lines),
                "count": count,
            }
            for find, count in report.found()
        ],
        "not_scanned": [{"place": each.place, "reason": each.reason} for each in report.not_scanned],
        "files": report.files,
        "rows": report.rows,
        "bytes": report.bytes,
        "seconds": round(seconds, 1),
    }


def _show(report: Report, lines: list[int], seconds: float) -> None:
    for find, count in report.found():
        row = f" {find.row}행" if find.row else ""
        kind = _kind(find) if find.canary is None else f"찾는 값 {_line(find, lines)}번째 줄"
        times = f" ({count}번)" if count > 1 else ""
        typer.echo(f"{find.place}{row} @{find.offset}: {kind} [{find.encoding}] {find.masked}{times}")
    for each in report.not_scanned:
        why = _WHY.get(each.reason) or f"안을 볼 수 없는 형식: {each.reason.removeprefix('format-')}"
        typer.echo(f"{each.place}: 다 보지 못했습니다: {why}", err=True)
    typer.echo(
        f"찾은 것 {len(report.finds)}건, 다 보지 못한 것 {len(report.not_scanned)}건. "
        f"파일 {report.files:,}개, 행 {report.rows:,}개, {report.bytes / 1e6:,.1f} MB, {seconds:.1f}초."
    )


def _kind(find: Find) -> str:
    return PersonalKind(find.kind).label


def _line(find: Find, lines: list[int]) -> int | None:
    return None if find.canary is None else lines[find.canary]
