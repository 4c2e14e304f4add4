"""The Evaluate tab: running a set, its report, comparing two runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import open_tab

QUESTIONS = [
    {
        "id": "boat",
        "question": "What was the boat called whose gear the Icelanders slashed?",
        "gold": [{"document": "96SAMPLEOSLO2240", "label": "1"}],
        "facts": [["Havbris"]],
    },
    {"id": "bread", "question": "How is sourdough bread baked?", "answerable": False, "gold": []},
]


def run(page: Page) -> None:
    """Run what is chosen and wait for the report."""
    page.locator("#run").click()
    expect(page.locator("#stop-run")).to_be_visible()
    expect(page.locator("#stop-run")).to_be_hidden(timeout=60_000)
    expect(page.locator("iframe.evaluation")).to_be_visible()


def test_a_set_is_uploaded_run_and_two_runs_are_compared(
    open_page: Callable[..., Page], save: Callable[[Page, str], None], tmp_path: Path
) -> None:
    file = tmp_path / "mine.jsonl"
    file.write_text("".join(json.dumps(each) + "\n" for each in QUESTIONS), encoding="utf-8")
    page = open_page()
    open_tab(page, "Evaluate")
    page.locator("input[type=file]").last.set_input_files(file)
    expect(page.locator("#sets").get_by_label("mine.jsonl")).to_be_checked()
    run(page)
    expect(page.frame_locator("iframe.evaluation").locator("body")).to_contain_text("2 questions")
    save(page, "evaluate")
    run(page)
    page.locator("#other input").click()
    page.get_by_role("option", name="mine").last.click()
    expect(page.frame_locator("iframe.evaluation").locator("body")).to_contain_text("Compar")


def test_an_error_in_a_set_is_told_before_anything_runs(open_page: Callable[..., Page], tmp_path: Path) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text('{"id": "a"}\n', encoding="utf-8")
    page = open_page()
    open_tab(page, "Evaluate")
    page.locator("input[type=file]").last.set_input_files(file)
    expect(page.locator("#sets").get_by_label("broken.jsonl")).to_be_checked()
    page.locator("#run").click()
    expect(page.locator("#told")).to_contain_text("broken.jsonl")
