from __future__ import annotations

import pytest

from assistant.settings import LanguageModelSettings
from assistant.writing.rewriting import added, lost, rewrite
from index_store.errors import LanguageModelFailed
from tests.assistant.scripted_server import Script, scripted_server

HISTORY = [
    ("What does Kirov say about a coalition?", "Kirov said in 2005 that his party would not join the Agrarians."),
    ("How many seats did it lose?", "It fell from 41 seats to 17."),
]


def rewriting(text: str, question: str = "And why does he think so?") -> str | None:
    with scripted_server(Script([text])) as url:
        return rewrite(question, HISTORY, LanguageModelSettings(url=url, timeout=20))


def test_a_rewriting_of_words_of_the_conversation_is_used() -> None:
    asked = "Why does Kirov think that his party should not join the Agrarians?"
    assert rewriting(asked) == asked


@pytest.mark.parametrize("wrapped", ['"{}"', "Question: {}", "<think>He is Kirov.</think>{}", "Sure!\n\n**{}**"])
def test_the_question_is_found_in_what_is_written_around_it(wrapped: str) -> None:
    asked = "Why does Kirov think so about the Agrarians?"
    assert rewriting(wrapped.format(asked)) in (asked, f"Question: {asked}")


@pytest.mark.parametrize(
    "text",
    [
        "Why does Lukashenko think so about the Agrarians?",
        "Why does Kirov think so about the Agrarians in 2009?",
        "Why does Kirov think so about the 55 seats?",
        "Kirov thinks so because of land reform.",
        "",
        "Why? And when? And who?",
        "What is the question? I don't know what the question is?",
    ],
)
def test_a_rewriting_that_adds_something_or_asks_nothing_is_not_used(text: str) -> None:
    try:
        assert rewriting(text) is None
    except LanguageModelFailed:
        pytest.fail("an unusable rewriting is no failure of the server")


def test_a_rewriting_that_drops_what_was_asked_is_not_used() -> None:
    assert rewriting("What does Kirov say about the Agrarians?", "What did Saltan say in 2003 instead?") is None


def test_without_a_conversation_nothing_is_asked() -> None:
    assert rewrite("Why?", [], LanguageModelSettings(url="http://127.0.0.1:9/v1")) is None


def test_a_server_that_fails_is_told() -> None:
    with scripted_server(Script(status=500)) as url, pytest.raises(LanguageModelFailed):
        rewrite("And why?", HISTORY, LanguageModelSettings(url=url, timeout=20))


def test_what_is_added_and_lost_is_named() -> None:
    assert added("Why did Saltan say so in 2009?", "Why?", HISTORY) == ["Saltan", "2009"]
    assert added("Why did Kirov say so in 2005?", "Why?", HISTORY) == []
    assert lost("Why did Kirov say so?", "And Saltan in 2003?") == ["Saltan", "2003"]
