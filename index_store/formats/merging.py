"""A text and the facts its file gives become a Document."""

from __future__ import annotations

from dataclasses import fields, replace

from index_store.documents import Document, Header, Paragraph
from index_store.formats.source import SourceText
from index_store.parsing import parse
from index_store.parsing.cable import TAKEN_FROM_MARKS
from index_store.parsing.lines import flowing_text
from index_store.parsing.numbered import UNNUMBERED_ABOVE
from index_store.parsing.opening import OPENING, put_above
from index_store.parsing.prose import prose_paragraphs


def to_document(source: SourceText, kind: str | None = None) -> Document:
    """Parse the text; `kind` overrides what the format says and the parser would find."""
    document = parse(source.text, source.stem, kind=kind or source.kind, document_id=source.document_id)
    found, remarks = document.header, document.notices
    if source.header and source.header.classification and TAKEN_FROM_MARKS in remarks:
        # A guess is no second opinion.
        found = replace(found, classification=None)
        remarks = tuple(remark for remark in remarks if remark != TAKEN_FROM_MARKS)
    header, notices = merge_headers(found, source.header)
    if source.title and (header.subject is None or document.kind != "cable"):
        header = replace(header, subject=source.title)
    document = replace(document, header=header, notices=(*source.notices, *remarks, *notices))
    if document.kind == "prose":
        document = replace(document, paragraphs=without_asides(document.paragraphs, source))
    elif document.kind == "numbered":
        document = with_opening(without_closing(document, source), source)
    return document


def merge_headers(text: Header, file: Header | None) -> tuple[Header, tuple[str, ...]]:
    """The file's facts over those found in the text, and a notice where two days or levels disagree.

    The file's win: a field that holds one fact needs no guessing, while a text may be garbled or
    quote another document's header. What the file doesn't give is taken from the text; so is the time of
    a day on which both agree, for saved pages have been seen to garble it.
    """
    if file is None:
        return text, ()
    given = {field.name: value for field in fields(file) if (value := getattr(file, field.name))}
    notices = []
    if file.date and text.date and file.date.date() == text.date.date():
        given["date"] = text.date
    if file.date and text.date and file.date.date() != text.date.date():
        notices.append(f"the file says {file.date:%Y-%m-%d}, the text {text.date:%Y-%m-%d}: the file's is kept")
    if file.classification and text.classification and file.classification != text.classification:
        notices.append(f"the file says {file.classification}, the text {text.classification}: the file's is kept")
    return replace(text, **given), tuple(notices)


def without_asides(paragraphs: tuple[Paragraph, ...], source: SourceText) -> tuple[Paragraph, ...]:
    """Prose without its titles, date lines and signatures, and with the headings above its paragraphs.

    If nothing else is there, they are the paragraphs: no text is lost.
    """
    if not source.asides:
        return paragraphs
    at = {aside.start: aside for aside in source.asides}
    kept: list[Paragraph] = []
    heading: str | None = None
    for paragraph in paragraphs:
        aside = at.get(paragraph.start)
        if aside is not None and paragraph.end <= aside.end:
            if aside.heading:
                heading = " ".join(source.text[aside.start : aside.end].strip("# ").split())
                heading = None if heading == source.title else heading
            continue
        ordinal = len(kept) + 1
        label = str(ordinal) if paragraph.printed is None else paragraph.label
        kept.append(replace(paragraph, ordinal=ordinal, label=label, heading=paragraph.heading or heading))
    return tuple(kept) or paragraphs


def without_closing(document: Document, source: SourceText) -> Document:
    """A numbered document whose last paragraph ends before the signature and what else is set aside below it."""
    if not document.paragraphs:
        return document
    last = document.paragraphs[-1]
    end = last.end
    for aside in reversed(source.asides):
        if last.start < aside.start and aside.end == end:
            end = len(source.text[: aside.start].rstrip())
    if end == last.end:
        return document
    pieces = tuple((first, min(past, end)) for first, past in last.pieces if first < end)
    shorter = replace(last, end=end, pieces=pieces, text=flowing_text(source.text, pieces))
    return replace(document, paragraphs=(*document.paragraphs[:-1], shorter))


def with_opening(document: Document, source: SourceText) -> Document:
    """A numbered document with the paragraphs above its first number, where the file says that they are some.

    They are labelled `0`, `0#2` ...: no number is printed before them.
    """
    if not (source.blocks_are_paragraphs and document.paragraphs):
        return document
    above = prose_paragraphs(source.text[: document.paragraphs[0].start])
    opening = [p for p in without_asides(above, source) if not any(a.start == p.start for a in source.asides)]
    if not opening:
        return document
    notices = (*(notice for notice in document.notices if notice != UNNUMBERED_ABOVE), OPENING)
    return replace(document, paragraphs=put_above(opening, document.paragraphs), notices=notices)
