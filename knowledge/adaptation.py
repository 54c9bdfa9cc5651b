"""What the embedder learned about civic questions: low-rank additions to its weights, in one small file.

LoRA (Hu et al. 2021, https://arxiv.org/abs/2106.09685): a weight W (out, in) becomes W + B @ A, with A (rank, in) and
B (out, rank). Added once when the model is loaded, so that a question costs what it cost before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from knowledge.errors import ModelFileError

SHIPPED = Path(__file__).parent / "adaptation.safetensors"

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Adaptation:
    """``layers`` maps a layer's name to its A (rank, in) and B (out, rank); ``base`` is the model it was learned on."""

    base: str
    layers: Mapping[str, tuple[Weights, Weights]]
    digest: str

    def add_to(self, model: Any) -> None:
        """Change the weights of a torch module in place; raises ``ModelFileError`` where a layer doesn't fit."""
        import torch

        modules = dict(model.named_modules())
        with torch.no_grad():
            for name, (a, b) in self.layers.items():
                weight = getattr(modules.get(name), "weight", None)
                if weight is None or tuple(weight.shape) != (b.shape[0], a.shape[1]):
                    raise ModelFileError(f"the adaptation's layer {name} isn't one of this model's")
                weight += torch.from_numpy(b @ a)


def read_adaptation(path: Path) -> Adaptation:
    """Read an adaptation; raises ``ModelFileError`` for anything else."""
    try:
        with safe_open(path, framework="numpy") as file:
            metadata = file.metadata() or {}
            tensors = {key: file.get_tensor(key).astype(np.float32) for key in file.keys()}  # noqa: SIM118
        names = sorted(key.removesuffix(".A") for key in tensors if key.endswith(".A"))
        layers = {name: (tensors[f"{name}.A"], tensors[f"{name}.B"]) for name in names}
        return Adaptation(metadata["base"], layers, hashlib.sha256(path.read_bytes()).hexdigest())
    except (OSError, KeyError, SafetensorError) as error:
        raise ModelFileError(f"{path}: not an adaptation ({error}); make one with maru train embeddings") from error


def write_adaptation(path: Path, base: str, layers: Mapping[str, tuple[Weights, Weights]], learned: str) -> None:
    """Write in half precision; ``learned`` says from what."""
    tensors = {}
    for name, (a, b) in layers.items():
        tensors[f"{name}.A"] = np.ascontiguousarray(a, dtype=np.float16)
        tensors[f"{name}.B"] = np.ascontiguousarray(b, dtype=np.float16)
    save_file(tensors, path, metadata={"base": base, "learned": learned})
