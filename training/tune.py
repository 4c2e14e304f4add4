"""Trains the upper layers of the cross-encoder on the training cables, and writes them for `index_store/tuned/`.

    python -m training.tune --out index_store/tuned [--questions 100]

Half an hour on two processors. It learns to tell texts that answer a question (or support a statement) from those that
come near: binary cross-entropy of each pair, and cross-entropy of the right texts among their group. The SHA-256 that
is printed belongs into `index_store/weights.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch.nn import functional

from assistant.retrieval.onnx_models import load_tokenizer
from index_store.weights import ModelName, model_files
from training.examples import Group, asked, groups, statements
from training.models import changed_layers, torch_model

MODEL: Final[ModelName] = "reranker_en"
FROZEN = 4
"""Layers that are left as they are, of 12; with more of them the file is smaller and less is learnt."""
EPOCHS = 2
BATCH = 16
"""Questions and statements a step."""
RATE = 4e-5
RANKED = 0.5
"""Weight of choosing the right text of a group against judging each text by itself."""
MOST_TOKENS = 320
CHUNK = 3000
"""Tokens that are computed at once; it bounds the memory."""
SEED = 1


def tune(model: Any, tokenizer: Any, units: Sequence[Sequence[Group]]) -> None:
    """Train `model` in place; `units`: for each question or statement its groups."""
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, RATE, weight_decay=0.01)
    steps = EPOCHS * -(-len(units) // BATCH)
    warm = 0.08 * steps + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm) * max(0.02, 1 - step / steps)
    )
    for step, batch in enumerate(_batches(units), 1):
        of_batch = [group for unit in batch for group in unit]
        loss = sum(_learnt(model, tokenizer, chunk, of_batch) for chunk in _chunks(of_batch))
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if step % 20 == 0 or step == steps:
            print(f"step {step} of {steps}: loss {loss:.3f}", flush=True)


def _learnt(model: Any, tokenizer: Any, chunk: Sequence[Group], of_batch: Sequence[Group]) -> float:
    """Gather the gradients of some groups of a batch; returns their share of its loss."""
    pairs = sum(len(group.texts) for group in of_batch)
    rows = [tokenizer.encode(group.question, text) for group in chunk for text in group.texts]
    longest = max(len(row.ids) for row in rows)

    def padded(values: Sequence[Sequence[int]]) -> torch.Tensor:
        return torch.tensor([[*row, *[0] * (longest - len(row))] for row in values])

    with torch.autocast("cpu", torch.bfloat16):
        logits = model(
            input_ids=padded([row.ids for row in rows]),
            attention_mask=padded([row.attention_mask for row in rows]),
            token_type_ids=padded([row.type_ids for row in rows]),
        ).logits
    scores = logits.float().squeeze(-1)
    right = torch.tensor([one for group in chunk for one in group.right])
    loss = functional.binary_cross_entropy_with_logits(scores, right.float(), reduction="sum") / pairs
    sizes = [len(group.texts) for group in chunk]
    for own, own_right in zip(scores.split(sizes), right.split(sizes), strict=True):
        if own_right.any() and not own_right.all():
            chosen = torch.logsumexp(torch.log_softmax(own, 0)[own_right], 0)
            loss = loss - RANKED * chosen / len(of_batch)
    loss.backward()
    return float(loss.detach())


def _batches(units: Sequence[Sequence[Group]]) -> Iterator[list[Sequence[Group]]]:
    chance = random.Random(SEED)
    for _ in range(EPOCHS):
        shuffled = chance.sample(list(units), len(units))
        yield from (shuffled[start : start + BATCH] for start in range(0, len(shuffled), BATCH))


def _chunks(of_batch: Sequence[Group]) -> Iterator[list[Group]]:
    """Groups of like length, about `CHUNK` tokens at a time (four characters a token)."""
    chunk: list[Group] = []
    for group in sorted(of_batch, key=lambda group: max(map(len, group.texts))):
        longest = (len(group.question) + max(map(len, group.texts))) / 4
        if chunk and longest * sum(len(one.texts) for one in [*chunk, group]) > CHUNK:
            yield chunk
            chunk = []
        chunk.append(group)
    if chunk:
        yield chunk


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--out", type=Path, required=True, help=f"the folder for {MODEL}.npz")
    options.add_argument("--questions", type=int, help="only so many, to try it out; no statements then")
    chosen = options.parse_args()
    torch.manual_seed(SEED)
    with tempfile.TemporaryDirectory() as folder:
        units = [groups(one, number) for number, one in enumerate(asked(Path(folder), chosen.questions))]
        files = model_files(MODEL, Path(folder) / "weights.json")
    if chosen.questions is None:
        units += [[one] for one in statements()]
    model = torch_model(files, FROZEN).train()
    tokenizer = load_tokenizer(files)
    tokenizer.enable_truncation(MOST_TOKENS, strategy="longest_first")
    tune(model, tokenizer, units)
    chosen.out.mkdir(parents=True, exist_ok=True)
    path = chosen.out / f"{MODEL}.npz"
    np.savez_compressed(path, **changed_layers(files.model, model.state_dict()))
    print(f"{path}: SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
