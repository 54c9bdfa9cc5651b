"""What the scrubbers are asked about. Each reader raises ``FileNotFoundError`` where its material is absent."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from bench.privacy.generate import generated_samples
from bench.privacy.marked_text import read_marked
from bench.privacy.measure import Sample, Turn, read_samples
from privacy.training import examples

_SEED = 20260
_CHITCHAT_LINES = 2000
_EVERY_PARAPHRASE = 4


@dataclass(frozen=True, slots=True)
class Corpus:
    """``name`` is its key in JSON, ``title`` heads its table or row."""

    name: str
    title: str
    samples: list[Sample]

    @property
    def dialogues(self) -> list[Sample]:
        """The samples of several turns."""
        return [sample for sample in self.samples if len(sample.turns) > 1]


def read_file(path: Path) -> Corpus:
    """One file: marked text (``.txt``), else JSON Lines."""
    samples = read_marked(path) if path.suffix == ".txt" else read_samples(path)
    return Corpus(path.stem, path.name, list(samples))


def read_development(shared: Path) -> Corpus:
    """The shared development sentences."""
    return Corpus("dev", "Development sentences", list(read_samples(shared / "pii" / "dev.jsonl")))


def read_folder(name: str, title: str, folder: Path) -> Corpus:
    """Every marked text of a folder."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise FileNotFoundError(folder)
    return Corpus(name, title, [sample for file in files for sample in read_marked(file)])


def read_klue(shared: Path) -> Corpus:
    """Persons in the fifth of KLUE-NER that ``maru train names`` never sees; nothing else is marked there."""
    path = next(iter(sorted((shared / "klue-ner").glob("*.tsv"))), shared / "klue-ner")
    samples = []
    for at, example in enumerate(examples.read_klue(path, held_back=True)):
        gold = tuple(example.only(examples.PERSON).spans)
        samples.append(Sample(f"klue-{at}", "klue", not gold, (Turn(example.text, gold),)))
    return Corpus("klue", "KLUE-NER, persons", samples)


def read_clean(shared: Path, faq: Path) -> Iterator[Corpus]:
    """Texts that must come out as they went in, as far as they are there."""
    published = (yaml.safe_load(file.read_text("utf-8")) for file in sorted(faq.rglob("*.yml")))
    yield _clean("faq", "published FAQ texts", _strings(list(published)))
    if (titles := shared / "seoul-120" / "seoul-120-text.csv").exists():
        with titles.open(encoding="utf-8-sig", newline="") as stream:
            yield _clean("seoul", "Seoul-120 titles", [row["제목"] for row in csv.DictReader(stream)])
    if (paraphrases := shared / "parakqc" / "paraKQC_v1.txt").exists():
        lines = paraphrases.read_text("utf-8").splitlines()[::_EVERY_PARAPHRASE]
        yield _clean("parakqc", "ParaKQC questions", [line.split("\t")[-1] for line in lines])
    if (chat := shared / "chitchat" / "ChatbotData.csv").exists():
        said = sorted(set(examples.read_chatter(chat, column="Q", held_back=True)))
        yield _clean("chitchat", "chit-chat", Random(_SEED).sample(said, _CHITCHAT_LINES))  # noqa: S311 - no secret


def generated(count: int, seed: int = _SEED) -> Corpus:
    """About as many made-up identifiers in sentences and dialogues, and clean ones among them; always the same."""
    return Corpus("fuzz", "Generated identifiers", generated_samples(count, seed))


def _clean(name: str, title: str, texts: Iterable[str]) -> Corpus:
    unique = dict.fromkeys(text.strip() for text in texts if text.strip())
    samples = [Sample(f"{name}-{at}", name, clean=True, turns=(Turn(text, ()),)) for at, text in enumerate(unique)]
    return Corpus(name, title, samples)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)
