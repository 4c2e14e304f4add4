"""Texts without numbered paragraphs: split at blank lines, labelled by ordinal."""

from __future__ import annotations

import re

from index_store.documents import Paragraph
from index_store.parsing.lines import flowing_text, trimmed

NOTICE = "no numbered paragraph: split at blank lines, labelled by ordinal"
_BLANK_LINES = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)\s*")


def prose_paragraphs(source: str, start: int = 0) -> tuple[Paragraph, ...]:
    """The paragraphs of `source` from offset `start` on; nothing but rules and blanks is none."""
    paragraphs: list[Paragraph] = []
    for first, last in _blocks(source, start):
        if not any(character.isalnum() for character in source[first:last]):
            continue
        ordinal = len(paragraphs) + 1
        pieces = ((first, last),)
        text = flowing_text(source, pieces)
        paragraphs.append(Paragraph(str(ordinal), None, ordinal, first, last, None, None, text, pieces))
    return tuple(paragraphs)


def _blocks(source: str, start: int) -> list[tuple[int, int]]:
    blocks = []
    position = start
    for gap in [*((match.start(), match.end()) for match in _BLANK_LINES.finditer(source, start)), (len(source),) * 2]:
        first, last = trimmed(source, position, gap[0])
        if first < last:
            blocks.append((first, last))
        position = gap[1]
    return blocks
