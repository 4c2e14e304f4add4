from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.conversation import Assistant
from assistant.evaluation.evaluate import evaluate, shipped_sets, write_report
from assistant.evaluation.grid import SETTINGS, choose, run_grid
from assistant.evaluation.questions import read_question_set
from assistant.settings import LanguageModelSettings, Settings
from assistant.settings_form import settings_json
from index_store.documents import ParagraphRef
from index_store.errors import BadQuestionSet, BadSetting
from tests.assistant.evaluation.scripted import (
    A1,
    ScriptedLibraryAssistant,
    answer,
    question,
    sentence,
    write_set,
)

RIGHT = {"When?": answer("When?", sentence("the bridge opened in 2005", A1), ranked=[A1])}
QUESTIONS = (question("q0", "When?", A1, facts=(("2005",),)), question("q1", "Who?", ParagraphRef("Z9", "1")))


def assistant(home: Path, answers: Any = RIGHT) -> Assistant:
    return cast(Assistant, ScriptedLibraryAssistant(Settings(home=home), answers))


def test_a_run_leaves_results_summary_and_report(tmp_path: Path) -> None:
    summary = evaluate([write_set(tmp_path / "set.jsonl", *QUESTIONS)], assistant(tmp_path), tmp_path / "out")
    assert json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8")) == json.loads(
        json.dumps(summary)
    )
    assert summary["overall"]["full"]["value"] == 0.5
    assert (tmp_path / "out" / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_gold_paragraphs_that_the_library_lacks_are_a_notice_with_file_and_line(tmp_path: Path) -> None:
    path = write_set(tmp_path / "set.jsonl", *QUESTIONS)
    summary = evaluate([path], assistant(tmp_path), tmp_path / "out")
    assert summary["run"]["notices"] == (f"{path}:2: 'q1': not in the library: Z9 ¶1",)


def test_nothing_is_asked_where_a_set_has_an_error(tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_text('{"id": "q"}\n', encoding="utf-8")
    asked = assistant(tmp_path)
    with pytest.raises(BadQuestionSet):
        evaluate([tmp_path / "set.jsonl"], asked, tmp_path / "out")
    assert cast(Any, asked).asked == []
    assert not (tmp_path / "out").exists()


def test_the_key_of_a_language_model_is_never_written(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, language_model=LanguageModelSettings(url="http://x", key="secret"))
    assert "secret" not in json.dumps(settings_json(settings))


def test_a_report_can_be_made_anew_from_the_rows(tmp_path: Path) -> None:
    out = tmp_path / "out"
    evaluate([write_set(tmp_path / "set.jsonl", *QUESTIONS)], assistant(tmp_path), out)
    before = (out / "report.html").read_text(encoding="utf-8")
    (out / "report.html").unlink()
    write_report(out)
    assert (out / "report.html").read_text(encoding="utf-8") == before


def test_the_shipped_sets_can_be_read() -> None:
    assert len(read_question_set(shipped_sets()).questions) > 120


def test_a_grid_runs_each_setting_into_a_folder_of_its_own(tmp_path: Path) -> None:
    path = write_set(tmp_path / "set.jsonl", *QUESTIONS)
    rows = run_grid(["keywords", "hybrid"], [path], assistant(tmp_path), tmp_path / "out")
    assert [row.name for row in rows] == ["keywords", "hybrid"]
    assert rows[1].p == "1.000"
    assert {found.name for found in (tmp_path / "out").iterdir()} == {"keywords", "hybrid", "grid.html", "grid.json"}


def test_the_named_settings_differ_in_what_is_compared() -> None:
    settings = Settings(home=Path(), language_model=LanguageModelSettings(url="http://x"))
    changed = [change(settings) for change in SETTINGS.values()]
    assert len({repr(each) for each in changed}) == len(SETTINGS)
    assert [name for name, change in SETTINGS.items() if change(settings).language_model.url] == ["writing"]


def test_a_grid_writes_with_a_language_model_only_where_one_is_set() -> None:
    without = Settings(home=Path())
    assert "writing" not in choose([], without)
    assert "writing" in choose([], replace(without, language_model=LanguageModelSettings(url="http://x")))
    with pytest.raises(BadSetting, match="PILCROW_LLM_URL"):
        choose(["writing"], without)


def test_a_setting_of_an_unknown_name_is_refused() -> None:
    with pytest.raises(BadSetting, match="not keyword"):
        choose(["keyword"], Settings(home=Path()))
