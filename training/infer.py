"""Trains the model of inference, does this passage answer the question, and that of statements, does it support this?

    python -m training.infer --squad squad2-dev.json --out index_store/tuned [--units 100]

Seven hours on two processors. The model of inference has five stages: first it learns from questions, those about the
training cables and those of SQuAD 2.0 dev (the file that benchmarks/squad.py reads); then from the affairs of
`training/data/passages`, in which everything comes near and little is right; what goes on lies halfway between both.
Then it learns from what it reads when it is used: the passages that the ranking finds for a question, single sentences,
and passages of other affairs that share its words; then from dialogues, whose questions are read behind those they go
on from, from questions that several passages answer together, and from all passages of paragraphs that answer and that
come near. Last it learns that names must match, from what it took for answers itself. The model of statements
goes on from the third stage with the affairs' statements alone, each true one against its false twin. Two SHA-256 are
printed; they belong into `index_store/weights.py`.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import torch

from assistant.retrieval.onnx_models import load_tokenizer
from assistant.retrieval.rerank import CrossEncoderScorer
from index_store.embedding import load_embedding
from index_store.weights import ModelFiles, ModelName, model_files
from training.dialogues import dialogues, turns_of
from training.examples import asked
from training.joint import joint_questions, parts_of
from training.learning import SEED, Unit, learn
from training.mistaken import matching_of_names, nearest_elsewhere
from training.models import torch_model, write_float_model
from training.passages import (
    Affair,
    affairs,
    elsewhere,
    far_passages,
    found,
    groups,
    of_questions,
    of_squad,
    sentences_of,
    sentences_of_squad,
    twins_of,
    with_far,
)
from training.tune import FROZEN, MOST_TOKENS
from training.windows import windows_of_questions

INFERENCE: Final[ModelName] = "inference_en"
STATEMENTS: Final[ModelName] = "statements_en"
EPOCHS = 2
"""Of the first stage and of the twins; the others have one."""
QUESTIONS, AFFAIRS, MIXED, TWINS = 32, 8, 36, 25
"""How many a step."""
RATE, SECOND_RATE, THIRD_RATE, TWINS_RATE = 5e-5, 4e-5, 5e-5, 1e-4
KEPT_UP = 2
"""How many units of the first stage are learnt again for each affair of the second, lest they be forgotten."""
SENTENCE_SHARE = 0.5
"""The share of the affairs' questions that learn from single sentences too, in the third stage."""
LAST_SHARE = 2 / 3
"""How much of what is used was learnt in the fourth stage, the rest before it."""
NAMES, KEPT_UP_LAST, NAMES_SHARE = 48, 15_000, 1 / 2
"""Of the fifth stage: groups a step, how many of the fourth's it has, and how much of what is used was learnt in it."""
AGAIN, SENTENCES = 1500, 3000
"""How many units of the first stage, and sentences of SQuAD, the third stage has; the fourth as many of the third."""


def between(
    one: Mapping[str, torch.Tensor], other: Mapping[str, torch.Tensor], share: float = 0.5
) -> dict[str, torch.Tensor]:
    """The means of two states of a model, `share` of them the other's: they do a little better than either."""
    return {
        name: torch.lerp(value, other[name], share) if value.is_floating_point() else value
        for name, value in one.items()
    }


def _fifth(
    files: ModelFiles, state: Mapping[str, torch.Tensor], known: Sequence[Affair], chance: random.Random
) -> list[Unit]:
    """What teaches the model that names must match: it is asked first what it takes for answers."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before.onnx"
        write_float_model(files, state, before)
        scorer = CrossEncoderScorer(ModelFiles(before, files.tokenizer))
        nearest = nearest_elsewhere(known, load_embedding(Path(folder)))
        return [[group] for group in matching_of_names(known, dialogues(), nearest, scorer.score, chance)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--squad", type=Path, required=True, help="SQuAD 2.0 dev as benchmarks/squad.py reads it")
    options.add_argument("--out", type=Path, required=True, help="the folder for both models")
    options.add_argument("--units", type=int, help="only so many of each stage, to try it out")
    chosen = options.parse_args()
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        files = model_files("reranker_en", Path(folder) / "weights.json")
        retrieved = [found(one) for one in asked(Path(folder) / "library", chosen.units)]
    model = torch_model(files, FROZEN).train()
    tokenizer = load_tokenizer(files)
    tokenizer.enable_truncation(MOST_TOKENS, strategy="longest_first")
    questions: list[Unit] = [*of_squad(chosen.squad, chance), *of_questions(chance)]
    first = chance.sample(questions, len(questions))[: chosen.units]
    learn(model, tokenizer, first, epochs=EPOCHS, batch=QUESTIONS, rate=RATE)
    after_first = {name: value.clone() for name, value in model.state_dict().items()}
    second: list[Unit] = [
        [*groups(affair, chance), *(group for unit in chance.sample(questions, KEPT_UP) for group in unit)]
        for affair in affairs()[: chosen.units]
    ]
    learn(model, tokenizer, second, epochs=1, batch=AFFAIRS, rate=SECOND_RATE)
    model.load_state_dict(between(after_first, model.state_dict()))
    known = affairs()[: chosen.units]
    beside = zip(known, far_passages(known), strict=True)
    third: list[Unit] = [[group] for affair, far in beside for group in with_far(affair, far, chance)]
    third += [[group] for affair in known for group in sentences_of(affair) if chance.random() < SENTENCE_SHARE]
    third += [[group] for unit in retrieved for group in unit]
    for units, most in ((questions, AGAIN), (list(sentences_of_squad(chosen.squad)), SENTENCES)):
        third += chance.sample(units, min(most, len(units)))
    learn(model, tokenizer, third[: chosen.units], epochs=1, batch=MIXED, rate=THIRD_RATE)
    after_third = {name: value.clone() for name, value in model.state_dict().items()}
    of, nearest = {affair.subject: affair for affair in affairs()}, elsewhere(known)
    fourth: list[Unit] = [[one] for each in dialogues() for one in turns_of(each, of[each.subject], nearest, chance)]
    fourth += [[one] for each in joint_questions() for one in parts_of(each, of[each.subject], nearest, chance)]
    fourth += windows_of_questions(chance)
    fourth += chance.sample(third, min(AGAIN, len(third)))
    learn(model, tokenizer, chance.sample(fourth, len(fourth))[: chosen.units], epochs=1, batch=MIXED, rate=THIRD_RATE)
    state = between(after_third, model.state_dict(), LAST_SHARE)
    model.load_state_dict(state)
    fifth = [*_fifth(files, state, known, chance), *chance.sample(fourth, min(KEPT_UP_LAST, len(fourth)))]
    learn(model, tokenizer, chance.sample(fifth, len(fifth))[: chosen.units], epochs=1, batch=NAMES, rate=SECOND_RATE)
    state = between(state, model.state_dict(), NAMES_SHARE)
    print(INFERENCE, write_float_model(files, state, chosen.out / f"{INFERENCE}.onnx"))
    model.load_state_dict(after_third)
    twins: list[Unit] = [[group] for affair in known for group in twins_of(affair, chance)]
    learn(model, tokenizer, twins[: chosen.units], epochs=EPOCHS, batch=TWINS, rate=TWINS_RATE)
    print(STATEMENTS, write_float_model(files, model.state_dict(), chosen.out / f"{STATEMENTS}.onnx"))


if __name__ == "__main__":
    main()
