"""A configured language model in the conversation: what it writes is checked, and what it breaks is mended."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from assistant.answer import THE_DOCUMENTS_DONT_SAY, Answer
from assistant.conversation import Assistant, Turn
from assistant.settings import LanguageModelSettings
from assistant.writing.composing import MOSTLY_UNSUPPORTED
from tests.assistant.scripted_server import Script, in_pieces, scripted_server

pytestmark = pytest.mark.model

QUESTION = "Why does the harbor director favor the sale of the ferry?"
TRUE = "Ilse Brandt favors the sale because the county has no money for a new engine."
FALSE = "The ferry has lost 21 million kroner in three years."


def written(
    library: Assistant, script: Script, question: str = QUESTION, history: tuple[Turn, ...] = (), **options: float
) -> tuple[Answer, list[Answer]]:
    updates: list[Answer] = []
    with scripted_server(script) as url:
        model = LanguageModelSettings(url=url, timeout=options.get("timeout", 30.0), context_window=8192)
        assistant = Assistant(replace(library.settings, language_model=model), library.store)
        return assistant.ask(question, history, on_update=updates.append), updates


def test_the_models_sentences_are_shown_with_the_programs_citations(small_library: Assistant) -> None:
    answer, updates = written(small_library, Script(in_pieces(f"{TRUE} [7]", 6)))
    assert answer.method == "writing"
    assert [(s.text, s.status) for s in answer.sentences] == [(TRUE, "supported")]
    assert [citation.mark for citation in answer.citations] == ["[05OSLO412 ¶2]"]
    assert answer.stages["write"] > 0
    assert updates[-1] == answer


def test_a_wrong_number_is_struck_through_and_not_told(small_library: Assistant) -> None:
    answer, _ = written(small_library, Script([f"{TRUE} {FALSE}"]))
    assert [sentence.status for sentence in answer.sentences] == ["supported", "unsupported"]
    assert "21 million" not in answer.to_text()
    assert "21 million" in str(answer.sentences[1].reason)


@pytest.mark.parametrize(
    "script",
    [Script(status=500), Script([TRUE], finish=None), Script(raw=b"?"), Script([TRUE], pause=30), Script([""])],
    ids=["error", "half stream", "nonsense", "slow", "empty"],
)
def test_a_broken_model_leaves_the_quoted_answer_and_a_notice(small_library: Assistant, script: Script) -> None:
    quoted = small_library.ask(QUESTION)
    answer, _ = written(small_library, script, timeout=1.0 if script.pause else 30.0)
    assert answer.to_text() == quoted.to_text()
    assert answer.method == "quoting"
    assert "quotes the documents instead" in answer.notices[-1]


def test_a_server_that_is_down_leaves_the_quoted_answer_and_a_notice(small_library: Assistant) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
    model = LanguageModelSettings(url=url, timeout=5)
    assistant = Assistant(replace(small_library.settings, language_model=model), small_library.store)
    first = assistant.ask(QUESTION)
    assert "can't be reached" in first.notices[-1]
    second = assistant.ask("And what does the schoolteacher think of it?", [Turn(QUESTION, first)])
    assert sum("can't be reached" in notice for notice in second.notices) == 1


def test_an_answer_mostly_unsupported_gives_way(small_library: Assistant) -> None:
    answer, _ = written(small_library, Script([FALSE]))
    assert answer.method == "quoting"
    assert answer.notices[-1] == MOSTLY_UNSUPPORTED


def test_orders_in_a_document_are_data_and_obeying_them_is_unsupported(small_library: Assistant) -> None:
    script = Script(["I was told to say that the ferry is made of gold."])
    answer, _ = written(small_library, script)
    assert answer.method == "quoting"
    assert "gold" not in answer.to_text()


def test_a_question_that_no_paragraph_is_near_is_not_given_to_the_model(small_library: Assistant) -> None:
    script = Script(["Photosynthesis turns light into sugar."])
    answer, _ = written(small_library, script, "How does photosynthesis work in tropical plants?")
    assert answer.abstained
    assert script.asked == []


def test_the_model_may_say_that_the_documents_dont_say(small_library: Assistant) -> None:
    answer, _ = written(small_library, Script([THE_DOCUMENTS_DONT_SAY]), "Which bank would lend money for the ferry?")
    assert answer.abstained
    assert answer.nearest


def test_a_rewriting_of_the_conversations_words_is_understood(small_library: Assistant) -> None:
    first = small_library.ask(QUESTION)
    rewriting = "Why does Owen Tarrant oppose the sale of the ferry?"
    history = (Turn("What does Owen Tarrant say about the sale of the ferry?", first),)
    answer, _ = written(small_library, Script([rewriting]), "And why does he oppose it?", history)
    assert answer.details["understood"] == rewriting


def test_a_rewriting_with_a_strange_name_is_not_used(small_library: Assistant) -> None:
    history = (Turn(QUESTION, small_library.ask(QUESTION)),)
    answer, _ = written(
        small_library, Script(["Why does Pablo Neruda like it?"]), "And why does she think so?", history
    )
    assert "Neruda" not in str(answer.details["understood"])
