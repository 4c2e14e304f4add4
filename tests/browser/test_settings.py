"""A language model set in the page: its answer streams, what nothing supports is struck through."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.assistant.scripted_server import Script, scripted_server
from tests.browser.conftest import PHONE, ask, contrast, open_tab

SENTENCES = (
    "Father Innokentiy Drozd wants a union state because half of his baptisms already join a family from here with "
    "one from there.",
    " The schoolteacher Alesya Marchuk is against it: Russian schools would swallow hers.",
    " Father Drozd was paid 250 million rubles by the customs service in 1994.",
)
QUESTION = "What do the priest and the schoolteacher think of a union state?"
OpenPage = Callable[..., Page]


@pytest.fixture
def page_with_model(open_page: OpenPage) -> Iterator[tuple[Page, Script]]:
    """A page whose answers a scripted server writes; afterwards answers are quoted again."""
    script = Script(pieces=SENTENCES, pause=1.0)
    page = open_page()
    with scripted_server(script) as url:
        open_tab(page, "Settings")
        page.locator("#model-url").locator("input, textarea").fill(url)
        page.locator("#model-name").locator("input, textarea").fill("scripted")
        page.locator("#model-key input").fill("secret-key")
        page.locator("#model-on").click()
        expect(page.locator("#model-state")).to_contain_text("Answers are written by the model scripted")
        open_tab(page, "Ask")
        yield page, script
        open_tab(page, "Settings")
        page.locator("#model-off").click()
        expect(page.locator("#model-state")).to_contain_text("Answers are quoted.")


def test_an_answer_is_written_sentence_by_sentence_and_checked(
    page_with_model: tuple[Page, Script], save: Callable[[Page, str], None]
) -> None:
    page, script = page_with_model
    box = page.locator("#question textarea")
    box.fill(QUESTION)
    box.press("Enter")
    first = page.get_by_text("Father Innokentiy Drozd wants a union state")
    expect(first).to_be_visible()
    assert page.locator(".answer .toolbar").count() == 0, "the first sentence shows before the answer is whole"
    expect(page.locator(".answer .toolbar")).to_be_visible()
    expect(page.locator(".answer s")).to_contain_text("250 million rubles")
    expect(page.locator(".answer .reason")).to_contain_text("not supported")
    page.locator(".sentences a.mark").first.click()
    expect(page.locator("#reader .paragraph.lit")).to_contain_text("Innokentiy")
    assert script.headers[-1]["Authorization"] == "Bearer secret-key"
    save(page, "language model")


def test_stop_withdraws_the_unfinished_answer_and_gives_the_question_back(
    page_with_model: tuple[Page, Script],
) -> None:
    page, _ = page_with_model
    box = page.locator("#question textarea")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.get_by_text("Father Innokentiy Drozd wants a union state")).to_be_visible()
    page.get_by_role("button", name="Stop", exact=True).locator("visible=true").click()
    expect(page.locator(".answer")).to_have_count(0)
    expect(box).to_have_value(QUESTION)
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    page.wait_for_timeout(2500)  # the server would have written the rest by now
    expect(page.locator(".answer")).to_have_count(0)
    box.press("Enter")
    expect(page.locator(".answer .toolbar")).to_have_count(1)


def test_an_address_where_nothing_listens_gives_the_quoted_answer_and_a_notice(
    page_with_model: tuple[Page, Script],
) -> None:
    page, _ = page_with_model
    open_tab(page, "Settings")
    page.locator("#model-url").locator("input, textarea").fill("http://127.0.0.1:9/v1")
    page.locator("#model-on").click()
    expect(page.locator("#model-state")).to_contain_text("http://127.0.0.1:9/v1")
    expect(page.locator("#model-state")).to_contain_text("Nothing answers there at the moment")
    open_tab(page, "Ask")
    ask(page, QUESTION)
    expect(page.locator(".answer .notice")).to_contain_text("quotes the documents instead")
    expect(page.locator(".sentences a.mark").first).to_be_visible()


def test_another_machine_cannot_set_the_language_model(open_page: OpenPage) -> None:
    page = open_page(client="203.0.113.7")
    open_tab(page, "Settings")
    page.locator("#model-url").locator("input, textarea").fill("http://203.0.113.7/v1")
    page.locator("#model-on").click()
    expect(page.locator("#model-state")).to_contain_text("only on the machine that runs Pilcrow")
    expect(page.locator("#model-state")).to_contain_text("Answers are quoted.")


@pytest.mark.parametrize("dark", [False, True])
def test_settings_and_evaluate_fit_a_phone_and_can_be_read(
    open_page: OpenPage, save: Callable[[Page, str], None], dark: bool
) -> None:
    page = open_page(PHONE, dark=dark)
    for name in ("Evaluate", "Settings"):
        open_tab(page, name)
        expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        save(page, f"{name} {'dark' if dark else 'light'} 390")
    for selector in ("[role=tab].selected", "#model-state", "#model-on", "#model-off", "#model-url span"):
        assert contrast(page, selector) >= 4.5, selector


def test_a_server_that_fails_gives_the_quoted_answer_and_a_notice(page_with_model: tuple[Page, Script]) -> None:
    page, script = page_with_model
    script.status = 500
    ask(page, QUESTION)
    expect(page.locator(".answer .notice")).to_contain_text("quotes the documents instead")
    expect(page.locator(".sentences a.mark").first).to_be_visible()


def test_an_address_that_is_none_is_refused(open_page: OpenPage) -> None:
    page = open_page()
    open_tab(page, "Settings")
    page.locator("#model-url").locator("input, textarea").fill("file:///etc/passwd")
    page.locator("#model-on").click()
    expect(page.locator("#model-state")).to_contain_text("must begin with http")
    expect(page.locator("#model-state")).to_contain_text("Answers are quoted.")
