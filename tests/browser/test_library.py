"""The Library tab: files in, the table, documents out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, ask, open_tab

OpenPage = Callable[..., Page]
Save = Callable[[Page, str], None]

CABLE = """\
FM AMEMBASSY {place}
TO SECSTATE WASHDC

C O N F I D E N T I A L {place} 000777

SIPDIS

E.O. 12958: DECL: 03/01/2019
TAGS: PREL, PGOV
SUBJECT: {subject}

{paragraphs}

TESTER
"""
DAMAGED = CABLE.format(
    place="TIRASPOL",
    subject="THE LIGHTHOUSE KEEPER OF ISLA PERDIDA",
    paragraphs="\n\n".join(
        [
            "¶1. (C) Summary. The lighthouse of Isla Perdida has a new keeper. End summary.",
            "¶2. (C) The keeper, Baltasar Quispe, keeps eleven goats and paints the tower in green every spring.",
            "¶3. (C) He told Poloff that ships have ignored the light since 1987.",
            "14. (C) The harbor master wants the lighthouse sold to a hotel.",
            "15. (C) Comment. The goats will not be sold.",
        ]
    ),
)
HOSTILE_TEXT = (
    'The walrus treaty says <script>window.pwned = 1</script><img src=x onerror="window.pwned = 2"> '
    "that **walruses** of [Svalbard](javascript:alert(1)) get `forty` herrings, $x^2$ {{value}} ${1+1} a day."
)
HOSTILE = CABLE.format(
    place="SVALBARD",
    subject="WALRUS <img src=x onerror=window.pwned=3> TREATY",
    paragraphs=f"¶1. (C) {HOSTILE_TEXT}\n\n¶2. (C) Nothing else was said about the walrus treaty.",
)


def upload(page: Page, *files: Path) -> None:
    """Drop files into the Library tab and wait for the report."""
    open_tab(page, "Library")
    add = page.locator("#add")
    if not page.locator("#files").is_visible():
        add.get_by_role("button", name="Add documents").click()
    page.locator("#files input[type=file]").set_input_files(files)
    expect(page.locator("#report details[open]")).to_be_visible()


def choose(page: Page, document: str) -> None:
    """Press the document's line in the table."""
    page.locator("#filter").locator("input, textarea").fill(document)
    expect(page.locator("#count")).to_contain_text("1 of ")
    page.locator("#documents tbody tr", has_text=document).click()
    expect(page.locator("#library-reader .reader-id")).to_have_text(document)


def test_an_uploaded_cable_is_reported_and_can_be_asked_about(open_page: OpenPage, save: Save, tmp_path: Path) -> None:
    good, bad = tmp_path / "09TIRASPOL777.txt", tmp_path / "picture.txt"
    good.write_text(DAMAGED, encoding="utf-8")
    bad.write_bytes(bytes(range(256)) * 20)
    page = open_page()
    upload(page, good, bad)
    report = page.locator("#report")
    expect(report).to_contain_text("1 added, 1 not readable")
    expect(report).to_contain_text("printed 14, read as 4")
    expect(report).to_contain_text("printed 15, read as 5")
    expect(report).to_contain_text("picture.txt")
    save(page, "upload report")
    open_tab(page, "Ask")
    ask(page, "What does Baltasar Quispe paint green?")
    mark = page.locator(".sentences a.mark", has_text="09TIRASPOL777 ¶2").first
    mark.click()
    expect(page.locator("#reader .paragraph.lit")).to_contain_text("eleven goats")
    expect(page.locator("#reader .repair").first).to_contain_text("printed 14, read as 4")


