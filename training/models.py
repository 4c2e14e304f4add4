"""The package's int8 cross-encoder as a torch model that can be trained, and its changed layers back as int8.

It is a BERT whose matrices are stored as int8 with one scale each (the zero point is 0), everything else as float32.
Activations are quantised when the model runs, so a trained layer behaves a little differently there; what is measured
is always the int8 form.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from transformers import BertConfig, BertForSequenceClassification

from index_store.weights import ModelFiles

LAYERS = 12
_QUANTIZED, _SCALE = "_quantized", "_scale"


class Matrix(NamedTuple):
    """Where a torch parameter lies in the ONNX file: its initializers are `name` + '_quantized' and '_scale'."""

    parameter: str
    name: str


class Read(NamedTuple):
    """A model's parameters by their torch names, and where the matrices among them came from."""

    parameters: dict[str, NDArray[np.float32]]
    matrices: tuple[Matrix, ...]


def read(path: Path) -> Read:
    """The parameters of an int8 BERT in ONNX, dequantised; matrices (outputs, inputs) as torch has them."""
    graph = onnx.load(str(path)).graph
    initial = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    parameters: dict[str, NDArray[np.float32]] = {}
    matrices = []
    for node in graph.node:
        quantized = next((name for name in node.input if name.endswith(_QUANTIZED) and name in initial), None)
        if node.op_type != "MatMulInteger" or quantized is None:
            continue
        name = quantized.removesuffix(_QUANTIZED)
        scope = node.name.removesuffix("/MatMul_quant").removesuffix("/Gemm_MatMul_quant").strip("/")
        parameter = scope.replace("/", ".") + ".weight"
        parameters[parameter] = (initial[quantized].astype(np.float32) * initial[name + _SCALE]).T
        matrices.append(Matrix(parameter, name))
    for name, value in initial.items():
        if "embeddings" in name and name.endswith(_QUANTIZED):
            base = name.removesuffix(_QUANTIZED)
            zero = initial[base + "_zero_point"].astype(np.float32)
            parameters[base] = (value.astype(np.float32) - zero) * initial[base + _SCALE]
        elif value.dtype == np.float32 and name.endswith((".bias", ".weight")):
            parameters[name] = value
    return Read(parameters, tuple(matrices))


def torch_model(files: ModelFiles, frozen: int) -> Any:
    """The package's cross-encoder without dropout; its embeddings and first `frozen` layers are kept as they are."""
    parameters = {key: torch.tensor(value) for key, value in read(files.model).parameters.items()}
    words, width = parameters["bert.embeddings.word_embeddings.weight"].shape
    config = BertConfig(
        vocab_size=words,
        hidden_size=width,
        num_hidden_layers=LAYERS,
        num_attention_heads=12,
        intermediate_size=4 * width,
        num_labels=1,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",  # on a processor, quicker both ways than the fused kernels
    )
    model: Any = BertForSequenceClassification(config)
    model.load_state_dict(parameters)
    kept = ("embeddings.", *(f"encoder.layer.{layer}." for layer in range(frozen)))
    for key, parameter in model.named_parameters():
        parameter.requires_grad = not key.removeprefix("bert.").startswith(kept)
    return model


def changed_layers(path: Path, state: Mapping[str, torch.Tensor]) -> dict[str, NDArray[Any]]:
    """What of `state` differs from the ONNX file, by the file's own names and in its own form."""
    parameters, matrices = read(path)
    places = {matrix.parameter: matrix.name for matrix in matrices}
    changed: dict[str, NDArray[Any]] = {}
    for key, tensor in state.items():
        value = tensor.detach().float().numpy()
        if np.allclose(value, parameters[key], atol=1e-7):
            continue
        if key not in places:
            changed[key] = value
            continue
        scale = np.asarray(np.abs(value).max() / 127, dtype=np.float32)
        changed[places[key] + _QUANTIZED] = np.ascontiguousarray(np.round(value.T / scale), dtype=np.int8)
        changed[places[key] + _SCALE] = scale
    return changed
