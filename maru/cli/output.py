"""How commands speak: JSON for programs, lines for people, one clear sentence when something is wrong."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

import typer


def fail(message: str, code: int = 1) -> NoReturn:
    """Say what is wrong on stderr and end with ``code``."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def print_json(value: Any) -> None:
    """One JSON value on one line."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def read_jsonl(path: Path, required: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file (``-`` for standard input); ends with a message naming the line that is wrong."""
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        fail(f"{path}: 읽을 수 없습니다: {error.strerror}")
    except UnicodeDecodeError as error:
        fail(f"{path}: UTF-8이 아닙니다({error.start}번째 바이트)")
    # Not splitlines(): text may hold line ends of other kinds (U+2028, U+0085 …).
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            fail(f"{path}:{number}행: JSON이 아닙니다: {error.msg}")
        except RecursionError:
            fail(f"{path}:{number}행: JSON이 너무 깊이 겹쳐 있습니다")
        if not isinstance(row, dict):
            fail(f"{path}:{number}행: JSON 객체가 아닙니다")
        missing = [key for key in required if key not in row]
        if missing:
            fail(f"{path}:{number}행: 없는 항목: {', '.join(missing)}")
        yield row


def write_jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> int:
    """Write the rows (``-`` for standard output) and return how many; a file appears whole or not at all."""
    count = 0

    def lines() -> Iterator[str]:
        nonlocal count
        for row in rows:
            yield json.dumps(row, ensure_ascii=False) + "\n"
            count += 1

    write_text(path, lines())
    return count


def write_text(path: Path, pieces: Iterable[str]) -> str:
    """Write a text (``-`` for standard output) and return its sha256; a file appears whole or not at all."""
    digest = sha256()
    if str(path) == "-":
        for piece in pieces:
            digest.update(piece.encode())
            typer.echo(piece, nl=False)
        return digest.hexdigest()
    partial = path.with_name(f".{path.name}.part")
    try:
        with partial.open("w", encoding="utf-8") as file:
            for piece in pieces:
                digest.update(piece.encode())
                file.write(piece)
        partial.replace(path)
    except OSError as error:
        fail(f"{path}: 쓸 수 없습니다: {error.strerror}")
    finally:
        if partial.is_file():
            partial.unlink()
    return digest.hexdigest()
