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

Element: TypeAlias = Any  # python-docx gives lxml's elements, which have no types of their own

LARGEST_UNPACKED = 512 * 2**20
NOT_SHOWN = ("w:del", "w:moveFrom", "w:drawing", "w:pict", "w:pPr", "w:rPr", "mc:AlternateContent")
SET_ASIDE_STYLES = ("title", "subtitle", "heading", "toc", "header", "footer")


def read_word(source: Input) -> Iterator[Item]:
    """One document a file; header and footer lines, footnotes, comments and deleted text are left out."""
    data = read_whole(source, DOCUMENT_BYTES)
    document = _open(data)
    builder = TextBuilder()
    _render(document, builder)
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


def _render(document: Any, builder: TextBuilder) -> None:
    from docx.oxml.ns import qn

    numbering = Numbering.of(document)
    body = document.element.body
    pending: list[Element] = list(reversed(body))
    while pending:
        element = pending.pop()
        if element.tag == qn("w:p"):
            text = _text(element)
            style = _style(document, element)
            number = numbering.next(element) if text.strip() else ""
            aside = style.startswith(SET_ASIDE_STYLES) and not number
            builder.add(f"{number} {text}" if number else text, heading=aside)
        elif element.tag == qn("w:tbl"):
            for row in element.iter(qn("w:tr")):
                cells = (one_line(" ".join(_text(p) for p in cell.iter(qn("w:p")))) for cell in row.iter(qn("w:tc")))
                builder.add(" ".join(filter(None, cells)))
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml"), qn("w:smartTag")):
            pending.extend(reversed(element))


def _text(paragraph: Element) -> str:
    """What is shown: insertions kept, deletions not; a picture's own text is left out."""
    from docx.oxml.ns import qn

    pieces: list[str] = []
    pending = list(reversed(paragraph))
    while pending:
        element = pending.pop()
        if element.tag == qn("w:t"):
            pieces.append(element.text or "")
        elif element.tag == qn("w:tab"):
            pieces.append("\t")
        elif element.tag in (qn("w:br"), qn("w:cr")):
            pieces.append("\n")
        elif element.tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        elif element.tag not in {qn(name) for name in NOT_SHOWN}:
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
