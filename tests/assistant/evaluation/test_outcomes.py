from __future__ import annotations

import pytest

from assistant.answer import Answer
from assistant.evaluation.outcomes import gold_rank, outcome
from assistant.evaluation.questions import Question
from tests.assistant.evaluation.scripted import A1, A2, A3, B1, answer, judged, question, refusal, sentence

OPENED = sentence("the bridge opened in 2005", A1)
ASKED = question("q", "When?", A1, facts=(("2005",),))
BOTH = question("q", "When?", A1, B1, need="all")


@pytest.mark.parametrize(
    ("asked", "given", "word"),
    [
        (ASKED, answer("When?", OPENED, ranked=[A1]), "right"),
        (ASKED, answer("When?", sentence("closed", A2), ranked=[A2]), "not retrieved"),
        (ASKED, answer("When?", sentence("closed", A2), ranked=[A2, A1]), "not chosen"),
        (ASKED, answer("When?", sentence("In 2005.", A2), ranked=[A2, A1]), "not cited"),
        (ASKED, answer("When?", sentence("It cost USD 20 million.", A1), ranked=[A1]), "not complete"),
        (ASKED, refusal("When?", [A1]), "wrongly refused"),
        (BOTH, answer("When?", OPENED, ranked=[A1, B1]), "not chosen"),
        (BOTH, answer("When?", OPENED, ranked=[A1]), "not retrieved"),
        (question("q", "When?", answerable=False), answer("When?", OPENED, ranked=[A1]), "wrongly answered"),
        (question("q", "When?", answerable=False), refusal("When?", [A1]), "right"),
    ],
)
def test_one_word_says_what_went_wrong(asked: Question, given: Answer, word: str) -> None:
    assert outcome(judged(asked, given)) == word


def test_the_gold_rank_is_that_of_the_last_paragraph_needed() -> None:
    assert gold_rank(judged(BOTH, refusal("When?", [A2, A1, A3, B1]))) == 4


def test_the_gold_rank_of_alternatives_is_that_of_the_first() -> None:
    asked = question("q", "When?", A1, B1)
    assert gold_rank(judged(asked, refusal("When?", [A2, A1, A3, B1]))) == 2


def test_what_is_partly_not_retrieved_has_no_gold_rank() -> None:
    assert gold_rank(judged(BOTH, refusal("When?", [A1]))) is None
