from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from knowledge import vector_cache
from knowledge.embedder import Vectors
from knowledge.morphemes import content_morphemes
from knowledge.vector_cache import VectorCache
from maru.settings import ROOT

DIMENSION = 4


class Encoder:
    """Numbers that depend on the text alone, and what was asked for."""

    def __init__(self, dimension: int = DIMENSION) -> None:
        self.asked: list[str] = []
        self._dimension = dimension

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        rows = [list(sha256(text.encode()).digest()[: self._dimension]) for text in texts]
        return np.array(rows, dtype=np.float32)


@pytest.fixture
def encoder() -> Encoder:
    return Encoder()


def test_when_texts_are_known_then_only_the_new_ones_are_embedded(tmp_path: Path, encoder: Encoder) -> None:
    path = tmp_path / "새 폴더" / "vectors.db"
    first = VectorCache(path, "model", DIMENSION).vectors("question", ["가", "나"], encoder)
    again = VectorCache(path, "model", DIMENSION).vectors("question", ["나", "다", "가"], encoder)
    assert encoder.asked == ["가", "나", "다"]
    np.testing.assert_array_equal(again[[2, 0]], first)


@pytest.mark.parametrize(
    ("fingerprint", "kind"), [("other-model", "question"), ("model", "passage")], ids=["other model", "other kind"]
)
def test_when_the_model_or_kind_is_another_then_the_text_is_embedded_anew(
    tmp_path: Path, encoder: Encoder, fingerprint: str, kind: str
) -> None:
    VectorCache(tmp_path / "v.db", "model", DIMENSION).vectors("question", ["가"], encoder)
    VectorCache(tmp_path / "v.db", fingerprint, DIMENSION).vectors(kind, ["가"], encoder)
    assert encoder.asked == ["가", "가"]


def test_when_more_texts_come_than_a_batch_then_their_order_holds(tmp_path: Path, encoder: Encoder) -> None:
    texts = [f"글 {number}" for number in range(1203)]
    cache = VectorCache(tmp_path / "v.db", "model", DIMENSION)
    cache.vectors("question", texts[::2], encoder)
    found = cache.vectors("question", texts, encoder)
    np.testing.assert_array_equal(found, Encoder()(texts))
    assert sorted(encoder.asked) == sorted(texts)


def test_when_nothing_is_asked_then_an_empty_matrix_comes(tmp_path: Path, encoder: Encoder) -> None:
    found = VectorCache(tmp_path / "v.db", "model", DIMENSION).vectors("question", [], encoder)
    assert found.shape == (0, DIMENSION)
    assert found.dtype == np.float32


def test_when_a_text_stands_twice_then_it_gets_the_same_vector(tmp_path: Path, encoder: Encoder) -> None:
    found = VectorCache(tmp_path / "v.db", "model", DIMENSION).vectors("question", ["가", "가"], encoder)
    np.testing.assert_array_equal(found[0], found[1])


def test_when_vectors_of_another_length_lie_there_then_they_are_not_used(tmp_path: Path, encoder: Encoder) -> None:
    VectorCache(tmp_path / "v.db", "model", 8).vectors("question", ["가"], Encoder(8))
    found = VectorCache(tmp_path / "v.db", "model", DIMENSION).vectors("question", ["가"], encoder)
    assert found.shape == (1, DIMENSION)
    assert encoder.asked == ["가"]


@pytest.mark.parametrize("what", ["file", "folder"])
def test_when_it_is_deleted_in_use_then_it_begins_anew(tmp_path: Path, encoder: Encoder, what: str) -> None:
    folder = tmp_path / "index"
    cache = VectorCache(folder / "v.db", "model", DIMENSION)
    expected = cache.vectors("question", ["가"], encoder)
    for path in folder.iterdir():
        path.unlink()
    if what == "folder":
        folder.rmdir()
    np.testing.assert_array_equal(cache.vectors("question", ["가"], encoder), expected)
    assert encoder.asked == ["가", "가"]


@pytest.mark.parametrize("content", [b"not a database" * 400, b"SQLite format 3\0" + b"\xff" * 5000])
def test_when_the_file_is_damaged_then_it_begins_anew(tmp_path: Path, encoder: Encoder, content: bytes) -> None:
    (tmp_path / "v.db").write_bytes(content)
    cache = VectorCache(tmp_path / "v.db", "model", DIMENSION)
    cache.vectors("question", ["가"], encoder)
    cache.vectors("question", ["가"], encoder)
    assert encoder.asked == ["가"]
    assert (tmp_path / "v.db.damaged").read_bytes() == content


