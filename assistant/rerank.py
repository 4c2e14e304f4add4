"""Cross-encoder scores: how well does a text answer a question?

The model is ms-marco-MiniLM-L-12-v2 as int8 ONNX. It gives one logit a pair; texts that answer lie
above -2 or so, texts on other topics near -11. Pairs are scored one at a time: int8 activations are
scaled over a whole batch, so that a score would change with its batch-mates.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from llama_index.core.bridge.pydantic import Field, PrivateAttr
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle

from index_store.weights import model_folder

MAX_TOKENS = 512
REMEMBERED_SCORES = 20_000


def onnx_session(folder: Path, threads: int = 0) -> Any:
    """The model of `folder` on the processor; `threads` 0 leaves their number to onnxruntime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])


def load_tokenizer(folder: Path) -> Any:
    """The model's tokenizer, cutting the longer text at 512 tokens and padding nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
    return tokenizer


class CrossEncoderScorer:
    """Scores pairs of question and text; safe to use from several threads."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        self._session = onnx_session(folder, threads)
        self._tokenizer = load_tokenizer(folder)
        self._known: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._lock = Lock()

    @classmethod
    def load(cls, home: Path) -> CrossEncoderScorer:
        """Load the reranker's verified weights; `home` keeps the memory of the check.

        Raises WeightsMissing or WeightsChanged.
        """
        return cls(model_folder("reranker_en", home / "weights.json"))

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """One logit for each of `texts`, in their order; higher answers better."""
        return [self._score_pair(question, text) for text in texts]

    def _score_pair(self, question: str, text: str) -> float:
        pair = (question, text)
        with self._lock:
            if pair in self._known:
                self._known.move_to_end(pair)
                return self._known[pair]
        encoded = self._tokenizer.encode(question, text)
        feed = {
            "input_ids": np.array([encoded.ids], dtype=np.int64),
            "attention_mask": np.array([encoded.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([encoded.type_ids], dtype=np.int64),
        }
        logit = float(self._session.run(None, feed)[0].reshape(-1)[0])
        with self._lock:
            self._known[pair] = logit
            if len(self._known) > REMEMBERED_SCORES:
                self._known.popitem(last=False)
        return logit


class CrossEncoderReranker(BaseNodePostprocessor):
    """Puts the first `top` nodes in the order of their cross-encoder scores; the rest stay behind them.

    Each node's metadata gets 'rerank_score'; its score becomes that logit. Nodes that were not read
    keep their order and get scores below the last one read.
    """

    top: int = Field(default=20, description="How many nodes are read.")
    _scorer: CrossEncoderScorer = PrivateAttr()

    def __init__(self, scorer: CrossEncoderScorer, top: int = 20) -> None:
        super().__init__(top=top)
        self._scorer = scorer

    @classmethod
    def class_name(cls) -> str:
        """The name that LlamaIndex records."""
        return "CrossEncoderReranker"

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        if query_bundle is None or not nodes:
            return nodes
        read, rest = nodes[: self.top], nodes[self.top :]
        logits = self._scorer.score(query_bundle.query_str, [text_in_context(found) for found in read])
        ranked = [
            NodeWithScore(node=found.node, score=logit)
            for logit, found in sorted(zip(logits, read, strict=True), key=lambda pair: -pair[0])
        ]
        lowest = min(logits, default=0.0)
        ranked += [NodeWithScore(node=found.node, score=lowest - 1 + (found.score or 0.0) - 1) for found in rest]
        return ranked


def text_in_context(found: NodeWithScore) -> str:
    """What a model reads of a paragraph: the subject and heading above it, then its own text."""
    return found.node.get_content(metadata_mode=MetadataMode.EMBED)
