"""The package's int8 cross-encoder as a torch model that can be trained, and its changed layers back as int8.

It is a BERT whose matrices are stored as int8 with one scale each (the zero point is 0), everything else as float32.
Activations are quantised when the model runs, so a trained layer behaves a little differently there; what is measured
is always the int8 form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import helper, numpy_helper
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


def write_layers(files: ModelFiles, model: Any, path: Path) -> str:
    """Write what of `model` differs from the package's into `path`; tells its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **changed_layers(files.model, model.state_dict()))
    return f"{path}: SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}"


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


def write_float_model(files: ModelFiles, state: Mapping[str, torch.Tensor], path: Path) -> str:
    """Write the model with `state` so that it computes in float32; tells its SHA-256.

    Its matrices are stored as int8 with a scale for each output, its embeddings as the package has them. The package's
    own form computes in int8, which costs little in ranking but drowns what tells an answer from what comes near.
    """
    model = onnx.load(str(files.model))
    graph = model.graph
    makers = {output: node for node in graph.node for output in node.output}
    users: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    parameters = {matrix.name: matrix.parameter for matrix in read(files.model).matrices}
    initial = {item.name: item for item in graph.initializer}
    nodes, replaced = [], set()
    for node in graph.node:
        name = node.input[1].removesuffix(_QUANTIZED) if node.op_type == "MatMulInteger" else ""
        if name not in parameters:
            continue
        [cast] = users[node.output[0]]
        [scaled] = users[cast.output[0]]
        values, scale = _by_output(state[parameters[name]].detach().float().numpy().T)
        initial[name + _QUANTIZED] = numpy_helper.from_array(values, name + _QUANTIZED)
        initial[name + _SCALE] = numpy_helper.from_array(scale, name + _SCALE)
        given = makers[node.input[0]].input[0]
        whole = [name + _QUANTIZED, name + _SCALE]
        nodes.append(helper.make_node("DequantizeLinear", whole, [name + "_float"], name=name + "_float", axis=1))
        nodes.append(helper.make_node("MatMul", [given, name + "_float"], list(scaled.output), name=node.name))
        replaced |= {node.name, cast.name, scaled.name}
    for name, item in list(initial.items()):
        if name in state and item.data_type == onnx.TensorProto.FLOAT:
            initial[name] = numpy_helper.from_array(state[name].detach().float().numpy(), name)
    kept = _needed([*nodes, *(node for node in graph.node if node.name not in replaced)], graph.output)
    used = {name for node in kept for name in node.input}
    del graph.node[:], graph.initializer[:]
    graph.node.extend(kept)
    graph.initializer.extend(item for name, item in initial.items() if name in used)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(path))
    return f"{path}: SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}"


def _by_output(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix (inputs, outputs) as int8, with the scale of each output."""
    scale = (np.abs(matrix).max(axis=0) / 127).astype(np.float32)
    return np.ascontiguousarray(np.round(matrix / scale), dtype=np.int8), scale


def _needed(nodes: Sequence[Any], outputs: Sequence[Any]) -> list[Any]:
    """The nodes that the outputs depend on, each behind those that it reads."""
    makers = {output: node for node in nodes for output in node.output}
    ordered: dict[str, Any] = {}

    def add(name: str) -> None:
        node = makers.get(name)
        if node is None or node.output[0] in ordered:
            return
        for given in node.input:
            add(given)
        ordered[node.output[0]] = node

    for output in outputs:
        add(output.name)
    return list(ordered.values())
