"""A text as lines that know where they stand, and what single lines of a typed document look like."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_DASHES = re.compile(r"[\s\-=_*~.‐‑‒–—―]+\Z")
_BULLET = re.compile(
    r"(?:[-‐–—]{1,3}|[*•·●o>])\s+\S|[-‐–—]{1,3}[^\W\d_]|\(?[a-zA-Z\d]{1,2}\)\s"
    r"|\(?(?:[a-zA-Z]|\d{1,2}|(?i:i[iv]|v?iii?|vi|ix|xii?))\.\s"  # not `it.` or `UN.`, the end of a wrapped sentence
)
_SENTENCE_END = re.compile(r"""[.!?:;][)\]"'”’»*]*\Z|[)\]"”]\Z""")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its line break; `start` is its offset in the source text."""

    number: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Offset behind the last character."""
        return self.start + len(self.text)

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it."""
        return not self.text or self.text.isspace()

    @property
    def ruled(self) -> bool:
        """Whether it is a rule: dashes or the like, and nothing else. One dash or dot may stand for a blank line."""
        return not self.blank and _DASHES.match(self.text) is not None

    @property
    def bulleted(self) -> bool:
        """Whether it begins a point of a list: `-- text`, `- text`, `a. text`, `1) text`."""
        return _BULLET.match(self.text.lstrip()) is not None


def split_lines(text: str) -> list[Line]:
    """All lines of a text, numbered from 1; the breaks are \\n, \\r\\n and \\r."""
    found = enumerate(_LINE.finditer(text), 1)
    lines = [Line(number, match.start(), match.group(1)) for number, match in found]
    if lines and lines[-1].start == len(text):
        lines.pop()  # what is behind the last break is no line
    return lines


def line_at(lines: Sequence[Line], offset: int) -> int:
    """The index of the line in which an offset lies."""
    return max(0, bisect_right(lines, offset, key=lambda line: line.start) - 1)


def ends_sentence(text: str) -> bool:
    """Whether a line can be the end of a sentence, of a list's introduction or of a bracket."""
    return _SENTENCE_END.search(text.rstrip()[-8:]) is not None


def typical_width(lines: Iterable[Line]) -> int:
    """The column at which the text is wrapped: the 9th decile of the lengths of its lines, 40 to 80."""
    lengths = sorted(min(len(line.text.rstrip()), 80) for line in lines if len(line.text) > 30)
    return max(40, lengths[len(lengths) * 9 // 10]) if lengths else 65


def trimmed(source: str, start: int, end: int) -> tuple[int, int]:
    """A span without the white space at its ends; empty at `end` if there is nothing else."""
    while start < end and source[start].isspace():
        start += 1
    while start < end and source[end - 1].isspace():
        end -= 1
    return start, end


def flowing_text(source: str, pieces: Sequence[tuple[int, int]]) -> str:
    """Pieces of a source text as paragraphs of prose.

    Wrapped lines are joined by one blank, bulleted lines stay on their own, blank lines are kept as
    one. What stands behind a removed page head goes on in the line before it. Apart from white space
    the result is the pieces' text.
    """
    out: list[str] = []
    for start, end in pieces:
        after_blank, fresh = False, True
        for line in split_lines(source[start:end]):
            words = " ".join(line.text.split())
            if words and out:
                out.append("\n\n" if after_blank else "\n" if line.bulleted else " ")
            if words:
                out.append(words)
                fresh = False
            after_blank = not words and not fresh
    return "".join(out)
