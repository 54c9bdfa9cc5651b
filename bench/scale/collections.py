"""Collections of unit vectors to measure an index on: real texts, and as many more as wanted that look like them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from knowledge.embedder import Embedder, Vectors
from knowledge.files.seeds import read_seeds
from knowledge.index import Centre, passage_of
from knowledge.training.seoul import read_seoul_entries, read_seoul_questions
from knowledge.vector_cache import VectorCache

UNITS_AN_ENTRY = 12
_CLUSTERS = 64
_CHUNK = 60_000
_STRAY = 1.85  # real questions lie this much farther from their entry than its variants do (nearest cosine 0.56)


@dataclass(frozen=True, slots=True)
class Collection:
    """Vectors (n, dimension), questions to search them with (m, dimension), and which entry each vector is of (n,)."""

    name: str
    vectors: Vectors
    questions: Vectors
    entry: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Centred unit vectors (n, dimension) and the group (n,) of each: its entry, or its block of paraphrases."""

    vectors: Vectors
    group: npt.NDArray[np.int64]


def real_texts(shared: Path, faq: Path, embedder: Embedder, cache: VectorCache) -> tuple[Collection, Groups]:
    """Everything there is: our entries, Seoul-120's titles and passages, ParaKQC, chit-chat; Seoul's questions ask.

    Also our entries' units and ParaKQC's paraphrases by group, to fit ``Mixture`` on. Raises ``FileNotFoundError``.
    """
    seeds, seoul = read_seeds(faq), read_seoul_entries(shared / "seoul-120")
    blocks = _paraphrases(shared / "parakqc" / "paraKQC_v1.txt")
    lines = _chit_chat(shared / "chitchat" / "ChatbotData.csv")
    entries = [*seeds, *seoul]
    asked = [(text, at) for at, e in enumerate(entries) for text in (e.question, *e.variants)]
    asked += [(text, len(entries) + block) for text, block in blocks]
    grouped = len(asked)
    asked += [(line, len(entries) + 1000 + at) for at, line in enumerate(lines)]
    asking = [question.text for question in read_seoul_questions(shared / "seoul-120")]
    questions = cache.vectors("question", [text for text, _ in asked], embedder.encode_queries)
    passages = cache.vectors("passage", [passage_of(e) for e in entries], embedder.encode_passages)
    centre = Centre(questions, passages, embedder.dimension)
    vectors = np.concatenate([centre.questions(questions), centre.passages(passages)])
    owner = np.array([at for _, at in asked] + list(range(len(entries))), dtype=np.int64)
    asking_vectors = centre.questions(cache.vectors("question", asking, embedder.encode_queries))
    fit_on = np.r_[:grouped, len(asked) : len(vectors)]
    return Collection("real", vectors, asking_vectors, owner), Groups(vectors[fit_on], owner[fit_on])


class Mixture:
    """Entries around the clusters of real ones, units around their entry as real variants lie; made from a seed.

    Two Gaussian levels, each with one covariance of all its groups: the entries' means within k-means clusters, and
    the units within an entry. Questions are further units of entries, as a citizen's wording is one more variant.
    """

    def __init__(self, groups: Groups) -> None:
        order = np.unique(groups.group, return_inverse=True)[1]
        count = np.bincount(order)
        means = np.zeros((len(count), groups.vectors.shape[1]), dtype=np.float32)
        np.add.at(means, order, groups.vectors)
        means /= count[:, None]
        full = count[order] >= 5  # pairs say too little about how units scatter
        spread = groups.vectors[full] - means[order[full]]
        self._within = _root(spread.T @ spread / (full.sum() - (count >= 5).sum()))
        clusters = faiss.Kmeans(means.shape[1], min(_CLUSTERS, len(means) // 40), niter=20, seed=1)
        clusters.train(means)
        near = clusters.index.search(means, 1)[1][:, 0]
        self._centres: Vectors = clusters.centroids
        self._weights = np.bincount(near, minlength=len(self._centres)) / len(near)
        apart = means - self._centres[near]
        self._between = _root(apart.T @ apart / (len(means) - len(self._centres)))

    def collection(self, count: int, questions: int, seed: int = 0) -> Collection:
        """``count`` vectors, an entry's one after the other, and questions about some of the entries."""
        chance = np.random.default_rng(seed)
        entries = -(-count // UNITS_AN_ENTRY)
        owner = np.arange(count, dtype=np.int64) // UNITS_AN_ENTRY
        nearest = chance.choice(len(self._centres), size=entries, p=self._weights)
        middle = self._centres[nearest] + _normal(chance, entries, self._between)
        vectors = np.empty((count, middle.shape[1]), dtype=np.float32)
        for start in range(0, count, _CHUNK):
            part = owner[start : start + _CHUNK]
            vectors[start : start + _CHUNK] = _unit(middle[part] + _normal(chance, len(part), self._within))
        about = middle[chance.choice(entries, size=questions)]
        asking = _unit(about + _STRAY * _normal(chance, questions, self._within))
        return Collection("generated", vectors, asking, owner)


def uniform(count: int, questions: int, dimension: int, seed: int = 0) -> Collection:
    """Vectors in no order at all: the worst case of every index but a flat one."""
    chance = np.random.default_rng(seed)
    made = _unit(chance.standard_normal((count + questions, dimension), dtype=np.float32))
    return Collection("uniform", made[:count], made[count:], np.arange(count, dtype=np.int64) // UNITS_AN_ENTRY)


def _normal(chance: np.random.Generator, count: int, root: Vectors) -> Vectors:
    drawn: Vectors = chance.standard_normal((count, len(root)), dtype=np.float32) @ root
    return drawn


def _root(covariance: Vectors) -> Vectors:
    """A matrix (dimension, dimension) that gives standard normal rows this covariance."""
    values, axes = np.linalg.eigh(covariance.astype(np.float64))
    return np.asarray(np.sqrt(np.maximum(values, 0))[:, None] * axes.T, dtype=np.float32)


def _unit(vectors: Vectors) -> Vectors:
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _paraphrases(path: Path) -> Sequence[tuple[str, int]]:
    """ParaKQC's sentences with their block of ten that ask the same."""
    lines = [line.split("\t")[-1].strip() for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [(line, at // 10) for at, line in enumerate(lines)]


def _chit_chat(path: Path) -> Sequence[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["Q"] for row in csv.DictReader(file)]
