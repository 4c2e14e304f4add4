"""One TEI element as text: a block for each paragraph and point, titles and date lines set aside."""

from __future__ import annotations

import html
from typing import Any, TypeAlias

from index_store.formats.blocks import TextBuilder, one_line

Element: TypeAlias = Any  # lxml has no types of its own

LEFT_OUT = frozenset({"note", "figure", "fw", "pb", "milestone", "index", "del", "teiHeader"})
CONTAINERS = frozenset(
    {"div", "div1", "div2", "div3", "div4", "div5", "body", "text", "floatingText", "group", "front", "back", "opener",
     "closer", "postscript", "quote", "cit", "sp", "lg", "list", "table", "attachment"}
)  # fmt: skip
SET_ASIDE = frozenset({"dateline", "salute", "signed", "byline", "trailer"})
BLOCKS = CONTAINERS | SET_ASIDE | {"p", "ab", "head", "item", "label", "l", "row"}
NUMBERED_LISTS = frozenset({"ordered", "numbered"})
WHEN = ("when", "when-iso", "notBefore", "from")
READ_INSTEAD = {"choice": ("corr", "reg", "abbr")}


class Rendering:
    """The blocks of an element, and the facts met on the way."""

    def __init__(self, element: Element) -> None:
        self.builder = TextBuilder()
        self.title: str | None = None
        self.date: str | None = next((v for k, v in element.items() if k.endswith("doc-dateTime-min")), None)
        self.signature: str | None = None
        self._top = element
        self._label = ""
        self._dated = False
        self._render(element)

    def _render(self, element: Element) -> None:
        """Running text between blocks becomes a block of its own."""
        pieces = [element.text or ""]
        for child in element:
            name = name_of(child)
            if name in BLOCKS:
                self._flush(pieces)
                if not is_document(child):
                    self._block(child, name)
                pieces = []
            else:
                pieces.append(inline(child))
            pieces.append(child.tail or "")
        self._flush(pieces)

    def _flush(self, pieces: list[str], *, heading: bool = False, aside: bool = False) -> str:
        text = one_line("".join(pieces))
        if text:
            self.builder.add(f"{self._label} {text}", heading=heading, aside=aside, listed=bool(self._label))
            self._label = ""
        return text

    def _block(self, element: Element, name: str) -> None:
        if name == "head":
            self._head(element)
        elif name in SET_ASIDE:
            self._set_aside(element, name)
        elif name == "list":
            self._list(element)
        elif name == "row":
            self._flush([" | ".join(filter(None, (one_line(inline(cell)) for cell in element)))])
        else:
            self._render(element)

    def _head(self, element: Element) -> None:
        of_document = element.getparent() is self._top
        title = self._flush([inline(element)], heading=not of_document, aside=of_document)
        if of_document and self.title is None:
            self.title = title or None
        self._note_date(element)

    def _set_aside(self, element: Element, name: str) -> None:
        text = self._flush([inline(element)], aside=True)
        if name == "signed":
            self.signature = self.signature or text or None
        self._note_date(element)

    def _note_date(self, element: Element) -> None:
        if self._dated:
            return
        for date in element.iter():
            when = next(filter(None, (date.get(name) for name in WHEN)), None) if name_of(date) == "date" else None
            if when:
                self.date, self._dated = when, True
                return

    def _list(self, element: Element) -> None:
        """Points with the label that stands before them, or their number in a list that counts."""
        counts = element.get("type") in NUMBERED_LISTS or element.get("rend") in NUMBERED_LISTS
        number = 0
        for child in element:
            name = name_of(child)
            if name == "label":
                self._label = one_line(inline(child))
            elif name == "item":
                number += 1
                self._label = self._label or (f"{child.get('n') or number}." if counts else "")
                self._render(child)
                self._label = ""
            elif name in BLOCKS:
                self._block(child, name)


def inline(element: Element) -> str:
    """The text of an element without notes; line breaks are white space, names are plain."""
    name = name_of(element)
    if not name:
        # A reference to an entity that some DTD elsewhere declares.
        return html.unescape(element.text or "") if isinstance(getattr(element, "name", None), str) else ""
    if name in LEFT_OUT:
        return ""
    if name == "lb":
        return " "
    if name == "gap":
        return " […] "
    if name in READ_INSTEAD:
        readings = {name_of(child): child for child in element}
        chosen = next((wanted for wanted in READ_INSTEAD[name] if wanted in readings), None)
        return inline(readings[chosen]) if chosen else ""
    pieces = [element.text or ""]
    for child in element:
        blank = " " if name_of(child) in BLOCKS else ""
        pieces += [blank, inline(child), blank, child.tail or ""]
    return "".join(pieces)


def name_of(element: Element) -> str:
    """The name without its namespace; '' for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def is_document(element: Element) -> bool:
    """Whether an element is one document of an edition."""
    return name_of(element).startswith("div") and element.get("type") == "document"
