"""Does a passage say what is asked? The best paragraphs are read once more, by a model of inference.

The cross-encoder tells what is about the same things; of paragraphs on one affair it can't tell well which one answers.
This model is the same one with layers that learnt just that (training/README.md), from questions and passages that
come near and don't answer. It reads the passage of each paragraph that the cross-encoder takes for the best: the
sentence with its two neighbours, behind the document's subject. Its logit lies above 0 where the passage answers.

A follow-up is read behind the questions that it goes on from, which the model learnt from dialogues. It says too little
for the cross-encoder to find its sentence, so all passages of the best paragraphs are read, and each one's best counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from llama_index.core.bridge.pydantic import Field, PrivateAttr
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import BaseNode, NodeWithScore, QueryBundle

from assistant.quoting.evidence import one_line, text_of
from assistant.quoting.passages import all_passages, quotable, under_subject, with_neighbours
from assistant.retrieval.rerank import READ_WORDINGS, CrossEncoderScorer
from assistant.retrieval.wordings import averaged
from assistant.timing import Stopwatch

WEIGHT = 1.0
"""Weight of the logit against the reranker's score; between 0.5 and 1.5 it hardly matters."""


class CloseReader(BaseNodePostprocessor):
    """Puts the best nodes in a new order by whether they answer; the others stay below them, in their order.

    `scores` keeps the logits of the last run by node id.
    """

    top: int = Field(default=5, description="How many of the best nodes are read; 0: none.")
    also: tuple[str, ...] = Field(default=(), description="Other wordings, by which passages are chosen too.")
    in_context: str = Field(default="", description="How the question is put to the model, if otherwise.")
    _scorer: CrossEncoderScorer = PrivateAttr()
    _inference: CrossEncoderScorer = PrivateAttr()
    _stopwatch: Stopwatch = PrivateAttr()
    _scores: dict[str, float] = PrivateAttr()

    def __init__(
        self,
        scorer: CrossEncoderScorer,
        inference: CrossEncoderScorer,
        *,
        top: int = 5,
        also: Sequence[str] = (),
        in_context: str = "",
        stopwatch: Stopwatch | None = None,
    ) -> None:
        super().__init__(top=top, also=tuple(also), in_context=in_context)  # type: ignore[call-arg]
        self._scorer = scorer
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
        wordings = [query_bundle.query_str, *self.also][:READ_WORDINGS]
        with self._stopwatch.stage("inference"):
            question = self.in_context or wordings[0]
            logits = [max(self._inference.score(question, self._passages(wordings, hit.node))) for hit in read]
        self._scores = {hit.node.node_id: logit for hit, logit in zip(read, logits, strict=True)}
        scored = [
            NodeWithScore(node=hit.node, score=(hit.score or 0.0) + WEIGHT * logit)
            for hit, logit in zip(read, logits, strict=True)
        ]
        scored.sort(key=lambda hit: -(hit.score or 0.0))
        least = scored[-1].score or 0.0
        below = [NodeWithScore(node=hit.node, score=min(least, hit.score or 0.0)) for hit in rest]
        return scored + below

    def _passages(self, wordings: Sequence[str], node: BaseNode) -> list[str]:
        """The sentence that answers best by the cross-encoder, with its neighbours; of a follow-up all passages."""
        subject = str(node.metadata.get("subject") or "")
        sentences = [one_line(span.text) for span in quotable(text_of(node))]
        if not sentences:  # a number with nothing behind it
            return [under_subject(subject, "")]
        if self.in_context not in ("", wordings[0]):
            return [under_subject(subject, passage) for passage in all_passages(sentences)]
        texts = [under_subject(subject, sentence) for sentence in sentences]
        alone = averaged(partial(self._scorer.score, texts=texts), wordings)
        return [under_subject(subject, with_neighbours(sentences, alone.index(max(alone))))]
