"""``maru privacy try``: what would be kept of a sentence or a dialogue, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from maru.cli.output import fail, print_json

if TYPE_CHECKING:
    from privacy.preview import Preview

NOT_KEPT = "여기에 쓴 글과 이 결과는 어디에도 남기지 않습니다."
_TIMEOUT_S = 30.0
_TOLD_BEFORE = "앞에서 나온 값"


def try_sentences(
    sentence: Annotated[
        str | None, typer.Argument(metavar="[문장]", help="볼 문장. -는 표준 입력의 한 줄 한 줄")
    ] = None,
    turns: Annotated[
        list[str] | None, typer.Option("--turn", help="앞서 한 말. 여러 번 쓰면 한 대화로 이어서 봄")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="결과를 JSON으로")] = False,
) -> None:
    """문장에서 무엇이 개인정보로 가려지고 어떤 글이 남을지 보여 줍니다. 아무것도 남기지 않습니다."""
    # They take seconds to load, and this module is loaded with `maru privacy scan`, too.
    from privacy.errors import ScrubFailed
    from privacy.preview import preview
    from privacy.scrubber import Scrubber

    scrubber = Scrubber(timeout_s=_TIMEOUT_S)
    for dialogue in _dialogues(sentence, turns or []):
        try:
            tried = preview(scrubber, dialogue)
        except ScrubFailed as error:
            fail(f"가명으로 바꾸지 못했습니다(켜져 있는 마루라면 아무것도 남기지 않습니다): {error}")
        if as_json:
            print_json(tried.as_json())
        else:
            _show(tried)
    if not as_json:
        typer.echo(NOT_KEPT)


def _dialogues(sentence: str | None, turns: list[str]) -> Iterator[list[str]]:
    if sentence == "-":
        try:
            lines = sys.stdin.buffer.read().decode("utf-8-sig").split("\n")
        except UnicodeDecodeError as error:
            fail(f"-: UTF-8이 아닙니다({error.start}번째 바이트)", 2)
        yield from ([*turns, line.rstrip("\r")] for line in lines if line.strip())
    elif sentence is not None or turns:
        yield [*turns, *([] if sentence is None else [sentence])]
    else:
        fail("볼 문장을 쓰거나 --turn을 주세요", 2)


def _show(tried: Preview) -> None:
    for kept in tried.kept:
        typer.echo(f"남을 글: {kept}")
    if not tried.finds:
        typer.echo("가릴 것을 찾지 못했습니다.")
        return
    several = len(tried.kept) > 1
    table = Table(*(["차례"] if several else []), "종류", "말", "점수", "찾은 규칙", "남는 말")
    for find in tried.finds:
        table.add_row(
            *([str(find.turn + 1)] if several else []),
            find.kind.label,
            find.words,
            f"{find.score:.2f}",
            find.recognizer or _TOLD_BEFORE,
            find.placeholder,
        )
    Console(file=sys.stdout, markup=False, highlight=False, emoji=False).print(table)
