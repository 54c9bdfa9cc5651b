"""Adapts the embedder to civic questions: what people say comes nearer to the entry that answers it.

Contrastive training (InfoNCE over the batch) of low-rank additions, on entries and the ways to ask for them. Entries
that are easily confused stand in one batch, so they are each other's hard negatives. Some questions are misheard on
purpose. The additions are then scaled down as far as held-back clusters ask for (Wortsman et al. 2022,
https://arxiv.org/abs/2109.01903): half-way weights keep what the model knew and most of what it learned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from torch import nn

from knowledge.adaptation import Adaptation, Weights, write_adaptation
from knowledge.embedder import Embedder, Vectors, open_model
from knowledge.index import Centre, passage_text
from knowledge.question import direction, is_english, keywords_of
from knowledge.training.civic_questions import TrainingEntry
from knowledge.training.misheard import misheard

RANK = 8
BATCH = 48
STEPS = 220
SCALES = (0.0, 0.3, 0.5, 0.7, 1.0)
_LEARNING_RATE = 5e-4
_TEMPERATURE = 0.03
_CHUNK = 12  # texts of like length, padded to the longest of them
_PASSAGE_CHARS = 140
_SIBLINGS = 5  # of one cluster in a batch
_SHARE_KEYWORDS, _SHARE_MISHEARD, _SHARE_PASSAGES, _SHARE_TITLES = 0.25, 0.35, 0.5, 0.7
_MISHEARD_RATES = (0.08, 0.15, 0.25, 0.35)

Layers = dict[str, tuple[Weights, Weights]]


@dataclass(frozen=True, slots=True)
class Retrieved:
    """Held-back questions whose entry is first, and among the first three, of all written entries."""

    top1: float
    top3: float


@dataclass(frozen=True, slots=True)
class EmbeddingReport:
    """What each scale of the additions does to held-back questions; ``kept`` is the best, 0 where the base model is."""

    trained_on: int
    held_back: int
    by_scale: dict[str, Retrieved]
    kept: float


def fit_embeddings(
    entries: Sequence[TrainingEntry],
    base: Path,
    base_identity: str,
    out: Path,
    *,
    steps: int = STEPS,
    progress: Callable[[int, float], None] = lambda step, loss: None,
) -> EmbeddingReport:
    """Train, choose the scale on held-back clusters, and write the additions to ``out`` if they win.

    The same entries, model and machine give the same weights. ``progress`` is told each step and its loss.
    """
    torch.manual_seed(0)
    taught = [entry for entry in entries if not entry.is_held_back]
    model = open_model(base, "cpu")
    layers = _train(model, taught, steps, progress)
    by_scale = {scale: measure(entries, base, base_identity, _scaled(layers, scale)) for scale in SCALES}
    kept = max(SCALES, key=lambda scale: (by_scale[scale].top1 + by_scale[scale].top3, -scale))
    if kept > 0:
        learned = f"{sum(len(e.asked) for e in taught)} questions for {len(taught)} entries, {steps} steps, x {kept}"
        write_adaptation(out, base_identity, _scaled(layers, kept), learned)
    return EmbeddingReport(
        trained_on=sum(len(e.asked) for e in taught),
        held_back=sum(len(e.asked) for e in entries if e.is_held_back),
        by_scale={f"{scale:.1f}": retrieved for scale, retrieved in by_scale.items()},
        kept=kept,
    )


def measure(entries: Sequence[TrainingEntry], base: Path, identity: str, layers: Layers) -> Retrieved:
    """Ask the held-back questions of all entries, by meaning alone."""
    model = open_model(base, "cpu")
    Adaptation(identity, layers, "").add_to(model)
    embedder = Embedder(model.to(torch.bfloat16), "")
    questions = embedder.encode_queries([entry.question for entry in entries])
    passages = embedder.encode_passages([passage_text(entry.question, entry.answer) for entry in entries])
    centre = Centre(questions, passages, embedder.dimension)
    titles, texts = centre.questions(questions), centre.passages(passages)
    asked = [(text, at) for at, entry in enumerate(entries) if entry.is_held_back for text in entry.asked]
    vectors = _asked_vectors([text for text, _ in asked], embedder, centre)
    scores = vectors @ (0.4 * titles + 0.6 * texts).T
    right = scores[np.arange(len(asked)), [at for _, at in asked]]
    rank = (scores > right[:, None]).sum(axis=1)
    return Retrieved(float((rank < 1).mean().round(4)), float((rank < 3).mean().round(4)))


def _asked_vectors(texts: Sequence[str], embedder: Embedder, centre: Centre) -> Vectors:
    english = np.array([is_english(text) for text in texts])
    vectors = embedder.encode_queries(texts)
    shift = vectors[english].mean(axis=0) - centre.question if english.any() else None
    whole = centre.questions(vectors, english, shift)
    keywords = embedder.encode_queries([text if is_english(text) else keywords_of(text) or text for text in texts])
    parts = centre.questions(keywords, english, shift)
    return np.stack([direction(a, b) for a, b in zip(whole, parts, strict=True)])


class _LowRank(nn.Module):
    """A linear layer that stays as it is, and what is learned beside it."""

    def __init__(self, layer: nn.Linear, generator: torch.Generator) -> None:
        super().__init__()
        self.layer = layer
        self.a = nn.Parameter(torch.randn(RANK, layer.in_features, generator=generator) / layer.in_features**0.5)
        self.b = nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, hidden: torch.Tensor) -> torch.Tensor:
        added: torch.Tensor = self.layer(hidden) + 2 * ((hidden @ self.a.T) @ self.b.T)
        return added


def _train(model: Any, taught: Sequence[TrainingEntry], steps: int, progress: Callable[[int, float], None]) -> Layers:
    lowrank = _insert(model)
    parameters = [p for layer in lowrank.values() for p in (layer.a, layer.b)]
    optimiser = torch.optim.AdamW(parameters, lr=_LEARNING_RATE, weight_decay=0.01)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / warm) * max(0.02, 1 - step / steps)
    )
    model.train()
    for step, (asked, answers) in zip(range(steps), _batches(taught), strict=False):
        scores = _encode(model, asked) @ _encode(model, answers).T / _TEMPERATURE
        own = torch.arange(len(asked))
        loss = nn.functional.cross_entropy(scores, own) + nn.functional.cross_entropy(scores.T, own) / 2
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad()
        progress(step + 1, loss.item())
    return {name: (layer.a.detach().numpy().copy(), 2 * layer.b.detach().numpy()) for name, layer in lowrank.items()}


def _insert(model: Any) -> dict[str, _LowRank]:
    for parameter in model.parameters():
        parameter.requires_grad = False
    generator = torch.Generator().manual_seed(0)
    found: dict[str, _LowRank] = {}
    for name, layer in list(model.named_modules()):
        if isinstance(layer, nn.Linear) and ".encoder." in name:
            found[name] = _LowRank(layer, generator)
            parent, _, own = name.rpartition(".")
            setattr(model.get_submodule(parent), own, found[name])
    return found


def _batches(taught: Sequence[TrainingEntry]) -> Iterator[tuple[list[str], list[str]]]:
    """Without end: questions and, for each, another text of its entry; whole clusters together."""
    random = Random(0)  # noqa: S311 - the same batches each time
    clusters: dict[str, list[TrainingEntry]] = {}
    for entry in taught:
        clusters.setdefault(entry.cluster, []).append(entry)
    keywords = {text: keywords_of(text) for entry in taught for text in entry.asked if not is_english(text)}
    while True:
        batch: list[TrainingEntry] = []
        for name in random.sample(sorted(clusters), len(clusters)):
            batch += random.sample(clusters[name], min(_SIBLINGS, len(clusters[name])))
            if len(batch) >= BATCH:
                break
        batch = batch[:BATCH]
        yield [_asked(e, keywords, random) for e in batch], [_answering(e, random) for e in batch]


def _asked(entry: TrainingEntry, keywords: dict[str, str], random: Random) -> str:
    text = random.choice(entry.asked)
    if random.random() < _SHARE_KEYWORDS:
        text = keywords.get(text) or text
    if random.random() < _SHARE_MISHEARD:
        text = misheard(text, random, random.choice(_MISHEARD_RATES))
    return f"query: {text}"


def _answering(entry: TrainingEntry, random: Random) -> str:
    if random.random() < _SHARE_PASSAGES:
        return f"passage: {passage_text(entry.question, entry.answer)[:_PASSAGE_CHARS]}"
    return f"query: {entry.question if random.random() < _SHARE_TITLES else random.choice(entry.asked)}"


def _encode(model: Any, texts: Sequence[str]) -> torch.Tensor:
    """Unit vectors (n, dimension), in half precision inside."""
    order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
    parts: list[torch.Tensor] = []
    for start in range(0, len(order), _CHUNK):
        features = model.preprocess([texts[at] for at in order[start : start + _CHUNK]])
        with torch.autocast("cpu", torch.bfloat16):
            parts.append(model(features)["sentence_embedding"].float())
    back = torch.empty(len(order), dtype=torch.long)
    back[torch.tensor(order)] = torch.arange(len(order))
    return nn.functional.normalize(torch.cat(parts)[back], dim=-1)


def _scaled(layers: Layers, scale: float) -> Layers:
    return {name: (a, b * np.float32(scale)) for name, (a, b) in layers.items()}
