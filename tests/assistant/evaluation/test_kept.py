"""The figures in README.md: are they those of this state of the program?"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.evaluate import shipped_sets
from assistant.evaluation.kept import fingerprints, keep, table
from assistant.evaluation.metrics import judge
from assistant.evaluation.outcomes import outcome
from assistant.evaluation.questions import QuestionSet, read_question_set
from assistant.evaluation.results import Details, Result
from assistant.evaluation.runner import Run, run
from assistant.settings import Settings
from index_store.errors import BadQuestionSet
from tests.assistant.evaluation.scripted import A1, ScriptedAssistant, question, question_set, texts

ROOT = Path(__file__).parents[3]
AGAIN = "run: make eval && python scripts/keep_evaluation.py reports/samples"
ASKED_AGAIN = 16
MAY_DIFFER = 2
"""Models compute a little differently from processor to processor: a question or two may come out otherwise."""


def kept() -> dict[str, Any]:
    return dict(json.loads((ROOT / "docs" / "evaluation.json").read_text(encoding="utf-8")))


def test_the_kept_figures_are_of_these_sets_samples_and_settings() -> None:
    assert kept()["fingerprints"] == fingerprints(), AGAIN


def test_the_kept_figures_cover_every_question_of_the_shipped_sets() -> None:
    questions = read_question_set(shipped_sets()).questions
    assert list(kept()["outcomes"]) == [each.id for each in questions]
    assert kept()["overall"]["full"]["n"] == len(questions)


def test_the_share_of_right_answers_is_that_of_the_outcomes() -> None:
    outcomes = list(kept()["outcomes"].values())
    assert kept()["overall"]["full"]["value"] == pytest.approx(outcomes.count("right") / len(outcomes), abs=1e-6)


@pytest.mark.model
def test_a_few_questions_asked_again_come_to_what_was_kept(tmp_path: Path) -> None:
    from assistant.conversation import Assistant

    whole = read_question_set(shipped_sets())
    singles = [item for item in whole.items if not item.dialogue]
    few = QuestionSet(tuple(singles[:: len(singles) // ASKED_AGAIN][:ASKED_AGAIN]))
    with Assistant.open(replace(Settings.from_environment(), home=tmp_path)) as assistant:
        assistant.store.add_samples()
        answered = [
            (each, Result.of(assistant.ask(each.question), each.id, Details()), each.id, None) for each in few.questions
        ]
    found = {each.question.id: outcome(each) for each in judge(answered)}
    differing = {id: (word, kept()["outcomes"][id]) for id, word in found.items() if word != kept()["outcomes"][id]}
    assert len(differing) <= MAY_DIFFER, f"{differing}; {AGAIN}"


def test_the_table_shows_each_metric_and_type_once() -> None:
    shown = table(kept())
    assert shown.count("| Complete and cited |") == 1
    assert all(shown.count(f"\n| {type} |") == 1 for type in kept()["by_type"])


def test_a_run_of_another_set_is_not_kept(tmp_path: Path) -> None:
    other = question_set(question("q", "When?", A1))
    run(Run(other, ScriptedAssistant({}), texts), tmp_path / "run")
    with pytest.raises(BadQuestionSet, match="no finished run of the shipped sets"):
        keep(tmp_path / "run", tmp_path / "kept.json")
    assert not (tmp_path / "kept.json").exists()
