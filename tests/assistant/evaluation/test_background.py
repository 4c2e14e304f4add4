from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from assistant.conversation import Assistant
from assistant.evaluation.background import comparison_of, go_on, past_runs, report_of, start
from assistant.settings import Settings
from index_store.errors import BadQuestionSet, LibraryDamaged
from tests.assistant.evaluation.scripted import A1, ScriptedLibraryAssistant, answer, question, sentence, write_set

QUESTIONS = [question(f"q{number}", f"When {number}?", A1) for number in range(4)]
RIGHT = answer("When?", sentence("the bridge opened in 2005", A1), ranked=[A1])


def assistant(home: Path, before: Callable[[str], None] = lambda question: None) -> Assistant:
    answers = {each.question: RIGHT for each in QUESTIONS}
    return cast(Assistant, ScriptedLibraryAssistant(Settings(home=home), answers, before))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_set(tmp_path / "set.jsonl", *QUESTIONS)


def test_a_run_in_the_background_ends_with_a_report(tmp_path: Path, path: Path) -> None:
    running = start([path], assistant(tmp_path), tmp_path)
    assert running.wait(30)
    assert running.error is None
    assert running.summary is not None
    assert running.summary["overall"]["full"]["value"] == 1.0
    assert (running.progress.done, running.progress.total) == (4, 4)
    assert "Question by question" in report_of(running.folder)


def test_a_run_that_is_stopped_can_be_gone_on_with(tmp_path: Path, path: Path) -> None:
    second_asked, stopped = threading.Event(), threading.Event()

    def before(question: str) -> None:
        if question == "When 1?":
            second_asked.set()
            stopped.wait(30)

    running = start([path], assistant(tmp_path, before), tmp_path)
    assert second_asked.wait(30)
    running.stop()
    stopped.set()
    assert running.wait(30)
    (past,) = past_runs(tmp_path)
    assert not past.finished
    assert "(stopped)" in past.title
    assert "Stopped after 2 of 4" in report_of(past.folder)
    resumed = go_on(past, assistant(tmp_path))
    assert resumed.wait(30)
    (past,) = past_runs(tmp_path)
    assert past.finished
    assert past.full == 1.0


def test_an_error_while_asking_is_kept_for_who_watches(tmp_path: Path, path: Path) -> None:
    def before(question: str) -> None:
        raise LibraryDamaged("gone")

    running = start([path], assistant(tmp_path, before), tmp_path)
    assert running.wait(30)
    assert str(running.error) == "gone"
    assert running.summary is None


def test_an_error_in_the_set_is_raised_at_once(tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_text("no json\n", encoding="utf-8")
    with pytest.raises(BadQuestionSet):
        start([tmp_path / "set.jsonl"], assistant(tmp_path), tmp_path)
    assert past_runs(tmp_path) == []


def test_two_runs_begun_in_one_second_have_folders_of_their_own(tmp_path: Path, path: Path) -> None:
    runs = [start([path], assistant(tmp_path), tmp_path) for _ in range(2)]
    assert all(running.wait(30) for running in runs)
    assert runs[0].folder != runs[1].folder
    assert "against" in comparison_of(runs[0].folder, runs[1].folder)
