"""A sentence-transformers module that runs an ONNX encoder.

sentence-transformers' own ONNX backend needs a package that has no release for its current version; its
custom modules are the documented way in. Followed by its Pooling and Normalize this keeps
`SentenceTransformer.encode` with its sorting by length and its prompts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from sentence_transformers.base.modules import InputModule

from index_store.onnx_encoder import Encoder


class OnnxEncoder(InputModule):
    """Passes texts to an Encoder in the form in which sentence-transformers hands them from module to module."""

    def __init__(self, encoder: Encoder, max_tokens: int = 512) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._encoder = encoder
        self.tokenizer = encoder.tokenizer
        self.max_seq_length = max_tokens

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """Token ids padded with zeros at the end: `input_ids` and `attention_mask`, both (texts, tokens)."""
        texts = self._prepend_prompt(list(inputs), prompt) if prompt else list(inputs)
        ids = self._encoder.ids(texts)
        longest = max(map(len, ids), default=0)
        input_ids = torch.zeros((len(ids), longest), dtype=torch.int64)
        attention_mask = torch.zeros_like(input_ids)
        for row, tokens in enumerate(ids):
            input_ids[row, : len(tokens)] = torch.tensor(tokens)
            attention_mask[row, : len(tokens)] = 1
        return {"input_ids": input_ids, "attention_mask": attention_mask}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add `token_embeddings`, (texts, 1, width): the first token's alone, which is what CLS pooling reads."""
        ids = features["input_ids"].cpu().numpy()
        lengths = features["attention_mask"].sum(dim=1).tolist()
        rows = [ids[row, :length] for row, length in enumerate(lengths)]
        features["token_embeddings"] = torch.from_numpy(self._encoder.first_tokens(rows))
        return features

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        """Refuse: the weights stay in the package that carries them."""
        raise NotImplementedError("the weights stay in the package that carries them")
