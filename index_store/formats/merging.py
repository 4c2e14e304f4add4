"""A text and the facts its file gives become a Document."""

from __future__ import annotations

from dataclasses import fields, replace

from index_store.documents import Document, Header, Paragraph
from index_store.formats.source import SourceText


def to_document(source: SourceText, kind: str | None = None) -> Document:
    """Parse the text; `kind` overrides what the format says and the parser would find."""
    from index_store.parsing import parse  # only here: listing files needs no parser

    document = parse(source.text, source.stem, kind=kind or source.kind, document_id=source.document_id)
    header, notices = merge_headers(document.header, source.header)
    if header.subject is None and source.title:
        header = replace(header, subject=source.title)
    if document.kind == "prose" and source.asides:
        document = replace(document, paragraphs=without_asides(document.paragraphs, source))
    return replace(document, header=header, notices=(*source.notices, *document.notices, *notices))


def merge_headers(text: Header, file: Header | None) -> tuple[Header, tuple[str, ...]]:
    """The file's facts over those found in the text, and a notice where two days or levels disagree.

    The file's win: a field that holds one fact needs no guessing, while a text may be garbled or
    quote another document's header. What the file doesn't give is taken from the text.
    """
    if file is None:
        return text, ()
    given = {field.name: value for field in fields(file) if (value := getattr(file, field.name))}
    notices = []
    if file.date and text.date and file.date.date() != text.date.date():
        notices.append(f"the file says {file.date:%Y-%m-%d}, the text {text.date:%Y-%m-%d}: the file's is kept")
    if file.classification and text.classification and file.classification != text.classification:
        notices.append(f"the file says {file.classification}, the text {text.classification}: the file's is kept")
    return replace(text, **given), tuple(notices)


def without_asides(paragraphs: tuple[Paragraph, ...], source: SourceText) -> tuple[Paragraph, ...]:
    """Prose without its titles, date lines and signatures, and with the headings above its paragraphs.

    If nothing else is there, they are the paragraphs: no text is lost.
    """
    at = {aside.start: aside for aside in source.asides}
    kept: list[Paragraph] = []
    heading: str | None = None
    for paragraph in paragraphs:
        aside = at.get(paragraph.start)
        if aside is not None and paragraph.end <= aside.end:
            if aside.heading:
                heading = " ".join(source.text[aside.start : aside.end].lstrip("# ").split())
                heading = None if heading == source.title else heading
            continue
        ordinal = len(kept) + 1
        label = str(ordinal) if paragraph.printed is None else paragraph.label
        kept.append(replace(paragraph, ordinal=ordinal, label=label, heading=paragraph.heading or heading))
    return tuple(kept) or paragraphs
