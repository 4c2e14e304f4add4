"""Trains the upper layers of a model on the training cables and writes them for `index_store/tuned/`.

    python -m training.tune reranker_en --out index_store/tuned
    python -m training.tune colbert --out index_store/tuned

Half an hour on two processors for the cross-encoder, a quarter for the others. The cross-encoder learns to tell texts
that answer (or support a statement) from those that come near: cross-entropy of each pair, and of the right one
among its group. The others learn to draw a question to its paragraphs and away from those of the other questions
of its batch and from near misses: cross-entropy over the batch's paragraphs (InfoNCE). Print the new file's SHA-256
into `index_store/weights.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from llama_index.core.schema import BaseNode
from torch.nn import functional

from assistant.retrieval.late_interaction import DOCUMENT_MARK, NUMBERS, QUESTION_MARK
from assistant.retrieval.onnx_models import load_tokenizer
from assistant.retrieval.rerank import text_in_context
from index_store.embedding import QUERY_PROMPT
from index_store.weights import ModelName, model_files
from training.examples import Asked, Group, asked, embedded, groups, statements
from training.models import changed_layers, torch_model

EPOCHS = 2
BATCH = 16
"""Questions a step."""
MOST_TOKENS = 320
SEED = 1
FROZEN: dict[ModelName, int] = {"reranker_en": 4, "colbert": 6, "bge_small_en": 6}
"""Layers that are left as they are, of 12."""
RATE: dict[ModelName, float] = {"reranker_en": 4e-5, "colbert": 3e-5, "bge_small_en": 3e-5}
RANKED = 0.5
"""Weight of choosing the right text of a group against judging each text by itself."""
TEMPERATURE = 0.03
NEAR_MISSES = 2
"""Near misses a question brings to its batch."""
CHUNK = 3000
"""Tokens that are computed at once."""


class Trainer:
    """Takes steps with a rate that rises, then falls to nothing."""

    def __init__(self, model: Any, rate: float, steps: int) -> None:
        self._parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
        self._optimizer = torch.optim.AdamW(self._parameters, rate, weight_decay=0.01)
        warm = 0.08 * steps + 1
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: min(1.0, (step + 1) / warm) * max(0.02, 1 - step / steps)
        )

    def step(self) -> None:
        """Move by the gradients that were gathered."""
        torch.nn.utils.clip_grad_norm_(self._parameters, 1.0)
        self._optimizer.step()
        self._schedule.step()
        self._optimizer.zero_grad()


def tune_reranker(model: Any, tokenizer: Any, units: Sequence[Sequence[Group]]) -> None:
    """`units`: for each question its groups."""
    steps = EPOCHS * -(-len(units) // BATCH)
    trainer = Trainer(model, RATE["reranker_en"], steps)
    for step, batch in enumerate(_batches(units), 1):
        of_batch = sorted((group for unit in batch for group in unit), key=lambda group: max(map(len, group.texts)))
        pairs = sum(len(group.texts) for group in of_batch)
        total = 0.0
        for chunk in _chunks(of_batch):
            rows = [tokenizer.encode(group.question, text) for group in chunk for text in group.texts]
            logits = _run(model, [row.ids for row in rows], [row.type_ids for row in rows]).logits.float().squeeze(-1)
            right = torch.tensor([float(one) for group in chunk for one in group.right])
            loss = functional.binary_cross_entropy_with_logits(logits, right, reduction="sum") / pairs
            for group, own in zip(chunk, logits.split([len(group.texts) for group in chunk]), strict=True):
                if any(group.right) and not all(group.right):
                    chosen = torch.logsumexp(torch.log_softmax(own, 0)[torch.tensor(group.right)], 0)
                    loss = loss - RANKED * chosen / len(of_batch)
            loss.backward()
            total += loss.item()
        trainer.step()
        _report(step, steps, total)


def tune_retriever(
    model: Any,
    questions: Sequence[Asked],
    encode: Callable[[str, bool], list[int]],
    read: Callable[[BaseNode], str],
    similar: Callable[..., torch.Tensor],
) -> None:
    """`encode`: token ids of a text and whether it is a question; `similar`: of each question to each paragraph."""
    answered = [one for one in questions if one.gold]
    steps = EPOCHS * -(-len(answered) // BATCH)
    trainer = Trainer(model, RATE["colbert"], steps)
    chance = random.Random(SEED)
    for step, batch in enumerate(_batches(answered), 1):
        nodes: dict[str, BaseNode] = {}
        for one in batch:
            near = one.near[:8]
            for node in [chance.choice(one.gold), *chance.sample(near, min(NEAR_MISSES, len(near)))]:
                nodes[node.node_id] = node
        paragraphs = sorted(nodes.values(), key=lambda node: len(read(node)))
        asked_ids = [encode(one.question, True) for one in batch]
        vectors = _run(model, asked_ids).last_hidden_state.float()
        columns = []
        half = -(-len(paragraphs) // 2)
        for some in (paragraphs[:half], paragraphs[half:]):
            ids = [encode(read(node), False) for node in some]
            columns.append(similar(vectors, _mask(asked_ids), _run(model, ids).last_hidden_state.float(), _mask(ids)))
        right = torch.tensor([[_answers(one, node) for node in paragraphs] for one in batch])
        chances = torch.log_softmax(torch.cat(columns, 1) / TEMPERATURE, 1)
        loss = -torch.logsumexp(chances.masked_fill(~right, -1e9), 1).mean()
        loss.backward()
        trainer.step()
        _report(step, steps, loss.item())


def _answers(one: Asked, node: BaseNode) -> bool:
    """Whether a paragraph answers, or is the summary of a document that does."""
    summary = node.metadata["label"] == "1" and any(
        node.metadata["document"] == gold.metadata["document"] for gold in one.gold
    )
    return summary or any(gold.node_id == node.node_id for gold in one.gold)


def by_first_token(asked: torch.Tensor, _: torch.Tensor, told: torch.Tensor, __: torch.Tensor) -> torch.Tensor:
    """Cosines of the first tokens' vectors."""
    return functional.normalize(asked[:, 0], dim=-1) @ functional.normalize(told[:, 0], dim=-1).T


