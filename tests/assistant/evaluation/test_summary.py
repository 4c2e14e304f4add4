from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.evaluation.requirements import read_requirement, shortfalls
from assistant.evaluation.runs import RunInfo
from assistant.evaluation.summary import risk_coverage, summarise
from index_store.errors import BadSetting
from tests.assistant.evaluation.scripted import A1, A2, B1, answer, judged, question, refusal, sentence

INFO = RunInfo("scripted", ("set.jsonl",), 4, "f", started="2026-01-02T03:04:05+00:00", finished="later")
OPENED = sentence("the bridge opened in 2005", A1)


def four() -> list:  # type: ignore[type-arg]
    fact = (("2005",),)
    return [
        judged(question("a", "When?", A1, facts=fact, type="date"), answer("When?", OPENED, ranked=[A1], score=3.0)),
        judged(question("b", "Who?", B1, facts=fact, type="name"), answer("Who?", OPENED, ranked=[A1, B1], score=2.0)),
        judged(question("c", "Why?", answerable=False, type="date"), refusal("Why?", score=-1.0)),
        judged(question("d/1", "So?", A2, type="dialogue"), refusal("So?", [A2], score=-2.0), cluster="d", turn=1),
    ]


def test_the_figures_of_four_questions_worked_out_by_hand() -> None:
    overall = summarise(INFO, four())["overall"]
    found = {name: overall[name]["value"] for name in overall}
    assert found["full"] == 0.5
    assert found["hit_at_1"] == pytest.approx(2 / 3, abs=1e-6)
    assert found["abstention_precision"] == 0.5
    assert found["abstention_recall"] == 1.0
    assert found["abstention_f1"] == pytest.approx(2 / 3, abs=1e-6)
    assert found["wrongly_refused"] == pytest.approx(1 / 3, abs=1e-6)
    assert found["auroc"] == pytest.approx(2 / 3, abs=1e-6)
    assert found["verbatim"] == 1.0


def test_tokens_and_stages_are_summed_up_over_the_answers_that_have_them() -> None:
    asked, given = question("a", "When?", A1), answer("When?", OPENED, stages={"write": 2.0})
    with_tokens = judged(asked, replace(given, details={"tokens": {"read": 300}}))
    summary = summarise(INFO, [with_tokens, judged(question("b", "Who?", A1), answer("Who?", OPENED))])
    assert (summary["tokens"]["read"]["value"], summary["tokens"]["read"]["n"]) == (300, 1)
    assert summary["stages"]["write"]["p50"]["value"] == 2.0


def test_types_and_turns_are_counted_apart() -> None:
    summary = summarise(INFO, four())
    assert {name: figures["full"]["value"] for name, figures in summary["by_type"].items()} == {
        "date": 1.0,
        "name": 0.0,
        "dialogue": 0.0,
    }
    assert list(summary["by_turn"]) == ["1"]


def test_the_outcomes_add_up_to_the_questions() -> None:
    outcomes = summarise(INFO, four())["outcomes"]
    assert {name: count for name, count in outcomes.items() if count} == {
        "right": 2,
        "not cited": 1,
        "wrongly refused": 1,
    }


def test_risk_rises_where_the_less_sure_answer_is_wrong() -> None:
    found = risk_coverage(four())
    assert found["points"] == [[0.25, 0.0], [0.5, 0.5]]
    assert found["aurc"] == 0.25


def test_answers_of_one_score_enter_the_curve_together() -> None:
    same = [
        judged(question("a", "When?", A1), answer("When?", OPENED, ranked=[A1], score=1.0)),
        judged(question("b", "Who?", B1), answer("Who?", OPENED, ranked=[A1], score=1.0)),
    ]
    assert risk_coverage(same)["points"] == [[1.0, 0.5]]


def test_a_summary_of_no_questions_has_no_values() -> None:
    summary = summarise(INFO, [])
    assert all(figure["value"] is None for figure in summary["overall"].values())
    json.dumps(summary)


@pytest.mark.parametrize("text", ["full=0.5", "wrongly_refused=0.34", "latency_p95=1"])
def test_a_requirement_that_is_met_has_no_shortfall(text: str) -> None:
    assert shortfalls([read_requirement(text)], summarise(INFO, four())) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("full=0.7", "full: 0.5, 0.2 short of 0.7"),
        ("wrongly_refused=0.1", "wrongly_refused: 0.3333, 0.233 over 0.1"),
    ],
)
def test_a_requirement_that_is_not_met_says_by_how_much(text: str, line: str) -> None:
    (found,) = shortfalls([read_requirement(text)], summarise(INFO, four()))
    assert found.startswith(line)


@pytest.mark.parametrize("text", ["full", "fulll=0.5", "full=much", "full=70", "full=nan", "full=-1"])
def test_a_requirement_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(BadSetting, match="--require"):
        read_requirement(text)


def test_a_requirement_that_nothing_measures_is_not_met() -> None:
    (found,) = shortfalls([read_requirement("auroc=0.5")], summarise(INFO, four()[:2]))
    assert found.startswith("auroc: no question of the set measures it")
