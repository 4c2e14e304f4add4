"""A deterministic embedding that costs nothing: words hashed into 32 numbers."""

from __future__ import annotations

import hashlib

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding, Embedding


class CheapEmbedding(BaseEmbedding):
    """Texts that share words are near each other."""

    model_name: str = "cheap"
    numbers: int = 32

    def _get_text_embedding(self, text: str) -> Embedding:
        vector = np.full(self.numbers, 1e-3)
        for word in text.lower().split():
            vector[hashlib.blake2b(word.strip(".,?").encode(), digest_size=2).digest()[0] % self.numbers] += 1
        return list((vector / np.linalg.norm(vector)).tolist())

    def _get_query_embedding(self, query: str) -> Embedding:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return self._get_text_embedding(query)
