"""What people and documents wrote shows as text."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.markup import address, escape, find_quote, with_spans


@given(st.text())
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    # html.unescape maps a few control characters elsewhere, as browsers do.
    printable = "".join(sign for sign in text if sign.isprintable() or sign == "\n")
    assert html.unescape(escape(printable)) == printable


@given(st.text())
def test_escaped_text_holds_no_sign_of_markup(text: str) -> None:
    bare = escape(text).replace("&#", "").replace("&", "!")
    assert not set(escape(text)) & set("<>\"'*_`[]()~$\\{}|\n\r@:/")
    assert "!" not in bare


@given(st.text(), st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60))))
def test_spans_add_elements_and_nothing_else(text: str, spans: list[tuple[int, int]]) -> None:
    marked = with_spans(text, spans, "b")
    assert marked.replace("<b>", "").replace("</b>", "") == escape(text)
    assert marked.count("<b>") == marked.count("</b>")


def test_a_quote_is_found_across_other_white_space() -> None:
    text = "The ship\n\ncut the   nets."
    found = find_quote("ship cut the nets", text)
    assert found is not None
    assert text[slice(*found)] == "ship\n\ncut the   nets"


def test_a_quote_that_is_not_there_is_not_found() -> None:
    assert find_quote("another ship", "The ship cut the nets.") is None
    assert find_quote("  ", "The ship cut the nets.") is None


def test_an_address_keeps_its_parts_apart() -> None:
    assert address("cite", "a/b", "6#2", 0) == "#cite/a%2Fb/6%232/0"
