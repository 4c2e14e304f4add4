"""The question sets over the sample library keep their promises: gold exists, facts stand where they should."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from index_store.parsing import parse

KINDS = {
    "who-and-why", "stance", "number", "name", "date", "reason", "who-said-it", "list", "comparison",
    "across-cables", "according-to", "definition",
}  # fmt: skip
Item = dict[str, Any]


def read(name: str) -> list[Item]:
    text = resources.files("assistant.evaluation").joinpath("sets", name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


SINGLES = read("samples.jsonl")
DIALOGUES = read("samples-dialogues.jsonl")
TURNS = [
    {**turn, "id": f"{dialogue['id']}/{number}"}
    for dialogue in DIALOGUES
    for number, turn in enumerate(dialogue["turns"], 1)
]
UNSEEN = [
    json.loads(line)
    for line in (Path(__file__).parents[3] / "benchmarks/data/unseen_questions.jsonl").read_text("utf-8").splitlines()
]
EVERY = SINGLES + TURNS + UNSEEN


@pytest.fixture(scope="module")
def texts() -> dict[tuple[str, str], str]:
    """Every paragraph of the sample library, on one line, by document and label."""
    found = {}
    for entry in resources.files("index_store").joinpath("samples").iterdir():
        document = parse(entry.read_text(encoding="utf-8"), entry.name.removesuffix(".txt"))
        for paragraph in document.paragraphs:
            found[document.id, paragraph.label] = " ".join(paragraph.text.split())
    return found


def stands_in(alternative: str, text: str) -> bool:
    """Whether a fact's alternative stands in a text, by the rule of the format: short ones as whole words."""
    pattern = re.escape(alternative.lower())
    if len(alternative) <= 3:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    return re.search(pattern, text.lower()) is not None


def test_there_are_questions_of_every_kind_in_even_numbers() -> None:
    counts = Counter(item["type"] for item in SINGLES)
    assert set(counts) == KINDS
    assert sum(counts.values()) >= 130
    assert min(counts.values()) >= 10
    assert max(counts.values()) <= 2 * min(counts.values())


def test_enough_questions_have_no_answer() -> None:
    unanswerable = [item for item in SINGLES if not item["answerable"]]
    assert len(unanswerable) >= 28
    assert {item["type"] for item in unanswerable} == KINDS


def test_there_are_enough_dialogues_of_two_to_four_turns() -> None:
    assert len(DIALOGUES) >= 32
    assert all(2 <= len(dialogue["turns"]) <= 4 for dialogue in DIALOGUES)
    assert sum(not turn["answerable"] for turn in TURNS) >= 8


def test_no_id_and_no_single_question_stands_twice() -> None:
    ids = [item["id"] for item in SINGLES + DIALOGUES + UNSEEN]
    assert len(set(ids)) == len(ids)
    questions = [item["question"] for item in SINGLES + UNSEEN]
    assert len(set(questions)) == len(questions)


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item["id"])
def test_every_gold_label_exists(item: Item, texts: dict[tuple[str, str], str]) -> None:
    golden = [(ref["document"], ref["label"]) for ref in item["gold"]]
    assert bool(golden) == item["answerable"]
    assert len(set(golden)) == len(golden)
    assert all(ref in texts for ref in golden)
    grouped = {(ref["document"], ref["label"]) for group in item.get("groups", []) for ref in group}
    assert grouped <= set(golden)


@pytest.mark.parametrize("item", EVERY, ids=lambda item: item["id"])
def test_every_fact_stands_in_a_gold_paragraph_and_not_in_the_question(
    item: Item, texts: dict[tuple[str, str], str]
) -> None:
    golden = [texts[ref["document"], ref["label"]] for ref in item["gold"]]
    assert bool(item["facts"]) == item["answerable"]
    for alternatives in item["facts"]:
        for alternative in alternatives:
            assert any(stands_in(alternative, text) for text in golden), alternative
            assert not stands_in(alternative, item["question"]), alternative


@pytest.mark.parametrize("item", [item for item in EVERY if item.get("need") == "all"], ids=lambda item: item["id"])
def test_a_question_that_needs_all_has_two_places_to_cite(item: Item) -> None:
    assert len(item.get("groups") or item["gold"]) >= 2


def test_questions_of_two_cables_need_two_cables() -> None:
    for item in SINGLES:
        if item["type"] == "across-cables" and item["answerable"]:
            assert item["need"] == "all"
            assert len({ref["document"] for ref in item["gold"]}) >= 2, item["id"]
