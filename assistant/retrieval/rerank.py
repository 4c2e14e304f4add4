"""Cross-encoder scores: how well does a text answer a question?

The model is ms-marco-MiniLM-L-12-v2 as int8 ONNX, its upper layers trained further (training/README.md). It gives
one logit a pair; texts that answer lie above -2 or so, texts on other topics near -11. Pairs are scored one at a
time: int8 activations are scaled over a whole batch, so that a score would change with its batch-mates.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from threading import Lock

from llama_index.core.bridge.pydantic import Field, PrivateAttr
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import BaseNode, MetadataMode, NodeWithScore, QueryBundle

from assistant.retrieval.late_interaction import TokenMemory
from assistant.retrieval.onnx_models import each_at_once, load_tokenizer
from assistant.retrieval.wordings import averaged
from assistant.timing import Stopwatch
from index_store.onnx_model import OnnxModel
from index_store.weights import ModelFiles, ModelName, model_files

LATE_WEIGHT = 50.0
LATE_MIDDLE = 0.82
"""The similarity between which and its neighbours right and wrong candidates part; it only shifts all scores."""
MIXED_WEIGHT = 0.03
"""How much the score with which a candidate was found counts beside its similarity, for which ones are read.

The retriever's scores lie between 0 and 1; what leans towards a question has a little more."""
DOCUMENT_WEIGHT = 0.2
"""How much the most similar other paragraph of its document counts: what the one leaves unsaid the other may tell."""
LEADING = 8
"""How many of the most similar candidates have the paragraphs around them compared too, ..."""
DOCUMENTS = 5
"""... in how many documents at most."""
REMEMBERED_SCORES = 20_000
READ_WORDINGS = 2
"""How many wordings of a question the cross-encoder reads; late interaction, which costs less, compares all."""


Around = Callable[[Sequence[BaseNode]], Sequence[BaseNode]]
"""What stands around some paragraphs in their documents."""


class CrossEncoderScorer:
    """Scores pairs of question and text; safe to use from several threads."""

    def __init__(self, files: ModelFiles, threads: int = 1) -> None:
        self._model = OnnxModel(files, threads)
        self._tokenizer = load_tokenizer(files)
        self._known: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def load(cls, home: Path, model: ModelName = "reranker_en", *, tuned: bool = True) -> CrossEncoderScorer:
        """Load verified weights, the reranker's or those of a model of its kind; `home` keeps the memory of the check.

        `tuned` False: as the package has them, without the layers that were trained further.
        Raises WeightsMissing or WeightsChanged.
        """
        files = model_files(model, home / "weights.json")
        return cls(files if tuned else replace(files, tuned=None))

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """One logit for each of `texts`, in their order; higher answers better."""
        return each_at_once(lambda text: self._score_pair(question, text), texts)

    def _score_pair(self, question: str, text: str) -> float:
        pair = (question, text)
        with self._lock:
            if pair in self._known:
                self._known.move_to_end(pair)
                return self._known[pair]
        encoded = self._tokenizer.encode(question, text)
        logit = float(self._model.first_output(encoded.ids, encoded.type_ids).reshape(-1)[0])
        with self._lock:
            self._known[pair] = logit
            if len(self._known) > REMEMBERED_SCORES:
                self._known.popitem(last=False)
        return logit


