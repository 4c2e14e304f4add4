from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.questions import Item, QuestionSet
from assistant.evaluation.runner import Progress, Run, run
from assistant.evaluation.runs import RunFolder, list_runs
from index_store.errors import BadQuestionSet, LibraryDamaged
from tests.assistant.evaluation.scripted import (
    A1,
    B1,
    ScriptedAssistant,
    answer,
    question,
    question_set,
    sentence,
    texts,
)

WARM_UP = 1


def set_of(count: int) -> QuestionSet:
    singles = [question(f"q{number}", f"Question {number}?", A1) for number in range(count)]
    turns = (question("d1/1", "Who?", A1), question("d1/2", "And why?", B1))
    return question_set(*singles, dialogues=[Item("d1", turns, dialogue=True)])


def wanted(questions: QuestionSet, assistant: ScriptedAssistant, **other: Any) -> Run:
    return Run(questions, assistant, texts, name="scripted", **other)


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_question_has_one_row_in_the_sets_order(tmp_path: Path) -> None:
    run(wanted(set_of(2), ScriptedAssistant({})), tmp_path)
    assert [row["id"] for row in rows(tmp_path)] == ["q0", "q1", "d1/1", "d1/2"]


def test_a_row_has_the_keys_that_scripts_rely_on(tmp_path: Path) -> None:
    given = {"Question 0?": answer("Question 0?", sentence("the bridge opened in 2005", A1), ranked=[A1])}
    run(wanted(set_of(1), ScriptedAssistant(given)), tmp_path)
    row = rows(tmp_path)[0]
    assert list(row) == ["id", "question", "answer", "abstained", "citations", "retrieved", "seconds"]
    assert list(row["citations"][0]) == ["document", "label", "printed", "ordinal", "start", "end", "quote"]
    assert list(row["retrieved"][0]) == ["document", "label", "ordinal", "start", "end", "score"]


def test_a_dialogues_turns_are_asked_with_their_history(tmp_path: Path) -> None:
    assistant = ScriptedAssistant({})
    run(wanted(set_of(0), assistant), tmp_path)
    assert assistant.asked[WARM_UP:] == [("Who?", 0, "d1/1"), ("And why?", 1, "d1/2")]


def test_each_row_is_on_disk_before_the_next_question(tmp_path: Path) -> None:
    seen: list[int] = []
    assistant = ScriptedAssistant({}, before=lambda question: seen.append(len(rows(tmp_path))))
    run(wanted(set_of(2), assistant), tmp_path)
    assert seen[WARM_UP:] == [0, 1, 2, 3]


def fail_at(text: str) -> Any:
    def before(question: str) -> None:
        if question == text:
            raise LibraryDamaged("gone")

    return before


def test_a_run_that_failed_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with pytest.raises(LibraryDamaged):
        run(wanted(set_of(3), ScriptedAssistant({}, before=fail_at("Question 2?"))), tmp_path)
    second = ScriptedAssistant({})
    info = run(wanted(set_of(3), second), tmp_path)
    assert [id for _, _, id in second.asked[WARM_UP:]] == ["q2", "d1/1", "d1/2"]
    assert [row["id"] for row in rows(tmp_path)] == ["q0", "q1", "q2", "d1/1", "d1/2"]
    assert info.finished is not None


def test_a_dialogue_that_was_cut_is_asked_from_its_first_turn(tmp_path: Path) -> None:
    with pytest.raises(LibraryDamaged):
        run(wanted(set_of(1), ScriptedAssistant({}, before=fail_at("And why?"))), tmp_path)
    second = ScriptedAssistant({})
    run(wanted(set_of(1), second), tmp_path)
    assert second.asked[WARM_UP:] == [("Who?", 0, "d1/1"), ("And why?", 1, "d1/2")]
    assert [row["id"] for row in rows(tmp_path)] == ["q0", "d1/1", "d1/2"]


def test_a_row_that_was_half_written_is_asked_again(tmp_path: Path) -> None:
    with pytest.raises(LibraryDamaged):
        run(wanted(set_of(2), ScriptedAssistant({}, before=fail_at("Who?"))), tmp_path)
    results = tmp_path / "results.jsonl"
    results.write_text(results.read_text(encoding="utf-8")[:-20], encoding="utf-8")
    second = ScriptedAssistant({})
    run(wanted(set_of(2), second), tmp_path)
    assert second.asked[WARM_UP][2] == "q1"
    assert [row["id"] for row in rows(tmp_path)] == ["q0", "q1", "d1/1", "d1/2"]


@pytest.mark.parametrize("change", [{"settings": {"rerank": 0}}, {"library": {"documents": 2}}])
def test_other_settings_or_another_library_start_anew(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(LibraryDamaged):
        run(wanted(set_of(2), ScriptedAssistant({}, before=fail_at("Question 1?"))), tmp_path)
    second = ScriptedAssistant({})
    run(wanted(set_of(2), second, **change), tmp_path)
    assert len(second.asked) == WARM_UP + 4


def test_a_finished_run_is_run_anew(tmp_path: Path) -> None:
    for _ in range(2):
        assistant = ScriptedAssistant({})
        run(wanted(set_of(1), assistant), tmp_path)
        assert len(assistant.asked) == WARM_UP + 3


def test_fresh_starts_anew_what_could_go_on(tmp_path: Path) -> None:
    with pytest.raises(LibraryDamaged):
        run(wanted(set_of(2), ScriptedAssistant({}, before=fail_at("Question 1?"))), tmp_path)
    second = ScriptedAssistant({})
    run(wanted(set_of(2), second), tmp_path, fresh=True)
    assert len(second.asked) == WARM_UP + 4


def test_a_run_that_is_stopped_is_not_finished_and_keeps_its_rows(tmp_path: Path) -> None:
    info = run(
        wanted(set_of(3), ScriptedAssistant({})),
        tmp_path,
        stop=lambda: (tmp_path / "results.jsonl").exists() and len(rows(tmp_path)) == 2,
    )
    assert info.finished is None
    assert [row["id"] for row in rows(tmp_path)] == ["q0", "q1"]


def test_progress_counts_to_the_total(tmp_path: Path) -> None:
    told: list[Progress] = []
    run(wanted(set_of(2), ScriptedAssistant({})), tmp_path, progress=told.append)
    assert (told[-1].done, told[-1].total, told[-1].left) == (4, 4, 0.0)
    assert told[0].left is None


def test_a_run_is_loaded_with_questions_and_details(tmp_path: Path) -> None:
    given = {"Question 0?": answer("Question 0?", sentence("the bridge opened in 2005", A1), ranked=[A1])}
    run(wanted(set_of(1), ScriptedAssistant(given)), tmp_path)
    info, judged = RunFolder(tmp_path).load()
    assert info.name == "scripted"
    assert [(each.question.id, each.cluster, each.turn) for each in judged] == [
        ("q0", "q0", None),
        ("d1/1", "d1", 1),
        ("d1/2", "d1", 2),
    ]
    assert judged[0].values["full"] == 1.0


def test_a_folder_without_a_run_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadQuestionSet, match="no run"):
        RunFolder(tmp_path).load()


def test_runs_are_listed_with_the_newest_first(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run(wanted(set_of(1), ScriptedAssistant({})), tmp_path / name)
    (tmp_path / "something else").mkdir()
    assert [found.path.name for found in list_runs(tmp_path)] == ["b", "a"]
