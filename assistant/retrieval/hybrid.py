"""Hybrid retrieval: keyword and vector candidates, mixed by a convex combination of normalised scores.

The mix follows Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval" (2023):
each list's scores are brought to 0..1 by their own least and greatest, and added with weights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from assistant.settings import RetrievalSettings
from assistant.timing import Stopwatch
from index_store.documents import ParagraphRef
from index_store.filters import Filters
from index_store.store import Hit, IndexStore


def normalised(hits: Sequence[Hit]) -> dict[ParagraphRef, float]:
    """Scores brought to 0..1 by the least and the greatest of the list; all 1.0 where they are equal."""
    if not hits:
        return {}
    least, greatest = min(hit.score for hit in hits), max(hit.score for hit in hits)
    width = greatest - least
    return {hit.ref: (hit.score - least) / width if width else 1.0 for hit in hits}


def mixed(keywords: Sequence[Hit], vectors: Sequence[Hit], keyword_weight: float) -> list[tuple[ParagraphRef, float]]:
    """Both lists as one, best first; a paragraph that one list lacks gets nothing from it."""
    by_words, by_meaning = normalised(keywords), normalised(vectors)
    weight = keyword_weight if keywords and vectors else (1.0 if keywords else 0.0)
    scores = {
        ref: weight * by_words.get(ref, 0.0) + (1 - weight) * by_meaning.get(ref, 0.0) for ref in by_words | by_meaning
    }
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))


class HybridRetriever(BaseRetriever):
    """Finds paragraphs by words and by meaning; a LlamaIndex retriever."""

    def __init__(
        self,
        store: IndexStore,
        settings: RetrievalSettings | None = None,
        within: Filters | None = None,
        stopwatch: Stopwatch | None = None,
    ) -> None:
        super().__init__()
        self._store = store
        self._settings = settings or RetrievalSettings()
        self._within = within or Filters()
        self._stopwatch = stopwatch or Stopwatch()
        self.scores: Mapping[str, Mapping[ParagraphRef, float]] = {}
        """By stage ('keywords', 'vectors', 'mixed'), of the last retrieval."""

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        settings, query = self._settings, query_bundle.query_str
        keywords: list[Hit] = []
        vectors: list[Hit] = []
        if settings.keywords:
            with self._stopwatch.stage("keywords"):
                words = " ".join(query_bundle.custom_embedding_strs or []) or query
                keywords = self._store.search_keywords(words, settings.candidates, self._within)
        if settings.vectors:
            with self._stopwatch.stage("vectors"):
                vectors = self._store.search_vectors(query, settings.candidates, self._within)
        with self._stopwatch.stage("fetch"):
            ranked = mixed(keywords, vectors, settings.keyword_weight)[: settings.candidates]
            nodes = {node.node_id: node for node in self._store.nodes([ref for ref, _ in ranked])}
        self.scores = {
            "keywords": {hit.ref: hit.score for hit in keywords},
            "vectors": {hit.ref: hit.score for hit in vectors},
            "mixed": dict(ranked),
        }
        found = ((nodes.get(f"{ref.document}¶{ref.label}"), score) for ref, score in ranked)
        return [NodeWithScore(node=node, score=score) for node, score in found if node is not None]
