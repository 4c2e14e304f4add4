"""Late interaction: every word of the question looks for its best match among a paragraph's words.

The model is answerai-colbert-small-v1 as int8 ONNX (Khattab and Zaharia, "ColBERT", 2020, for the
method). A mark after [CLS] tells questions from documents; nothing is padded. Of each token's 384
numbers the first 128 are kept, normalised, one byte a number.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.rerank import MAX_TOKENS, load_tokenizer, onnx_session
from index_store.weights import model_folder

NUMBERS = 128
_QUESTION_MARK, _DOCUMENT_MARK = "[unused0]", "[unused1]"

TokenVectors = npt.NDArray[np.int8]
"""One row a token, `NUMBERS` columns; 127 stands for 1.0."""


class TokenEncoder:
    """Turns texts into token vectors."""

    def __init__(self, folder: Path, threads: int = 0) -> None:
        self._session = onnx_session(folder, threads)
        self._tokenizer = load_tokenizer(folder)
        self._tokenizer.enable_truncation(MAX_TOKENS - 1)

    @classmethod
    def load(cls, home: Path) -> TokenEncoder:
        """Load the verified weights; `home` keeps the memory of the check.

        Raises WeightsMissing or WeightsChanged.
        """
        return cls(model_folder("colbert", home / "weights.json"))

    def question(self, text: str) -> TokenVectors:
        """The vectors of a question's tokens."""
        return self._encode(text, _QUESTION_MARK)

    def document(self, text: str) -> TokenVectors:
        """The vectors of a paragraph's tokens."""
        return self._encode(text, _DOCUMENT_MARK)

    def _encode(self, text: str, mark: str) -> TokenVectors:
        ids = self._tokenizer.encode(text).ids
        marked = np.array([[ids[0], self._tokenizer.token_to_id(mark), *ids[1:]]], dtype=np.int64)
        feed = {
            "input_ids": marked,
            "attention_mask": np.ones_like(marked),
            "token_type_ids": np.zeros_like(marked),
        }
        vectors = self._session.run(["last_hidden_state"], feed)[0][0][:, :NUMBERS]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.round(vectors * 127).astype(np.int8)


def similarity(question: TokenVectors, document: TokenVectors) -> float:
    """MaxSim divided by the number of question tokens: -1 to 1, comparable between questions."""
    products = question.astype(np.float32) @ document.astype(np.float32).T
    return float(products.max(axis=1).mean() / 127**2)
