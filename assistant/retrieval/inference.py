"""Does a passage say what is asked? The best paragraphs are read once more, by a model of inference.

The cross-encoder tells what is about the same things; of paragraphs on one affair it can't tell well which one answers.
This model is the same one with layers that learnt just that (training/README.md), from questions and passages that
come near and don't answer. It reads all passages of the paragraphs that the cross-encoder takes for the best: three
sentences each, behind the document's subject, and of each paragraph the best one counts. Its logit lies above 0 where a
passage answers. A follow-up is read behind the questions that it goes on from, which the model learnt from dialogues.
"""

from __future__ import annotations

from llama_index.core.bridge.pydantic import Field, PrivateAttr
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import BaseNode, NodeWithScore, QueryBundle

from assistant.quoting.evidence import read_behind, text_of
from assistant.quoting.passages import passages_under
from assistant.retrieval.rerank import CrossEncoderScorer
from assistant.timing import Stopwatch

WEIGHT = 1.5
"""Weight of the logit against the reranker's score; between 1 and 2 it hardly matters."""


class CloseReader(BaseNodePostprocessor):
    """Puts the best nodes in a new order by whether they answer; the others stay below them, in their order.

    `scores` keeps the logits of the last run by node id.
    """

    top: int = Field(default=8, description="How many of the best nodes are read; 0: none.")
    in_context: str = Field(default="", description="How the question is put to the model, if otherwise.")
    _inference: CrossEncoderScorer = PrivateAttr()
    _stopwatch: Stopwatch = PrivateAttr()
    _scores: dict[str, float] = PrivateAttr()

    def __init__(
        self,
        inference: CrossEncoderScorer,
        *,
        top: int = 8,
        in_context: str = "",
        stopwatch: Stopwatch | None = None,
    ) -> None:
        super().__init__(top=top, in_context=in_context)  # type: ignore[call-arg]
        self._inference = inference
        self._stopwatch = stopwatch or Stopwatch()
        self._scores = {}

    @classmethod
    def class_name(cls) -> str:
        """The name that LlamaIndex records."""
        return "CloseReader"

    @property
    def scores(self) -> dict[str, float]:
        """The logits of the last run by node id."""
        return self._scores

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        self._scores = {}
        read, rest = nodes[: self.top], nodes[self.top :]
        if query_bundle is None or not read:
            return nodes
        question = self.in_context or query_bundle.query_str
        with self._stopwatch.stage("inference"):
            logits = [max(self._inference.score(question, passages(hit.node))) for hit in read]
        self._scores = {hit.node.node_id: logit for hit, logit in zip(read, logits, strict=True)}
        scored = [
            NodeWithScore(node=hit.node, score=(hit.score or 0.0) + WEIGHT * logit)
            for hit, logit in zip(read, logits, strict=True)
        ]
        scored.sort(key=lambda hit: -(hit.score or 0.0))
        least = scored[-1].score or 0.0
        below = [NodeWithScore(node=hit.node, score=min(least, hit.score or 0.0)) for hit in rest]
        return scored + below


def passages(node: BaseNode) -> list[str]:
    """What is read of a paragraph."""
    return passages_under(read_behind(node), text_of(node))
