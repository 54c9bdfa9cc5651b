"""The nearest of many unit vectors, built by their number: compared all, or only those of the nearest clusters."""

from __future__ import annotations

import os

import faiss
import numpy as np
import numpy.typing as npt

from knowledge.embedder import Vectors

Mask = npt.NDArray[np.bool_]
Positions = npt.NDArray[np.int64]

# Measured: docs/decisions/005-index-by-size.md
FLAT_UP_TO = 300_000
_FEW = 4096
_CLUSTERS = 1024
_PROBED = 0.4  # of the clusters
_TRAINED_ON = 48  # vectors a cluster

_LARGEST = 127  # of a signed byte
_CHUNK = 50_000


class Choice:
    """Some of an index's vectors, ready for a search; so few that comparing each is quicker are listed, too."""

    def __init__(self, chosen: Mask) -> None:
        """``chosen`` (n,) says of each vector whether it may be found."""
        self.count = int(np.count_nonzero(chosen))
        self.share = self.count / max(1, len(chosen))
        self.few: Positions | None = np.flatnonzero(chosen) if self.count <= _FEW else None
        everything = self.count == len(chosen)
        self.selector = None if everything else faiss.IDSelectorBitmap(np.packbits(chosen, bitorder="little"))


class VectorIndex:
    """Unit vectors (n, dimension), searchable; never changed after, safe to search from several threads.

    FAISS finds candidates among bytes, which are four times quicker to read than floats; the vectors themselves then
    score them, so that scores are exact and only the choice of candidates isn't quite.
    """

    def __init__(self, vectors: Vectors, flat_up_to: int = FLAT_UP_TO) -> None:
        self.vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        self._scale = _LARGEST / max(float(np.abs(self.vectors).max(initial=0.0)), 1e-6)
        self._clusters = 0  # none: every vector is compared
        dimension = vectors.shape[1]
        byte, product = faiss.ScalarQuantizer.QT_8bit_direct_signed, faiss.METRIC_INNER_PRODUCT
        faiss.omp_set_num_threads(max(1, (os.cpu_count() or 1) - 1))  # somebody is being answered meanwhile
        if len(vectors) <= flat_up_to:
            self._faiss = faiss.IndexScalarQuantizer(dimension, byte, product)
        else:
            centres = self._centres()
            self._clusters = len(centres)
            nearest = faiss.IndexFlatIP(dimension)
            nearest.add(centres)
            self._faiss = faiss.IndexIVFScalarQuantizer(nearest, dimension, len(centres), byte, product, False)
        self._faiss.is_trained = True  # the bytes are ours
        for start in range(0, len(vectors), _CHUNK):
            self._faiss.add(np.rint(self.vectors[start : start + _CHUNK] * self._scale))

    def __len__(self) -> int:
        return int(self._faiss.ntotal)

    @property
    def is_clustered(self) -> bool:
        """Whether a search looks into some of the vectors only."""
        return self._clusters > 0

    def search(self, vector: Vectors, wanted: int, choice: Choice | None = None) -> tuple[Vectors, Positions]:
        """Cosines and positions of the ``wanted`` vectors nearest to a unit vector (dimension,), best first.

        Of those of ``choice`` alone, where one is given: there are fewer than wanted only if it holds fewer (or,
        among clusters, if those looked into do).
        """
        wanted = min(wanted, len(self) if choice is None else choice.count)
        if wanted == 0:
            return np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.int64)
        found = choice.few if choice is not None and choice.few is not None else None
        if found is None:
            found = self._candidates(vector, wanted + wanted // 4 + 16, choice)
        scores = self.vectors[found] @ vector
        best = np.argsort(-scores, kind="stable")[:wanted]
        return scores[best], found[best]

    def _candidates(self, vector: Vectors, wanted: int, choice: Choice | None) -> Positions:
        selector = choice.selector if choice is not None else None
        if self._clusters:
            # What is rare is found farther away.
            share = _PROBED / np.sqrt(choice.share if choice is not None else 1.0)
            probed = min(self._clusters, round(self._clusters * share))
            parameters = faiss.SearchParametersIVF(sel=selector, nprobe=probed)
        else:
            parameters = faiss.SearchParameters(sel=selector)
        # FAISS reads the question as bytes, too; its own length doesn't matter to the order.
        asked = np.rint(vector * (_LARGEST / max(float(np.abs(vector).max()), 1e-6)))
        faiss.omp_set_num_threads(1)  # holds for the calling thread; one question gains nothing from a second one
        _scores, found = self._faiss.search(asked[None, :], min(wanted, len(self)), params=parameters)
        positions: Positions = found[0][found[0] >= 0]
        return positions

    def _centres(self) -> Vectors:
        """Unit centres (clusters, dimension) of a sample: where vectors crowd, so that like ones share a cluster."""
        clusters = min(_CLUSTERS, max(1, len(self.vectors) // _TRAINED_ON))
        step = max(1, len(self.vectors) // (clusters * _TRAINED_ON))
        sample = self.vectors[::step][: clusters * _TRAINED_ON]
        kmeans = faiss.Kmeans(
            sample.shape[1],
            clusters,
            niter=8,
            seed=1,
            spherical=True,
            min_points_per_centroid=1,
            max_points_per_centroid=_TRAINED_ON,
        )
        kmeans.train(sample)
        centres: Vectors = kmeans.centroids
        return centres
