from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer
from assistant.evaluation.judging import details_of
from assistant.evaluation.results import Details, Statement
from tests.assistant.evaluation.scripted import A1, B1, answer, citation, question, sentence, texts


def statements(given: Answer) -> tuple[Statement, ...]:
    return details_of(question("q", "Who?", A1), given, texts).statements


def test_a_referent_in_square_brackets_is_no_part_of_what_must_stand_there() -> None:
    (found,) = statements(answer("Who?", sentence("It [the bridge] cost USD 20 million.", A1)))
    assert found.supported


def test_a_redaction_in_square_brackets_is_part_of_what_stands_there() -> None:
    withheld = {A1: ["The engineer who copied them, [NAME REMOVED], has a family."]}
    given = answer("Who?", sentence("[Comment:] The engineer who copied them, [NAME REMOVED], has a family.", A1))
    found = details_of(question("q", "Who?", A1), given, lambda ref: withheld[ref])
    assert found.statements[0].supported


def test_words_that_stand_nowhere_are_not_supported() -> None:
    (found,) = statements(answer("Who?", sentence("It cost USD 30 million.", A1)))
    assert not found.supported


def test_a_paragraph_that_is_not_in_the_library_supports_nothing() -> None:
    given = sentence("the bridge opened in 2005", A1)
    lost = replace(given, citations=(replace(given.citations[0], label="99"),))
    (found,) = statements(answer("Who?", lost))
    assert not found.supported
    assert not found.citations[0].verbatim


def test_a_quote_is_verbatim_whatever_its_white_space() -> None:
    given = replace(sentence("x", A1), citations=(citation(A1, "the bridge\n  opened in 2005"),))
    assert statements(answer("Who?", given))[0].citations[0].verbatim


def test_a_quote_with_another_word_is_not_verbatim() -> None:
    given = replace(sentence("x", A1), citations=(citation(A1, "the bridge opened in 2006"),))
    assert not statements(answer("Who?", given))[0].citations[0].verbatim


def test_a_written_sentence_counts_as_the_program_checked_it() -> None:
    written = sentence("Ivanov opened a bridge.", A1, status="supported")
    (found,) = statements(answer("Who?", written, method="writing"))
    assert found.supported


def test_an_unsupported_sentence_is_withheld_and_makes_no_statement() -> None:
    unsupported = sentence("Ivanov is a Martian.", B1, status="unsupported")
    found = details_of(question("q", "Who?", A1), answer("Who?", unsupported), texts)
    assert (found.statements, found.withheld) == ((), ("Ivanov is a Martian.",))


def test_without_a_score_of_its_own_the_first_paragraphs_score_counts() -> None:
    given = answer("Who?", ranked=[A1, B1], score=3.5)
    assert details_of(question("q"), replace(given, details={}), texts).score == 3.5


def test_details_are_read_back_as_they_were_written() -> None:
    given = answer("Who?", sentence("the bridge opened in 2005", A1), notices=("odd",), stages={"rerank": 0.1})
    found = details_of(question("q", "Who?", A1), given, texts)
    assert Details.from_json(found.to_json("q")) == found


def test_tokens_are_kept_where_a_language_model_was_used() -> None:
    given = replace(answer("Who?"), details={"tokens": {"read": 300, "written": 20}})
    assert details_of(question("q"), given, texts).tokens == {"read": 300, "written": 20}
    assert details_of(question("q"), answer("Who?"), texts).tokens == {}
