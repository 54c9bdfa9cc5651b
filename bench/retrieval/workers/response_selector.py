"""Rasa's ResponseSelector over the same entries, each the retrieval intent ``faq/<key>``.

Runs in ``.venv-rasa``: ``python -m bench.retrieval.workers.response_selector``. The pipeline is the one Rasa's
documentation proposes (word and character n-gram features), with Maru's tokenizer, since Rasa's own drops Hangul.
Question and variants are the examples, the answer is the response. Learning happens by ``rasa train nlu``'s own
function on files, as an operator would.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import tempfile
from pathlib import Path
from typing import Any

from bench.retrieval.workers.serving import serve
from bot.project import quiet_libraries

quiet_libraries()

import skops.io  # noqa: E402, F401  (before TensorFlow: 0.7 s instead of 9 s)
import structlog  # noqa: E402
import yaml  # noqa: E402
from rasa.core.agent import Agent  # noqa: E402
from rasa.model_training import train_nlu  # noqa: E402

INTENT = "faq"
# Rasa's own default configuration says 100. With one example an entry that is far too little (a tenth of the batches):
# the component's default is 300.
_EPOCHS = 100
_EPOCHS_OF_SINGLE_EXAMPLES = 300
_ERRORS_ONLY = 40


class ResponseSelector:
    """An edit trains the whole model again: there is no other way (https://github.com/RasaHQ/rasa/issues/10751)."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()

    def build(self, entries: list[dict[str, Any]]) -> None:
        self._entries = {entry["key"]: entry for entry in entries}
        # A retrieval intent's name may hold no second slash.
        self._ids = {f"{INTENT}/{_name(entry)}": entry["id"] for entry in entries}
        self._train()

    def search(self, text: str) -> tuple[list[str], float]:
        read = self._loop.run_until_complete(self._agent.parse_message(text))
        ranking = read["response_selector"][INTENT]["ranking"]
        certainty = float(ranking[0]["confidence"]) if ranking else 0.0
        return [self._ids[place["intent_response_key"]] for place in ranking], certainty

    def edit(self, entry: dict[str, Any]) -> None:
        self._entries[entry["key"]] = entry
        self._train()

    def _train(self) -> None:
        with tempfile.TemporaryDirectory() as name, contextlib.redirect_stdout(io.StringIO()):
            folder = Path(name)
            entries = list(self._entries.values())
            _write(folder / "nlu.yml", {"nlu": [_examples(entry) for entry in entries]})
            responses = {f"utter_{INTENT}/{_name(e)}": [{"text": e["answer"] or e["question"]}] for e in entries}
            _write(folder / "domain.yml", {"intents": [INTENT], "responses": responses})
            _write(folder / "config.yml", _configuration(entries))
            model = train_nlu(
                str(folder / "config.yml"), str(folder / "nlu.yml"), name, domain=str(folder / "domain.yml")
            )
            self._agent = Agent.load(model)


def _configuration(entries: list[dict[str, Any]]) -> dict[str, Any]:
    epochs = _EPOCHS if any(entry["variants"] for entry in entries) else _EPOCHS_OF_SINGLE_EXAMPLES
    return {
        "recipe": "default.v1",
        "assistant_id": "bench",
        "language": "ko",
        "pipeline": [
            {"name": "bot.korean_tokenizer.KoreanTokenizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {
                "name": "ResponseSelector",
                "retrieval_intent": INTENT,
                "epochs": epochs,
                "constrain_similarities": True,  # as in Rasa's own default configuration; 0.16 top-1 with, 0.11 without
                "random_seed": 42,
            },
        ],
        "policies": [],
    }


def _examples(entry: dict[str, Any]) -> dict[str, str]:
    lines = [" ".join(text.split()) for text in (entry["question"], *entry["variants"])]
    return {"intent": f"{INTENT}/{_name(entry)}", "examples": "".join(f"- {_plain(line)}\n" for line in lines)}


def _name(entry: dict[str, Any]) -> str:
    return str(entry["key"]).replace("/", "_")


def _plain(text: str) -> str:
    # Brackets would be read as an entity's annotation.
    return text.translate(str.maketrans("[](){}", "      "))


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump({"version": "3.1", **content}, allow_unicode=True), "utf-8")


if __name__ == "__main__":
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(_ERRORS_ONLY))
    serve(ResponseSelector())
