"""Haystack's hybrid retrieval as its tutorial builds it, without the re-ranker, whose weights can't be had offline.

Runs in ``.venv-bench``: ``python -m bench.retrieval.workers.haystack_hybrid MODEL_FOLDER``. Document store, retrievers,
top_k (10) and BM25 keep their defaults; its API takes a regular expression for tokens, no morphemes, and its default
reads Hangul syllable by syllable.
"""

from __future__ import annotations

import sys
from typing import Any

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.document_stores.types import DuplicatePolicy
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from bench.retrieval.workers.serving import serve


class HaystackHybrid:
    """An edit embeds the entry's documents again and overwrites them, as the store's API has it."""

    def __init__(self, model: str) -> None:
        import torch

        torch.set_num_threads(1)
        # The prefixes are the model card's; cosine is what the model was trained for.
        self._documents = SentenceTransformersDocumentEmbedder(
            model=model, prefix="passage: ", normalize_embeddings=True, progress_bar=False
        )
        self._text = SentenceTransformersTextEmbedder(
            model=model, prefix="query: ", normalize_embeddings=True, progress_bar=False
        )

    def build(self, entries: list[dict[str, Any]]) -> None:
        self._store = InMemoryDocumentStore(embedding_similarity_function="cosine", shared=False)
        self._write([document for entry in entries for document in _documents(entry)])
        pipeline = Pipeline()
        pipeline.add_component("text_embedder", self._text)
        pipeline.add_component("embedding_retriever", InMemoryEmbeddingRetriever(self._store))
        pipeline.add_component("bm25_retriever", InMemoryBM25Retriever(self._store))
        pipeline.add_component("document_joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
        pipeline.connect("text_embedder", "embedding_retriever")
        pipeline.connect("bm25_retriever", "document_joiner")
        pipeline.connect("embedding_retriever", "document_joiner")
        self._pipeline = pipeline

    def search(self, text: str) -> tuple[list[str], float]:
        found = self._pipeline.run({"text_embedder": {"text": text}, "bm25_retriever": {"query": text}})
        documents = found["document_joiner"]["documents"]
        return [d.meta["entry"] for d in documents], float(documents[0].score) if documents else 0.0

    def edit(self, entry: dict[str, Any]) -> None:
        fresh = _documents(entry)
        held = self._store.filter_documents({"field": "meta.key", "operator": "==", "value": entry["key"]})
        self._store.delete_documents([d.id for d in held if d.id not in {f.id for f in fresh}])
        self._write(fresh)

    def _write(self, documents: list[Document]) -> None:
        embedded = self._documents.run(documents=documents)["documents"]
        self._store.write_documents(embedded, policy=DuplicatePolicy.OVERWRITE)


def _documents(entry: dict[str, Any]) -> list[Document]:
    texts = [f"{entry['question']}\n{entry['answer']}".strip(), *entry["variants"]]
    meta = {"entry": entry["id"], "key": entry["key"]}
    return [Document(id=f"{entry['key']}/{at}", content=text, meta=meta) for at, text in enumerate(texts)]


if __name__ == "__main__":
    serve(HaystackHybrid(sys.argv[1]))
