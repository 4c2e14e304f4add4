"""The embedding model: bge-small-en-v1.5 (int8 ONNX) as a LlamaIndex embedding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding, Embedding
from llama_index.core.bridge.pydantic import Field, PrivateAttr

from index_store.weights import ModelFiles, identity, model_files

if TYPE_CHECKING:
    from index_store.onnx_encoder import Encoder

MODEL: Final = "bge-small-en-v1.5"
DIMENSION: Final = 384
QUERY_PROMPT: Final = "Represent this sentence for searching relevant passages: "
"""What the model's authors put before a question (and before nothing else)."""


class PilcrowEmbedding(BaseEmbedding):
    """Normalised vectors of 384 numbers, computed by sentence-transformers over onnxruntime.

    The model is loaded with the first text. A text's vector depends on that text alone. A query's is computed
    by the same encoder without sentence-transformers, whose import takes longer than everything else that a
    question needs; the two differ by rounding at most.
    """

    files: ModelFiles
    """Verified already."""
    weights: str = Field(default=identity("bge_small_en"))
    """What a library remembers of the model's weights."""
    _model: Any = PrivateAttr(default=None)
    _encoder: Any = PrivateAttr(default=None)

    def __init__(self, files: ModelFiles, **settings: Any) -> None:
        settings.setdefault("model_name", MODEL)
        super().__init__(files=files, **settings)  # type: ignore[call-arg]

    @classmethod
    def class_name(cls) -> str:
        """LlamaIndex's name for this class."""
        return "PilcrowEmbedding"

    def encoder(self) -> Encoder:
        """The encoder alone, loaded once."""
        if self._encoder is None:
            from index_store.onnx_encoder import Encoder

            self._encoder = Encoder(self.files)
        encoder: Encoder = self._encoder
        return encoder

    def load(self) -> Any:
        """The SentenceTransformer behind this embedding, loaded once (importing it takes seconds)."""
        if self._model is None:
            from sentence_transformers import SentenceTransformer
            from sentence_transformers.base.modules import Normalize
            from sentence_transformers.sentence_transformer.modules import Pooling

            from index_store.onnx_module import OnnxEncoder

            self._model = SentenceTransformer(
                modules=[OnnxEncoder(self.encoder()), Pooling(DIMENSION, pooling_mode="cls"), Normalize()],
                prompts={"query": QUERY_PROMPT, "document": ""},
                device="cpu",
            )
        return self._model

    def _get_query_embedding(self, query: str) -> Embedding:
        encoder = self.encoder()
        ids = np.array(encoder.ids([QUERY_PROMPT + query])[0], dtype=np.int64)
        first = encoder.first_tokens([ids])[0, 0]
        vector: Embedding = (first / np.linalg.norm(first)).tolist()
        return vector

    def _get_text_embedding(self, text: str) -> Embedding:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[Embedding]:
        # One batch: the encoder spreads it over its threads and pads nothing, so smaller ones only add waits.
        vectors = self.load().encode_document(texts, batch_size=max(1, len(texts)), show_progress_bar=False)
        result: list[Embedding] = vectors.tolist()
        return result

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return self._get_query_embedding(query)


def load_embedding(home: Path) -> PilcrowEmbedding:
    """The embedding model of all libraries; `home` is where the check of its files is remembered.

    Raises WeightsMissing or WeightsChanged.
    """
    # LlamaIndex would pass on ten texts at a time; the encoder has its threads wait for each other after each call.
    return PilcrowEmbedding(model_files("bge_small_en", home / "weights.json"), embed_batch_size=256)
