"""A question that sets two things side by side asks about each."""

from __future__ import annotations

import pytest

from assistant.question.comparisons import sides
from assistant.question.parts import own_words, split_parts


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("How many boats were there in 1999 and in 2007?", ["in 1999?", "in 2007?"]),
        ("What was found in Tarvos and later in Velm?", ["in Tarvos?", "in Velm?"]),
        ("Which letters stood in the log and in the ledger?", ["in the log?", "in the ledger?"]),
        ("How many were lost according to the mayor and according to his aide?", ["the mayor?", "his aide?"]),
        ("Was he of more help at the trial than at the raid?", ["at the trial?", "at the raid?"]),
        ("How far apart were the mayor's sum and the bank's figure?", ["the mayor's sum?", "the bank's figure?"]),
        ("How did his standing change between the strike and the trial?", ["in the strike?", "in the trial?"]),
        ("How did the bill grow from the first estimate to the last?", ["in the first estimate?", "in the last?"]),
        ("Compare what the miner and the baker each told the judge.", ["the miner each told", "the baker each told"]),
        ("Set the mayor's figure against the bank's number.", ["the mayor's figure", "the bank's number"]),
    ],
)
def test_two_that_are_set_side_by_side_are_asked_about_one_by_one(question: str, each: list[str]) -> None:
    asked = sides(question)
    assert len(asked) == 2
    assert all(words in part for words, part in zip(each, asked, strict=True)), asked


def test_a_head_that_stands_once_belongs_to_both() -> None:
    assert sides("Contrast the official and the skipper's story of the collision.") == [
        "Contrast the official story of the collision.",
        "Contrast the skipper's story of the collision.",
    ]


def test_a_side_that_leans_on_the_other_is_asked_behind_the_whole() -> None:
    question = "How did the bill grow from the mayor's figure to that of the bank?"
    assert sides(question)[1] == f"{question} that of the bank?"


def test_a_sum_set_against_another_is_asked_behind_the_first() -> None:
    assert sides("What did they pay the miller, against the sum for his heir?") == [
        "What did they pay the miller?",
        "What did they pay the miller? the sum for his heir?",
    ]


@pytest.mark.parametrize(
    "question",
    [
        "When were the rules between the navy and the fishermen agreed?",
        "What happened between 2004 and 2007?",
        "What do bread and salt cost?",
        "Which towns did the train pass?",
    ],
)
def test_what_compares_nothing_stays_whole(question: str) -> None:
    assert sides(question) == [question]


@pytest.mark.parametrize(
    ("question", "second"),
    [
        (
            "The old bridge at Velm: who built it, and what did Brandt pay?",
            "The old bridge at Velm: what did Brandt pay?",
        ),
        (
            "After the flood in Velm, what did the mayor want, and what did the miller get?",
            "After the flood in Velm, what did the miller get?",
        ),
        ("What became of the mill: who took it, and who had it last?", "What became of the mill: who had it last?"),
    ],
)
def test_what_leads_a_question_in_leads_each_of_its_parts_in(question: str, second: str) -> None:
    first, later = split_parts(question)
    assert later == second
    assert later.endswith(own_words(later, first))
    assert not own_words(later, first).startswith(("The old", "After", "What became"))


def test_a_clause_behind_a_comma_leads_nothing_in() -> None:
    parts = split_parts("What did the miller, who was ill, say of the flood, and what was paid?")
    assert parts[1].startswith("What did the miller, who was ill, say of the flood?")
