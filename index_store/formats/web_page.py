"""Saved web pages: the cable in its `<pre>` blocks, or the page's paragraphs without its navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from index_store.documents import Header
from index_store.formats.blocks import one_line
from index_store.formats.facts import read_header
from index_store.formats.plain import DOCUMENT_BYTES, clean, decode
from index_store.formats.refusal import Refusal
from index_store.formats.source import Input, Item, SourceText, read_whole
from index_store.formats.web_text import Element, page_text, pre_text

NEVER_SHOWN = frozenset(
    {"script", "style", "noscript", "template", "head", "form", "button", "select", "iframe", "object", "svg", "canvas",
     "video", "audio", "dialog"}
)  # fmt: skip
FURNITURE = frozenset({"nav", "footer", "aside", "menu"})
FURNITURE_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar"})
FURNITURE_NAMES = re.compile(
    r"^(?:(?:site|page|main|top|side|left|right)?[-_]?(?:nav|navbar|navigation|menu|sidebar|breadcrumbs?|footer|toolbar)"
    r"|share|sharing|social|cookies?|cookie-.*|skip-?link)$"
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
CABLE_SIGNS = re.compile(
    r"(?im)^[ \t]*(?:SUBJ(?:ECT)?\s*:|TAGS?\b[: ]|E\.?O\.? ?1\d{4}|FM [A-Z]{2}|VZCZC|¶ ?\d+|\d{1,2}\. ?\([A-Z/]{1,6}\))"
)
MRN = re.compile(r"(?<![A-Za-z0-9])\d{2}[A-Z]{3,}\d+(?![A-Za-z0-9])")
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
# Written as characters or as references to them, lxml would refuse to move them about.
NOT_IN_XML = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:1?[0-8bBcCeEfF]|1[9aAdD]));"
)
FACT_NAMES = {
    "reference id": "id", "canonical id": "id", "created": "date", "date": "date", "classification": "classification",
    "original classification": "classification", "origin": "post", "from": "post",
}  # fmt: skip


def read_web_page(source: Input) -> Iterator[Item]:
    """One document a page."""
    text, notices = _characters(read_whole(source, DOCUMENT_BYTES))
    page = _parse(text)
    title = one_line(page.findtext(".//title") or "")
    facts = _table_facts(page)
    _strip(page)
    written = _cable_text(page)
    if written is not None:
        named = MRN.findall(title)
        given = facts.pop("id", "")
        header, _ = read_header(facts)
        yield SourceText(
            source.origin,
            clean(written),
            source.stem,
            document_id=given if MRN.fullmatch(given) else named[0] if len(set(named)) == 1 else None,
            header=header if header != Header() else None,
            notices=notices,
        )
        return
    builder = page_text(_main_part(page))
    if not builder.parts:
        raise Refusal("a page without text: it may be filled in by scripts; save it from the browser as text")
    yield SourceText(
        source.origin,
        clean(builder.text),
        source.stem,
        kind="prose" if builder.prose else None,
        title=_heading(page) or title or None,
        notices=notices,
        asides=tuple(builder.asides),
    )


def _characters(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The page decoded as it declares, if that fits it, else as a text file is."""
    declared = DECLARED.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        # What browsers do: pages that say Latin-1 are Windows-1252.
        name = "cp1252" if name in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii") else name
        try:
            return data.decode(name), ()
        except (LookupError, ValueError):
            pass
    return decode(data)


def _parse(text: str) -> Element:
    from lxml import etree, html  # only for this format

    # As bytes: lxml refuses a str that begins with an XML declaration of an encoding.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(NOT_IN_XML.sub("\ufffd", text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise Refusal("a page without text: nothing to read") from None


def _strip(page: Element) -> None:
    """Take out what is no part of the page's own text; what follows an element stays."""
    for element in list(page.iter()):
        if element.getparent() is not None and isinstance(element.tag, str) and _is_furniture(element):
            element.drop_tree()


def _is_furniture(element: Element) -> bool:
    tag = element.tag
    if tag in ("body", "html"):
        return False
    if tag in NEVER_SHOWN or tag in FURNITURE:
        return True
    if tag == "header" and element.getparent().tag == "body":
        return True
    if element.get("role", "") in FURNITURE_ROLES or element.get("hidden") is not None:
        return True
    if HIDDEN_STYLE.search(element.get("style", "")):
        return True
    names = (element.get("class", "") + " " + element.get("id", "")).lower().split()
    if any(FURNITURE_NAMES.match(name) for name in names) and element.find(".//pre") is None:
        return True
    return tag in ("ul", "ol") and _is_link_list(element)


def _is_link_list(element: Element) -> bool:
    links = [one_line(link.text_content()) for link in element.iter("a")]
    return len(links) >= 3 and sum(map(len, links)) >= 0.9 * len(one_line(element.text_content()))


def _cable_text(page: Element) -> str | None:
    """The `<pre>` blocks one below the other, if a cable stands in them: from the first sign of it to the last."""
    texts = [pre_text(element) for element in page.iter("pre")]
    signs = [number for number, text in enumerate(texts) if CABLE_SIGNS.search(text)]
    if signs:
        return "\n\n".join(text.strip("\r\n") for text in texts[signs[0] : signs[-1] + 1])
    whole = len(one_line(_main_part(page).text_content()))
    inside = sum(len(one_line(text)) for text in texts)
    return "\n\n".join(text.strip("\r\n") for text in texts) if inside and 2 * inside >= whole else None


def _table_facts(page: Element) -> dict[str, Any]:
    """What a table beside the cable says of it: a row of names above a row of values, or names beside values."""
    facts: dict[str, Any] = {}
    for table in page.iter("table"):
        rows = [[one_line(cell.text_content()) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
        for row, below in pairwise(rows):
            names = [FACT_NAMES.get(name.lower().rstrip(":")) for name in row]
            named = {name: place for place, name in enumerate(names) if name}
            if len(named) >= 2 and len(below) == len(row):
                facts = {**{name: below[place] for name, place in named.items()}, **facts}
    return facts


def _main_part(page: Element) -> Element:
    for name in ("main", "article"):
        found = list(page.iter(name))
        if len(found) == 1:
            return found[0]
    body = page.find(".//body")
    return page if body is None else body


def _heading(page: Element) -> str | None:
    return next((text for text in (one_line(heading.text_content()) for heading in page.iter("h1")) if text), None)
