from __future__ import annotations

from pathlib import Path

import numpy as np

from privacy.tagger.prose import BUCKETS
from privacy.training.prose import fit_prose


def test_when_weights_are_fitted_then_the_file_holds_one_for_each_bucket_and_a_bias(tmp_path: Path) -> None:
    out = tmp_path / "prose.npy"
    fit_prose(["그는 떠났다고 말했다."] * 5, ["언제 하나요?"] * 5, out)
    weights = np.load(out, allow_pickle=False)
    assert weights.shape == (BUCKETS + 1,)
    assert np.isfinite(weights).all()