def by_every_token(asked: torch.Tensor, asks: torch.Tensor, told: torch.Tensor, tells: torch.Tensor) -> torch.Tensor:
    """MaxSim by the number of the question's tokens."""
    one = functional.normalize(asked[..., :NUMBERS], dim=-1)
    other = functional.normalize(told[..., :NUMBERS], dim=-1)
    products = torch.einsum("qld,pmd->qplm", one, other).masked_fill(tells[None, :, None, :] == 0, -1e4)
    best = products.max(-1).values * asks[:, None, :]
    return best.sum(-1) / asks.sum(-1)[:, None]


def _batches(items: Sequence[Any]) -> Iterator[list[Any]]:
    chance = random.Random(SEED)
    for _ in range(EPOCHS):
        shuffled = chance.sample(list(items), len(items))
        yield from (shuffled[start : start + BATCH] for start in range(0, len(shuffled), BATCH))


def _chunks(of_batch: Sequence[Group]) -> Iterator[list[Group]]:
    """Groups of like length, about `CHUNK` tokens at a time (four characters a token)."""
    chunk: list[Group] = []
    for group in of_batch:
        longest = (len(group.question) + max(map(len, group.texts))) / 4
        if chunk and longest * sum(len(one.texts) for one in [*chunk, group]) > CHUNK:
            yield chunk
            chunk = []
        chunk.append(group)
    if chunk:
        yield chunk


def _mask(ids: Sequence[Sequence[int]]) -> torch.Tensor:
    longest = max(map(len, ids))
    return torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])


def _run(model: Any, ids: Sequence[Sequence[int]], types: Sequence[Sequence[int]] | None = None) -> Any:
    mask = _mask(ids)

    def padded(rows: Sequence[Sequence[int]]) -> torch.Tensor:
        return torch.tensor([[*row, *[0] * (mask.shape[1] - len(row))] for row in rows])

    with torch.autocast("cpu", torch.bfloat16):
        return model(
            input_ids=padded(ids),
            attention_mask=mask,
            token_type_ids=padded(types) if types else torch.zeros_like(mask),
        )


def _report(step: int, steps: int, loss: float) -> None:
    if step % 20 == 0 or step == steps:
        print(f"step {step} of {steps}: loss {loss:.3f}", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("model", choices=list(FROZEN))
    options.add_argument("--out", type=Path, required=True, help="the folder for MODEL.npz")
    chosen = options.parse_args()
    name = cast(ModelName, chosen.model)
    torch.manual_seed(SEED)
    with tempfile.TemporaryDirectory() as folder:
        questions = asked(Path(folder))
        files = model_files(name, Path(folder) / "weights.json")
    model = torch_model(name, files, FROZEN[name]).train()
    tokenizer = load_tokenizer(files)
    tokenizer.enable_truncation(MOST_TOKENS, strategy="longest_first")
    if name == "reranker_en":
        tune_reranker(
            model,
            tokenizer,
            [groups(one, number) for number, one in enumerate(questions)] + [[one] for one in statements()],
        )
    elif name == "colbert":

        def marked(text: str, is_question: bool) -> list[int]:
            first, *rest = tokenizer.encode(text).ids
            return [first, tokenizer.token_to_id(QUESTION_MARK if is_question else DOCUMENT_MARK), *rest]

        tune_retriever(model, questions, marked, text_in_context, by_every_token)
    else:
        tune_retriever(
            model,
            questions,
            lambda text, asks: tokenizer.encode(QUERY_PROMPT * asks + text).ids,
            embedded,
            by_first_token,
        )
    path = chosen.out / f"{name}.npz"
    np.savez_compressed(path, **changed_layers(files.model, model.state_dict()))
    print(f"{path}: SHA-256 {hashlib.sha256(path.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
