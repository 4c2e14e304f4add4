"""Texts about somebody else that seem to answer, and questions with another name."""

from __future__ import annotations

import random
from collections.abc import Sequence

from llama_index.core.embeddings import MockEmbedding

from assistant.question.anchors import names_asked
from training.mistaken import (
    Mistaken,
    learnt_from,
    mistaken_for_answers,
    names_by_length,
    nearest_elsewhere,
    renamed,
    with_other_names,
)
from training.passages import read_affair

FERRY = read_affair("""@ A FERRY IS SOLD
1| Holm wants 40 crowns for the ferry. He is old.
2| Brandt would pay 30.
Q 1| What does Holm want for the ferry?
Q 1| How old is he?
Q 0| Who lent Brandt money?""")
MILL = read_affair("""@ A MILL IS SOLD
1| Lund wants 90 crowns for the mill. It stands in Odda.
Q 1| What does Lund ask for?""")
SHIP = read_affair("""@ A SHIP IS SUNK
1| Holm lost the ship.""")
ASKED = "What does Holm want for the ferry?"


def seems_to_answer(_question: str, texts: Sequence[str]) -> list[float]:
    return [2.0 if "crowns" in text else -9.0 for text in texts]


def test_a_text_about_somebody_else_that_seems_to_answer_is_mistaken_for_one() -> None:
    found = mistaken_for_answers(ASKED, frozenset("1"), [(MILL, "1"), (SHIP, "1")], seems_to_answer)
    assert found == Mistaken(
        ASKED,
        frozenset("1"),
        ("A MILL IS SOLD. Lund wants 90 crowns for the mill. It stands in Odda.",),
        ("A MILL IS SOLD. Lund wants 90 crowns for the mill.",),
    )


def test_a_text_with_the_name_that_is_asked_for_may_answer() -> None:
    answers = lambda _question, texts: [5.0] * len(texts)  # noqa: E731
    assert mistaken_for_answers(ASKED, frozenset("1"), [(SHIP, "1")], answers) is None


def test_nothing_is_mistaken_for_the_answer_of_a_question_without_names() -> None:
    assert mistaken_for_answers("What is it to cost?", frozenset(), [(MILL, "1")], seems_to_answer) is None


def test_the_nearest_passages_are_those_of_other_affairs() -> None:
    nearest = nearest_elsewhere([FERRY, MILL, SHIP], MockEmbedding(embed_dim=2))
    assert {(affair.subject, label) for affair, label in nearest("A FERRY IS SOLD", ASKED)} == {
        ("A MILL IS SOLD", "1"),
        ("A SHIP IS SUNK", "1"),
    }


def test_what_was_mistaken_is_learnt_as_no_answer_beside_what_answers() -> None:
    found = mistaken_for_answers(ASKED, frozenset("1"), [(MILL, "1")], seems_to_answer)
    assert found
    passages, sentences = learnt_from(found, FERRY, random.Random(1))
    assert [text for _, text in passages.pairs] == [
        "A FERRY IS SOLD. Holm wants 40 crowns for the ferry. He is old.",
        "A FERRY IS SOLD. Brandt would pay 30.",
        "A MILL IS SOLD. Lund wants 90 crowns for the mill. It stands in Odda.",
    ]
    assert passages.right == (True, False, False)
    assert sentences.right == (True, True, False, False)
    assert sentences.one_of_them


def test_of_a_question_that_nothing_answers_all_is_wrong() -> None:
    found = Mistaken("Who lent Brandt money?", frozenset(), ("A MILL IS SOLD. It stands in Odda.",), ())
    [passages] = learnt_from(found, FERRY, random.Random(1))
    assert not any(passages.right)
    assert not passages.one_of_them


def test_another_name_is_one_that_the_affair_does_not_have() -> None:
    names = names_by_length([FERRY, MILL])
    assert names == {1: ["Brandt", "Holm", "Lund"]}
    for seed in range(20):
        assert with_other_names(FERRY, ASKED, names, random.Random(seed)) == ASKED.replace("Holm", "Lund")


def test_a_question_with_another_name_is_not_answered_by_the_same_text() -> None:
    names = names_by_length([MILL])
    for seed in range(20):
        group = renamed(FERRY, ASKED, frozenset("1"), names, random.Random(seed))
        assert group
        for (question, _), right in zip(group.pairs, group.right, strict=True):
            assert right == (names_asked(question) == ("Holm",)) or not right
        assert {names_asked(question) for question, _ in group.pairs} == {("Holm",), ("Lund",)}


def test_a_question_without_names_or_answer_is_not_renamed() -> None:
    names = names_by_length([MILL])
    assert renamed(FERRY, "How old is he?", frozenset("1"), names, random.Random(1)) is None
    assert renamed(FERRY, "Who lent Brandt money?", frozenset(), names, random.Random(1)) is None
