"""Whom the first part's answer names is what the later parts are asked of."""

from __future__ import annotations

from pathlib import Path

import pytest
from llama_index.core.schema import TextNode

from assistant.conversation import Assistant
from assistant.question.understanding import understand
from assistant.retrieval.bridging import asked_of, follows_somebody, life_of, names_person, person_told
from assistant.retrieval.rerank import CrossEncoderScorer
from assistant.settings import Settings
from index_store.formats import read_sources
from index_store.store import IndexStore


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who hid the captain, and why was he sorry?", "why was Piet Hogg sorry?"),
        ("Which judge stepped down, and what became of her house?", "what became of Piet Hogg's house?"),
        ("Who hid the captain, and what after the war?", "Piet Hogg: what after the war?"),
        ("The lawyer of the fleet: where did he work, and how did he end up?", "how did Piet Hogg end up?"),
    ],
)
def test_a_later_part_is_asked_of_the_person_by_name(question: str, asked: str) -> None:
    first, later = understand(question).parts
    named = asked_of("Piet Hogg", later, first)
    assert named.wordings[0].endswith(asked)
    assert (named.text, named.in_context) == (named.wordings[0], named.wordings[0])
    assert (named.wordings[1:], named.person) == (later.wordings, "Piet Hogg")
    assert named.asked == later.asked


@pytest.mark.parametrize(
    "question",
    [
        "How many ships did the admiral want, and how many was the treasury ready to pay for?",
        "What did the mayor want, and what did the bishop offer?",
    ],
)
def test_a_later_part_that_says_whom_it_means_stays_as_it_is(question: str) -> None:
    first, later = understand(question).parts
    assert asked_of("Piet Hogg", later, first) is later


@pytest.mark.parametrize(
    ("question", "follows"),
    [
        ("What became of the clerk who found the ledgers?", True),
        ("What happened to the novice who wrote the poem?", True),
        ("Trace the career of the airline's chairman.", True),
        ("How did the man from the grain office end up?", True),
        ("Who found the ledgers?", False),
    ],
)
def test_a_question_may_follow_somebody_s_life(question: str, follows: bool) -> None:
    assert follows_somebody(question) is follows


def test_a_life_is_asked_about_once_more_by_name() -> None:
    [whole] = understand("What became of the clerk who found the ledgers?").parts
    assert life_of("Piet Hogg", whole).in_context == "Piet Hogg: What became of the clerk who found the ledgers?"


def test_a_paragraph_names_a_person_by_the_last_name() -> None:
    [whole] = understand("What became of the clerk?").parts
    named = life_of("Piet Hogg", whole)
    assert names_person(named, TextNode(text="Hogg died in May."))
    assert names_person(named, TextNode(text="HOGG DIED IN MAY."))
    assert not names_person(named, TextNode(text="Somebody died in May."))
    assert not names_person(named, TextNode(text="The hoggets died in May."))
    assert not names_person(whole, TextNode(text="Hogg died in May."))


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "person"),
    [
        (
            "Mayor Ilse Brandt closed the port. Abbot Piet Hogg hid the captain in the cellar of his abbey.",
            "Abbot Piet Hogg",
        ),
        ("Piet Hogg keeps an abbey at Velm. He hid the captain in its cellar for a month.", "Piet Hogg"),
        ("The captain was hidden by monks.", None),
        ("", None),
    ],
)
def test_the_person_told_is_the_one_whom_the_most_telling_sentence_names(
    text: str, person: str | None, tmp_path: Path
) -> None:
    node = TextNode(text=text, metadata={"subject": "A CAPTAIN IN HIDING"})
    assert (
        person_told("Which cleric hid the captain?", node, CrossEncoderScorer.load(tmp_path, "inference_en")) == person
    )


THEN = """R 101200Z MAY 78
FM AMEMBASSY OSLO
TO RUEHC/SECSTATE WASHDC 1234
C O N F I D E N T I A L OSLO 000412

TAGS: PGOV, NO
SUBJECT: A CAPTAIN IN HIDING

¶1. (C) Abbot Piet Hogg hid the captain of the trawler in the cellar of his abbey at Velm for a month.

¶2. (C) The bishop of Larsvik, Arne Moe, knew nothing of it and said that an abbey is no hotel. He means to retire.

HALE
"""
LATER = """R 030900Z SEP 85
FM AMEMBASSY LISBON
TO RUEHC/SECSTATE WASHDC 777
UNCLAS LISBON 001903

TAGS: PREL, PO
SUBJECT: FOREIGNERS ON THE ALGARVE

¶1. (U) Of the 900 foreigners at Tavira most grow oranges. Hogg, once a churchman in Norway, keeps bees there and
sells candles to the tourists.

¶2. (U) The mayor of Tavira, Rui Pinto, wants foreigners to pay a tax on wells. He lived in Oslo until last year.

SMITH
"""


@pytest.mark.model
@pytest.mark.parametrize(
    "question",
    [
        "Which cleric hid the captain of the trawler, and what did he live on in later years?",
        "What became of the cleric who hid the captain of the trawler?",
    ],
)
def test_the_rest_is_found_where_the_person_is_known_by_name_alone(question: str, tmp_path: Path) -> None:
    cables, home = tmp_path / "cables", tmp_path / "library"
    cables.mkdir()
    (cables / "78OSLO412.txt").write_text(THEN, encoding="utf-8")
    (cables / "85LISBON1903.txt").write_text(LATER, encoding="utf-8")
    with IndexStore.open(home) as store:
        store.index(read_sources([cables]))
        answer = Assistant.open(Settings(home=home), store).ask(question)
    cited = {(citation.document, citation.label) for citation in answer.citations}
    assert {("78OSLO412", "1"), ("85LISBON1903", "1")} <= cited
    assert "Piet Hogg" in str(answer.details["parts"])
