"""Fits the weights that tell prose from questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from privacy.tagger.prose import BUCKETS, buckets_of

_STRENGTH = 20.0
_STEPS = 300


def fit_prose(prose: Sequence[str], asked: Sequence[str], out: Path) -> None:
    """Logistic regression on hashed runs of characters; writes float16 weights (``BUCKETS`` + 1,) to ``out``."""
    texts = [*prose, *asked]
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        buckets = buckets_of(text)
        rows += [row] * len(buckets)
        columns += buckets
        values += [len(buckets) ** -0.5] * len(buckets)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(texts), BUCKETS))
    labels = np.repeat([1, 0], [len(prose), len(asked)])
    model = LogisticRegression(C=_STRENGTH, max_iter=_STEPS).fit(matrix, labels)
    np.save(out, np.append(model.coef_[0], model.intercept_).astype(np.float16), allow_pickle=False)
