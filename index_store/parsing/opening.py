"""Text that stands above a document's first number and is said nowhere else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from index_store.documents import Paragraph
from index_store.parsing.headlines import label_of
from index_store.parsing.lines import Line, ends_sentence, flowing_text
from index_store.parsing.numbering import labels

OPENING = "paragraphs above the first number are labelled 0"
MUCH = 2000
"""So many characters of prose are more than the remarks that may stand above a cable's first paragraph."""
_LONG = 80
"""A shorter block is a heading or a remark, no prose; if it is one line, it is the heading of what follows."""


def opening_paragraphs(
    source: str, lines: Sequence[Line], first: int, end: int, heads: Collection[int]
) -> tuple[Paragraph, ...]:
    """The blocks between two lines (`end` exclusive) as paragraphs without a number; none if they say little.

    Blocks with the label of a header line, such as references, are left out.
    """
    blocks = [block for block in _blocks(lines, first, end, heads) if not label_of(block[0].text)]
    spans = [
        (block[0].start + _indent(block[0].text), block[-1].start + len(block[-1].text.rstrip())) for block in blocks
    ]
    prose = sum(past - at for (at, past), block in zip(spans, blocks, strict=True) if _is_prose(past - at, block))
    if prose <= MUCH:
        return ()
    paragraphs: list[Paragraph] = []
    heading = None
    for place, (span, block) in enumerate(zip(spans, blocks, strict=True), 1):
        text = flowing_text(source, (span,))
        if _is_heading(block) and place < len(blocks):
            heading = text
        else:
            paragraphs.append(Paragraph("0", None, 0, *span, heading, None, text, (span,)))
    return tuple(paragraphs)


def put_above(opening: Sequence[Paragraph], paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """A document's paragraphs with those above its first number, labelled `0`, `0#2` ...: they print none."""
    named = [replace(p, label=label) for p, label in zip(opening, labels(["0"] * len(opening)), strict=True)]
    return tuple(replace(p, ordinal=place) for place, p in enumerate((*named, *paragraphs), 1))


def _blocks(lines: Sequence[Line], first: int, end: int, heads: Collection[int]) -> list[list[Line]]:
    """Lines that stand together, parted by blank lines, rules and page heads."""
    blocks: list[list[Line]] = [[]]
    for index in range(first, end):
        if lines[index].blank or lines[index].ruled or index in heads:
            blocks.append([])
        else:
            blocks[-1].append(lines[index])
    return [block for block in blocks if block]


def _is_prose(length: int, block: Sequence[Line]) -> bool:
    return length > _LONG and ends_sentence(block[-1].text)


def _is_heading(block: Sequence[Line]) -> bool:
    return len(block) == 1 and len(block[0].text.strip()) <= _LONG and not ends_sentence(block[0].text)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
