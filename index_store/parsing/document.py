"""The door of the parser: any text -> a Document, and its JSON form."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args

from index_store.documents import Document, Header
from index_store.parsing import prose
from index_store.parsing.cable import cable_document, read_cable
from index_store.parsing.lines import split_lines
from index_store.parsing.numbered import read_numbered, title_of

Kind = Literal["cable", "numbered", "prose"]
KINDS: tuple[str, ...] = get_args(Kind)

_MRN = re.compile(r"\d{2}[A-Z]{3,}\d+")
_CABLE_LINES = (
    r"^[ \t]*E\.?[ ]?[Oo]\.?[ ]?1\d{4}\b",
    r"^[ \t]*TAGS?\b|\bTAGS:",
    r"^[ \t]*SUBJ(?:ECT)?\b",
    r"^[ \t]*(?:SIPDIS|Sipdis)\b",
    r"^[ \t]*FM[ ]+(?:AM|US|SEC)[A-Z]",
    r"\b\d{6}Z[ ]+[A-Z]{3}[ ]+\d{2}\b",
    r"^[ \t]*(?:(?i:S E C R E T|E C R E T|C O N F I D E N T I A L|O N F I D E N T I A L|U N C L A S)|UNCLAS)\b",
    r"^[ \t]*(?:CONFIDENTIAL|SECRET|UNCLASSIFIED|LIMITED OFFICIAL USE)\b[^a-z\n]{0,60}\d{4}",
    r"^[ \t]*(?:VZCZC|ZN[YR] [A-Z]{5})",
    r"^[ \t]*¶?[ ]?\d{1,2}\.[ \t]*\((?:C|S|SBU|[CS]//?NF)\)|^[ \t]*¶[ ]?\d{1,2}\.[ \t]*\(U\)",
    r"(?i:\bclassified by)\b[^\n]{0,120}\b1\.[45]\b",
)
_CABLE_PATTERNS = tuple(re.compile(pattern, re.MULTILINE) for pattern in _CABLE_LINES)
_LOOKED_AT = 20_000


def parse(text: str, name: str = "", *, kind: str | None = None, document_id: str | None = None) -> Document:
    """Read a text as a Document.

    `name` is the file's name without its ending. The document id is `document_id`, or the name if it
    looks like a message reference number (`08MOSCOW436`), or the number worked out of the text, or the
    name. `kind` ('cable', 'numbered', 'prose') overrides what the text looks like; ValueError if it is
    none of these. A text in which no paragraph is numbered is split at blank lines, with a notice.
    """
    if kind is not None and kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r}: use one of {', '.join(KINDS)}")
    if kind == "cable" or (kind is None and looks_like_a_cable(text)):
        return _cable(text, name, document_id)
    id = document_id or name or "document"
    read = read_numbered(text) if kind != "prose" else None
    if read and (kind == "numbered" or read.plausible):
        header = Header(subject=read.title)
        return Document(id, "numbered", header, read.paragraphs, text, read.repairs, read.notices)
    header = Header(subject=title_of(split_lines(text[:_LOOKED_AT])))
    paragraphs = prose.prose_paragraphs(text)
    return Document(id, kind or "prose", header, paragraphs, text, (), (prose.NOTICE,) if paragraphs else ())


def looks_like_a_cable(text: str) -> bool:
    """Whether at least two of the lines that only cables have stand near the beginning."""
    head = text[:_LOOKED_AT]
    return sum(pattern.search(head) is not None for pattern in _CABLE_PATTERNS) >= 2


def _cable(text: str, name: str, document_id: str | None) -> Document:
    in_name = name if _MRN.fullmatch(name) else ""
    read = read_cable(text, in_name)
    document = cable_document(text, read, document_id or in_name or read.header.mrn or name or "document")
    if document.paragraphs:
        return document
    paragraphs = prose.prose_paragraphs(text, read.body_start)
    return Document(
        document.id,
        "cable",
        read.header,
        paragraphs,
        text,
        (),
        (*read.notices, prose.NOTICE) if paragraphs else read.notices,
    )


def document_json(document: Document) -> dict[str, Any]:
    """The object that `pilcrow parse --json` and `pilcrow show --json` print; dates in ISO 8601."""
    header = document.header
    return {
        "document": document.id,
        "kind": document.kind,
        "header": {
            "post": header.post,
            "date": header.date.isoformat() if header.date else None,
            "classification": header.classification,
            "caveats": list(header.caveats),
            "tags": list(header.tags),
            "subject": header.subject,
            "references": list(header.references),
            "classified_by": header.classified_by,
            "signature": header.signature,
            "mrn": header.mrn,
        },
        "paragraphs": [
            {
                "label": paragraph.label,
                "printed": paragraph.printed,
                "ordinal": paragraph.ordinal,
                "start": paragraph.start,
                "end": paragraph.end,
                "heading": paragraph.heading,
                "portion_mark": paragraph.portion_mark,
                "text": paragraph.text,
            }
            for paragraph in document.paragraphs
        ],
        "repairs": [
            {"line": repair.line, "printed": repair.printed, "label": repair.label, "why": repair.why}
            for repair in document.repairs
        ],
        "notices": list(document.notices),
    }
