"""The detail view: each limit in words, with the score that the answer reached."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer
from assistant.ui.detail import detail_html, limits_in_words

ANSWER = Answer(
    "What did the harbour master close?",
    confidence="fair",
    details={
        "thresholds": {"topic": -8.5, "sentence": -11.9, "missing": -0.9, "models": "small"},
        "candidates": [{"document": "09OSLO1", "label": "2", "cross": -3.25}, {"document": "09OSLO2", "label": "1"}],
        "confidence_score": -4.5,
        "missing": [],
    },
)


def test_each_limit_is_a_sentence_with_the_score_reached() -> None:
    topic, sentence, missing, confidence = limits_in_words(ANSWER)
    assert topic == "A paragraph is on the question's topic from -8.50 on; the best one here reached -3.25."
    assert "from -11.90 on" in sentence
    assert "must reach -0.90" in missing
    assert "no such thing was found lacking" in missing
    assert "fair from -5.90 and good from 2.10 on" in confidence
    assert all("the best sentence here reached -4.50" in said for said in (sentence, missing, confidence))


def test_a_limit_that_lies_lower_for_named_sources_or_a_follow_up_is_told_too() -> None:
    within = replace(ANSWER, filters=("from Oslo",), details={**ANSWER.details, "carried": True})
    topic, sentence, *_ = limits_in_words(within)
    assert "(within the sources that the question names, from -11.50)" in topic
    assert "(in a follow-up to an answer, from -15.90)" in sentence


def test_the_limit_of_inference_is_told_with_what_the_best_passage_reached() -> None:
    limits = {**ANSWER.details["thresholds"], "says": -2.0}
    read = replace(ANSWER, details={**ANSWER.details, "thresholds": limits, "says": -1.25, "carried": True})
    said = limits_in_words(read)[3]
    assert "say what is asked from -2.00 on (in a follow-up or within named sources, from -4.00)" in said
    assert "what leads here reached -1.25" in said
    assert "or the model of inference gives 0.00" in limits_in_words(read)[1]
    assert "or the model of inference gives 1.00" in limits_in_words(read)[2]


def test_confidence_goes_by_inference_where_a_sentence_was_read() -> None:
    limits = {**ANSWER.details["thresholds"], "says": -2.0}
    *_, unread = limits_in_words(replace(ANSWER, details={**ANSWER.details, "thresholds": limits}))
    *_, read = limits_in_words(replace(ANSWER, details={**ANSWER.details, "thresholds": limits, "says": -1.25}))
    assert "fair from -5.90 and good from 2.10 on" in unread
    assert read.startswith("Confidence is fair from 0.00 and good from 2.00 on")
    assert read.endswith("what leads here reached -1.25.")


def test_an_answer_shows_the_best_sentence_s_score_beside_what_its_confidence_goes_by() -> None:
    read = replace(ANSWER, details={**ANSWER.details, "confidence_score": -1.25, "sentence_score": -4.5})
    assert limits_in_words(read) == limits_in_words(ANSWER)


def test_what_was_found_lacking_is_named() -> None:
    lacking = replace(ANSWER, refusal="this fact is missing", details={**ANSWER.details, "missing": ["Kvalsund"]})
    *_, missing = limits_in_words(lacking)
    assert "they lack “Kvalsund”, and the best sentence here reached -4.50" in missing


def test_where_nothing_was_found_no_score_is_told() -> None:
    empty = replace(ANSWER, confidence="none", refusal="nothing on this topic")
    empty = replace(empty, details={**ANSWER.details, "candidates": [], "confidence_score": None})
    assert all("none was scored here" in said for said in limits_in_words(empty))


def test_the_limits_stand_in_the_detail_view_instead_of_bare_numbers() -> None:
    shown = detail_html(ANSWER, 0)
    assert "Limits, and how near this answer came" in shown
    assert "<h4>Thresholds</h4>" not in shown


def test_an_answer_kept_without_thresholds_has_a_detail_view_without_limits() -> None:
    assert limits_in_words(Answer("Who?")) == []
    assert "Limits" not in detail_html(Answer("Who?", details={"thresholds": {"topic": -8.5}}), 0)


def test_a_follow_up_tells_which_question_it_was_read_behind() -> None:
    details = {**ANSWER.details, "topic": "Who runs the ferry?", "asked": "What did it cost?"}
    html = detail_html(replace(ANSWER, details=details), 1)
    assert "Goes on with" in html
    assert "Who runs the ferry?" in html
    assert "<h4>Topic</h4>" not in html


def test_the_lower_limit_for_a_lacking_person_is_told() -> None:
    limits = {**ANSWER.details["thresholds"], "says": -2.0}
    told = limits_in_words(replace(ANSWER, details={**ANSWER.details, "thresholds": limits}))
    assert "(where it lacks a person or a body, -0.50)" in told[2]
