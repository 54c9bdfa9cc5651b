"""Sentence features from the app's embedder: handed over with the message, asked for over HTTP in training."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.embedding_service import Embeddings, EmbeddingService, EmbeddingServiceDown
from bot.environment import read_app_access
from bot.model_file import EMBEDDER_FILE

logger = logging.getLogger(__name__)

# Key of the vector in the metadata of a message that is only parsed, never put into a tracker (see bot.channel).
VECTOR = "sentence_vector"
TRAINING_TIMEOUT_S = 120.0
RUN_TIMEOUT_S = 0.5
# The NLU graph blocks every user of this process: after a failed call nobody waits again for this long.
PAUSE_AFTER_FAILURE_S = 5.0


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceFeatures(DenseFeaturizer, GraphComponent):
    """One dense sentence feature, float32 (1, dimension): (embedding − mean of the training texts) × ``scale``.

    LogisticRegressionClassifier has no ``C``; scaling is how its regularisation is set. Without the mean all vectors
    lie in a narrow cone, and zeros, far outside of it, would be read as some intent with certainty 1.0; with it zeros
    mean "don't know". A message without words gets zeros. In training a silent app raises EmbeddingServiceDown; at
    run time it costs zeros and a line in the log.
    """

    @classmethod
    def required_components(cls) -> list[type[GraphComponent]]:
        """Nothing: tokens are not looked at."""
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``scale``: length of a feature vector."""
        return {**DenseFeaturizer.get_default_config(), "scale": 30.0}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Raises ValueError when ``scale`` is not a positive number."""
        if not float(config.get("scale", 1.0)) > 0:
            raise ValueError(f"scale must be positive, not {config['scale']!r}")

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        model: str = "",
        mean: Sequence[float] = (),
    ) -> None:
        super().__init__(name, config)
        self._scale = float(self._config["scale"])
        self._model_storage = model_storage
        self._resource = resource
        self._model = model
        self._mean = np.asarray(mean, dtype=np.float32)
        self._service: EmbeddingService | None = None
        self._not_before = 0.0

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeatures:
        """An untrained component."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceFeatures:
        """A component that knows which embedder it was trained with."""
        with model_storage.read_from(resource) as folder:
            trained = json.loads((folder / EMBEDDER_FILE).read_text("utf-8"))
        name = execution_context.node_name
        return cls(config, name, model_storage, resource, trained["model"], trained["mean"])

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the embedder's fingerprint and the mean vector with the model. Raises EmbeddingServiceDown."""
        embeddings = self._training_service().embed(_texts(training_data))
        with self._model_storage.write_to(self._resource) as folder:
            trained = {"model": embeddings.model, "mean": embeddings.vectors.mean(axis=0).tolist()}
            (folder / EMBEDDER_FILE).write_text(json.dumps(trained), "utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add features to every example. Raises EmbeddingServiceDown: never train on zeros."""
        texts = _texts(training_data)
        embeddings = self._training_service().embed(texts)
        self._check(embeddings)
        vector_of = dict(zip(texts, embeddings.vectors, strict=True))
        for message in training_data.training_examples:
            self._set_feature(message, vector_of.get(message.get(TEXT)))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the feature to each message."""
        for message in messages:
            self._set_feature(message, self._vector_for(message))
        return messages

    def _vector_for(self, message: Message) -> np.ndarray | None:
        handed = (message.get("metadata") or {}).get(VECTOR)
        if handed is not None:
            return np.asarray(handed, dtype=np.float32)
        if not message.get(TEXT) or time.monotonic() < self._not_before:
            return None
        if self._service is None:
            self._service = EmbeddingService(read_app_access(), RUN_TIMEOUT_S)
        try:
            embeddings = self._service.embed([message.get(TEXT)])
            self._check(embeddings)
        except EmbeddingServiceDown as error:
            self._not_before = time.monotonic() + PAUSE_AFTER_FAILURE_S
            logger.error("no sentence embedding, intent will be unsure: %s", error)  # noqa: TRY400  (says it all)
            return None
        return embeddings.vectors[0]

    def _training_service(self) -> EmbeddingService:
        return EmbeddingService(read_app_access(), TRAINING_TIMEOUT_S)

    def _check(self, embeddings: Embeddings) -> None:
        if (embeddings.model, embeddings.vectors.shape[1]) != (self._model, len(self._mean)):
            raise EmbeddingServiceDown(
                f"the app embeds with {embeddings.model}, this model was trained with {self._model}; train again"
            )

    def _set_feature(self, message: Message, vector: np.ndarray | None) -> None:
        centred = np.zeros_like(self._mean) if vector is None else vector - self._mean
        feature = (centred * self._scale).astype(np.float32).reshape(1, -1)
        message.add_features(Features(feature, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))


def _texts(training_data: TrainingData) -> list[str]:
    return sorted({message.get(TEXT) for message in training_data.training_examples if message.get(TEXT)})
