"""README.md quotes the program: these parts are compared with what it prints now."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def check(*flags: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/readme.py", "--check", *flags]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_generated_blocks_of_the_readme_are_what_the_program_prints_now() -> None:
    done = check()
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.model
def test_the_example_of_the_readme_is_what_the_program_answers_now() -> None:
    done = check("--example")
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_readme_leads_with_the_two_commands() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    commands = [line.split("#")[0].strip() for line in lines if line.startswith("make ")]
    assert commands[:2] == ["make run", "make test"]
