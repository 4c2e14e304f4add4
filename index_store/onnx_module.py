"""A sentence-transformers module that runs an ONNX encoder.

sentence-transformers' own ONNX backend needs a package that has no release for its current version; its
custom modules are the documented way in. Followed by its Pooling and Normalize this keeps
`SentenceTransformer.encode` with its sorting by length and its prompts.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from sentence_transformers.base.modules import InputModule
from tokenizers import Tokenizer


class OnnxEncoder(InputModule):
    """Vectors of texts, each computed by itself, one text per thread.

    Why not in padded batches: the int8 model scales its activations over the whole batch, so a text's vector
    would change with its batch-mates and no library could be made twice; and padding is paid for. Measured on
    2 cores with 160 paragraphs of 158 tokens on average: one at a time 31 ms of processor time a paragraph,
    batches of 8 sorted by length 40 ms, of 32 78 ms; two threads with one text each 64 paragraphs/s, the
    runtime's own two threads over batches of 8 47 paragraphs/s.
    """

    def __init__(self, folder: Path, max_tokens: int = 512, threads: int | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.folder = folder
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(max_tokens)
        self.max_seq_length = max_tokens
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._threads = ThreadPoolExecutor(threads or os.cpu_count() or 1, thread_name_prefix="embedding")

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """Token ids padded with zeros at the end: `input_ids` and `attention_mask`, both (texts, tokens)."""
        texts = self._prepend_prompt(list(inputs), prompt) if prompt else list(inputs)
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(texts)]
        longest = max(map(len, ids), default=0)
        input_ids = torch.zeros((len(ids), longest), dtype=torch.int64)
        attention_mask = torch.zeros_like(input_ids)
        for row, tokens in enumerate(ids):
            input_ids[row, : len(tokens)] = torch.tensor(tokens)
            attention_mask[row, : len(tokens)] = 1
        return {"input_ids": input_ids, "attention_mask": attention_mask}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add `token_embeddings`, (texts, 1, width): the first token's alone, which is what CLS pooling reads."""
        ids: np.ndarray[Any, Any] = features["input_ids"].cpu().numpy()
        lengths = features["attention_mask"].sum(dim=1).tolist()
        rows = [ids[row : row + 1, :length] for row, length in enumerate(lengths)]
        vectors = list(self._threads.map(self._run, rows)) if len(rows) > 1 else [self._run(row) for row in rows]
        features["token_embeddings"] = torch.from_numpy(np.stack(vectors))
        return features

    def _run(self, ids: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        everything = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        feed = {name: value for name, value in everything.items() if name in self._inputs}
        output: np.ndarray[Any, Any] = self._session.run(None, feed)[0][0, :1]
        return output

    def save(self, output_path: str, *args: Any, safe_serialization: bool = True, **kwargs: Any) -> None:
        """Refuse: the weights stay in the package that carries them."""
        raise NotImplementedError("the weights stay in the package that carries them")
