"""Answers as messages of the chat."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.answer import Answer, Citation, Sentence
from assistant.history import KeptTurn
from assistant.ui import messages
from index_store.documents import Header
from index_store.errors import BadQuestion, EmptyLibrary

CITATION = Citation("09OSLO1", "6#2", "6", 7, 0, 10, "the nets were cut")
ANSWER = Answer(
    "What was cut?",
    (
        Sentence("The nets were <cut>.", (CITATION,), bold=((4, 8),)),
        Sentence("It cost 5 million.", (), status="unsupported", reason="the number 5 is not in the paragraph"),
    ),
    filters=("from Oslo",),
)


def turn(answer: Answer, thumb: str | None = None) -> KeptTurn:
    return KeptTurn("id", datetime(2026, 1, 1, tzinfo=UTC), answer.question, answer, {}, thumb)  # type: ignore[arg-type]


def headers(document: str) -> Header | None:
    return Header(post="Embassy Oslo") if document == "09OSLO1" else None


def content(answer: Answer) -> str:
    return messages.messages([turn(answer)], headers)[1]["content"]


def test_a_message_is_one_line_that_markdown_leaves_alone() -> None:
    shown = content(ANSWER)
    assert "\n" not in shown
    assert shown.startswith("<div")


def test_a_mark_links_to_its_paragraph_and_place() -> None:
    assert 'href="&#35;cite&#47;09OSLO1&#47;6&#37;232&#47;0&#47;0&#47;0"' in content(ANSWER)
    assert messages.cited([turn(ANSWER)], "0/0/0") == CITATION


def test_a_place_that_is_gone_gives_no_citation() -> None:
    for place in ("0/0/9", "5/0/0", "0/candidate/0", "", "x/y/z"):
        assert messages.cited([turn(ANSWER)], place) is None


def test_an_unsupported_sentence_is_struck_through_with_its_reason() -> None:
    assert "<s>It cost 5 million.</s>" in content(ANSWER)
    assert "the number 5 is not in the paragraph" in content(ANSWER)


def test_the_words_that_answer_are_bold() -> None:
    assert "The <b>nets</b> were &#60;cut&#62;." in content(ANSWER)


def test_a_refusal_shows_the_nearest_paragraphs() -> None:
    refused = Answer("?", refusal="nothing on this topic", explanation="No paragraph.", nearest=(CITATION,))
    shown = content(refused)
    assert "The documents don&#39;t say." in shown
    assert "the nets were cut" in shown
    assert messages.cited([turn(refused)], "0/nearest/0") == CITATION


def test_the_question_as_understood_shows_only_where_it_differs() -> None:
    same = Answer("What  was cut?", details={"understood": "What was cut?"})
    other = Answer("And when?", details={"understood": "When were the nets cut?"})
    assert messages.understood_as(same) is None
    assert messages.understood_as(other) == "When were the nets cut?"


def test_an_empty_library_is_told_in_the_words_of_the_page() -> None:
    assert "Library tab" in messages.failed(EmptyLibrary())["content"]
    assert "shorten it" in messages.failed(BadQuestion("Too long: shorten it."))["content"]
