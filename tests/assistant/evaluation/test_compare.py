from __future__ import annotations

import json
from dataclasses import replace

import pytest
from scipy.stats import binomtest

from assistant.answer import Answer
from assistant.evaluation.compare import Comparison, compare, sign_flip_p
from assistant.evaluation.metrics import Judged
from index_store.errors import BadQuestionSet
from tests.assistant.evaluation.scripted import A1, A2, answer, judged, question, refusal, sentence

RIGHT = answer("When?", sentence("the bridge opened in 2005", A1), ranked=[A1], seconds=0.1)
WRONG = answer("When?", sentence("closed", A2), ranked=[A2, A1], seconds=0.2)


def judged_as(*given: Answer) -> list[Judged]:
    return [judged(question(f"q{place}", "When?", A1, facts=(("2005",),)), each) for place, each in enumerate(given)]


def compared(before: list[Judged], after: list[Judged]) -> Comparison:
    return compare(before, after, names=("A", "B"))


def p_of(comparison: Comparison, name: str) -> float:
    return next(each.p for each in comparison.differences if each.name == name)


def test_questions_that_got_better_and_worse_are_listed() -> None:
    found = compared(judged_as(WRONG, RIGHT, RIGHT), judged_as(RIGHT, WRONG, RIGHT))
    assert [(each.id, each.before, each.after) for each in found.better] == [("q0", "not chosen", "right")]
    assert [(each.id, each.before, each.after) for each in found.worse] == [("q1", "right", "not chosen")]


def test_a_run_compared_with_itself_has_no_difference() -> None:
    run = judged_as(RIGHT, WRONG)
    found = compared(run, run)
    assert found.changed == ()
    assert {each.p for each in found.differences} == {1.0}
    assert {each.verdict for each in found.differences} == {"no clear change"}


@pytest.mark.parametrize(("better", "worse"), [(6, 0), (8, 2), (3, 3)])
def test_for_right_and_wrong_the_test_is_the_sign_test(better: int, worse: int) -> None:
    deltas = [1.0] * better + [-1.0] * worse + [0.0] * 5
    expected = binomtest(better, better + worse).pvalue
    assert sign_flip_p(deltas, [str(place) for place in range(len(deltas))]) == pytest.approx(expected, abs=1e-6)


def test_turns_of_one_dialogue_change_sign_together() -> None:
    assert sign_flip_p([1.0] * 6, ["d"] * 6) == 1.0


def test_ten_better_of_ten_is_a_clear_change() -> None:
    found = compared(judged_as(*[WRONG] * 10), judged_as(*[RIGHT] * 10))
    full = next(each for each in found.differences if each.name == "full")
    assert (full.verdict, full.better, full.worse, full.difference) == ("better", 10, 0, 1.0)
    assert full.p == pytest.approx(2 / 2**10)


def test_more_wrong_refusals_are_worse() -> None:
    found = compared(judged_as(*[RIGHT] * 10), judged_as(*[refusal("When?", [A1])] * 10))
    refused = next(each for each in found.differences if each.name == "wrongly_refused")
    assert (refused.verdict, refused.worse) == ("worse", 10)


def test_less_time_is_better() -> None:
    slow = [replace(RIGHT, seconds=1.0 + place / 10) for place in range(10)]
    fast = [replace(RIGHT, seconds=0.5 + place / 10) for place in range(10)]
    found = compared(judged_as(*slow), judged_as(*fast))
    time = next(each for each in found.differences if each.name == "latency_p50")
    assert (time.verdict, round(time.difference, 6)) == ("better", -0.5)


def test_questions_of_one_run_only_are_left_out_with_a_notice() -> None:
    found = compared(judged_as(RIGHT, RIGHT), judged_as(RIGHT))
    assert found.common == 1
    assert found.notices == ("1 questions stand in one run only and are left out",)


def test_a_question_whose_words_changed_is_another_question() -> None:
    other = judged(question("q0", "Since when?", A1), RIGHT)
    with pytest.raises(BadQuestionSet, match="no question in common"):
        compared(judged_as(RIGHT), [other])


def test_the_comparison_can_be_written_as_json() -> None:
    found = compared(judged_as(WRONG, RIGHT), judged_as(RIGHT, RIGHT)).to_json()
    assert json.loads(json.dumps(found))["metrics"]["full"]["before"] == 0.5
