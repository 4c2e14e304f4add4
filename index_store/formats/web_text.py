"""Part of a web page as text: a block for each element that the browser would set apart."""

from __future__ import annotations

from typing import Any, TypeAlias

from index_store.formats.blocks import TextBuilder, one_line

Element: TypeAlias = Any  # lxml has no types of its own

BLOCKS = frozenset(
    {"p", "li", "div", "section", "article", "main", "body", "html", "header", "blockquote", "ul", "ol", "dl", "dt",
     "dd", "table", "thead", "tbody", "tfoot", "tr", "caption", "figure", "figcaption", "address", "center", "fieldset",
     "details", "summary", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"}
)  # fmt: skip
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def page_text(element: Element) -> TextBuilder:
    """All blocks below an element, in order; points of a counting list with their number."""
    writer = _Writer()
    writer.block(element)
    return writer.builder


def pre_text(element: Element) -> str:
    """The text of a `<pre>`, its lines as they stand."""
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    text: str = element.text_content()
    return text.replace("\xa0", " ")


class _Writer:
    """Gathers running text until a block begins or ends."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self._pieces: list[str] = []
        self._number = ""
        self._lists = 0

    def block(self, element: Element) -> None:
        """The element's text and the blocks inside it."""
        self._flush()
        self._flow(element)
        self._flush(heading=element.tag in HEADINGS)

    def _flow(self, element: Element) -> None:
        self._pieces.append((element.text or "").replace("\n", " "))
        number = _first_number(element)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "li" and number:
                self._flush()
                given = child.get("value", "")
                number = int(given) if given.isdecimal() and len(given) < 6 else number
                # Points inside points begin again at 1; brackets tell them apart.
                self._number = f"({number}) " if self._lists else f"{number}. "
                self._lists += 1
                self.block(child)
                self._lists -= 1
                self._number = ""
                number += 1
            elif tag == "tr":
                self._row(child)
            elif tag == "pre":
                self._flush()
                self.builder.add(pre_text(child))
            elif tag in BLOCKS:
                self.block(child)
            elif tag == "br":
                self._pieces.append("\n")
            elif tag:
                self._flow(child)
            self._pieces.append((child.tail or "").replace("\n", " "))

    def _row(self, row: Element) -> None:
        self._flush()
        cells = (one_line(" ".join(cell.itertext())) for cell in row if isinstance(cell.tag, str))
        self.builder.add(" | ".join(filter(None, cells)))

    def _flush(self, *, heading: bool = False) -> None:
        lines = (one_line(line) for line in "".join(self._pieces).split("\n"))
        text = "\n".join(line for line in lines if line)
        self._pieces.clear()
        if text:
            self.builder.add(self._number + text, heading=heading, listed=bool(self._number))
            self._number = ""


def _first_number(element: Element) -> int:
    """Where an ordered list begins to count in figures; 0 for every other element."""
    if element.tag != "ol" or element.get("type", "1") != "1":
        return 0
    start = element.get("start", "1")
    return int(start) if start.isdecimal() and len(start) < 6 else 1
