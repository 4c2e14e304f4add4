"""Asking in the page: answers, their citations, the reader."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, ask, contrast

QUESTION = "Who supports the Union State and why?"
OpenPage = Callable[..., Page]
Save = Callable[[Page, str], None]


def test_a_citation_opens_its_document_at_the_lit_paragraph(open_page: OpenPage, save: Save) -> None:
    page = open_page()
    save(page, "welcome")
    ask(page, QUESTION)
    mark = page.locator(".sentences a.mark").last
    document, label = mark.inner_text().split(" ¶")
    mark.click()
    reader = page.locator("#reader")
    expect(reader.locator(".reader-id")).to_have_text(document)
    lit = reader.locator(".paragraph.lit")
    expect(lit.locator(".label")).to_have_text(f"¶{label}")
    expect(lit).to_be_in_viewport()
    expect(lit.locator("mark").first).to_be_in_viewport()
    expect(reader.locator(".card dd").first).to_be_visible()
    save(page, "ask light 1400")


def test_the_marked_words_are_those_of_the_sentence(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, "When was the Kelas barrage inaugurated?")
    page.locator(".sentences a.mark").first.click()
    marked = page.locator("#reader .paragraph.lit mark").first
    expect(marked).to_be_visible()
    answered = " ".join(page.locator(".answer .sentences").inner_text().split())
    assert " ".join(marked.inner_text().split())[:60] in answered


def test_resting_on_a_mark_shows_its_paragraph(open_page: OpenPage, save: Save) -> None:
    page = open_page()
    ask(page, QUESTION)
    mark = page.locator(".sentences a.mark").first
    mark.hover()
    peek = page.get_by_role("tooltip")
    expect(peek).to_be_visible()
    expect(peek.locator(".peek-title")).to_have_text(mark.inner_text())
    save(page, "hover")
    page.mouse.move(700, 5)
    expect(peek).to_be_hidden()


def test_everything_is_reached_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.locator(".answer .toolbar")).to_be_visible()
    mark = page.locator(".sentences a.mark").first
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.classList.contains('mark')"):
            break
    else:
        raise AssertionError("no citation is reached with the Tab key")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#reader .paragraph.lit")).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('mark')"), mark


def test_on_a_phone_the_reader_is_a_sheet_over_the_chat(open_page: OpenPage, save: Save) -> None:
    page = open_page(PHONE)
    ask(page, QUESTION)
    save(page, "ask light 390")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    close = page.locator("#reader .reader-close")
    expect(close).to_be_hidden()
    page.locator(".sentences a.mark").first.click()
    lit = page.locator("#reader .paragraph.lit")
    expect(lit).to_be_in_viewport()
    expect(close).to_be_in_viewport()
    page.wait_for_timeout(300)  # the sheet slides in
    save(page, "reader light 390")
    close.click()
    expect(close).to_be_hidden()
    expect(page.locator("#question textarea")).to_be_in_viewport()


def test_dark_is_dark_and_still_readable(open_page: OpenPage, save: Save) -> None:
    page = open_page(dark=True)
    ask(page, QUESTION)
    page.locator(".sentences a.mark").first.click()
    lit = page.locator("#reader .paragraph.lit")
    expect(lit).to_be_visible()
    for selector in ("#reader .paragraph.lit mark", "#reader .card", ".answer .sentences", "a.mark", "a.action"):
        assert contrast(page, selector) >= 4.5, selector
    save(page, "ask dark 1400")
    phone = open_page(PHONE, dark=True)
    ask(phone, QUESTION)
    save(phone, "ask dark 390")


def test_light_colours_have_contrast(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.locator(".sentences a.mark").first.click()
    expect(page.locator("#reader .paragraph.lit")).to_be_visible()
    for selector in ("#reader .paragraph.lit mark", "#reader .card dt", ".answer .sentences", "a.mark", "a.action"):
        assert contrast(page, selector) >= 4.5, selector


def test_a_question_on_another_topic_is_refused_with_the_nearest_paragraphs(open_page: OpenPage, save: Save) -> None:
    page = open_page()
    ask(page, "How do I bake sourdough bread in a Dutch oven?")
    expect(page.locator(".answer .refusal")).to_have_text("The documents don't say.")
    expect(page.locator(".answer .nearest a.mark").first).to_be_visible()
    save(page, "refusal")


def test_a_question_shows_as_it_was_typed(open_page: OpenPage) -> None:
    page = open_page()
    typed = "Is *this* <b>bold</b> or `code` with $x^2$ and {{value}} ${1+1}?"
    ask(page, typed)
    expect(page.locator(".question")).to_have_text(typed)


def test_an_example_question_is_answered_with_a_press(open_page: OpenPage) -> None:
    page = open_page()
    page.locator("#chat .example, #chat [class*=example]").locator("visible=true").last.click()
    expect(page.locator(".answer .toolbar")).to_be_visible()


def test_clear_chat_empties_chat_and_reader(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.locator("#clear").click()
    expect(page.locator(".answer")).to_have_count(0)
    expect(page.locator("#reader .paragraph")).to_have_count(0)
    expect(page.locator(".welcome")).to_be_visible()


def test_copy_takes_the_answer_with_its_references(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    mark = page.locator(".sentences a.mark").first.inner_text()
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert f"\\[{mark}\\]" in copied
    assert "References:" in copied


def test_the_detail_view_names_candidates_and_time(open_page: OpenPage, save: Save) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.locator(".answer summary").click()
    detail = page.locator(".answer .detail")
    expect(detail.get_by_role("heading", name="Candidates")).to_be_visible()
    expect(detail.get_by_text("ms").first).to_be_visible()
    save(page, "detail")


def test_the_detail_view_says_what_each_limit_is_and_what_was_reached(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    page.locator(".answer summary").click()
    limits = page.locator(".answer .detail li")
    expect(limits.filter(has_text="here reached")).to_have_count(5)
    expect(limits.first).to_contain_text("A paragraph is on the question's topic from")


def test_the_tabs_stay_in_reach_beside_the_open_document_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    for name in ("Ask", "Library", "Evaluate", "Settings"):
        expect(page.get_by_role("tab", name=name)).to_be_in_viewport()
    ask(page, QUESTION)
    page.locator(".sentences a.mark").first.click()
    expect(page.locator("#reader .paragraph.lit")).to_be_in_viewport()
    page.get_by_role("tab", name="Library").click()
    expect(page.locator("#documents tbody tr").first).to_be_visible()
    page.mouse.wheel(0, 600)
    page.wait_for_function("document.scrollingElement.scrollTop > 0 || window.scrollY > 0")
    page.get_by_role("tab", name="Ask").click()
    expect(page.locator(".answer .sentences")).to_be_in_viewport()


def test_every_button_has_a_name(open_page: OpenPage) -> None:
    page = open_page()
    ask(page, QUESTION)
    nameless = """
      [...document.querySelectorAll('button, [role=button], input, textarea')]
        .filter((each) => each.checkVisibility({ visibilityProperty: true }))
        .filter((each) => !(each.ariaLabel || each.innerText?.trim() || each.title || each.labels?.[0]?.innerText))
        .map((each) => each.outerHTML.slice(0, 200))
    """
    for name in ("Ask", "Library", "Evaluate", "Settings"):
        page.get_by_role("tab", name=name).click()
        expect(page.get_by_role("tab", name=name)).to_have_attribute("aria-selected", "true")
        page.wait_for_timeout(500)
        assert page.evaluate(nameless) == [], name


def test_a_mark_stands_on_the_line_of_the_word_before_it(open_page: OpenPage) -> None:
    page = open_page(PHONE)
    ask(page, QUESTION)
    for mark in page.locator(".sentences a.mark").all():
        left = mark.evaluate(
            "each => each.getBoundingClientRect().left - each.closest('p').getBoundingClientRect().left"
        )
        assert left > 20
