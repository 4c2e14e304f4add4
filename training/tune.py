"""Trains the upper layers of the cross-encoder on the training cables, and writes them for `index_store/tuned/`.

    python -m training.tune --out index_store/tuned [--questions 100]

Half an hour on two processors. It learns to tell texts that answer a question (or support a statement) from those that
come near. The SHA-256 that is printed belongs into `index_store/weights.py`.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Final

import torch

from assistant.retrieval.onnx_models import load_tokenizer
from index_store.weights import ModelName, model_files
from training.examples import asked, groups, statements
from training.learning import SEED, Unit, learn
from training.models import torch_model, write_layers

MODEL: Final[ModelName] = "reranker_en"
FROZEN = 4
"""Layers that are left as they are, of 12; with more of them the file is smaller and less is learnt."""
EPOCHS = 2
BATCH = 16
"""Questions and statements a step."""
RATE = 4e-5
MOST_TOKENS = 320


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, required=True, help=f"the folder for {MODEL}.npz")
    options.add_argument("--questions", type=int, help="only so many, to try it out; no statements then")
    chosen = options.parse_args()
    torch.manual_seed(SEED)
    with tempfile.TemporaryDirectory() as folder:
        units: list[Unit] = [groups(one, number) for number, one in enumerate(asked(Path(folder), chosen.questions))]
        files = model_files(MODEL, Path(folder) / "weights.json")
    if chosen.questions is None:
        units += [[one] for one in statements()]
    model = torch_model(files, FROZEN).train()
    tokenizer = load_tokenizer(files)
    tokenizer.enable_truncation(MOST_TOKENS, strategy="longest_first")
    learn(model, tokenizer, units, epochs=EPOCHS, batch=BATCH, rate=RATE)
    print(write_layers(files, model, chosen.out / f"{MODEL}.npz"))


if __name__ == "__main__":
    main()
