"""What the cross-encoder learns from a group of texts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from assistant.retrieval.onnx_models import load_tokenizer
from index_store.weights import model_files
from training.infer import between
from training.learning import SURE, Group, judged_by_itself, learn
from training.models import torch_model

pytestmark = pytest.mark.model
FROZEN = 10


def test_training_raises_the_texts_that_answer_above_those_that_come_near(tmp_path: Path) -> None:
    files = model_files("reranker_en", tmp_path / "weights.json")
    model, tokenizer = torch_model(files, FROZEN), load_tokenizer(files)
    group = Group(
        (("Who runs the ferry?", "Captain Holm runs the ferry."), ("Who runs the ferry?", "The ferry is old.")),
        (False, True),
    )

    def lead() -> float:
        pairs = [tokenizer.encode(*pair) for pair in group.pairs]
        with torch.no_grad():
            holm, old = (
                float(model(torch.tensor([pair.ids]), token_type_ids=torch.tensor([pair.type_ids])).logits)
                for pair in pairs
            )
        return old - holm

    before = lead()
    learn(model, tokenizer, [[group]], epochs=2, batch=1, rate=4e-5)
    assert lead() > before


def test_where_one_of_several_texts_answers_only_the_best_one_is_taught() -> None:
    group = Group((("Who?", "a"), ("Who?", "b"), ("Who?", "c")), (True, True, False), one_of_them=True)
    assert judged_by_itself(group, torch.tensor([0.1, 0.3, 0.9])).tolist() == [0.0, SURE, 1.0]
    assert judged_by_itself(replace(group, one_of_them=False), torch.zeros(3)).tolist() == [1.0, 1.0, 1.0]


def test_between_two_states_are_their_means_in_the_share_given() -> None:
    one, other = {"a": torch.tensor([1.0]), "n": torch.tensor([1])}, {"a": torch.tensor([3.0]), "n": torch.tensor([1])}
    assert between(one, other) == {"a": torch.tensor([2.0]), "n": torch.tensor([1])}
    assert between(one, other, 0.75) == {"a": torch.tensor([2.5]), "n": torch.tensor([1])}
