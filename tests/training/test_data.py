"""The training data, and the sets that measure: is what they say of their cables so?"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from assistant.evaluation.questions import read_question_set
from index_store.parsing import parse
from training.examples import DATA, rows

DATA_OF_BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "data"
MEASURING = (
    "held_out/questions.jsonl",
    "held_out/dialogues.jsonl",
    "untouched/questions.jsonl",
    "dialogues/looked_at.jsonl",
    "dialogues/unread.jsonl",
    "dialogues/pairs.jsonl",
)


@cache
def paragraphs(folder: Path) -> dict[tuple[str, str], str]:
    documents = (parse(file.read_text("utf-8"), file.stem) for file in sorted(folder.iterdir()))
    return {(one.id, each.label): " ".join(each.text.split()).lower() for one in documents for each in one.paragraphs}


def test_each_training_question_names_paragraphs_that_have_its_evidence() -> None:
    known = paragraphs(DATA / "cables")
    for row in rows("questions.jsonl"):
        named = [(one["document"], one["label"]) for one in (*row["gold"], *row.get("near", ()))]
        assert named, row["question"]
        texts = [known[reference] for reference in named]
        for words in row.get("evidence", ()):
            assert any(" ".join(words.lower().split()) in text for text in texts), (row["question"], words)


def test_each_statement_is_about_a_paragraph_of_the_training_cables() -> None:
    known = paragraphs(DATA / "cables")
    assert all((row["document"], row["label"]) in known for row in rows("statements.jsonl"))


@pytest.mark.parametrize("name", MEASURING)
def test_the_facts_of_the_sets_that_measure_stand_in_their_paragraphs(name: str) -> None:
    file = DATA_OF_BENCHMARKS / name
    known = paragraphs(file.parent / "cables")
    for question in read_question_set([file]).questions:
        gold = " ".join(known[reference.document, reference.label] for reference in question.gold)
        for alternatives in question.facts:
            assert any(" ".join(one.lower().split()) in gold for one in alternatives), (question.id, alternatives)


@pytest.mark.parametrize("folder", ["held_out", "untouched", "dialogues"])
def test_no_cable_that_measures_was_trained_on(folder: str) -> None:
    trained = {document for document, _ in paragraphs(DATA / "cables")}
    assert trained.isdisjoint(document for document, _ in paragraphs(DATA_OF_BENCHMARKS / folder / "cables"))
