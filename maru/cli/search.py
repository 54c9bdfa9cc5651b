"""``maru search``: retrieval alone, without Rasa, over our entries or over a foreign corpus."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, cast

import typer

from actions.emergency import detect_emergency
from knowledge.calibration import load_calibration
from knowledge.danger import load_danger
from knowledge.decision import Hit
from knowledge.embedder import Embedder, load_embedder
from knowledge.entry import Audience, Entry, Locale, Viewer
from knowledge.errors import KnowledgeError
from knowledge.files.row import entry_of
from knowledge.index import Snapshot, build_snapshot
from knowledge.searcher import Searcher
from knowledge.vector_cache import VectorCache, open_vector_cache
from maru.cli.faq import open_store
from maru.cli.output import fail, print_json, read_jsonl, write_jsonl
from maru.clock import SystemClock
from maru.settings import Settings, get_settings


def search(
    questions: Annotated[
        Path, typer.Option("--in", help='질문 JSONL: {"qid","question"}, 말로 물었으면 "hypotheses"도. -는 표준 입력')
    ],
    out: Annotated[Path, typer.Option("--out", help="결과 JSONL. -는 표준 출력")],
    entries: Annotated[
        Path | None, typer.Option("--entries", help="다른 말뭉치 JSONL(이번에만 색인). 비우면 게시된 FAQ")
    ] = None,
    audience: Annotated[str, typer.Option(help="citizen 또는 staff")] = "citizen",
    locale: Annotated[str, typer.Option(help="묻는 사람의 언어: ko 또는 en")] = "ko",
    agency: Annotated[str | None, typer.Option(help="묻는 사람의 기관 코드. 비우면 MARU_AGENCY")] = None,
    top: Annotated[int, typer.Option(min=1, max=50, help="질문마다 몇 개까지")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="요약도 JSON으로")] = False,
) -> None:
    """Rasa 없이 검색만 합니다.

    entries: {"entry_id","question","answer","variants":[],"category","audience","locale","agency"} (앞의 셋만 필수)
    hypotheses: 말을 받아쓴 후보 [{"text","score"}] 또는 ["글", …]. maru transcribe --json이 낸 그대로면 됩니다.
    있으면(비어 있어도) 잘못 들었을 수 있는 질문으로 찾습니다.
    결과: {"qid","status","hits":[{"entry_id","score"}],"ms"} 순위 순. score는 맞을 확률이라 질문끼리 견줄 수 있습니다.
    위급한 말은 찾기 전에 가려내어 status가 emergency이고 hits가 비어 있습니다.
    """
    if audience not in ("citizen", "staff"):
        fail(f"--audience는 citizen 또는 staff여야 합니다: {audience}", 2)
    if locale not in ("ko", "en"):
        fail(f"--locale은 ko 또는 en이어야 합니다: {locale}", 2)
    settings = get_settings()
    rows = list(read_jsonl(questions, ("qid", "question")))
    for row in rows:
        if not isinstance(row["question"], str):
            fail(f"{questions}: {row['qid']}: question은 글이어야 합니다")
        if "hypotheses" in row and _readings(row) is None:
            fail(f'{questions}: {row["qid"]}: hypotheses는 글이나 {{"text"}}의 목록이어야 합니다')
    viewer = Viewer(cast("Audience", audience), agency or settings.agency, cast("Locale", locale))
    try:
        embedder = load_embedder(settings)
        searcher = Searcher(load_calibration(), settings, embedder.encode_queries)
        with TemporaryDirectory(prefix="maru-search-") as scratch:
            snapshot = _snapshot(entries, embedder, settings, Path(scratch))
            count = write_jsonl(out, _hits(rows, snapshot, searcher, embedder, viewer, top))
    except KnowledgeError as error:
        fail(str(error))
    if as_json and str(out) != "-":
        print_json({"questions": count, "entries": len({e.entry_id for e in snapshot.entries})})


def _snapshot(path: Path | None, embedder: Embedder, settings: Settings, scratch: Path) -> Snapshot:
    if path is None:
        revision, published = open_store().published()
        if not published:
            fail("게시된 FAQ가 없습니다. 먼저 make run을 한 번 하거나 maru faq import로 넣어 주세요.")
        return build_snapshot(revision, published, embedder, open_vector_cache(settings, embedder))
    cache = VectorCache(scratch / "vectors.db", embedder.fingerprint, embedder.dimension)
    return build_snapshot(0, _foreign(path), embedder, cache)


def _foreign(path: Path) -> list[Entry]:
    found: dict[tuple[str, str, str], Entry] = {}
    for row in read_jsonl(path, ("entry_id", "question", "answer")):
        # A foreign corpus may hold entries without an answer; its question then says all there is.
        try:
            entry = entry_of({**row, "answer": str(row["answer"]).strip() or row["question"]})
        except ValueError as error:
            fail(f"{path}: {row['entry_id']}: {error}")
        found[(entry.entry_id, entry.agency, entry.locale)] = entry
    return list(found.values())


def _hits(
    rows: Iterable[dict[str, Any]],
    snapshot: Snapshot,
    searcher: Searcher,
    embedder: Embedder,
    viewer: Viewer,
    top: int,
) -> Iterator[dict[str, Any]]:
    today = SystemClock().today()
    model = load_danger(embedder.fingerprint)
    for row in rows:
        started = time.perf_counter()
        question = row["question"]
        status = "emergency"
        ranked: tuple[Hit, ...] = ()
        if detect_emergency(question) is None:
            vector = embedder.encode_queries([question])[0]
            danger = model.heard(vector) if model else None
            if danger is None or not danger.sure:
                heard = _readings(row) or ()
                decision = searcher.search(snapshot, question, viewer, today, vector=vector, heard=heard, top=top)
                if danger is None or decision.status == "answered":
                    status = decision.status
                    ranked = decision.ranked[:top]
        yield {
            "qid": row["qid"],
            "status": status,
            "hits": [{"entry_id": h.entry.entry_id, "score": round(h.score, 6)} for h in ranked],
            "ms": round((time.perf_counter() - started) * 1000, 2),
        }


def _readings(row: dict[str, Any]) -> tuple[str, ...] | None:
    """The question and all else that may have been said; nothing where it was typed, None where malformed."""
    if "hypotheses" not in row:
        return ()
    hypotheses = row["hypotheses"]
    if not isinstance(hypotheses, list):
        return None
    texts = [each.get("text") if isinstance(each, dict) else each for each in hypotheses]
    if not all(isinstance(text, str) for text in texts):
        return None
    return (row["question"], *texts)
