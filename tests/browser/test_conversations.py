"""Kept conversations and what was thought of answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.history import History
from tests.browser.conftest import PHONE, WIDE, ask

OpenPage = Callable[..., Page]


def open_drawer(page: Page) -> None:
    """Open the list of conversations."""
    page.locator("#conversations .toggle-button").click()
    expect(page.locator("#conversations")).to_be_visible()


def test_a_conversation_is_reopened_with_working_citations_renamed_exported_and_deleted(
    open_page: OpenPage, save: Callable[[Page, str], None]
) -> None:
    page = open_page()
    ask(page, "What was the boat called whose gear the Icelanders slashed?")
    mark = page.locator(".sentences a.mark").first.inner_text()
    page.reload()
    expect(page.locator("#question textarea")).to_be_visible()
    open_drawer(page)
    page.locator(".conversation-list a", has_text="What was the boat called").first.click()
    page.locator(".sentences a.mark", has_text=mark).first.click()
    expect(page.locator("#reader .paragraph.lit mark").first).to_be_visible()
    title = page.locator("#conversation-title").locator("input, textarea")
    title.fill("The slashed nets")
    title.press("Enter")
    link = page.locator(".conversation-list a", has_text="The slashed nets")
    expect(link).to_be_visible()
    save(page, "conversations")
    with page.expect_download() as download:
        page.locator(".conversation-export").get_by_role("button", name="JSON").click()
    exported = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert download.value.suggested_filename == "The-slashed-nets.json"
    assert exported["turns"][0]["references"][0]["subject"]
    page.locator("#delete").click()
    page.locator("#delete-it").click()
    expect(link).to_have_count(0)
    expect(page.locator(".welcome")).to_be_visible()


def test_a_thumb_and_a_comment_are_kept_with_question_and_answer(open_page: OpenPage, home: Path) -> None:
    page = open_page()
    ask(page, "When was the Kelas barrage inaugurated?")
    page.locator("a.thumb-down").click()
    comment = page.locator("#comment").locator("input, textarea")
    comment.fill("the wrong dam")
    comment.press("Enter")
    expect(page.locator(".answer")).to_contain_text("Your comment: the wrong dam")
    kept = History(home).rated()[-1]
    assert (kept.thumb, kept.comment) == ("down", "the wrong dam")
    assert kept.question == "When was the Kelas barrage inaugurated?"
    assert kept.answer.citations or kept.answer.nearest


def test_a_thumb_given_by_keyboard_goes_on_to_the_comment(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "When was the Kelas barrage inaugurated?")
    page.locator("a.thumb-up").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#comment").locator("input, textarea")).to_be_focused()
    page.keyboard.type("well found")
    page.keyboard.press("Enter")
    expect(page.locator(".answer")).to_contain_text("Your comment: well found")


def test_a_filter_is_taken_off_with_a_press(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "According to Embassy Oslo, what happened to the nets?")
    chip = page.locator("a.chip").first
    expect(chip).to_contain_text("Oslo")
    chip.click()
    expect(page.locator(".answer .toolbar")).to_have_count(2)
    expect(page.locator(".answer").last.locator("a.chip")).to_have_count(0)


def test_a_filter_of_an_earlier_question_is_taken_off_as_that_question_was_asked(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "According to Embassy Damascus, what does Nabil Haffar want?")
    ask(page, "And why does he think so?")
    ask(page, "Why did Rosaura Quispe put off the smelter?")
    page.locator(".answer").nth(1).locator("a.chip").first.click()
    expect(page.locator(".answer .toolbar")).to_have_count(4)
    last = page.locator(".answer").last
    expect(last.locator("a.chip", has_text="Damascus")).to_have_count(0)
    expect(last.locator(".understood q")).to_contain_text("Haffar")
    expect(last.locator(".understood q")).not_to_contain_text("Quispe")


def test_a_question_is_corrected_with_a_press_and_searched_within_the_same(
    open_page: OpenPage, save: Callable[[Page, str], None]
) -> None:
    page = open_page()
    ask(page, "According to Embassy La Paz in 2005, who leads the poll in Tacuara?")
    chips = page.locator(".answer").last.locator("a.chip")
    expect(chips).to_have_text(["from La Paz ×", "2005 ×"])
    page.get_by_role("button", name="Correct this").click()
    box = page.locator("#question textarea")
    expect(box).to_have_value("Who leads the poll in Tacuara?")
    expect(box).to_be_focused()
    within = page.locator("#within a.chip")
    expect(within).to_have_text(["from La Paz ×", "2005 ×"])
    save(page, "correcting")
    ask(page, "Who leads the polls in Tacuara?")
    expect(page.locator(".answer")).to_have_count(2)
    expect(chips).to_have_text(["from La Paz ×", "2005 ×"])
    expect(within).to_have_count(0)


def test_a_filter_is_taken_off_while_a_question_is_corrected(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "According to Embassy La Paz in 2005, who leads the poll in Tacuara?")
    page.get_by_role("button", name="Correct this").click()
    page.locator("#within a.chip", has_text="2005").click()
    expect(page.locator("#within a.chip")).to_have_text(["from La Paz ×"])
    box = page.locator("#question textarea")
    expect(box).to_be_focused()
    box.press("Enter")
    expect(page.locator(".answer .toolbar")).to_have_count(2)
    expect(page.locator(".answer").last.locator("a.chip")).to_have_text(["from La Paz ×"])


def test_browsers_on_other_machines_have_conversations_of_their_own(open_page: OpenPage) -> None:
    anna, bela = open_page(client="203.0.113.7"), open_page(client="203.0.113.8")
    ask(anna, "Why did work on the Kelas dam stop?")
    open_drawer(anna)
    expect(anna.locator(".conversation-list a", has_text="Kelas dam stop")).to_be_visible()
    open_drawer(bela)
    expect(bela.locator("#conversations").get_by_text("What you ask is kept here.")).to_be_visible()
    expect(bela.locator(".conversation-list a")).to_have_count(0)
    anna.reload()
    open_drawer(anna)
    anna.locator(".conversation-list a", has_text="Kelas dam stop").click()
    expect(anna.locator(".answer .toolbar")).to_be_visible()
    with anna.expect_download() as download:
        anna.locator(".conversation-export").get_by_role("button", name="Markdown").click()
    assert "Kelas dam" in Path(download.value.path()).read_text(encoding="utf-8")


def test_the_closed_drawer_is_not_reached_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "Why did work on the Kelas dam stop?")
    expect(page.locator(".conversation-list a[aria-current]")).to_have_count(1)
    handle = page.get_by_role("button", name="Conversations")
    expect(handle).to_have_attribute("aria-expanded", "false")
    for _ in range(40):
        page.keyboard.press("Tab")
        assert not page.evaluate("!!document.activeElement.closest('#conversations .sidebar-content')")
    handle.focus()
    page.keyboard.press("Enter")
    expect(handle).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#new")).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.locator("#new")).to_be_focused()
    page.keyboard.press("Escape")
    expect(handle).to_have_attribute("aria-expanded", "false")
    expect(handle).to_be_focused()


@pytest.mark.parametrize(("size", "stays"), [(PHONE, False), (WIDE, True)])
def test_on_a_phone_the_drawer_makes_way_for_the_conversation_that_was_chosen(
    open_page: OpenPage, size: tuple[int, int], stays: bool
) -> None:
    page = open_page(size)
    ask(page, "Why did work on the Kelas dam stop?")
    open_drawer(page)
    page.locator(".conversation-list a").first.click()
    handle = page.get_by_role("button", name="Conversations")
    expect(handle).to_have_attribute("aria-expanded", str(stays).lower())
    expect(page.locator(".answer .toolbar")).to_be_visible()
