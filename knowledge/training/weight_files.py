"""Fitted weights as JSON that a person can look at and a diff can show."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np


def rounded(values: np.ndarray, digits: int) -> list[float]:
    """Each of ``values`` (n,) with so many decimals."""
    return [round(float(x), digits) for x in values]


def write_weights(content: Mapping[str, object], path: Path) -> None:
    """JSON with one key a line: short to read, and a refit shows as few changed lines."""
    lines = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in content.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
