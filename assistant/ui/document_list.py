"""The table of documents in the Library tab: a page of it at a time, sorted by the library itself."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from assistant.ui.markup import action, address, escape, tag
from index_store.listing import Listed, ListWanted, Order
from index_store.store import DocumentSummary

LINES = 100
HEADINGS: dict[Order, str] = {
    "id": "Document",
    "date": "Date",
    "post": "Post",
    "classification": "Classification",
    "subject": "Subject",
    "paragraphs": "¶",
    "repairs": "Repairs",
}
_SPOKEN: dict[Order, str] = {"paragraphs": "number of paragraphs"}


def sorted_by(wanted: ListWanted, order: str) -> ListWanted:
    """The list sorted by this column, from its beginning; by the same one again, the other way round."""
    known = next((each for each in get_args(Order) if each == order), None)
    if known is None:
        return wanted
    return replace(wanted, order=known, descending=known == wanted.order and not wanted.descending, first=0)


def list_html(listed: Listed, wanted: ListWanted, chosen: str = "") -> str:
    """The table with its headings to sort by and the links to the pages before and after; `chosen` is lit up."""
    if not listed.documents:
        said = "No document fits." if listed.total else "The library is empty: add documents above."
        return tag("p", said, css="reader-empty")
    head = tag("thead", tag("tr", *(_heading(order, wanted) for order in HEADINGS)))
    body = tag("tbody", *(_line(each, each.id == chosen) for each in listed.documents))
    return tag("table", head, body, css="documents") + _pages(listed, wanted)


def count_html(listed: Listed) -> str:
    """How many documents there are, and how many of them the filter leaves."""
    all_of = f"{listed.count:,} of {listed.total:,}" if listed.count < listed.total else f"{listed.total:,}"
    documents = "document" if listed.total == 1 else "documents"
    paragraphs = "paragraph" if listed.paragraphs == 1 else "paragraphs"
    return tag("p", escape(f"{all_of} {documents}, {listed.paragraphs:,} {paragraphs}"), css="quiet")


def _heading(order: Order, wanted: ListWanted) -> str:
    now = {}
    if order == wanted.order:
        now = {"aria_sort": "descending" if wanted.descending else "ascending"}
    name = _SPOKEN.get(order, HEADINGS[order].lower())
    link = action(HEADINGS[order], "sort", order, css="sort", title=f"Sort by {name}")
    return tag("th", link, scope="col", **now)


def _line(summary: DocumentSummary, chosen: bool) -> str:
    now = {"aria_current": "true"} if chosen else {}
    link = tag("a", escape(summary.id), href=address("do", "read", summary.id), role="button")
    cells = {
        "id": link,
        "date": escape((summary.date or "")[:10]),
        "post": escape(summary.post or ""),
        "classification": escape((summary.classification or "").capitalize()),
        "subject": escape(summary.subject or ""),
        "paragraphs": str(summary.paragraphs),
        "repairs": str(summary.repairs or ""),
    }
    return tag("tr", *(tag("td", cell, css=f"of-{name}") for name, cell in cells.items()), **now)


def _pages(listed: Listed, wanted: ListWanted) -> str:
    if listed.count <= wanted.limit:
        return ""
    first, last = wanted.first, wanted.first + len(listed.documents)
    parts = [tag("span", escape(f"{first + 1:,} to {last:,} of {listed.count:,}"))]
    if first:
        parts = [
            action("First", "turn", 0),
            action("Previous", "turn", max(0, first - wanted.limit)),
            *parts,
        ]
    if last < listed.count:
        end = (listed.count - 1) // wanted.limit * wanted.limit
        parts += [action("Next", "turn", last), action("Last", "turn", end)]
    return tag("nav", *parts, css="pages", aria_label="Pages of the list")
