"""Writes a tiny model in the packed layout that ``knowledge.model_files`` reads, from the description alone."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS = 32, 2, 4, 64, 16
PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "▁여권",
    "▁분실",
    "query",
    "▁query",
    ":",
    "passage",
    "▁passage",
    "을",
    "a",
    "b",
    "c",
]
VOCABULARY = 16


def quantised(weights: npt.NDArray[np.float32]) -> tuple[bytes, npt.NDArray[np.float32]]:
    """Q4_0 blocks of a matrix, and the matrix that they stand for."""
    out, values = b"", []
    for block in weights.reshape(-1, 32):
        scale = np.float16(np.abs(block).max() / 7 or 1.0)
        codes = np.clip(np.round(block / np.float32(scale)) + 8, 0, 15).astype(np.uint8)
        out += scale.tobytes() + (codes[:16] | (codes[16:] << 4)).tobytes()
        values.append((codes.astype(np.float32) - 8) * np.float32(scale))
    return out, np.concatenate(values).reshape(weights.shape)


def write_packed(path: Path, *, magic: bytes = b"E5S1", block: int = 32) -> dict[str, npt.NDArray[np.float32]]:
    """Write the file and return its weights by the packed names, as they have to come out."""
    numbers = np.random.default_rng(11)

    def matrix(rows: int, columns: int) -> npt.NDArray[np.float32]:
        return numbers.normal(scale=0.3, size=(rows, columns)).astype(np.float32)

    quantised_shapes = {"emb.word": (VOCABULARY, HIDDEN)}
    plain_shapes: dict[str, tuple[int, ...]] = {"emb.pos": (POSITIONS, HIDDEN), "emb.type": (1, HIDDEN)}
    plain_shapes |= {"emb.ln.w": (HIDDEN,), "emb.ln.b": (HIDDEN,)}
    for layer in range(LAYERS):
        for name, rows, columns in (
            *((name, HIDDEN, HIDDEN) for name in ("q", "k", "v", "ao")),
            ("fi", FEED_FORWARD, HIDDEN),
            ("fo", HIDDEN, FEED_FORWARD),
        ):
            quantised_shapes[f"l{layer}.{name}.w"] = (rows, columns)
            plain_shapes[f"l{layer}.{name}.b"] = (rows,)
        for norm in ("aln", "oln"):
            plain_shapes[f"l{layer}.{norm}.w"] = plain_shapes[f"l{layer}.{norm}.b"] = (HIDDEN,)

    expected: dict[str, npt.NDArray[np.float32]] = {}
    raw: dict[str, bytes] = {}
    for name, (rows, columns) in quantised_shapes.items():
        raw[name], expected[name] = quantised(matrix(rows, columns))
    for name, shape in plain_shapes.items():
        expected[name] = numbers.normal(scale=0.1, size=shape).astype(np.float32)
        raw[name] = expected[name].tobytes()

    blob = "".join(PIECES).encode()
    offsets = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    scores = np.arange(len(PIECES), 0, -1).astype("<f4") * -1
    normalisation = b"a table that is not needed"
    head = struct.pack("<4sI7ifi", magic, 1, HIDDEN, LAYERS, HEADS, FEED_FORWARD, VOCABULARY, POSITIONS, 1, 1e-5, block)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob)) + offsets.tobytes() + scores.tobytes() + blob
    head += struct.pack("<iI", 1, len(normalisation)) + normalisation
    head += struct.pack("<i", len(raw))
    directory_bytes = sum(2 + len(name) + 21 for name in raw)
    directory, offset = b"", len(head) + directory_bytes
    for name, content in raw.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", 2 if name in quantised_shapes else 0, len(content), offset, len(content))
        offset += len(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + directory + b"".join(raw.values()))
    return expected
