"""Late interaction: every word of the question looks for its best match among a paragraph's words.

The model is answerai-colbert-small-v1 as int8 ONNX (Khattab and Zaharia, "ColBERT", 2020, for the
method). A mark after [CLS] tells questions from documents; nothing is padded. Of each token's 384
numbers the first 128 are kept, normalised, one byte a number.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.retrieval.onnx_models import MAX_TOKENS, each_at_once, load_tokenizer
from index_store.onnx_model import OnnxModel
from index_store.weights import ModelFiles, model_files

NUMBERS = 128
_QUESTION_MARK, _DOCUMENT_MARK = "[unused0]", "[unused1]"

TokenVectors = npt.NDArray[np.int8]
"""One row a token, `NUMBERS` columns; 127 stands for 1.0."""


class TokenEncoder:
    """Turns texts into token vectors."""

    def __init__(self, files: ModelFiles, threads: int = 1) -> None:
        self._model = OnnxModel(files, threads)
        self._tokenizer = load_tokenizer(files)
        self._tokenizer.enable_truncation(MAX_TOKENS - 1)

    @classmethod
    def load(cls, home: Path) -> TokenEncoder:
        """Load the verified weights; `home` keeps the memory of the check.

        Raises WeightsMissing or WeightsChanged.
        """
        return cls(model_files("colbert", home / "weights.json"))

    def question(self, text: str) -> TokenVectors:
        """The vectors of a question's tokens."""
        return self._encode(text, _QUESTION_MARK)

    def document(self, text: str) -> TokenVectors:
        """The vectors of a paragraph's tokens."""
        return self._encode(text, _DOCUMENT_MARK)

    def offsets(self, text: str) -> list[tuple[int, int]]:
        """Where each token of `document(text)` stands in `text`; (0, 0) for marks."""
        first, *rest = self._tokenizer.encode(text).offsets
        return [first, (0, 0), *rest]

    def _encode(self, text: str, mark: str) -> TokenVectors:
        ids = self._tokenizer.encode(text).ids
        marked = [ids[0], self._tokenizer.token_to_id(mark), *ids[1:]]
        vectors = self._model.first_output(marked)[0][:, :NUMBERS]
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        encoded: TokenVectors = np.round(vectors * 127).astype(np.int8)
        return encoded


def similarity(question: TokenVectors, document: TokenVectors) -> float:
    """MaxSim divided by the number of question tokens: -1 to 1, comparable between questions."""
    products = question.astype(np.float32) @ document.astype(np.float32).T
    return float(products.max(axis=1).mean() / 127**2)


class TokenMemory:
    """Token vectors of paragraphs met before, in `tokens.sqlite` of the library's folder.

    About 18 KB a paragraph. It only saves time: where it can't be read or written, it is done without.
    """

    def __init__(self, home: Path, encoder: TokenEncoder, most: int = 20_000) -> None:
        self._file = home / "tokens.sqlite"
        self._encoder = encoder
        self._most = most

    def similarities(self, question: str, texts: Sequence[str]) -> list[float]:
        """The similarity of each text to the question, in their order."""
        asked = self._encoder.question(question)
        return [similarity(asked, vectors) for vectors in self._vectors(texts)]

    def span_similarities(self, question: str, text: str, spans: Sequence[tuple[int, int]]) -> list[float]:
        """The similarity of stretches of `text` to the question, each word read in its whole context."""
        asked = self._encoder.question(question)
        [vectors] = self._vectors([text])
        offsets = np.array(self._encoder.offsets(text)[: len(vectors)])
        found = []
        for start, end in spans:
            within = (offsets[:, 0] >= start) & (offsets[:, 1] <= end) & (offsets[:, 1] > offsets[:, 0])
            found.append(similarity(asked, vectors[within]) if within.any() else 0.0)
        return found

    def _vectors(self, texts: Sequence[str]) -> list[TokenVectors]:
        keys = [hashlib.sha256(text.encode()).digest()[:16] for text in texts]
        known = self._recalled(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        fresh = dict(zip(missing, each_at_once(self._encoder.document, list(missing.values())), strict=True))
        self._remember(fresh)
        known |= fresh
        return [known[key] for key in keys]

    def _recalled(self, keys: Sequence[bytes]) -> dict[bytes, TokenVectors]:
        if not keys or not self._file.exists():
            return {}
        query = f"select key, vectors from tokens where key in ({','.join('?' * len(keys))})"
        try:
            with closing(sqlite3.connect(self._file, timeout=1)) as database:
                rows = database.execute(query, list(keys)).fetchall()
        except sqlite3.Error:
            return {}
        return {key: np.frombuffer(vectors, dtype=np.int8).reshape(-1, NUMBERS) for key, vectors in rows}

    def _remember(self, fresh: dict[bytes, TokenVectors]) -> None:
        if not fresh:
            return
        try:
            with closing(sqlite3.connect(self._file, timeout=1)) as database, database:
                database.execute("create table if not exists tokens (key blob unique, vectors blob)")
                rows = [(key, vectors.tobytes()) for key, vectors in fresh.items()]
                database.executemany("insert or ignore into tokens values (?, ?)", rows)
                database.execute("delete from tokens where rowid <= (select max(rowid) from tokens) - ?", (self._most,))
        except sqlite3.Error:
            return  # a library that can't be written is still read
