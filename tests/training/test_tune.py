"""What the cross-encoder learns from a group of texts."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from assistant.retrieval.onnx_models import load_tokenizer
from index_store.weights import model_files
from training.examples import Group
from training.models import torch_model
from training.tune import tune

pytestmark = pytest.mark.model
FROZEN = 10


def test_training_raises_the_texts_that_answer_above_those_that_come_near(tmp_path: Path) -> None:
    files = model_files("reranker_en", tmp_path / "weights.json")
    model, tokenizer = torch_model(files, FROZEN), load_tokenizer(files)
    group = Group("Who runs the ferry?", ("Captain Holm runs the ferry.", "The ferry is old."), (False, True))

    def lead() -> float:
        pairs = [tokenizer.encode(group.question, text) for text in group.texts]
        with torch.no_grad():
            holm, old = (
                float(model(torch.tensor([pair.ids]), token_type_ids=torch.tensor([pair.type_ids])).logits)
                for pair in pairs
            )
        return old - holm

    before = lead()
    tune(model, tokenizer, [[group]])
    assert lead() > before
