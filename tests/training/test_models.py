"""The package's cross-encoder as a torch model, and its changed layers back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from assistant.retrieval.onnx_models import load_tokenizer
from index_store.onnx_model import OnnxModel
from index_store.weights import ModelFiles, model_files
from training.models import changed_layers, torch_model, write_float_model

pytestmark = pytest.mark.model
FROZEN = 10
CHANGED = "bert.encoder.layer.11.attention.self.query.weight"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> ModelFiles:
    return model_files("reranker_en", tmp_path_factory.mktemp("home") / "weights.json")


@pytest.fixture
def model(files: ModelFiles) -> Any:
    return torch_model(files, FROZEN).eval()


def test_the_torch_model_scores_like_the_package_s(files: ModelFiles, model: Any) -> None:
    pair = load_tokenizer(files).encode("Who runs the ferry?", "The ferry is run by Captain Holm.")
    with torch.no_grad():
        logits = model(torch.tensor([pair.ids]), token_type_ids=torch.tensor([pair.type_ids])).logits
    package = OnnxModel(ModelFiles(files.model, files.tokenizer)).first_output(pair.ids, pair.type_ids)
    assert float(logits) == pytest.approx(float(package[0, 0]), abs=0.3)  # activations are int8 there


def test_only_the_upper_layers_learn(model: Any) -> None:
    learning = {key.split(".")[3] for key, one in model.named_parameters() if one.requires_grad and ".layer." in key}
    assert learning == {"10", "11"}
    assert not model.bert.embeddings.word_embeddings.weight.requires_grad


def test_an_untrained_model_has_no_changed_layers(files: ModelFiles, model: Any) -> None:
    assert changed_layers(files.model, model.state_dict()) == {}


def test_a_changed_matrix_is_written_as_the_file_has_it(files: ModelFiles, model: Any, tmp_path: Path) -> None:
    state = model.state_dict()
    state[CHANGED] = state[CHANGED] * 2
    changed = changed_layers(files.model, state)
    quantized, scale = sorted(changed, key=lambda name: name.endswith("_scale"))
    assert changed[quantized].dtype == np.int8
    assert changed[quantized].T * changed[scale] == pytest.approx(state[CHANGED].numpy(), abs=float(changed[scale]))
    path = tmp_path / "tuned.npz"
    np.savez_compressed(path, **changed)
    ids = [101, 2040, 102, 2023, 102]
    tuned = OnnxModel(ModelFiles(files.model, files.tokenizer, path)).first_output(ids)
    assert not np.allclose(tuned, OnnxModel(ModelFiles(files.model, files.tokenizer)).first_output(ids))


def test_the_float_model_scores_like_the_torch_model_that_it_was_made_from(
    files: ModelFiles, model: Any, tmp_path: Path
) -> None:
    state = model.state_dict()
    state[CHANGED] = state[CHANGED] * 1.1
    model.load_state_dict(state)
    path = tmp_path / "float.onnx"
    write_float_model(files, state, path)
    pair = load_tokenizer(files).encode("Who runs the ferry?", "The ferry is run by Captain Holm.")
    with torch.no_grad():
        logits = model(torch.tensor([pair.ids]), token_type_ids=torch.tensor([pair.type_ids])).logits
    written = OnnxModel(ModelFiles(path, files.tokenizer)).first_output(pair.ids, pair.type_ids)
    assert float(logits) == pytest.approx(float(written[0, 0]), abs=0.05)
