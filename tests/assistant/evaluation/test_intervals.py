from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import f1_score, roc_auc_score

from assistant.evaluation.intervals import Statistic, auroc, estimates, f1, mean, percentile, ratio


def value(statistic: tuple[Statistic, int], size: int) -> float:
    return float(statistic[0](np.ones((1, size)))[0])


def test_the_mean_passes_over_what_is_missing() -> None:
    found = estimates({"m": mean([1.0, None, 0.0, None])}, ["a", "b", "c", "d"])["m"]
    assert (found.value, found.n) == (0.5, 2)


def test_a_mean_of_nothing_is_no_value() -> None:
    found = estimates({"m": mean([None, None])}, ["a", "b"])["m"]
    assert (found.value, found.low, found.high, found.n) == (None, None, None, 0)


def test_no_questions_at_all_give_no_value() -> None:
    assert estimates({"m": mean([])}, [])["m"].value is None


def test_an_interval_of_a_share_is_close_to_the_normal_one() -> None:
    flags = [1.0] * 70 + [0.0] * 30
    found = estimates({"m": mean(flags)}, list(range(100)))["m"]
    half = 1.96 * (0.7 * 0.3 / 100) ** 0.5
    assert found.low == pytest.approx(0.7 - half, abs=0.02)
    assert found.high == pytest.approx(0.7 + half, abs=0.02)


def test_the_same_values_have_the_same_interval() -> None:
    flags = [1.0, 0.0, 1.0, 1.0]
    assert estimates({"m": mean(flags)}, "abcd") == estimates({"m": mean(flags)}, "abcd")


def test_turns_that_are_drawn_together_make_the_interval_wider() -> None:
    flags = [1.0] * 40 + [0.0] * 40
    alone = estimates({"m": mean(flags)}, list(range(80)))["m"]
    together = estimates({"m": mean(flags)}, [number // 8 for number in range(80)])["m"]
    assert alone.low is not None
    assert together.low is not None
    assert together.low < alone.low


def test_a_share_among_some_counts_those_only() -> None:
    statistic = ratio([True, True, False], [True, False, True])
    assert value(statistic, 3) == 0.5
    assert statistic[1] == 2


def test_f1_of_one_hit_one_miss_and_one_false_alarm_is_a_half() -> None:
    assert value(f1([True, True, False], [True, False, True]), 3) == 0.5


def test_auroc_counts_ties_half() -> None:
    assert value(auroc([2.0, 1.0, 1.0], [True, True, False]), 3) == 0.75


def test_auroc_without_both_kinds_is_no_value() -> None:
    found = estimates({"a": auroc([1.0, 2.0], [True, True])}, "ab")["a"]
    assert found.value is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-3, 3), st.booleans(), st.booleans()), min_size=2, max_size=30))
def test_auroc_and_f1_are_those_of_scikit_learn(rows: list[tuple[int, bool, bool]]) -> None:
    scores, actual, guess = (list(column) for column in zip(*rows, strict=True))
    if len(set(actual)) == 2:
        expected = roc_auc_score(actual, scores)
        assert value(auroc([float(score) for score in scores], actual), len(rows)) == pytest.approx(expected)
    if any(actual) or any(guess):
        assert value(f1(guess, actual), len(rows)) == pytest.approx(f1_score(actual, guess, zero_division=0.0))


@settings(deadline=None)
@given(
    st.lists(st.floats(0, 100), min_size=1, max_size=40),
    st.sampled_from([0.5, 0.95]),
)
def test_percentiles_are_those_of_numpy(values: list[float], share: float) -> None:
    expected = np.percentile(values, 100 * share, method="inverted_cdf")
    assert value(percentile(values, share), len(values)) == expected


def test_a_percentile_passes_over_what_is_missing() -> None:
    assert value(percentile([None, 3.0, None, 1.0], 0.5), 4) == 1.0


def test_a_percentile_of_drawn_values_counts_each_as_often_as_drawn() -> None:
    statistic, _ = percentile([1.0, 2.0, 3.0], 0.5)
    assert statistic(np.array([[0.0, 0.0, 3.0], [3.0, 0.0, 0.0]])).tolist() == [3.0, 1.0]
