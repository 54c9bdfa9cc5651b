"""``maru privacy try``: what would be kept of a sentence or a dialogue, and why."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from maru.cli.output import fail, print_json
from privacy.errors import ScrubFailed
from privacy.kinds import PersonalKind
from privacy.kiwi_nlp_engine import KiwiNlpEngine
from privacy.recognizers import ALL_RECOGNIZERS
from privacy.scrubbed_text import ScrubbedText
from privacy.scrubber import Scrubber

NOT_KEPT = "여기에 쓴 글과 이 결과는 어디에도 남기지 않습니다."
_TIMEOUT_S = 30.0
_TOLD_BEFORE = "앞에서 나온 값"


class _Candidate(NamedTuple):
    """What one recognizer said; offsets in the turns joined by line ends."""

    start: int
    end: int
    kind: str
    score: float
    recognizer: str


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
    scrubber = Scrubber(timeout_s=_TIMEOUT_S)
    for number, dialogue in enumerate(_dialogues(sentence, turns or [])):
        session = f"try-{number}"
        try:
            kept = scrubber.scrub_turns(dialogue, session)
        except ScrubFailed as error:
            fail(f"가명으로 바꾸지 못했습니다(켜져 있는 마루라면 아무것도 남기지 않습니다): {error}")
        finally:
            scrubber.vault.wipe(session)
        finds = list(_finds(dialogue, kept))
        if as_json:
            print_json({"kept": [each.text for each in kept], "finds": finds, "stored": False})
        else:
            _show(kept, finds)
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


def _finds(turns: Sequence[str], kept: Sequence[ScrubbedText]) -> Iterator[dict[str, Any]]:
    normal = [unicodedata.normalize("NFC", turn) for turn in turns]
    candidates = _candidates(normal)
    offset = 0
    for number, (turn, scrubbed) in enumerate(zip(normal, kept, strict=True)):
        for span in scrubbed.spans:
            yield {
                "turn": number,
                "start": span.start,
                "end": span.end,
                "type": span.type,
                "label": PersonalKind.of_placeholder(span.placeholder).label,
                "words": turn[span.start : span.end],
                "score": span.score,
                "recognizer": _recognizer(candidates, offset + span.start, offset + span.end, span.type),
                "placeholder": span.placeholder,
            }
        offset += len(turn) + 1


def _candidates(turns: Sequence[str]) -> list[_Candidate]:
    """What every recognizer says of the dialogue, before the surest are chosen."""
    text = "\n".join(turn.replace("\r", " ").replace("\n", " ") for turn in turns)
    artifacts = KiwiNlpEngine().read(text, deadline=float("inf"))
    return [
        _Candidate(each.start, each.end, PersonalKind(each.entity_type).code, each.score, recognizer.__name__)
        for recognizer in ALL_RECOGNIZERS
        for each in recognizer().analyze(text, [], artifacts)
    ]


def _recognizer(candidates: Sequence[_Candidate], start: int, end: int, kind: str) -> str | None:
    """The recognizer of that kind that covers most of a span; None when it only stands there again."""
    covering = [each for each in candidates if each.kind == kind and each.start < end and start < each.end]
    best = max(covering, key=lambda each: (min(each.end, end) - max(each.start, start), each.score), default=None)
    return best.recognizer if best else None


def _show(kept: Sequence[ScrubbedText], finds: Sequence[dict[str, Any]]) -> None:
    for each in kept:
        typer.echo(f"남을 글: {each.text}")
    if not finds:
        typer.echo("가릴 것을 찾지 못했습니다.")
        return
    table = Table(*(["차례"] if len(kept) > 1 else []), "종류", "말", "점수", "찾은 규칙", "남는 말")
    for find in finds:
        table.add_row(
            *([str(find["turn"] + 1)] if len(kept) > 1 else []),
            find["label"],
            find["words"],
            f"{find['score']:.2f}",
            find["recognizer"] or _TOLD_BEFORE,
            find["placeholder"],
        )
    Console(file=sys.stdout, markup=False, highlight=False, emoji=False).print(table)
