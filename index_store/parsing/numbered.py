"""Numbered documents that are no cables: judgments, resolutions, treaties, laws, numbered Markdown.

A document numbers its paragraphs in one style. Each style's places are aligned with a rising sequence
(see `numbering`), and the style whose alignment explains most of the document is taken; numbers in other
styles, such as the points `(1)`, `(2)` inside paragraph 12, then stay inside their paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index_store.documents import Paragraph, Repair
from index_store.parsing.layout import heading_above
from index_store.parsing.lines import Line, ends_sentence, flowing_text, line_at, split_lines
from index_store.parsing.numbering import Start, align, labels
from index_store.parsing.signs import LARGEST_NUMBER, Sign

_NUMBER = r"(?P<number>\d{1,4})(?P<suffix>[a-z]?)"
_LEAD = r"[ \t>]*(?:#{1,6}[ \t]+|\*{1,2}|__)?"
_TAIL = r"(?:\*{1,2}|__)?"
STYLES = {
    "[12]": re.compile(rf"{_LEAD}(?P<sign>\[{_NUMBER}\]){_TAIL}(?=[ \t\r\n])"),
    "¶ 12": re.compile(rf"{_LEAD}(?P<sign>¶[ \t]?{_NUMBER}\.?){_TAIL}(?=[ \t\r\n])"),
    "§ 12": re.compile(rf"{_LEAD}(?P<sign>§[ \t]?{_NUMBER}\.?){_TAIL}(?=[ \t\r\n:])"),
    "Article 12": re.compile(
        rf"{_LEAD}(?P<sign>(?i:Article|Art\.|Artikel|Section|Rule|Regulation|Paragraph)[ \t]+{_NUMBER})"
        rf"[.:)]?{_TAIL}(?=[ \t\r\n.:–—-])"
    ),
    "12.": re.compile(rf"{_LEAD}(?P<sign>{_NUMBER}\\?\.){_TAIL}(?=[ \t\r\n]|[A-Z])"),
    "(12)": re.compile(rf"{_LEAD}(?P<sign>\({_NUMBER}\)){_TAIL}(?=[ \t\r\n])"),
    "12)": re.compile(rf"{_LEAD}(?P<sign>{_NUMBER}\)){_TAIL}(?=[ \t\r\n])"),
    "12": re.compile(rf"{_LEAD}(?P<sign>{_NUMBER})(?:\t|[ ]{{2,}}(?=\S)|[ \t]*(?=[\r\n]))"),
}
_OUTER = 4.0
"""Begins before the numbers in any other style."""
_SHARE_OF_BLOCKS = 0.34
_BEFORE_THE_FIRST = 0.5


UNNUMBERED_ABOVE = "the text above the first numbered paragraph belongs to none"


@dataclass(frozen=True, slots=True)
class NumberedRead:
    """What was read of a numbered document."""

    style: str
    paragraphs: tuple[Paragraph, ...]
    repairs: tuple[Repair, ...]
    title: str | None
    notices: tuple[str, ...]
    plausible: bool
    """Whether the numbers run through the document, rather than through a list somewhere in it."""


def read_numbered(source: str) -> NumberedRead | None:
    """Read the document in the style that fits best; None if no line begins with a number in any style."""
    lines = split_lines(source)
    read = {style: align(_signs(source, lines, pattern)).starts for style, pattern in STYLES.items()}
    read = {style: starts for style, starts in read.items() if starts}
    if not read:
        return None
    earliest = min(starts[0].sign.start for starts in read.values())
    style, starts = max(read.items(), key=lambda item: _worth(item[1], earliest))
    first = line_at(lines, starts[0].sign.start)
    title = title_of(lines[:first])
    return NumberedRead(
        style=style,
        paragraphs=_paragraphs(source, lines, starts, title),
        repairs=tuple(
            Repair(lines[start.sign.line].number, start.sign.shown, label, start.why)
            for start, label in zip(starts, _labels(source, starts), strict=True)
            if start.why
        ),
        title=title,
        notices=(UNNUMBERED_ABOVE,) if _says_much(lines[:first]) else (),
        plausible=_plausible(source, lines, starts),
    )


def _worth(starts: Sequence[Start], earliest: int) -> float:
    """How much of the document a style explains; points inside paragraphs begin later than the paragraphs do."""
    outer = _OUTER if len(starts) > 1 and starts[0].sign.start == earliest else 0.0
    return outer + sum(start.sign.gain for start in starts)


def title_of(lines: Sequence[Line]) -> str | None:
    """The title above a text: a Markdown heading, or a first line that stands alone and is no sentence."""
    for line in lines:
        heading = re.match(r"#{1,3}\s+(\S.*?)\s*#*\s*$", line.text)
        if heading:
            return " ".join(heading.group(1).split())
    texts = [line for line in lines if not line.blank and not line.ruled]
    if not texts or len(texts[0].text) > 150 or ends_sentence(texts[0].text):
        return None
    following = lines[lines.index(texts[0]) + 1 :][:1]
    return " ".join(texts[0].text.split()) if not following or following[0].blank or following[0].ruled else None


def _signs(source: str, lines: Sequence[Line], pattern: re.Pattern[str]) -> list[Sign]:
    """The places of one style, weighed by what stands around them."""
    signs = []
    above, gap = "", True
    for index, line in enumerate(lines):
        match = pattern.match(source, line.start)
        if match and match.end("sign") <= line.end and int(match["number"]) <= LARGEST_NUMBER:
            text_start = match.end()
            while text_start < len(source) and source[text_start].isspace():
                text_start += 1
            gain = 1.0 + (1.5 if gap else 0.0) + (1.0 if not above or ends_sentence(above) else -1.0)
            gain -= 3.0 if source[text_start : text_start + 1].islower() and not gap else 0.0
            printed = match["number"] + match["suffix"]
            numbers = (int(match["number"]),)
            signs.append(
                Sign(match.start("sign"), index, numbers, printed, match["sign"], True, None, text_start, gain)
            )
        if line.blank or line.ruled or line.text.startswith("#"):
            gap = True
        else:
            above, gap = line.text, False
    return signs


def _says_much(lines: Sequence[Line]) -> bool:
    """Whether there is more above the first paragraph than a title and headings."""
    return any(len(line.text) > 60 and ends_sentence(line.text) for line in lines)


def _labels(source: str, starts: Sequence[Start]) -> list[str]:
    shown = [start.sign.printed or "" for start in starts]
    suffixes = [text[len(text.rstrip("abcdefghijklmnopqrstuvwxyz")) :] for text in shown]
    return labels([f"{start.number}{suffix}" for start, suffix in zip(starts, suffixes, strict=True)])


def _paragraphs(
    source: str, lines: Sequence[Line], starts: Sequence[Start], title: str | None
) -> tuple[Paragraph, ...]:
    paragraphs = []
    betweens = []
    for index, start in enumerate(starts):
        floor = 0 if index == 0 else starts[index - 1].sign.line + 1
        betweens.append(heading_above(lines, min(floor, start.sign.line), start.sign.line, ()))
    heading: str | None = None
    for index, (start, label) in enumerate(zip(starts, _labels(source, starts), strict=True)):
        sign = start.sign
        limit = lines[betweens[index + 1].first_line].start if index + 1 < len(starts) else len(source)
        end = max(sign.start + len(source[sign.start : limit].rstrip()), min(sign.text_start, limit))
        end = sign.start + len(source[sign.start : end].rstrip())
        pieces = ((min(sign.text_start, end), end),) if sign.text_start < end else ()
        found = (betweens[index].heading or "").lstrip("# ").strip("*_ ")
        heading = found if found and found != title else heading
        text = flowing_text(source, pieces)
        paragraphs.append(Paragraph(label, sign.printed, index + 1, sign.start, end, heading, None, text, pieces))
    return tuple(paragraphs)


def _plausible(source: str, lines: Sequence[Line], starts: Sequence[Start]) -> bool:
    """Whether enough of the document's blocks begin with a number, and the first does not come too late."""
    blocks = sum(
        not line.blank and (index == 0 or lines[index - 1].blank) and not line.text.startswith("#")
        for index, line in enumerate(lines)
    )
    early = starts[0].sign.start <= _BEFORE_THE_FIRST * len(source)
    enough = len(starts) >= _SHARE_OF_BLOCKS * blocks
    return early and enough and starts[0].number <= 2 and (len(starts) > 1 or starts[0].sign.start < 200)
