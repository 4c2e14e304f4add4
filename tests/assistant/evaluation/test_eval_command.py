from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import assistant.conversation
from assistant.cli import main
from assistant.settings import Settings
from tests.assistant.evaluation.scripted import A1, ScriptedLibraryAssistant, answer, question, sentence, write_set

RIGHT = {"When?": answer("When?", sentence("the bridge opened in 2005", A1), ranked=[A1])}


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A set of two questions, of which the assistant that the command opens answers one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(assistant.conversation, "Assistant", Scripted)
    return write_set(tmp_path / "set.jsonl", question("q0", "When?", A1), question("q1", "Who?", A1, type="name"))


class Scripted(ScriptedLibraryAssistant):
    before_each: Callable[[str], None] = staticmethod(lambda question: None)

    @classmethod
    def open(cls, settings: Settings, store: Any = None) -> Scripted:
        return cls(settings, RIGHT, cls.before_each)


def test_a_run_prints_its_figures_and_where_the_report_is(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(path), "--out", "out"]) == 0
    printed = capsys.readouterr().out
    assert "Complete and cited" in printed
    assert "Report: out/report.html" in printed


def test_a_requirement_that_is_not_met_is_status_1_with_the_shortfall(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["eval", str(path), "--out", "out", "--require", "full=0.7", "--require", "verbatim=1"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "pilcrow: full: 0.5, 0.2 short of 0.7"


def test_requirements_that_are_met_are_status_0(path: Path) -> None:
    assert main(["eval", str(path), "--out", "out", "--require", "full=0.5"]) == 0


def test_an_error_of_the_set_is_status_1_with_its_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.write_text("\nno json\n", encoding="utf-8")
    assert main(["eval", str(path), "--out", "out"]) == 1
    assert "set.jsonl:2: not a line of JSON" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--out", "out"], ["set.jsonl"], ["set.jsonl", "--samples", "--out", "out"]])
def test_a_run_needs_sets_and_a_folder(path: Path, words: list[str]) -> None:
    assert main(["eval", *words]) == 1


def test_ctrl_c_keeps_the_rows_and_says_how_to_go_on(
    path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def before(question: str) -> None:
        if question == "Who?":
            raise KeyboardInterrupt

    monkeypatch.setattr(Scripted, "before_each", staticmethod(before))
    assert main(["eval", str(path), "--out", "out"]) == 130
    assert "run the same command again to go on" in " ".join(capsys.readouterr().err.split())
    assert len(Path("out/results.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_two_runs_are_compared(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        main(["eval", str(path), "--out", name])
    capsys.readouterr()
    assert main(["eval", "--compare", "a", "b", "--out", "c"]) == 0
    assert "0 got better and 0 got worse" in capsys.readouterr().out
    assert Path("c/comparison.html").exists()


def test_a_grid_of_two_settings_prints_one_table(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", str(path), "--out", "out", "--grid", "keywords,vectors"]) == 0
    printed = capsys.readouterr().out
    assert "keywords only" in printed
    assert "vectors only" in printed


def test_init_writes_a_set_and_never_over_another(path: Path) -> None:
    assert main(["eval", "--init"]) == 0
    written = Path("questions.yaml").read_text(encoding="utf-8")
    assert main(["eval", "--init"]) == 1
    assert Path("questions.yaml").read_text(encoding="utf-8") == written
