"""How a cross-encoder learns from pairs of texts, some right and some wrong."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional

RANKED = 0.5
"""Weight of choosing the right pair of a group against judging each pair by itself."""
SURE = 1.5
"""Weight of the one pair that learns for all right ones."""
CHUNK = 3000
"""Tokens that are computed at once; it bounds the memory."""
SEED = 1


@dataclass(frozen=True, slots=True)
class Group:
    """Pairs of a question or statement and a text, and which of them answer or support it."""

    pairs: tuple[tuple[str, str], ...]
    right: tuple[bool, ...]
    one_of_them: bool = False
    """Whether only one of the right pairs need be right, nobody said which: the model's best one learns."""

    @property
    def longest(self) -> int:
        """Characters of the longest pair."""
        return max(len(asked) + len(text) for asked, text in self.pairs)


Unit = Sequence[Group]
"""The groups of one question, statement or affair, which are learnt from in one step."""


def learn(model: Any, tokenizer: Any, units: Sequence[Unit], *, epochs: int, batch: int, rate: float) -> None:
    """Train `model` in place: binary cross-entropy of each pair, and cross-entropy of the right ones of their group.

    Of a group with `one_of_them` the right pair that scores best stands for all of these (multiple-instance learning).

    `batch`: units a step; `rate`: the highest learning rate, reached after a short rise and followed by a long fall.
    """
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(parameters, rate, weight_decay=0.01)
    steps = epochs * -(-len(units) // batch)
    warm = 0.08 * steps + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / warm) * max(0.02, 1 - step / steps)
    )
    for step, chosen in enumerate(_batches(units, epochs, batch), 1):
        of_batch = [group for unit in chosen for group in unit]
        loss = sum(_learnt(model, tokenizer, chunk, of_batch) for chunk in _chunks(of_batch))
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if step % 20 == 0 or step == steps:
            print(f"step {step} of {steps}: loss {loss:.3f}", flush=True)


def _learnt(model: Any, tokenizer: Any, chunk: Sequence[Group], of_batch: Sequence[Group]) -> float:
    """Gather the gradients of some groups of a batch; returns their share of its loss."""
    pairs = sum(len(group.pairs) for group in of_batch)
    rows = [tokenizer.encode(*pair) for group in chunk for pair in group.pairs]
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
    judged = torch.cat(
        [judged_by_itself(group, own) for group, own in zip(chunk, _of_each(chunk, scores), strict=True)]
    )
    loss = functional.binary_cross_entropy_with_logits(scores, right.float(), judged, reduction="sum") / pairs
    for own, own_right in zip(_of_each(chunk, scores), _of_each(chunk, right), strict=True):
        if own_right.any() and not own_right.all():
            chosen = torch.logsumexp(torch.log_softmax(own, 0)[own_right], 0)
            loss = loss - RANKED * chosen / len(of_batch)
    loss.backward()
    return float(loss.detach())


def _of_each(chunk: Sequence[Group], values: torch.Tensor) -> tuple[torch.Tensor, ...]:
    return values.split([len(group.pairs) for group in chunk])


def judged_by_itself(group: Group, scores: torch.Tensor) -> torch.Tensor:
    """How far each pair of a group is judged by itself: all of them, or of the right ones only the best."""
    judged = torch.ones(len(group.pairs))
    if group.one_of_them:
        right = torch.tensor(group.right)
        judged[right] = 0.0
        judged[int(scores.detach().masked_fill(~right, -math.inf).argmax())] = SURE
    return judged


def _batches(units: Sequence[Unit], epochs: int, batch: int) -> Iterator[list[Unit]]:
    chance = random.Random(SEED)
    for _ in range(epochs):
        shuffled = chance.sample(list(units), len(units))
        yield from (shuffled[start : start + batch] for start in range(0, len(shuffled), batch))


def _chunks(of_batch: Sequence[Group]) -> Iterator[list[Group]]:
    """Groups of like length, about `CHUNK` tokens at a time (four characters a token)."""
    chunk: list[Group] = []
    for group in sorted(of_batch, key=lambda group: group.longest):
        pairs = sum(len(one.pairs) for one in [*chunk, group])
        if chunk and group.longest / 4 * pairs > CHUNK:
            yield chunk
            chunk = []
        chunk.append(group)
    if chunk:
        yield chunk
