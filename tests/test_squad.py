from __future__ import annotations

from typing import Any

from assistant.evaluation.questions import read_question_set
from benchmarks.squad import MEASURING, OWN, convert, document_id, first_word, sampled
from index_store.documents import ParagraphRef
from index_store.parsing import parse


def entry(id: str, paragraph: str, *answers: str) -> dict[str, Any]:
    asked = {"id": id, "question": "Who laid the stone?", "paragraph": paragraph}
    return asked | {"answers": list(answers), "answerable": bool(answers)}


DATA = {
    "paragraphs": [
        {"id": "p1", "article": "Old (Town) Bridge", "text": "It was begun in 1357.\nThe king laid the stone."},
        {"id": "p2", "article": "Old (Town) Bridge", "text": "1. It has 16 arches."},
        {"id": "p3", "article": "Beer", "text": "It is brewed."},
    ],
    "questions": [entry("a", "p1", "The king", "the king", "The king"), entry("b", "p3")],
}


def test_each_article_is_a_document_whose_paragraphs_keep_their_numbers() -> None:
    texts, _ = convert(DATA)
    parsed = parse(texts["Old_Town_Bridge"], document_id="Old_Town_Bridge")
    assert [(paragraph.label, paragraph.text) for paragraph in parsed.paragraphs] == [
        ("1", "It was begun in 1357. The king laid the stone."),
        ("2", "1. It has 16 arches."),
    ]


def test_answers_are_alternatives_of_one_fact_each_once() -> None:
    _, questions = convert(DATA)
    assert questions[0].gold == (ParagraphRef("Old_Town_Bridge", "1"),)
    assert questions[0].facts == (("The king", "the king"),)


def test_an_unanswerable_question_has_neither_gold_nor_facts() -> None:
    _, questions = convert(DATA)
    assert (questions[1].answerable, questions[1].gold, questions[1].facts) == (False, (), ())


def test_only_the_articles_that_nothing_was_learnt_from_measure() -> None:
    articles = [f"Bridge {number}" for number in range(MEASURING + 2)]
    paragraphs = [{"id": name, "article": name, "text": "It was begun in 1357."} for name in articles]
    texts, questions = convert({"paragraphs": paragraphs, "questions": [entry(name, name) for name in articles]})
    assert len(texts) == MEASURING + 2
    assert len(questions) == MEASURING


def test_a_sample_is_the_same_each_time() -> None:
    _, questions = convert(DATA)
    assert sampled(questions, 1) == sampled(questions, 1)
    assert len(sampled(questions, 10)) == 2


def test_names_and_question_words() -> None:
    assert document_id("1973_oil_crisis") == "1973_oil_crisis"
    assert [first_word(text) for text in ("In what year?", "Who?", "Name it.")] == ["what", "who", "other"]


def test_the_own_questions_are_a_readable_set_with_a_fifth_unanswerable() -> None:
    asked = [question for item in read_question_set([OWN]).items for question in item.questions]
    assert len(asked) == 120
    assert sum(not question.answerable for question in asked) == 24
    assert all(question.gold and question.facts for question in asked if question.answerable)
    assert all(len(told.split()) <= 3 for question in asked for fact in question.facts for told in fact)
