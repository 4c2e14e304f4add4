from __future__ import annotations

import math

import pytest

from assistant.evaluation.metrics import METRICS, facts_present, retrieval_values, text_without_marks
from assistant.evaluation.questions import Question
from tests.assistant.evaluation.scripted import (
    A1,
    A2,
    A3,
    B1,
    B2,
    answer,
    judged,
    question,
    refusal,
    result_of,
    sentence,
)

FILLER = [f"X{number}" for number in range(20)]


def ranked(asked: Question, *refs: object) -> dict[str, float | None]:
    result = result_of(answer(asked.question, ranked=refs))  # type: ignore[arg-type]
    return retrieval_values([(asked, result)])[0]


def test_the_gold_paragraph_at_rank_two_has_these_retrieval_values() -> None:
    values = ranked(question("q", "Who?", A1), A2, A1, A3)
    assert values["hit_at_1"] == 0.0
    assert values["recall_at_5"] == 1.0
    assert values["mrr_at_10"] == 0.5
    assert values["ndcg_at_10"] == pytest.approx(1 / math.log2(3))


def test_one_of_two_alternatives_found_is_full_recall() -> None:
    assert ranked(question("q", "Who?", A1, B1), A2, B1)["recall_at_5"] == 1.0


def test_one_of_two_needed_found_is_half_the_recall_and_not_all() -> None:
    values = ranked(question("q", "Who?", A1, B1, need="all"), A2, B1)
    assert (values["recall_at_5"], values["all_at_10"]) == (0.5, 0.0)


def test_a_paragraph_that_stands_in_two_groups_fills_both() -> None:
    asked = question("q", "Who?", A1, B1, need="all", groups=((A1, B1), (A1,)))
    assert ranked(asked, A1)["all_at_10"] == 1.0


def test_rank_eleven_is_outside_the_first_ten() -> None:
    others = [type(A1)("Z9", str(number)) for number in range(1, 11)]
    values = ranked(question("q", "Who?", A1), *others, A1)
    assert (values["recall_at_10"], values["mrr_at_10"], values["ndcg_at_10"]) == (0.0, 0.0, 0.0)


def test_the_order_given_decides_and_not_the_names() -> None:
    assert ranked(question("q", "Who?", A1), B2, A1)["hit_at_1"] == 0.0
    assert ranked(question("q", "Who?", B2), B2, A1)["hit_at_1"] == 1.0


def test_nothing_retrieved_counts_as_nothing_found() -> None:
    assert set(ranked(question("q", "Who?", A1)).values()) == {0.0}


def test_a_paragraph_retrieved_twice_counts_once() -> None:
    assert ranked(question("q", "Who?", B1), A1, A1, B1)["mrr_at_10"] == 0.5


def test_an_unanswerable_question_has_no_retrieval_values() -> None:
    assert set(ranked(question("q", "Who?", answerable=False), A1).values()) == {None}


@pytest.mark.parametrize(
    ("facts", "text", "present"),
    [
        ((("2005",),), "It opened in 2005.", [True]),
        ((("May 3", "3 May"),), "It ended on 3 May.", [True]),
        ((("IVANOV",), ("Berg",)), "Ivanov did it.", [True, False]),
        ((("US",),), "They must leave.", [False]),
        ((("US",),), "The US left.", [True]),
        ((("20",),), "It cost 200.", [False]),
        ((("20%",),), "It rose 20%.", [True]),
        ((("the harbor was closed",),), "the harbor\n was  closed", [True]),
    ],
)
def test_facts_stand_in_an_answer(facts: tuple[tuple[str, ...], ...], text: str, present: list[bool]) -> None:
    assert facts_present(facts, text) == present


def test_no_fact_is_found_in_a_citation_mark() -> None:
    assert facts_present((("08PARIS1",), ("5",)), text_without_marks("Yes. [08PARIS1 ¶5]")) == [False, False]


def test_an_answer_with_all_facts_and_its_gold_cited_is_full() -> None:
    asked = question("q", "When?", A1, facts=(("2005",), ("bridge",)))
    values = judged(asked, answer("When?", sentence("the bridge opened in 2005", A1))).values
    assert (values["full"], values["facts"], values["gold_recall"], values["gold_precision"]) == (1.0, 1.0, 1.0, 1.0)


def test_an_answer_that_cites_another_paragraph_is_not_full() -> None:
    asked = question("q", "When?", A1, facts=(("2005",),))
    values = judged(asked, answer("When?", sentence("the bridge opened in 2005", B1))).values
    assert (values["full"], values["facts"], values["gold_recall"], values["gold_precision"]) == (0.0, 1.0, 0.0, 0.0)


def test_one_of_two_needed_paragraphs_is_not_full() -> None:
    asked = question("q", "When?", A1, B1, need="all")
    values = judged(asked, answer("When?", sentence("the bridge opened in 2005", A1))).values
    assert (values["full"], values["gold_recall"]) == (0.0, 0.5)


def test_a_refusal_is_full_only_where_the_documents_dont_say() -> None:
    assert judged(question("q", "Who?", answerable=False), refusal("Who?")).values["full"] == 1.0
    wrong = judged(question("q", "Who?", A1, facts=(("2005",),)), refusal("Who?")).values
    assert (wrong["full"], wrong["facts"], wrong["citation_recall"]) == (0.0, 0.0, None)


def test_an_answer_to_an_unanswerable_question_is_not_full() -> None:
    given = answer("Who?", sentence("the bridge opened in 2005", A1))
    assert judged(question("q", "Who?", answerable=False), given).values["full"] == 0.0


def test_a_statement_that_its_citation_lacks_lowers_citation_recall() -> None:
    given = answer("Who?", sentence("the bridge opened in 2005", A1), sentence("The embassy sees no change.", B1))
    values = judged(question("q", "Who?", A1), given).values
    assert (values["citation_recall"], values["citation_precision"]) == (0.5, 0.5)


def test_a_superfluous_citation_lowers_citation_precision_only() -> None:
    given = answer("Who?", sentence("the bridge opened in 2005", A1, B1))
    values = judged(question("q", "Who?", A1), given).values
    assert (values["citation_recall"], values["citation_precision"]) == (1.0, 0.5)


def test_two_citations_that_only_together_support_are_both_needed() -> None:
    given = answer("Who?", sentence("the bridge opened in 2005 ... the strike ended on May 3", A1, B1))
    values = judged(question("q", "Who?", A1), given).values
    assert (values["citation_recall"], values["citation_precision"]) == (1.0, 1.0)


def test_every_metric_has_a_name_of_its_own() -> None:
    assert len({metric.name for metric in METRICS}) == len(METRICS)
