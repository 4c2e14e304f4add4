"""The table of documents as HTML."""

from __future__ import annotations

import re

from assistant.ui.document_list import count_html, list_html, sorted_by
from index_store.catalog import DocumentSummary
from index_store.listing import Listed, ListWanted


def line(number: int, subject: str = "Nets") -> DocumentSummary:
    return DocumentSummary(f"D{number}", "cable", None, None, None, (), subject, 3, 0, False)


def part(first: int, lines: int, count: int) -> Listed:
    return Listed(tuple(line(first + n) for n in range(lines)), count, 3 * count, count)


def turns(html: str) -> dict[str, str]:
    links = re.findall(r'href="([^"]*turn[^"]*)"[^>]*>(\w+)<', html)
    return {name: link.replace("&#35;", "#").replace("&#47;", "/") for link, name in links}


def test_a_short_list_has_no_pages() -> None:
    assert turns(list_html(part(0, 3, 3), ListWanted(limit=3))) == {}


def test_the_pages_before_and_after_are_offered() -> None:
    middle = list_html(part(3, 3, 8), ListWanted(first=3, limit=3))
    assert turns(middle) == {
        "First": "#do/turn/0",
        "Previous": "#do/turn/0",
        "Next": "#do/turn/6",
        "Last": "#do/turn/6",
    }
    assert "4 to 6 of 8" in middle


def test_the_last_page_of_a_list_that_fills_it_is_not_empty() -> None:
    assert turns(list_html(part(0, 3, 6), ListWanted(limit=3)))["Last"] == "#do/turn/3"


def test_pressing_a_heading_again_turns_the_order_round() -> None:
    once = sorted_by(ListWanted(first=200), "date")
    assert (once.order, once.descending, once.first) == ("date", False, 0)
    assert sorted_by(once, "date").descending
    assert sorted_by(once, "nonsense") == once


def test_an_empty_library_says_what_to_do() -> None:
    assert "add documents" in list_html(Listed((), 0, 0, 0), ListWanted())
    assert "fits" in list_html(Listed((), 0, 0, 5), ListWanted("xyz"))


def test_what_a_document_says_is_text() -> None:
    listed = Listed((line(1, "<img src=x>"),), 1, 3, 1)
    assert "<img" not in list_html(listed, ListWanted())


def test_one_is_not_many() -> None:
    assert "1 document," in count_html(Listed((line(1),), 1, 1, 1))
    assert "1 of 20 documents, 3 paragraphs" in count_html(Listed((line(1),), 1, 3, 20))