def test_when_the_file_is_torn_in_use_then_it_is_set_aside_and_begins_anew(tmp_path: Path, encoder: Encoder) -> None:
    path = tmp_path / "v.db"
    texts = [f"글 {number}" for number in range(300)]
    cache = VectorCache(path, "model", DIMENSION)
    cache.vectors("question", texts, encoder)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2 // 4096 * 4096])
    for _ in range(2):
        np.testing.assert_array_equal(cache.vectors("question", texts, encoder), Encoder()(texts))
    encoder.asked.clear()
    cache.vectors("question", texts, encoder)
    assert encoder.asked == []
    assert (tmp_path / "v.db.damaged").exists()


@pytest.mark.parametrize("column", ["value", "checksum", "digest"])
def test_when_a_value_isnt_the_one_that_was_kept_then_it_is_computed_anew(
    tmp_path: Path, encoder: Encoder, column: str
) -> None:
    path = tmp_path / "v.db"
    VectorCache(path, "model", DIMENSION).vectors("question", ["가", "나"], encoder)
    with closing(sqlite3.connect(path)) as connection, connection:
        first, second = connection.execute("SELECT digest, value, checksum FROM kept").fetchall()
        if column == "digest":  # each value under the other's name
            connection.execute("DELETE FROM kept")
            rows = [(first[0], *second[1:]), (second[0], *first[1:])]
            connection.executemany("INSERT INTO kept VALUES (?, ?, ?)", rows)
        else:
            other = {"value": bytes(4 * DIMENSION), "checksum": 7}[column]
            connection.execute(f"UPDATE kept SET {column} = ?", (other,))
    found = VectorCache(path, "model", DIMENSION).vectors("question", ["가", "나"], encoder)
    np.testing.assert_array_equal(found, Encoder()(["가", "나"]))


def test_when_morphemes_are_known_then_they_arent_analysed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["여권을 잃어버렸어요", "", "여권을 잃어버렸어요", "Passport 3개"]
    first = VectorCache(tmp_path / "v.db", "model", DIMENSION).morphemes(texts)
    assert first == content_morphemes(texts)
    monkeypatch.setattr(vector_cache, "content_morphemes", None)
    assert VectorCache(tmp_path / "v.db", "model", DIMENSION).morphemes(texts[::-1]) == first[::-1]


def test_when_the_disk_is_full_then_the_vectors_come_all_the_same(tmp_path: Path) -> None:
    # The largest size a process may give a file stands in for the end of a disk.
    program = """
import resource, sys
from pathlib import Path
from tests.knowledge.test_vector_cache import DIMENSION, Encoder, VectorCache, np
cache = VectorCache(Path(sys.argv[1]), "model", DIMENSION)
cache.vectors("question", ["가"], Encoder())
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
texts = [f"글 {number}" for number in range(3000)]
for _ in range(2):
    np.testing.assert_array_equal(cache.vectors("question", ["가", *texts], Encoder()), Encoder()(["가", *texts]))
"""
    command = [sys.executable, "-c", program, str(tmp_path / "v.db")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "can't be kept" in ended.stderr
    encoder = Encoder()
    VectorCache(tmp_path / "v.db", "model", DIMENSION).vectors("question", ["가"], encoder)
    assert encoder.asked == []  # what was kept before is whole


def test_when_nothing_can_be_kept_then_the_vectors_come_all_the_same(tmp_path: Path, encoder: Encoder) -> None:
    cache = VectorCache(tmp_path / "index" / "v.db", "model", DIMENSION)
    for path in (tmp_path / "index").iterdir():
        path.unlink()
    (tmp_path / "index").rmdir()
    (tmp_path / "index").write_text("a file where the folder was")
    np.testing.assert_array_equal(cache.vectors("question", ["가"], encoder), Encoder()(["가"]))


def test_when_several_write_at_once_then_all_get_their_vectors(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    texts = [f"글 {number}" for number in range(60)]

    def use(start: int) -> None:
        try:
            mine = texts[start:] + texts[:start]
            cache = VectorCache(tmp_path / "v.db", "model", DIMENSION)
            np.testing.assert_array_equal(cache.vectors("question", mine, Encoder()), Encoder()(mine))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=use, args=(start,)) for start in range(0, 60, 10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
