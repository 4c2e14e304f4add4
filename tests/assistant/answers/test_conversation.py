from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.conversation import ASKED_ALONE, Assistant, Turn
from assistant.settings import Settings
from index_store.errors import BadQuestion, EmptyLibrary
from index_store.filters import Filters
from index_store.store import IndexStore

pytestmark = pytest.mark.model


def ask(assistant: Assistant, *questions: str) -> Answer:
    """The answer to the last of a conversation's questions."""
    turns: list[Turn] = []
    for question in questions:
        turns.append(Turn(question, assistant.ask(question, turns)))
    return turns[-1].answer


def cited(answer: Answer) -> list[str]:
    return [f"{citation.document} ¶{citation.label}" for citation in answer.citations]


def test_who_and_why_leads_with_the_speaker_and_brings_the_reason(small_library: Assistant) -> None:
    answer = ask(small_library, "Who supports selling the ferry, and why?")
    assert "Ilse Brandt" in answer.sentences[0].text
    assert "12 million" in answer.to_text()
    assert cited(answer)[0] == "05OSLO412 ¶2"


def test_every_quote_stands_verbatim_in_its_paragraph(small_library: Assistant) -> None:
    for question in (
        "Who opposes the sale of the ferry?",
        "What does the union count on?",
        "Why would a pension hurt?",
    ):
        answer = ask(small_library, question)
        assert answer.sentences
        assert len(answer.sentences) <= 5
        for citation in answer.citations:
            source = small_library.store.document(citation.document).source
            assert "".join(citation.quote.split()) in "".join(source[citation.start : citation.end].split())


def test_a_list_is_told_whole(small_library: Assistant) -> None:
    text = ask(small_library, "Which things does Marta Choque count on?").to_text()
    assert all(item in text for item in ("price of tin", "rail workers", "bishop of Oruro"))


def test_a_pronoun_at_the_head_of_a_sentence_gets_its_referent(small_library: Assistant) -> None:
    answer = ask(small_library, "What would the harbor director rather do than close a school?")
    sentence = next(s for s in answer.sentences if "rather sell a ship" in s.text)
    assert sentence.text.startswith("She [Ilse Brandt]") or any("Ilse Brandt" in s.text for s in answer.sentences)
    assert "[" not in sentence.citations[0].quote


def test_the_embassys_comment_is_told_apart(small_library: Assistant) -> None:
    answer = ask(small_library, "What did Embassy Oslo expect of the county council?")
    assert answer.sentences[0].text.startswith("[Embassy's comment:]")
    assert answer.filters == ("from Oslo",)


def test_another_topic_is_refused_with_the_nearest_paragraphs(small_library: Assistant) -> None:
    answer = ask(small_library, "What is the recipe for a good sourdough bread?")
    assert answer.refusal == "nothing on this topic"
    assert answer.sentences == ()
    assert answer.nearest
    assert answer.explanation


def test_a_people_that_the_documents_lack_is_refused(small_library: Assistant) -> None:
    answer = ask(small_library, "What does the Greek government think of selling the ferry?")
    assert answer.refusal == "this fact is missing"
    assert "Greek" in (answer.explanation or "")


def test_a_redacted_name_is_withheld(small_library: Assistant) -> None:
    answer = ask(small_library, "Which official in the county office showed the buyer's letter?")
    assert answer.refusal == "this fact is withheld"


def test_a_filter_is_loosened_with_a_notice_when_nothing_within_answers(small_library: Assistant) -> None:
    answer = small_library.ask("How many miners are on strike?", filters=Filters(posts=("Oslo",)))
    assert "08LAPAZ1903 ¶1" in cited(answer)
    assert answer.notices
    assert answer.filters == ()


def test_only_the_date_is_loosened_where_the_post_answers_at_another(small_library: Assistant) -> None:
    answer = ask(small_library, "According to Embassy Oslo in 2003, why does Ilse Brandt favor selling the ferry?")
    assert "05OSLO412 ¶2" in cited(answer)
    assert answer.filters == ("from Oslo",)
    assert answer.notices == (
        "Nothing under “from Oslo” and “2003” answers this; “from Oslo” alone was searched instead.",
    )


@pytest.mark.parametrize("question", ["What does ¶3 of 05OSLO412 say?", "OSLO 412, paragraph 3"])
def test_a_paragraph_that_is_named_is_quoted_in_its_order(small_library: Assistant, question: str) -> None:
    answer = ask(small_library, question)
    assert [sentence.text.split()[0] for sentence in answer.sentences] == ["Schoolteacher", "A", "XXXXXXXXXXXX,"]
    assert set(cited(answer)) == {"05OSLO412 ¶3"}


def test_of_several_paragraphs_each_has_its_share(small_library: Assistant) -> None:
    answer = ask(small_library, "Show me paragraphs 2 and 3 of 05OSLO412")
    assert [sentence.citations[0].label for sentence in answer.sentences] == ["2", "2", "2", "3", "3"]


def test_a_paragraph_that_the_document_lacks_is_told(small_library: Assistant) -> None:
    answer = ask(small_library, "What does ¶44 of 05OSLO412 say?")
    assert answer.abstained
    assert answer.explanation == "The library has nothing under “05OSLO412” and “¶44”."
    assert {cited.document for cited in answer.nearest} == {"05OSLO412"}


