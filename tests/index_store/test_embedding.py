"""The real embedding model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index_store.embedding import DIMENSION, QUERY_PROMPT, PilcrowEmbedding, load_embedding

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def embedding(tmp_path_factory: pytest.TempPathFactory) -> PilcrowEmbedding:
    return load_embedding(tmp_path_factory.mktemp("home"))


def test_vectors_are_normalised_and_384_long(embedding: PilcrowEmbedding) -> None:
    vectors = np.array(embedding.get_text_embedding_batch(["One.", "A somewhat longer text than that."]))
    assert vectors.shape == (2, DIMENSION)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)


def test_a_vector_depends_on_its_text_alone(embedding: PilcrowEmbedding) -> None:
    texts = ["The harbor opened.", "word " * 700, "", "A treaty was signed in Oslo " * 9, "¶ Й 你好"]
    together = embedding.get_text_embedding_batch(texts)
    assert together == [embedding.get_text_embedding(text) for text in texts]


def test_a_query_gets_its_instruction(embedding: PilcrowEmbedding) -> None:
    instructed = embedding.get_text_embedding(QUERY_PROMPT + "Who?")
    assert embedding.get_query_embedding("Who?") == pytest.approx(instructed, abs=1e-6)


@pytest.mark.parametrize("query", ["Who?", "", "word " * 700, "¶ Й 你好 \n\n tabs\t and  blanks "])
def test_a_query_is_encoded_as_sentence_transformers_would(embedding: PilcrowEmbedding, query: str) -> None:
    theirs = embedding.load().encode_query(query, show_progress_bar=False)
    assert embedding.get_query_embedding(query) == pytest.approx(theirs.tolist(), abs=1e-6)


def test_a_question_needs_no_import_of_sentence_transformers(tmp_path: Path) -> None:
    ask = (
        "import sys; from pathlib import Path; from index_store.embedding import load_embedding; "
        f"load_embedding(Path({str(tmp_path)!r})).get_query_embedding('Who?'); "
        "print([name for name in ('sentence_transformers', 'torch', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_means_the_same_is_nearer_than_what_shares_words(embedding: PilcrowEmbedding) -> None:
    query = np.array(embedding.get_query_embedding("Why do farmers fear the new dam?"))
    same, other = np.array(
        embedding.get_text_embedding_batch(
            [
                "Growers downstream are afraid that the reservoir will leave their fields dry.",
                "The new farmers' market stands beside the old dam.",
            ]
        )
    )
    assert query @ same > query @ other


def test_sentence_transformers_encodes_with_it(embedding: PilcrowEmbedding) -> None:
    model = embedding.load()
    vectors = model.encode(["b " * 50, "a"], batch_size=1)
    assert vectors.tolist() == embedding.get_text_embedding_batch(["b " * 50, "a"])
    assert [type(module).__name__ for module in model] == ["OnnxEncoder", "Pooling", "Normalize"]


def test_the_home_remembers_the_check(tmp_path: Path) -> None:
    load_embedding(tmp_path)
    assert (tmp_path / "weights.json").is_file()
