"""Documents, paragraphs and headers: plain data that imports nothing of the project.

The words are those of the glossary in docs/design.md. All offsets are counted in
characters (Unicode code points) of the source text as decoded, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

PILCROW = "¶"


class ParagraphRef(NamedTuple):
    """Names one paragraph: what a citation points to."""

    document: str
    label: str

    def __str__(self) -> str:
        return f"{self.document} {PILCROW}{self.label}"


@dataclass(frozen=True, slots=True)
class Header:
    """What stands above the first paragraph of a cable; None or () where nothing was found."""

    post: str | None = None
    """The origin post in plain words: 'Embassy Moscow', 'Consulate Hamburg'; 'Moscow' if only the place is known."""
    date: datetime | None = None
    """The date-time group, aware, in UTC."""
    classification: str | None = None
    """The level alone: 'CONFIDENTIAL', 'SECRET', 'UNCLASSIFIED'."""
    caveats: tuple[str, ...] = ()
    """'NOFORN', 'SENSITIVE' ... in the order printed, each once."""
    tags: tuple[str, ...] = ()
    subject: str | None = None
    references: tuple[str, ...] = ()
    """Each without its letter: 'STATE 1234'."""
    classified_by: str | None = None
    signature: str | None = None
    mrn: str | None = None
    """The message reference number worked out from the text: '08MOSCOW436'."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: what is cited."""

    label: str
    """What is cited, unique in its document: '5', and '6#2' for the second that is printed with number 6."""
    printed: str | None
    """The number as the text shows it ('15'); None where no number is printed."""
    ordinal: int
    """1 for the document's first paragraph."""
    start: int
    """Where the paragraph begins in the source text: at its number sign."""
    end: int
    heading: str | None
    """The section title above it."""
    portion_mark: str | None
    """'C', 'S/NF', 'U' ...; None where none is printed."""
    text: str
    """What the paragraph says, without number sign, portion mark and page heads; wrapped lines joined by
    one blank, blank lines kept as one. Apart from white space and removed page heads it is the source's text."""
    pieces: tuple[tuple[int, int], ...] = ()
    """The spans of the source that `text` is made of, in order; more than one only around a page head."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A number that was read otherwise than printed, or a sign that starts no paragraph."""

    line: int
    """1 for the first line of the source text."""
    printed: str
    label: str | None
    """What it was healed to; None where the sign was folded back into the paragraph around it."""
    why: str
    """One plain clause: 'lost pilcrow read as 1', 'a wrapped year, no paragraph starts here'."""


@dataclass(frozen=True, slots=True)
class Document:
    """A numbered document with its whole source text."""

    id: str
    kind: str
    """'cable', 'numbered' or 'prose'."""
    header: Header
    paragraphs: tuple[Paragraph, ...]
    source: str = field(repr=False)
    repairs: tuple[Repair, ...] = ()
    notices: tuple[str, ...] = ()
    """What the reader of a report should know: 'no numbered paragraph: split at blank lines'."""

    @property
    def title(self) -> str:
        """The subject, or the document id where there is none."""
        return self.header.subject or self.id