class Reranker(BaseNodePostprocessor):
    """Reads candidates more and more closely: word by word, then the best of those by the cross-encoder.

    Word by word those are compared too that stand `around` the most similar candidates in their documents, which their
    own words needn't have been found by. Which ones the cross-encoder reads goes by their similarity, and a little by
    their document's and by how they were found.

    A node that the cross-encoder read is scored with its logit plus `LATE_WEIGHT` times its late
    interaction similarity (both spread over about ten points between a right and a wrong paragraph);
    the others follow in their order with scores below. `scores` keeps what each stage said, by node id.
    """

    late: int = Field(default=20, description="How many nodes late interaction compares; 0: none.")
    top: int = Field(default=10, description="How many nodes the cross-encoder reads; 0: none.")
    also: tuple[str, ...] = Field(default=(), description="Other wordings of the question; scores are averaged.")
    _scorer: CrossEncoderScorer = PrivateAttr()
    _tokens: TokenMemory | None = PrivateAttr()
    _stopwatch: Stopwatch = PrivateAttr()
    _around: Around = PrivateAttr()
    _scores: dict[str, dict[str, float]] = PrivateAttr()

    def __init__(
        self,
        scorer: CrossEncoderScorer,
        tokens: TokenMemory | None = None,
        *,
        late: int = 20,
        top: int = 10,
        also: Sequence[str] = (),
        around: Around = lambda _nodes: [],
        stopwatch: Stopwatch | None = None,
    ) -> None:
        super().__init__(late=late, top=top, also=tuple(also))  # type: ignore[call-arg]
        self._scorer = scorer
        self._tokens = tokens
        self._around = around
        self._stopwatch = stopwatch or Stopwatch()
        self._scores = {}

    @classmethod
    def class_name(cls) -> str:
        """The name that LlamaIndex records."""
        return "Reranker"

    @property
    def scores(self) -> dict[str, dict[str, float]]:
        """Of the last run: 'late' and 'cross' by node id."""
        return self._scores

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        self._scores = {}
        if query_bundle is None or not nodes:
            return nodes
        wordings = [query_bundle.query_str, *self.also]
        return self._by_reading(wordings[:READ_WORDINGS], self._by_words(wordings, nodes))

    def _by_words(self, wordings: Sequence[str], nodes: list[NodeWithScore]) -> list[NodeWithScore]:
        if self._tokens is None or not self.late:
            return nodes
        compared = nodes[: self.late]
        with self._stopwatch.stage("late interaction"):
            self._compare(wordings, [hit.node for hit in compared])
            leading = sorted(compared, key=lambda hit: -self._late(hit))[:LEADING]
            known = {hit.node.node_id for hit in compared}
            around = [node for node in self._around(_of_documents(leading)) if node.node_id not in known]
            self._compare(wordings, around)
        compared += [NodeWithScore(node=node, score=0.0) for node in around]
        known |= {node.node_id for node in around}
        rest = [hit for hit in nodes[self.late :] if hit.node.node_id not in known]
        similar = {hit.node.node_id: self._late(hit) for hit in compared}
        beside = best_beside(compared, similar)
        weighed = {
            hit.node.node_id: self._late(hit)
            + MIXED_WEIGHT * (hit.score or 0.0)
            + DOCUMENT_WEIGHT * beside[hit.node.node_id]
            for hit in compared
        }
        return [*sorted(compared, key=lambda hit: -weighed[hit.node.node_id]), *rest]

    def _compare(self, wordings: Sequence[str], nodes: Sequence[BaseNode]) -> None:
        """Note the similarity of each node."""
        if nodes and self._tokens:
            texts = [text_in_context(node) for node in nodes]
            similarities = averaged(partial(self._tokens.similarities, texts=texts), wordings)
            self._scores |= {node.node_id: {"late": value} for node, value in zip(nodes, similarities, strict=True)}

    def _late(self, hit: NodeWithScore) -> float:
        return self._scores[hit.node.node_id]["late"]

    def _by_reading(self, wordings: Sequence[str], nodes: list[NodeWithScore]) -> list[NodeWithScore]:
        read, rest = nodes[: self.top], nodes[self.top :]
        with self._stopwatch.stage("rerank"):
            texts = [text_in_context(hit.node) for hit in read]
            logits = averaged(partial(self._scorer.score, texts=texts), wordings)
        scored = []
        for hit, logit in zip(read, logits, strict=True):
            stages = self._scores.setdefault(hit.node.node_id, {})
            stages["cross"] = logit
            scored.append(
                NodeWithScore(node=hit.node, score=logit + LATE_WEIGHT * (stages.get("late", 0.0) - LATE_MIDDLE))
            )
        scored.sort(key=lambda hit: (-(hit.score or 0.0), hit.node.node_id))
        least = (scored[-1].score or 0.0) if scored else 0.0
        below = [NodeWithScore(node=hit.node, score=least - place) for place, hit in enumerate(rest, 1)]
        return scored + below


def _of_documents(hits: Sequence[NodeWithScore]) -> list[BaseNode]:
    """The nodes of the first few documents among the hits."""
    documents = list(dict.fromkeys(hit.node.metadata.get("document") for hit in hits))[:DOCUMENTS]
    return [hit.node for hit in hits if hit.node.metadata.get("document") in documents]


def best_beside(hits: Sequence[NodeWithScore], similar: Mapping[str, float]) -> dict[str, float]:
    """By node id: how similar the best other node of its document is, the middle of all where there is none above."""
    of: dict[object, list[float]] = {}
    for hit in hits:
        of.setdefault(hit.node.metadata.get("document"), []).append(similar[hit.node.node_id])
    middle = median(similar.values())
    found: dict[str, float] = {}
    for hit in hits:
        id = hit.node.node_id
        best, *others = sorted(of[hit.node.metadata.get("document")], reverse=True)
        found[id] = max(middle, best if similar[id] < best else next(iter(others), middle))
    return found


def text_in_context(node: BaseNode) -> str:
    """What a model reads of a paragraph: post and year, the subject and heading above it, then its own text.

    What introduces it stands before the rest: what is embedded ends with the text, and nothing may follow that.
    """
    facts = node.metadata
    source = ", ".join(str(part) for part in (facts.get("post"), str(facts.get("date") or "")[:4]) if part)
    above = [str(part) for part in (source, facts.get("introduced")) if part]
    return "\n".join([*above, node.get_content(metadata_mode=MetadataMode.EMBED)])
