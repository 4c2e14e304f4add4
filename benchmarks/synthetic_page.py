"""A made-up cable as it is set: lines with the places of its paragraphs, then the edition's rule."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from benchmarks.synthetic_words import Words


@dataclass
class Truth:
    """What is true of a cable: offsets of its paragraphs and the header facts."""

    starts: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """What each paragraph says, without white space."""
    post: str | None = None
    date: datetime | None = None
    classification: str | None = None
    tags: tuple[str, ...] = ()
    subject: str | None = None


@dataclass
class PageLine:
    """One line of a cable."""

    text: str
    column: int | None = None
    """Where in the line a true paragraph starts; None where none does."""
    edited: bool = True
    """Whether the edition's rule is applied to it."""


@dataclass(frozen=True)
class Style:
    """How one cable is written throughout."""

    width: int
    gaps: bool
    marks: tuple[str, ...]
    unmarked: float
    headings: str
    page_heads: bool
    capitals: bool
    edition: bool
    space: str
    trailing: str


@dataclass
class Page:
    """A cable in the making. `roughness` multiplies how often each quirk comes."""

    words: Words
    style: Style
    place: str
    number: int
    roughness: float
    truth: Truth = field(default_factory=Truth)
    quirks: list[str] = field(default_factory=list)
    lines: list[PageLine] = field(default_factory=list)

    def quirk(self, name: str, share: float) -> bool:
        """Whether the cable is to have this quirk here; noted."""
        has = self.words.chance(min(0.5, share * self.roughness))
        if has:
            self.quirks.append(name)
        return has

    def add(self, *texts: str, edited: bool = True) -> None:
        """Add lines in which no paragraph starts."""
        self.lines += [PageLine(text, None, edited) for text in texts]

    def repeat_all(self) -> None:
        """Print everything so far once more."""
        self.lines += [PageLine(""), *(PageLine(line.text) for line in self.lines)]

    def text(self) -> str:
        """The lines as one text, the edition's rule applied; notes where the paragraphs start."""
        out: list[str] = []
        offset = 0
        for line in self.lines:
            text = line.text
            if self.style.edition and line.edited and re.match(r"\s*(?:\d+|[A-Z])\. ", text):
                stripped = text.lstrip()
                text = text[: len(text) - len(stripped)] + "¶" + stripped
            if line.column is not None:
                shift = len(text) - len(line.text) if line.column else 0
                self.truth.starts.append(offset + line.column + shift)
            out.append(text + self.style.trailing)
            offset += len(out[-1]) + 1
        return "\n".join(out)
