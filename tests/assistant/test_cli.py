"""The `pilcrow` command: its exit status and what it prints, good input and bad."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli import COMMANDS, build_parser, main

CABLE = """\
FM AMEMBASSY TESTVILLE
O 010900Z MAR 05

C O N F I D E N T I A L TESTVILLE 000007

SIPDIS

TAGS: PREL, ECON
SUBJECT: THE BRIDGE AT TESTVILLE

¶1. (C) The mayor, Ana Ruiz, wants the bridge because the ferry sinks every spring.

¶2. (C) The bridge would cost 4 million dollars.
"""


@pytest.fixture
def cable(tmp_path: Path) -> Path:
    path = tmp_path / "05TESTVILLE7.txt"
    path.write_text(CABLE, encoding="utf-8")
    return path


def status_and_errors(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    try:
        status = main(arguments)
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    return status, capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    subparsers = build_parser()._subparsers
    assert subparsers is not None
    (group,) = subparsers._group_actions
    choices = group.choices
    assert isinstance(choices, dict)
    assert choices[command].description


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["sing"],
        ["ask"],
        ["show"],
        ["parse"],
        ["ask", "what?", "--after", "yesterday"],
        ["ask", "what?", "--paragraph", "4"],
    ],
)
def test_wrong_arguments_get_one_line_and_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, errors = status_and_errors(arguments, capsys)
    assert status == 2
    assert errors.startswith("pilcrow: ")
    assert errors.count("\n") == 1


def test_parse_prints_the_json_object_without_making_a_library(
    cable: Path, capsys: pytest.CaptureFixture[str], folders_of_its_own: Path
) -> None:
    assert main(["parse", str(cable), "--json"]) == 0
    parsed = json.loads(capsys.readouterr().out)
    assert parsed["document"] == "05TESTVILLE7"
    assert parsed["header"]["date"] == "2005-03-01T09:00:00+00:00"
    assert [paragraph["label"] for paragraph in parsed["paragraphs"]] == ["1", "2"]
    assert CABLE[parsed["paragraphs"][1]["start"] :].startswith("¶2.")
    assert not folders_of_its_own.exists()


def test_parse_prints_labels_and_text_for_people(cable: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["parse", str(cable)]) == 0
    printed = capsys.readouterr().out
    assert "05TESTVILLE7 ¶2" in printed
    assert "4 million dollars" in printed


def test_parse_needs_no_model_and_no_page_library(cable: Path) -> None:
    heavy = "{'sentence_transformers', 'torch', 'chromadb', 'gradio'}"
    code = f"import sys; from assistant.cli import main; main(sys.argv[1:]); print({heavy} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code, "parse", str(cable)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "set()"


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.txt", b""), ("blank.txt", b" \n\n"), ("binary.txt", bytes(range(256)) * 20), ("none.txt", None)],
)
def test_an_unusable_file_gets_one_line_that_names_it(
    name: str, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    status, errors = status_and_errors(["parse", str(path)], capsys)
    assert status == 1
    assert name in errors
    assert errors.count("\n") == 1


def test_one_bad_file_does_not_stop_the_rest(cable: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "00EMPTY1.txt").write_bytes(b"")
    assert main(["parse", str(tmp_path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["document"] == "05TESTVILLE7"


@pytest.mark.parametrize("command", [["ask", "who wants the bridge?"], ["show", "05TESTVILLE7"]])
def test_an_empty_library_says_what_to_do(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, errors = status_and_errors(command, capsys)
    assert status == 1
    assert errors.startswith("pilcrow: ")
    assert "pilcrow index" in errors
    assert errors.count("\n") == 1


def test_a_setting_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PILCROW_LLM_TIMEOUT", "soon")
    status, errors = status_and_errors(["status"], capsys)
    assert status == 1
    assert errors == "pilcrow: PILCROW_LLM_TIMEOUT must be a number above 0, not 'soon'\n"


def test_a_terminal_is_told_that_the_models_are_loading(folders_of_its_own: Path) -> None:
    mine, theirs = os.openpty()
    asked = [sys.executable, "-m", "assistant.cli", "ask", "who wants the bridge?"]
    subprocess.run(asked, stderr=theirs, stdout=subprocess.DEVNULL, check=False, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    said = os.read(mine, 10_000).decode()
    os.close(mine)
    assert "Loading the models ..." in said
    assert said.index("Loading") < said.index("pilcrow: ")


def test_what_is_no_terminal_is_told_nothing_but_the_problem(folders_of_its_own: Path) -> None:
    asked = [sys.executable, "-m", "assistant.cli", "ask", "who wants the bridge?"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("pilcrow: ")