def test_who_is_named_as_the_speaker_is_a_filter(small_library: Assistant) -> None:
    answer = ask(small_library, "What did Ilse Brandt say about the engine?")
    assert answer.filters == ("said by Ilse Brandt",)
    assert {found.label for found in answer.retrieved} == {"2"}
    assert "05OSLO412 ¶2" in cited(answer)


def test_a_speaker_is_loosened_with_a_notice_when_nothing_that_names_him_answers(small_library: Assistant) -> None:
    answer = small_library.ask("How many miners are on strike?", filters=Filters(speakers=("Ilse Brandt",)))
    assert "08LAPAZ1903 ¶1" in cited(answer)
    assert answer.notices
    assert answer.filters == ()


def test_a_post_without_documents_is_named_in_the_refusal(small_library: Assistant) -> None:
    answer = ask(small_library, "According to Embassy Kyiv, how many Ukrainian miners are on strike?")
    assert answer.abstained
    assert "Kyiv" in (answer.explanation or "")
    assert answer.nearest


def test_a_follow_up_is_understood_from_the_turn_before(small_library: Assistant) -> None:
    answer = ask(small_library, "Who opposes the sale of the ferry?", "And why does he oppose it?")
    assert "Owen Tarrant" in answer.details["understood"]
    assert "05OSLO412 ¶3" in cited(answer)


@pytest.mark.parametrize(
    ("topic", "document"),
    [("Who opposes the sale of the ferry?", "05OSLO412"), ("Why do the miners strike?", "08LAPAZ1903")],
)
def test_a_question_that_leaves_its_topic_unsaid_stays_with_the_last_one(
    small_library: Assistant, topic: str, document: str
) -> None:
    assert ask(small_library, topic, "What was said of money there?").retrieved[0].document == document


def test_an_announced_topic_is_answered_as_if_nothing_had_been_asked_before(small_library: Assistant) -> None:
    question = "What do the miners at Huarina want?"
    answer = ask(small_library, "Who sells the ferry?", f"Something else: {question}")
    assert answer.sentences == ask(small_library, question).sentences
    assert answer.details["carried"] is False


def test_an_answer_keeps_the_question_that_opened_its_topic(small_library: Assistant) -> None:
    opening = "Who opposes the sale of the ferry?"
    answer = ask(small_library, opening, "What did the engine cost?", "And why does he think so?")
    assert answer.details["topic"] == opening


def test_a_follow_up_that_gets_nothing_with_the_question_before_is_asked_alone(small_library: Assistant) -> None:
    answer = ask(small_library, "What is the recipe for a good sourdough bread?", "How many miners?")
    assert "08LAPAZ1903 ¶1" in cited(answer)
    assert ASKED_ALONE in answer.notices
    assert not answer.details["carried"]


def test_details_tell_candidates_with_scores_and_checks(small_library: Assistant) -> None:
    details = ask(small_library, "How many miners are on strike?").details
    assert {"keywords", "vectors", "late", "cross", "final"} <= set(details["candidates"][0])
    assert details["checks"][0]["sentence"]


def test_the_same_question_gets_the_same_answer(small_library: Assistant) -> None:
    first, second = (ask(small_library, "Why does the owner refuse the pension?") for _ in range(2))
    assert first.to_json() | {"seconds": 0} == second.to_json() | {"seconds": 0}


def test_updates_end_with_the_answer(small_library: Assistant) -> None:
    updates: list[Answer] = []
    answer = small_library.ask("How many miners are on strike?", on_update=updates.append)
    assert updates[-1] == answer


@pytest.mark.parametrize("question", ["", "  \n ", "x" * 20_000])
def test_an_empty_or_endless_question_is_refused(small_library: Assistant, question: str) -> None:
    with pytest.raises(BadQuestion):
        small_library.ask(question)


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    with IndexStore.open(tmp_path) as store, pytest.raises(EmptyLibrary):
        Assistant.open(Settings(home=tmp_path), store).ask("Who is there?")


def test_statements_are_checked_without_the_layers_trained_on_questions(small_library: Assistant) -> None:
    pair = ("Who favors the sale?", ["Harbor director Ilse Brandt favors the sale."])
    assert small_library.checker.score(*pair) != small_library.scorer.score(*pair)


def test_what_checks_statements_is_loaded_before_a_question_though_the_model_was_set_later(
    small_library: Assistant,
) -> None:
    assistant = Assistant.open(small_library.settings, small_library.store)
    assistant.load()
    assert "checker" not in vars(assistant)
    model = replace(assistant.settings.language_model, url="http://127.0.0.1:9/v1")
    assistant.settings = replace(assistant.settings, language_model=model)
    assistant.load()
    assert "checker" in vars(assistant)


def test_documents_that_have_nothing_of_what_is_named_lose_against_those_that_have(small_library: Assistant) -> None:
    found = [
        (hit.document, hit.label) for hit in small_library.ask("Does Brandt want a pension for the miners?").retrieved
    ]
    assert found.index(("05OSLO412", "2")) < found.index(("08LAPAZ1903", "3"))


def test_a_paragraph_gains_by_words_that_the_question_puts_in_quotation_marks(small_library: Assistant) -> None:
    quoted, plain = (
        next(
            row["final"]
            for row in answer.details["candidates"]
            if (row["document"], row["label"]) == ("05OSLO412", "2")
        )
        for answer in (
            small_library.ask("Who would rather 'close a school' than pay the miners a pension?"),
            small_library.ask("Who would rather close a school than pay the miners a pension?"),
        )
    )
    assert quoted > plain + 1
