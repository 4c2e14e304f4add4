"""Builds the text of a document whose file says what is a paragraph and what is a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

WHITE_SPACE = re.compile(r"\s+")
NUMBERED = re.compile(r"(?:¶\s*)?[\[(]?\d{1,4}(?:[.)\]]|\s{2,})|§\s*\d|Article \d+")


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of the text that is no paragraph: a title, a heading, a date line, a signature."""

    start: int
    end: int
    heading: bool
    """Whether it stands above the paragraphs that follow it as their heading."""


@dataclass(slots=True)
class TextBuilder:
    """Puts blocks one below the other with a blank line between, and remembers which are asides."""

    parts: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    numbered: int = 0
    """Blocks that begin with a number."""
    listed: int = 0
    """Those of them that are points of lists."""
    first_number: str = ""
    """As the first of them prints it: '1.'."""
    plain: int = 0
    """Other blocks that are paragraphs."""
    length: int = 0

    def add(self, text: str, *, heading: bool = False, aside: bool = False, listed: bool = False) -> None:
        """One block; white space other than line breaks is for the caller to settle. Blank ones are dropped.

        `listed`: its number is that of a list's point, which need not be the document's own.
        """
        text = text.strip()
        if not text:
            return
        if self.parts:
            self.length += 2
        if heading or aside:
            self.asides.append(Aside(self.length, self.length + len(text), heading))
        elif found := NUMBERED.match(text):
            self.numbered += 1
            self.listed += listed
            self.first_number = self.first_number or found.group().strip()
        else:
            self.plain += 1
        self.parts.append(text)
        self.length += len(text)

    @property
    def prose(self) -> bool:
        """Whether no number, or only those of some list in it, stands before its blocks."""
        return self.numbered == self.listed and self.numbered <= self.plain

    @property
    def surely_numbered(self) -> bool:
        """Whether most blocks have a number, and the first is where a document begins to count."""
        return self.numbered > self.plain and self.first_number.strip("¶[](). ") in ("1", "2")

    @property
    def text(self) -> str:
        """All blocks."""
        return "\n\n".join(self.parts)


def one_line(text: str) -> str:
    """White space as one blank."""
    return WHITE_SPACE.sub(" ", text).strip()
