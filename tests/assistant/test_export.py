"""Conversations as Markdown, HTML and JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from assistant.answer import Answer, Citation, Sentence
from assistant.export import answer_markdown, answer_plain, escape_markdown, export, file_name
from assistant.history import Conversation, KeptTurn
from index_store.documents import Header

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HEADER = Header(post="Embassy Oslo", date=datetime(1996, 8, 6, tzinfo=UTC), subject="SKARN BANK: <NETS>")
CITATION = Citation("96OSLO1", "6#2", "6", 7, 0, 10, "the nets were cut")
ANSWER = Answer(
    "What was *cut*?",
    (
        Sentence("The nets were cut.", (CITATION,), bold=((4, 8),)),
        Sentence("It cost millions.", (), status="unsupported", reason="invented"),
    ),
)
REFUSED = Answer("Who paid?", refusal="this fact is missing", explanation="No one is named.", nearest=(CITATION,))
CONVERSATION = Conversation(
    "c",
    "The nets",
    NOW,
    NOW,
    (KeptTurn("t1", NOW, ANSWER.question, ANSWER, {}), KeptTurn("t2", NOW, "Who?", REFUSED, {})),
)
REFERENCE = "96OSLO1, Embassy Oslo, 6 August 1996, “SKARN BANK: <NETS>”, ¶6#2"


def headers(document: str) -> Header | None:
    return HEADER if document == "96OSLO1" else None


def test_a_plain_copy_has_marks_and_full_references() -> None:
    assert answer_plain(ANSWER, headers) == f"The nets were cut. [96OSLO1 ¶6#2]\n\nReferences:\n- {REFERENCE}"


def test_a_markdown_copy_sets_the_words_that_answer_in_bold() -> None:
    assert answer_markdown(ANSWER, headers).startswith("The **nets** were cut. \\[96OSLO1 ¶6\\#2\\]")


def test_what_nothing_supports_is_not_exported() -> None:
    for form in ("markdown", "html", "json"):
        assert "millions" not in export(CONVERSATION, form, headers)  # type: ignore[arg-type]


def test_a_refusal_is_exported_with_its_nearest_paragraphs() -> None:
    copied = answer_plain(REFUSED, headers)
    assert copied.startswith("The documents don't say. No one is named.")
    assert f"Nearest paragraphs:\n- {REFERENCE}" in copied


def test_html_escapes_what_documents_say() -> None:
    page = export(CONVERSATION, "html", headers)
    assert "<NETS>" not in page
    assert "&lt;NETS&gt;" in page


def test_json_has_each_reference_as_an_object() -> None:
    turns = json.loads(export(CONVERSATION, "json", headers))["turns"]
    assert turns[0]["references"] == [
        {
            "document": "96OSLO1",
            "label": "6#2",
            "post": "Embassy Oslo",
            "date": "1996-08-06T00:00:00+00:00",
            "subject": "SKARN BANK: <NETS>",
            "quote": "the nets were cut",
        }
    ]


def test_a_reference_to_a_removed_document_says_so() -> None:
    assert "no longer in the library" in answer_plain(ANSWER, lambda _: None)


@pytest.mark.parametrize("text", ["# no heading", "- no list", "1. no list", "<b>", "a_b_c", "[x](y)", "`code`"])
def test_markdown_is_escaped(text: str) -> None:
    assert escape_markdown(text) != text
    assert escape_markdown(text).replace("\\", "") == text


def test_a_file_is_named_after_the_conversation() -> None:
    assert file_name("../Who? <why>", "html") == "Who-why.html"
    assert file_name("", "json") == "conversation.json"
