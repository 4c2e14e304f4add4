"""The text of a cable -> a Document: header, paragraphs with their headings, repairs."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index_store.documents import Document, Header, Paragraph, Repair
from index_store.parsing.folded import why_folded
from index_store.parsing.header import find_header
from index_store.parsing.headlines import head_lines, split_pages, split_sections
from index_store.parsing.layout import Between, find_signature, heading_above, is_aside, is_signature
from index_store.parsing.lines import Line, flowing_text, line_at, split_lines, trimmed
from index_store.parsing.numbering import Start, align, labels
from index_store.parsing.opening import OPENING, opening_paragraphs, put_above
from index_store.parsing.signs import Sign, find_signs

_FALSE_LETTER = re.compile(r"^[ \t]*(¶\s?[A-Z]\.)", re.MULTILINE)
_LEVEL_OF_MARK = {
    "TS": "TOP SECRET",
    "S": "SECRET",
    "C": "CONFIDENTIAL",
    "SBU": "UNCLASSIFIED",
    "U": "UNCLASSIFIED",
}
_BEHIND_THE_SIGNATURE = "the text behind the signature belongs to no paragraph"
TAKEN_FROM_MARKS = "no classification line: taken from the highest portion mark"


@dataclass(frozen=True, slots=True)
class CableRead:
    """What was read of a cable, before it has an id."""

    header: Header
    paragraphs: tuple[Paragraph, ...]
    repairs: tuple[Repair, ...]
    notices: tuple[str, ...]
    body_start: int
    """Offset behind subject, TAGS and executive order; for a cable in which no paragraph is numbered."""


def read_cable(source: str, name: str = "") -> CableRead:
    """Read header and paragraphs of a cable; `name` is the file's stem, for what the text leaves open."""
    lines = split_pages(split_lines(source))
    found = find_header(lines, name)
    lines = split_sections(lines, re.sub(r"[^A-Z]", "", found.header.mrn or ""))
    heads = head_lines(lines, line_at(lines, found.body_start) + 1, found.header.subject) if lines else set()
    signs = find_signs(source, lines, found.body_start, heads)
    starts = align(signs).starts
    floor = line_at(lines, found.body_start)
    paragraphs, signature = _paragraphs(source, lines, starts, heads, floor)
    header, notices = _complete(replace(found.header, signature=signature), paragraphs)
    if signature and _says_more(lines, paragraphs[-1].end, signature, heads):
        notices += (_BEHIND_THE_SIGNATURE,)
    repairs = _repairs(source, lines, signs, starts, paragraphs, heads)
    opening = _opening(source, lines, starts, heads, floor)
    if opening:
        paragraphs, notices = put_above(opening, paragraphs), (*notices, OPENING)
    return CableRead(header, paragraphs, repairs, notices, found.body_start)


def _says_more(lines: Sequence[Line], end: int, signature: str, heads: Collection[int]) -> bool:
    """Whether words stand behind the last paragraph that are not the signature, the mark of the end or a page head."""
    behind = range(line_at(lines, end) + 1, len(lines))
    rest = " ".join(lines[index].text for index in behind if index not in heads and not is_aside(lines[index].text))
    return len(re.findall(r"[A-Za-z]{2,}", rest)) > len(signature.split()) + 3


def _paragraphs(
    source: str, lines: Sequence[Line], starts: Sequence[Start], heads: Collection[int], floor: int
) -> tuple[tuple[Paragraph, ...], str | None]:
    paragraphs: list[Paragraph] = []
    signer = _signer_above_an_annex(lines, starts)
    signature = None
    heading = None
    ends, headings = [], []
    for index, start in enumerate(starts):
        sign = start.sign
        above = floor + 1 if index == 0 else starts[index - 1].sign.line + 1
        between = _between(source, lines, sign, above, heads)
        headings.append(between.heading if between and between.heading != signer else None)
        if index:
            ends.append(lines[between.first_line].start if between else sign.start)
    if starts:
        last, signature = find_signature(lines, starts[-1].sign.line, heads)
        ends.append(lines[last - 1].end if last else len(source))
    for index, (start, label) in enumerate(zip(starts, labels([start.number for start in starts]), strict=True)):
        sign = start.sign
        heading = headings[index] or heading
        end = max(_trimmed_end(source, lines, sign.start, ends[index], heads), min(sign.text_start, ends[index]))
        pieces = _pieces(source, lines, min(sign.text_start, end), end, heads, sign.doubled)
        paragraphs.append(
            Paragraph(
                label=label,
                printed=_printed(start),
                ordinal=index + 1,
                start=sign.start,
                end=end,
                heading=heading,
                portion_mark=sign.mark,
                text=flowing_text(source, pieces),
                pieces=pieces,
            )
        )
    return tuple(paragraphs), signature or signer