def test_a_hostile_cable_shows_as_text_and_runs_nothing(open_page: OpenPage, save: Save, tmp_path: Path) -> None:
    file = tmp_path / "09SVALBARD778.txt"
    file.write_text(HOSTILE, encoding="utf-8")
    page = open_page()
    upload(page, file)
    choose(page, "09SVALBARD778")
    expect(page.locator("#library-reader")).to_contain_text(HOSTILE_TEXT)
    expect(page.locator("#documents")).to_contain_text("WALRUS <img src=x onerror=window.pwned=3> TREATY")
    open_tab(page, "Ask")
    ask(page, "How many herrings does the walrus treaty give?")
    expect(page.locator(".answer .sentences")).to_contain_text("**walruses** of [Svalbard](javascript:alert(1))")
    page.locator(".sentences a.mark", has_text="09SVALBARD778").first.click()
    expect(page.locator("#reader .paragraph.lit")).to_contain_text(HOSTILE_TEXT)
    page.mouse.move(5, 5)
    page.locator(".sentences a.mark", has_text="09SVALBARD778").first.hover()
    expect(page.locator("#peek .peek-text")).to_contain_text("<script>window.pwned = 1</script>")
    save(page, "hostile")
    assert page.evaluate("window.pwned") is None
    assert page.locator("#reader script, #reader img, .answer script, .answer img, #documents img").count() == 0


def test_the_table_is_filtered_and_sorted(open_page: OpenPage, save: Save) -> None:
    page = open_page()
    open_tab(page, "Library")
    ids = page.locator("#documents td.of-id")
    expect(ids.first).to_be_visible()
    save(page, "library light 1400")
    words = page.locator("#filter").locator("input, textarea")
    words.fill("oslo")
    expect(ids).to_have_text(["96SAMPLEOSLO2240"])
    words.fill("manila")
    expect(ids).to_have_text(["01SAMPLEMANILA1462", "98SAMPLEMANILA7715"])
    heading = page.get_by_role("columnheader", name="Date")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(ids).to_have_text(["98SAMPLEMANILA7715", "01SAMPLEMANILA1462"])
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(ids).to_have_text(["01SAMPLEMANILA1462", "98SAMPLEMANILA7715"])
    words.fill("no such document")
    expect(page.locator("#documents")).to_contain_text("No document fits.")


def test_only_documents_with_repairs_are_listed_on_request(open_page: OpenPage) -> None:
    page = open_page()
    open_tab(page, "Library")
    expect(page.locator("#documents tbody tr").first).to_be_visible()
    page.get_by_label("With repairs only").check()
    expect(page.locator("#count")).to_contain_text(" of ")
    repairs = page.locator("#documents td.of-repairs").all_inner_texts()
    assert all(int(count) > 0 for count in repairs), repairs
    assert "08SAMPLEMOSCOW436" in page.locator("#documents").inner_text()


def test_a_document_is_opened_from_the_list_by_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    open_tab(page, "Library")
    page.locator("#documents td.of-id a", has_text="96SAMPLEOSLO2240").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#library-reader .reader-id")).to_have_text("96SAMPLEOSLO2240")
    expect(page.locator("#documents tr[aria-current]")).to_contain_text("96SAMPLEOSLO2240")


def test_a_document_is_removed_only_after_a_second_press(open_page: OpenPage, tmp_path: Path) -> None:
    file = tmp_path / "09NOWHERE779.txt"
    file.write_text(DAMAGED.replace("TIRASPOL", "NOWHERE"), encoding="utf-8")
    page = open_page()
    upload(page, file)
    choose(page, "09NOWHERE779")
    page.locator("#remove").click()
    page.get_by_role("button", name="Keep it").locator("visible=true").click()
    expect(page.locator("#remove-it")).to_be_hidden()
    page.locator("#remove").click()
    page.locator("#remove-it").click()
    expect(page.locator("#library-reader")).to_contain_text("09NOWHERE779 is no longer in the library.")
    expect(page.locator("#count")).to_contain_text("0 of ")


@pytest.mark.parametrize("width", [820, 1100, 1400, 1920])
def test_no_column_of_the_table_is_cut_off(open_page: OpenPage, width: int) -> None:
    page = open_page((width, 900))
    open_tab(page, "Library")
    expect(page.locator("#documents tbody tr").first).to_be_visible()
    beyond = """() => {
      const edge = document.querySelector('.library-pane').getBoundingClientRect().right;
      const cells = [...document.querySelectorAll('#documents td, #documents th')];
      return cells.filter((cell) => cell.getBoundingClientRect().right > edge + 1).map((cell) => cell.textContent);
    }"""
    assert page.evaluate(beyond) == []


def test_the_library_fits_a_phone(open_page: OpenPage, save: Save) -> None:
    page = open_page(PHONE)
    open_tab(page, "Library")
    expect(page.locator("#documents tbody tr").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    save(page, "library light 390")
