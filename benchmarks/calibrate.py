"""Calibrates when an answer is refused, and writes assistant/data/thresholds.json.

    python benchmarks/calibrate.py --squad squad2-dev.json [--write]

Three kinds of questions are asked over the sample cables and those of `data/held_out`: those of their sets that these
answer, those that they don't although the topic is there, and questions of SQuAD 2.0 dev, whose topics they lack.
Refusing rightly is worth less than not refusing wrongly: each threshold is the highest that refuses at most its share
of the answerable.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from assistant.answer import Answer
from assistant.conversation import Assistant
from assistant.refusing import FAIR_SAID, PARAGRAPH_ANSWERS, SURELY_SAID, Thresholds
from assistant.settings import Settings
from index_store.formats import read_sources
from index_store.store import IndexStore

ROOT = Path(__file__).parent.parent
HELD_OUT = ROOT / "benchmarks/data/held_out"
QUESTIONS = (ROOT / "assistant/evaluation/sets/samples.jsonl", HELD_OUT / "questions.jsonl")
TARGET = ROOT / "assistant/data/thresholds.json"
MODELS = "ms-marco-MiniLM-L-12-v2 int8 tuned, the same for inference, answerai-colbert-small-v1 int8"
SEED = 11
TOPIC_SHARE, SENTENCE_SHARE, MISSING_SHARE, SAYS_SHARE = 0.01, 0.01, 0.02, 0.035
"""Of the answerable questions, how many each threshold may refuse."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a refusal could be decided by, for one question."""

    kind: str
    """'answerable', 'missing' or 'off topic'."""
    topic: float
    """The best paragraph's cross-encoder logit."""
    sentence: float
    missing: bool
    filtered: bool
    says: float
    """How surely the answer says what is asked; inf where nothing was read."""


def seen(kind: str, answer: Answer) -> Seen:
    candidates = answer.details["candidates"]
    score, says = answer.details["sentence_score"], answer.details["says"]
    return Seen(
        kind,
        max((candidate["cross"] for candidate in candidates if "cross" in candidate), default=float("-inf")),
        float("-inf") if score is None else score,
        bool(answer.details["missing"]),
        bool(answer.filters),
        float("inf") if says is None else says,
    )


def highest(values: Sequence[float], share: float) -> float:
    """The highest threshold below which at most `share` of the values lie."""
    ordered = sorted(values)
    return ordered[int(share * len(ordered))] if ordered else float("-inf")


def calibrated(rows: Sequence[Seen]) -> Thresholds:
    """Thresholds for the topic, the best sentence, the same where something named is missing, and what it says."""
    answerable = [row for row in rows if row.kind == "answerable"]
    topic = highest([row.topic for row in answerable if not row.filtered], TOPIC_SHARE)
    sentence = highest([row.sentence for row in answerable], SENTENCE_SHARE)
    named = sorted(row.sentence for row in answerable if row.missing)
    allowed = int(MISSING_SHARE * len(answerable))
    # A sentence as good as the best quarter of the right ones is told though it lacks a name.
    missing = min([*named[allowed : allowed + 1], highest([row.sentence for row in answerable], 0.75)])
    says = highest([row.says for row in answerable], SAYS_SHARE)
    return Thresholds(round(topic, 1), round(sentence, 1), round(missing, 1), round(says, 1), MODELS)


def refused(row: Seen, limits: Thresholds) -> bool:
    """Whether the thresholds alone refuse; redactions and words that the library has nowhere come on top."""
    return (
        (row.topic < limits.topic and not row.filtered)
        or (row.sentence < limits.sentence and row.topic < PARAGRAPH_ANSWERS and row.says < limits.says + FAIR_SAID)
        or (row.missing and row.sentence < limits.missing and row.says < limits.says + SURELY_SAID)
        or row.says < limits.says
    )


def collected(squad: Path | None, size: int) -> list[Seen]:
    lines = [json.loads(line) for file in QUESTIONS for line in file.read_text(encoding="utf-8").splitlines()]
    asked = [("answerable" if row.get("answerable", True) else "missing", row["question"]) for row in lines]
    if squad:
        others = json.loads(squad.read_text(encoding="utf-8"))["questions"]
        asked += [("off topic", row["question"]) for row in random.Random(SEED).sample(others, size)]
    with tempfile.TemporaryDirectory() as folder, IndexStore.open(Path(folder)) as store:
        store.add_samples()
        store.index(read_sources([HELD_OUT / "cables"]))
        assistant = Assistant.open(Settings(home=Path(folder)), store)
        return [seen(kind, assistant.ask(question)) for kind, question in asked]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--squad", type=Path, help="SQuAD 2.0 dev as benchmarks/squad.py reads it")
    options.add_argument("--off-topic", type=int, default=60, help="how many of its questions")
    options.add_argument("--write", action="store_true", help=f"write {TARGET.name}")
    chosen = options.parse_args()
    rows = collected(chosen.squad, chosen.off_topic)
    limits = calibrated(rows)
    print(json.dumps(asdict(limits)))
    for kind in ("answerable", "missing", "off topic"):
        those = [row for row in rows if row.kind == kind]
        if those:
            print(f"{kind}: {sum(refused(row, limits) for row in those)} of {len(those)} refused by thresholds")
    if chosen.write:
        TARGET.write_text(json.dumps(asdict(limits)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
