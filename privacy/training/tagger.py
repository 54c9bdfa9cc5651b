"""Fits the tagger's weights: one set for what is asked and answered, one for prose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pycrfsuite

from privacy.kiwi_nlp_engine import LANGUAGE, KiwiNlpEngine
from privacy.tagger.features import Features, features_of
from privacy.tagger.tagger import OUTSIDE
from privacy.training.examples import (
    PERSON,
    Example,
    Span,
    clean_texts,
    marked_examples,
    questions_about,
    read_chatter,
    read_klue,
    read_lines,
    read_paraphrases,
)
from privacy.training.prose import fit_prose
from privacy.training.variation import NamePool, varied

_SEED = 20251122
_VARIANTS = 2
_ABOUT_NOUNS, _ABOUT_PLACES, _CHATTER, _PARAPHRASES = 14000, 4000, 3000, 3000
# L1 and L2 penalties of L-BFGS. Few weights touch fewer clean titles; prose needs more of them to know names by.
_QUESTIONS, _PROSE = (0.1, 0.01), (0.05, 0.05)
_STEPS = 100

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Material:
    """Where the material lies: the repository's ``data`` folder, and outside of it three public corpora."""

    data: Path
    klue: Path
    chatter: Path
    paraphrases: Path


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What the weights were fitted from."""

    asked: int
    told: int
    characters: int
    bytes: int


class Trainer:
    """Reads the material once and fits the three sets of weights.

    ``progress`` gets a label and how many of how many examples are read. ``OSError`` and ``ValueError`` (with the
    line) for material that is missing or broken.
    """

    def __init__(self, material: Material, progress: Progress) -> None:
        self._material = material
        self._progress = progress
        self._randomness = Random(_SEED)  # noqa: S311 reproducible, not secret
        self._engine = KiwiNlpEngine()
        self._engine.load()
        folder = material.data / "privacy"
        self._klue = [*read_klue(material.klue, held_back=False)]
        self._prose = [*marked_examples(folder / "narrative")]
        self._asked = [*marked_examples(folder / "written")]
        everything = [*self._klue, *self._prose, *self._asked]
        self._pool = NamePool((name for example in everything for name in example.names), self._randomness)

    def fit(self, asked: Path, told: Path, prose: Path) -> TrainingReport:
        """Write the weights to the three files, each whole or not at all."""
        told_examples = list(self._told_examples())
        asked_examples = list(self._asked_examples())
        self._fit(told_examples, told, "prose", _PROSE)
        self._fit(asked_examples, asked, "questions", _QUESTIONS)
        fit_prose([example.text for example in (*self._klue, *self._prose)], list(self._asked_lines()), prose)
        examples = [*told_examples, *asked_examples]
        return TrainingReport(
            asked=len(asked_examples),
            told=len(told_examples),
            characters=sum(len(example.text) for example in examples),
            bytes=sum(path.stat().st_size for path in (asked, told, prose)),
        )

    def _asked_lines(self) -> Iterator[str]:
        for example in self._asked:
            yield from example.text.split("\n")
        yield from clean_texts(self._material.data)
        yield from read_chatter(self._material.chatter, column="Q", held_back=False)[:_CHATTER]

    def _told(self) -> list[Example]:
        return [example.only(PERSON) for example in (*self._klue, *self._prose)]

    def _told_examples(self) -> Iterator[Example]:
        """KLUE's sentences, and ours with the organisations and places that a tagger of KLUE finds there."""
        yield from self._klue
        yield from self._varied(self._klue)
        prose = self._prose
        if self._klue:
            with TemporaryDirectory() as folder:
                first = Path(folder) / "klue.crfsuite"
                self._fit([*self._klue, *self._varied(self._klue)], first, "KLUE", _PROSE)
                prose = [self._completed(example, first) for example in prose]
        yield from prose
        yield from self._varied(prose)

    def _asked_examples(self) -> Iterator[Example]:
        yield from self._told()
        yield from self._asked
        yield from self._varied(self._told())
        yield from self._varied(self._asked)
        for text in self._clean():
            if text.strip():
                yield Example(text, [])

    def _varied(self, examples: Sequence[Example]) -> Iterator[Example]:
        for example in examples:
            if any(kind not in ("OG", "LC") for _, _, kind in example.spans):
                for _ in range(_VARIANTS):
                    yield Example(*varied(example.text, example.spans, self._pool, self._randomness))

    def _clean(self) -> Iterator[str]:
        lists = self._material.data / "privacy" / "lists"
        yield from clean_texts(self._material.data)
        frames = read_lines(lists / "frames.txt")
        for name, count in (("civic_nouns", _ABOUT_NOUNS), ("facility_names", _ABOUT_PLACES)):
            yield from questions_about(read_lines(lists / f"{name}.txt"), frames, count, self._randomness)
        yield from self._randomness.sample(read_chatter(self._material.chatter, column="Q", held_back=False), _CHATTER)
        yield from self._randomness.sample(read_paraphrases(self._material.paraphrases), _PARAPHRASES)

    def _completed(self, example: Example, weights: Path) -> Example:
        tagger = pycrfsuite.Tagger()
        tagger.open(str(weights))
        names = {at for start, end, _ in example.spans for at in range(start, end)}
        labels = tagger.tag(self._features(example.text))
        spans = [span for span in _spans_of(labels) if span[2] != PERSON and names.isdisjoint(range(span[0], span[1]))]
        return Example(example.text, sorted([*example.spans, *spans]))

    def _fit(self, examples: Sequence[Example], out: Path, label: str, penalties: tuple[float, float]) -> None:
        trainer = pycrfsuite.Trainer(verbose=False)
        c1, c2 = penalties
        trainer.set_params({"c1": c1, "c2": c2, "max_iterations": _STEPS, "feature.possible_transitions": True})
        for number, example in enumerate(examples):
            trainer.append(self._features(example.text), labels_of(example))
            self._progress(label, number + 1, len(examples))
        partial = out.with_suffix(".partial")
        trainer.train(str(partial))
        partial.replace(out)

    def _features(self, text: str) -> list[Features]:
        return features_of(text, self._engine.process_text(text, LANGUAGE))


def labels_of(example: Example) -> list[str]:
    """A BIO label for each character."""
    labels = [OUTSIDE] * len(example.text)
    for start, end, kind in example.spans:
        labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return labels


def _spans_of(labels: Sequence[str]) -> Iterator[Span]:
    start: int | None = None
    for at, label in enumerate([*labels, OUTSIDE]):
        if start is not None and label != f"I-{labels[start][2:]}":
            yield start, at, labels[start][2:]
            start = None
        if label.startswith("B-"):
            start = at