def _between(source: str, lines: Sequence[Line], sign: Sign, above: int, heads: Collection[int]) -> Between | None:
    """What stands above a sign, from line `above` on; None for a sign in mid-line."""
    alone = not source[max(lines[sign.line].start, sign.start - 80) : sign.start].strip()
    return heading_above(lines, min(above, sign.line), sign.line, heads) if alone else None


def _opening(
    source: str, lines: Sequence[Line], starts: Sequence[Start], heads: Collection[int], floor: int
) -> tuple[Paragraph, ...]:
    """The paragraphs between header and first number, where more is said there than remarks about the cable."""
    if not starts:
        return ()
    between = _between(source, lines, starts[0].sign, floor + 1, heads)
    end = between.first_line if between else starts[0].sign.line
    return opening_paragraphs(source, lines, floor + 1, end, heads)


def _signer_above_an_annex(lines: Sequence[Line], starts: Sequence[Start]) -> str | None:
    """The signer whose name stands above a text with numbers of its own; None where no such text follows."""
    for before, start in pairwise(starts):
        if start.number == 1:
            for index in range(before.sign.line + 1, start.sign.line):
                if is_signature(lines, index):
                    return " ".join(lines[index].text.split())
    return None


def _printed(start: Start) -> str | None:
    if start.sign.printed is None:
        return None
    return str(start.number) if start.number in start.sign.numbers else start.sign.printed


def _trimmed_end(source: str, lines: Sequence[Line], start: int, end: int, heads: Collection[int]) -> int:
    """Where the last word before `end` ends that is in no page head."""
    index = line_at(lines, max(start, end - 1))
    while lines[index].start > start and (index in heads or lines[index].blank or lines[index].start >= end):
        index -= 1
        end = min(end, lines[index].end)
    return start + len(source[start:end].rstrip())


def _pieces(
    source: str, lines: Sequence[Line], start: int, end: int, heads: Collection[int], doubled: tuple[int, int] | None
) -> tuple[tuple[int, int], ...]:
    """The spans between `start` and `end` that are neither page heads nor a line printed twice."""
    holes = [doubled] if doubled else []
    index = line_at(lines, start)
    while index < len(lines) and lines[index].start < end:
        if index in heads:
            holes.append((lines[index].start, lines[index].end))
        index += 1
    pieces = []
    for hole_start, hole_end in sorted(holes):
        if start < hole_start:
            pieces.append((start, hole_start))
        start = max(start, hole_end)
    pieces.append((start, end))
    return tuple(piece for piece in (trimmed(source, *piece) for piece in pieces) if piece[0] < piece[1])


def _complete(header: Header, paragraphs: Sequence[Paragraph]) -> tuple[Header, tuple[str, ...]]:
    """Fill a classification that is printed nowhere from the highest portion mark, and say so."""
    if header.classification or not paragraphs:
        return header, ()
    levels = {re.split(r"[^A-Z]", paragraph.portion_mark)[0] for paragraph in paragraphs if paragraph.portion_mark}
    for mark, level in _LEVEL_OF_MARK.items():
        if mark in levels:
            return replace(header, classification=level), (TAKEN_FROM_MARKS,)
    return header, ()


def _repairs(
    source: str,
    lines: Sequence[Line],
    signs: Sequence[Sign],
    starts: Sequence[Start],
    paragraphs: Sequence[Paragraph],
    heads: Collection[int],
) -> tuple[Repair, ...]:
    repairs = []
    chosen = {start.sign.start for start in starts}
    for start, paragraph in zip(starts, paragraphs, strict=True):
        if start.why:
            repairs.append(Repair(lines[start.sign.line].number, start.sign.shown, paragraph.label, start.why))
        if start.sign.doubled:
            line = line_at(lines, start.sign.doubled[0])
            repairs.append(Repair(lines[line].number, start.sign.shown, paragraph.label, "printed twice"))
    first = paragraphs[0].start if paragraphs else len(source)
    for sign in signs:
        if sign.start > first and sign.start not in chosen and sign.signed:
            repairs.append(Repair(lines[sign.line].number, sign.shown, None, why_folded(sign, lines, heads)))
    for match in _FALSE_LETTER.finditer(source, first):
        line = line_at(lines, match.start(1))
        repairs.append(Repair(lines[line].number, match.group(1), None, "a capital letter, no paragraph starts here"))
    return tuple(sorted(repairs, key=lambda repair: repair.line))


def cable_document(source: str, read: CableRead, id: str) -> Document:
    """Put what was read under an id."""
    return Document(id, "cable", read.header, read.paragraphs, source, read.repairs, read.notices)
