"""``maru scrub``: where personal data stands in texts and dialogues."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from maru.cli.output import fail, print_json, read_jsonl, write_jsonl
from privacy.errors import ScrubFailed
from privacy.scrubbed_text import ScrubbedText
from privacy.scrubber import Scrubber


def scrub(
    texts: Annotated[Path, typer.Option("--in", help='JSONL: {"id","text"} 또는 {"id","turns":["…"]}. -는 표준 입력')],
    out: Annotated[Path, typer.Option("--out", help="결과 JSONL. -는 표준 출력")],
    as_json: Annotated[bool, typer.Option("--json", help="요약도 JSON으로")] = False,
) -> None:
    """개인정보를 찾아 가명으로 바꿉니다.

    결과: {"id","spans":[{"start","end","type","score"}],"scrubbed"}.
    turns를 주면 spans에 "turn"이 붙고 scrubbed는 목록입니다.
    """
    rows = list(read_jsonl(texts, ("id",)))
    for row in rows:
        turns = row.get("turns", [])
        if (
            not isinstance(row.get("text", ""), str)
            or not isinstance(turns, list)
            or any(type(t) is not str for t in turns)
        ):
            fail(f"{row['id']}: text는 글, turns는 글의 목록이어야 합니다")
        if ("text" in row) == ("turns" in row):
            fail(f"{row['id']}: text와 turns 가운데 하나만 있어야 합니다")
    count = write_jsonl(out, _scrubbed(rows, Scrubber(timeout_s=30.0)))
    if as_json and str(out) != "-":
        print_json({"texts": count})


def _scrubbed(rows: list[dict[str, Any]], scrubber: Scrubber) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(rows):
        session = f"scrub-{number}"
        try:
            if "text" in row:
                found = scrubber.scrub(row["text"], session)
                yield {"id": row["id"], "spans": list(_spans(found)), "scrubbed": found.text}
            else:
                turns = scrubber.scrub_turns(row["turns"], session)
                spans = [span | {"turn": at} for at, turn in enumerate(turns) for span in _spans(turn)]
                yield {"id": row["id"], "spans": spans, "scrubbed": [turn.text for turn in turns]}
        except ScrubFailed as error:
            fail(f"{row['id']}: 가명으로 바꾸지 못했습니다: {error}")
        finally:
            scrubber.vault.wipe(session)


def _spans(found: ScrubbedText) -> Iterator[dict[str, Any]]:
    for span in found.spans:
        yield {"start": span.start, "end": span.end, "type": span.type, "score": span.score}
