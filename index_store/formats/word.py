"""Word documents (.docx): paragraphs, tables and the numbers that Word itself counts."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, TypeAlias

from index_store.formats.blocks import TextBuilder, one_line
from index_store.formats.plain import DOCUMENT_BYTES, clean
from index_store.formats.refusal import Refusal
from index_store.formats.source import Input, Item, SourceText, read_whole
from index_store.formats.word_numbers import Numbering
from index_store.parsing import looks_like_a_cable

Element: TypeAlias = Any  # python-docx gives lxml's elements, which have no types of their own

LARGEST_UNPACKED = 512 * 2**20
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOT_SHOWN = frozenset(W + name for name in ("del", "moveFrom", "drawing", "pict", "pPr", "rPr", "object"))
TRANSPARENT = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "customXml", "smartTag"))
OTHER_DRAWING = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
SET_ASIDE_STYLES = ("title", "subtitle", "heading", "toc", "header", "footer")


def read_word(source: Input) -> Iterator[Item]:
    """One document a file; header and footer lines, footnotes, comments and deleted text are left out."""
    data = read_whole(source, DOCUMENT_BYTES)
    document = _open(data)
    blocks = list(_blocks(document))
    # The lines of a pasted cable are paragraphs to Word; its blank ones say where a paragraph ends.
    pasted = "\n".join(text for text, _ in blocks)
    if looks_like_a_cable(pasted):
        yield SourceText(source.origin, clean(pasted), source.stem)
        return
    builder = TextBuilder()
    for text, aside in blocks:
        builder.add(text, heading=aside)
    if not builder.parts:
        raise Refusal("a Word document without text: if it holds pictures of pages, run text recognition (OCR) on them")
    title = one_line(document.core_properties.title or "") or _title(document)
    yield SourceText(
        source.origin,
        clean(builder.text),
        source.stem,
        title=title,
        asides=tuple(builder.asides),
    )


def _open(data: bytes) -> Any:
    from docx import Document  # only for this format
    from docx.opc.exceptions import PackageNotFoundError

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if sum(member.file_size for member in package.infolist()) > LARGEST_UNPACKED:
                raise Refusal("unpacks to far more than its size: not read")
        return Document(BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            raise Refusal("encrypted or of Word's old format: save it as .docx without a password") from error
        raise Refusal("no Word document (.docx), or damaged: open it in Word and save it again") from error


def _blocks(document: Any) -> Iterator[tuple[str, bool]]:
    """Paragraphs, blank ones too, and rows of tables, each with whether its style makes it a heading."""
    numbering = Numbering.of(document)
    body = document.element.body
    pending: list[Element] = list(reversed(body))
    while pending:
        element = pending.pop()
        if element.tag == f"{W}p":
            text = _text(element)
            style = _style(document, element)
            number = numbering.next(element) if text.strip() else ""
            aside = style.startswith(SET_ASIDE_STYLES) and not number
            yield f"{number} {text}" if number else text, aside
        elif element.tag == f"{W}tbl":
            for row in element.iter(f"{W}tr"):
                cells = (one_line(" ".join(_text(p) for p in cell.iter(f"{W}p"))) for cell in row.iter(f"{W}tc"))
                yield " ".join(filter(None, cells)), False
        elif element.tag in TRANSPARENT:
            pending.extend(reversed(element))


def _text(paragraph: Element) -> str:
    """What is shown: insertions kept, deletions not; a picture's own text is left out."""
    pieces: list[str] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if element.tag == f"{W}t":
            pieces.append(element.text or "")
        elif element.tag == f"{W}tab":
            pieces.append("\t")
        elif element.tag in (f"{W}br", f"{W}cr"):
            pieces.append("\n")
        elif element.tag == f"{W}noBreakHyphen":
            pieces.append("-")
        elif element.tag not in NOT_SHOWN and element.tag != OTHER_DRAWING:
            pending.extend(reversed(element))
    return "".join(pieces)


def _style(document: Any, paragraph: Element) -> str:
    name = paragraph.style
    if name is None:
        return ""
    try:
        return str(document.styles.element.get_by_id(name).name_val or name).lower()
    except AttributeError:
        return str(name).lower()


def _title(document: Any) -> str | None:
    for paragraph in document.paragraphs[:20]:
        if paragraph.style is not None and (paragraph.style.name or "").lower() == "title":
            return one_line(paragraph.text) or None
    return None
