"""A text and the facts its file gives become a Document."""

from __future__ import annotations

from dataclasses import fields, replace

from index_store.documents import Document, Header
from index_store.formats.source import SourceText


def to_document(source: SourceText, kind: str | None = None) -> Document:
    """Parse the text; `kind` overrides what the format says and the parser would find."""
    from index_store.parsing import parse

    document = parse(source.text, source.stem, kind=kind or source.kind, document_id=source.document_id)
    header, notices = merge_headers(document.header, source.header)
    return replace(document, header=header, notices=(*source.notices, *document.notices, *notices))


def merge_headers(text: Header, file: Header | None) -> tuple[Header, tuple[str, ...]]:
    """The file's facts over those found in the text, and a notice where two dates or levels disagree.

    The file's win: a field that holds one fact needs no guessing, while a text may be garbled or
    quote another document's header. What the file doesn't give is taken from the text.
    """
    if file is None:
        return text, ()
    given = {field.name: value for field in fields(file) if (value := getattr(file, field.name))}
    notices = tuple(
        f"the file says {word} {given[name]}, the text {getattr(text, name)}: the file's is kept"
        for name, word in (("date", "date"), ("classification", "classification"))
        if name in given and getattr(text, name) and getattr(text, name) != given[name]
    )
    return replace(text, **given), notices
