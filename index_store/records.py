"""Headers, paragraphs and repairs as rows of the catalog, and back."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from index_store.documents import Document, Header, Paragraph, Repair

PARAGRAPH_COLUMNS = "label, printed, ordinal, start, end, heading, portion_mark, text, pieces"


def header_json(header: Header) -> str:
    """A header as JSON, its date in ISO 8601."""
    fields = asdict(header)
    fields["date"] = utc(header.date)
    return json.dumps(fields, ensure_ascii=False)


def header_of(text: str) -> Header:
    """The header that `header_json` wrote."""
    fields: dict[str, Any] = json.loads(text)
    fields["date"] = datetime.fromisoformat(fields["date"]) if fields["date"] else None
    for name, value in fields.items():
        fields[name] = tuple(value) if isinstance(value, list) else value
    return Header(**fields)


def utc(date: datetime | None) -> str | None:
    """A date as text that sorts by time: ISO 8601, in UTC, to the second."""
    return date.astimezone(UTC).isoformat(timespec="seconds") if date else None


def paragraph_row(paragraph: Paragraph) -> tuple[Any, ...]:
    """The values of PARAGRAPH_COLUMNS."""
    p = paragraph
    pieces = json.dumps(p.pieces) if p.pieces else None
    return (p.label, p.printed, p.ordinal, p.start, p.end, p.heading, p.portion_mark, p.text, pieces)


def paragraph_of(row: Sequence[Any]) -> Paragraph:
    """The paragraph of a row of PARAGRAPH_COLUMNS."""
    label, printed, ordinal, start, end, heading, portion_mark, text, stored = row
    pieces = tuple((first, last) for first, last in json.loads(stored)) if stored else ()
    return Paragraph(label, printed, ordinal, start, end, heading, portion_mark, text, pieces)


def digest(text: str) -> bytes:
    """Equal for texts that differ only in white space, case and punctuation: finds the same paragraph elsewhere."""
    kept = "".join(sign for sign in text.casefold() if sign.isalnum())
    return hashlib.blake2b(kept.encode(), digest_size=12).digest()


def packed(text: str) -> bytes:
    """A source text as it is stored; surrogates that a decoder let through survive."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(stored: bytes) -> str:
    """The text that `packed` stored."""
    return zlib.decompress(stored).decode("utf-8", "surrogatepass")


def repairs_json(document: Document) -> str | None:
    """A document's repairs, or None where there are none."""
    return json.dumps([asdict(repair) for repair in document.repairs], ensure_ascii=False) if document.repairs else None


def repairs_of(text: str | None) -> tuple[Repair, ...]:
    """The repairs that `repairs_json` wrote."""
    return tuple(Repair(**fields) for fields in json.loads(text)) if text else ()
