"""HTML for what documents and people wrote: always text, never markup.

Gradio's chat renders Markdown and then cleans the HTML. Everything that comes out of a document, a
question or a language model goes through `escape`, which leaves nothing that Markdown or HTML could
take for markup; each message is one block element on one line, which Markdown passes through as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

_MARKUP = re.compile(r"[^\w .,;?¶]|_")


def escape(text: str) -> str:
    """Write text so that it shows as it is, in HTML and in HTML within Markdown: signs as `&#n;`, on one line."""
    return _MARKUP.sub(lambda sign: f"&#{ord(sign.group())};", text)


def tag(name: str, *content: str, css: str = "", **attributes: str) -> str:
    """One element around content that is HTML already; attribute values are escaped."""
    given = {"class": css, **attributes} if css else attributes
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"' for key, value in given.items())
    return f"<{name}{written}>{''.join(content)}</{name}>"


def address(*parts: object) -> str:
    """A link within the page that page.js takes as an order: `#cite/08MOSCOW436/6%232`."""
    return "#" + "/".join(quote(str(part), safe="") for part in parts)


def action(label: str, *parts: object, css: str = "action", title: str | None = None) -> str:
    """A link that acts as a button: pressing it sends `parts` to the page's Python side."""
    more = {"title": title} if title else {}
    return tag("a", escape(label), css=css, href=address("do", *parts), role="button", **more)


def with_spans(text: str, spans: Iterable[tuple[int, int]], element: str) -> str:
    """Escape text with the spans (start, end; overlapping ones are joined) set in an element."""
    pieces: list[str] = []
    at = 0
    for start, end in _joined(spans, len(text)):
        pieces += [escape(text[at:start]), tag(element, escape(text[start:end]))]
        at = end
    return "".join([*pieces, escape(text[at:])])


def find_quote(quote_: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands in a text, white space aside; None where it doesn't."""
    words = quote_.split()
    if not words:
        return None
    found = re.search(r"\s+".join(re.escape(word) for word in words), text)
    return found.span() if found else None


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A small table of cells that are HTML already."""
    head = "".join(tag("th", escape(heading), scope="col") for heading in headings)
    body = "".join(tag("tr", *(tag("td", cell) for cell in row)) for row in rows)
    return tag("div", tag("table", tag("thead", tag("tr", head)), tag("tbody", body)), css="table")


def _joined(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(length, end)) for start, end in spans):
        if start >= end:
            continue
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
