"""How often Maru understands what kind of turn it is: cross-validation over data/nlu, and the held-out utterances.

Run ``python -m bench.intents`` in the app's environment. The classifier is Rasa's LogisticRegressionClassifier
with the values of config.yml, on the same features ((embedding − mean) × scale); ``--json`` prints one line of figures.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from knowledge.embedder import load_embedder
from maru.settings import get_settings

ROOT = Path(__file__).resolve().parent.parent
HELD_OUT = ROOT / "tests" / "bot" / "data" / "intent_utterances.jsonl"
FOLDS = 5
SEED = 42
FALLBACK = "nlu_fallback"
# Both lead to action_answer, where retrieval decides: to the citizen they are one.
ANSWERED = frozenset({"ask_faq", "out_of_scope", FALLBACK})

Features = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Utterance:
    """What somebody said, and what kind of turn it is."""

    text: str
    intent: str


@dataclass(frozen=True)
class Pipeline:
    """The values of config.yml that decide an intent."""

    scale: float
    max_iter: int
    threshold: float


@dataclass(frozen=True)
class Mistake:
    """One utterance read as another kind of turn; ``confidence`` from 0 to 1."""

    text: str
    intent: str
    read_as: str
    confidence: float


@dataclass(frozen=True)
class Score:
    """``accuracy`` counts intents as they stand, ``action_accuracy`` what Maru then does; recalls by intent."""

    utterances: int
    accuracy: float
    action_accuracy: float
    recall: dict[str, float]
    mistakes: list[Mistake]


def read_pipeline(path: Path = ROOT / "config.yml") -> Pipeline:
    """The pipeline's values."""
    steps = {step["name"].rsplit(".", 1)[-1]: step for step in yaml.safe_load(path.read_text("utf-8"))["pipeline"]}
    return Pipeline(
        scale=float(steps["SentenceFeatures"]["scale"]),
        max_iter=int(steps["LogisticRegressionClassifier"]["max_iter"]),
        threshold=float(steps["FallbackClassifier"]["threshold"]),
    )


def read_training(folder: Path = ROOT / "data" / "nlu") -> list[Utterance]:
    """Every training example, in the order of the files."""
    return [
        Utterance(line.removeprefix("- "), block["intent"])
        for path in sorted(folder.glob("*.yml"))
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    ]


def read_held_out(path: Path = HELD_OUT) -> list[Utterance]:
    """The utterances that no training example repeats."""
    return [Utterance(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def classify(
    pipeline: Pipeline, known: Features, intents: Sequence[str], asked: Features
) -> list[tuple[str, float, dict[str, float]]]:
    """Intent (or fallback), its confidence and all confidences for each row of ``asked``."""
    mean = known.mean(axis=0)
    model = LogisticRegression(max_iter=pipeline.max_iter, class_weight="balanced", random_state=SEED)
    model.fit((known - mean) * pipeline.scale, intents)
    answers = []
    for row in model.predict_proba((asked - mean) * pipeline.scale):
        best = int(row.argmax())
        confidence = float(row[best])
        intent = str(model.classes_[best]) if confidence >= pipeline.threshold else FALLBACK
        answers.append((intent, confidence, dict(zip(map(str, model.classes_), map(float, row), strict=True))))
    return answers


def score(utterances: Sequence[Utterance], answers: Sequence[tuple[str, float, dict[str, float]]]) -> Score:
    """Compare what was said with how it was read."""
    right: Counter[str] = Counter()
    acted = 0
    mistakes = []
    for utterance, (intent, confidence, _) in zip(utterances, answers, strict=True):
        right[utterance.intent] += intent == utterance.intent
        acted += intent == utterance.intent or {intent, utterance.intent} <= ANSWERED
        if intent != utterance.intent:
            mistakes.append(Mistake(utterance.text, utterance.intent, intent, round(confidence, 3)))
    total = Counter(utterance.intent for utterance in utterances)
    return Score(
        utterances=len(utterances),
        accuracy=round(right.total() / len(utterances), 4),
        action_accuracy=round(acted / len(utterances), 4),
        recall={intent: round(right[intent] / count, 3) for intent, count in sorted(total.items())},
        mistakes=mistakes,
    )


def cross_validate(pipeline: Pipeline, utterances: Sequence[Utterance], features: Features) -> Score:
    """Five folds over the training data; every example is read by a model that has not seen it."""
    intents = np.array([utterance.intent for utterance in utterances])
    answers: dict[int, tuple[str, float, dict[str, float]]] = {}
    for known, asked in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(features, intents):
        fold = classify(pipeline, features[known], list(intents[known]), features[asked])
        answers.update(zip(map(int, asked), fold, strict=True))
    return score(utterances, [answers[index] for index in range(len(utterances))])


def main() -> None:
    """Print both scores, and every mistake with --mistakes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON line instead of a table")
    parser.add_argument("--mistakes", action="store_true", help="also print what was misread")
    options = parser.parse_args()
    pipeline, training, held_out = read_pipeline(), read_training(), read_held_out()
    embedder = load_embedder(get_settings())
    known = embedder.encode_queries([utterance.text for utterance in training])
    asked = embedder.encode_queries([utterance.text for utterance in held_out])
    scores = {
        "cross_validation": cross_validate(pipeline, training, known),
        "held_out": score(held_out, classify(pipeline, known, [utterance.intent for utterance in training], asked)),
    }
    if options.json:
        print(json.dumps({name: asdict(result) for name, result in scores.items()}, ensure_ascii=False))
        return
    for name, result in scores.items():
        print(
            f"{name}: {result.utterances} utterances, intent {result.accuracy:.3f}, action {result.action_accuracy:.3f}"
        )
        print("  " + "  ".join(f"{intent} {recall:.2f}" for intent, recall in result.recall.items()))
        for mistake in result.mistakes if options.mistakes else []:
            print(f"    {mistake.intent} read as {mistake.read_as} ({mistake.confidence:.2f}): {mistake.text}")


if __name__ == "__main__":
    main()
