"""The dump of cables as CSV: eight columns, no header row, read as a stream of any length.

The columns are number, date (`12/28/1966 18:48`), message reference number, origin, classification,
references separated by `|`, header and body. Fields stand in double quotes, go over many lines, and
have a backslash before each double quote and backslash inside; doubled double quotes are understood
too. Rows are told apart by how they begin, so that a row with a quote too few spoils no other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index_store.documents import Header
from index_store.formats.facts import read_date, read_level
from index_store.formats.plain import decode
from index_store.formats.refusal import Refusal
from index_store.formats.source import Input, Item, SourceText, Unreadable

COLUMNS = 8
LARGEST_ROW = 32 * 2**20
GIVE_UP_AFTER = 20
"""Rows without one good cable among them after which the file is taken for another kind of CSV."""
NOT_THE_DUMP = (
    "not the CSV of cables: it needs the 8 columns number, date, id, origin, classification, references, header, body"
)

# No well-formed field holds this: its quotes would be escaped.
CERTAIN_START = re.compile(rb'"\d+","\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}"')
LIKELY_START = re.compile(rb'"?\d+"?,"?\d{1,2}/\d{1,2}/\d{2,4}|"\d+",')
ESCAPED = re.compile(rb'\\.|"', re.DOTALL)
LONE_BACKSLASH = re.compile(r'\\(["\\])|\\')
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Row:
    """The bytes between two beginnings of rows."""

    line: int
    data: bytes
    fault: str | None = None
    cut_short: bool = False
    """Whether a line follows that begins no row: a quote inside may have closed the row's last field too early."""


def read_cable_csv(source: Input) -> Iterator[Item]:
    """One document a row; a damaged row is refused by itself."""
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_ROW))
    pending: list[Item] = []
    good = False
    for row in rows(source):
        origin = f"{source.origin}#{row.line}"
        try:
            item: Item = _cable(origin, source.stem, row)
        except Refusal as refusal:
            pending.append(Unreadable(origin, str(refusal)))
        else:
            good = True
            pending.append(item)
        if good:
            yield from pending
            pending = []
        elif len(pending) >= GIVE_UP_AFTER:
            raise Refusal(NOT_THE_DUMP)
    if not good:
        raise Refusal(NOT_THE_DUMP if pending else "empty file: nothing to read")


def rows(source: Input) -> Iterator[Row]:
    """The rows with the number of their first line, one at a time; at most one is held."""
    held: list[bytes] = []
    first = number = size = 0
    is_open = False
    too_large = False
    while line := source.stream.readline(LARGEST_ROW):
        number += 1
        if number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        elif is_open and held and not too_large and size < LARGEST_ROW and b'"' not in line:
            # Most lines of a body; what follows is for the others.
            held.append(line)
            size += len(line)
            continue
        quoted = line.startswith(b'"')
        starts = (quoted and CERTAIN_START.match(line)) or (not is_open and LIKELY_START.match(line))
        if held and (starts or (not is_open and not line.isspace())):
            yield _row(first, held, is_open, too_large, cut_short=not starts)
            held = []
        if not held:
            if not is_open and line.isspace():
                continue
            first, size, is_open, too_large = number, 0, False, False
        is_open ^= quotes(line) % 2 == 1
        size += len(line)
        too_large = too_large or size > LARGEST_ROW
        if too_large:
            held = held[:1]
        else:
            held.append(line)
    if held:
        yield _row(first, held, is_open, too_large)


def _row(line: int, held: list[bytes], is_open: bool, too_large: bool, *, cut_short: bool = False) -> Row:
    fault = None
    if too_large:
        fault = f"a row of more than {LARGEST_ROW // 2**20} MB, or a double quote without its partner: mend this row"
    elif is_open:
        fault = "a double quote without its partner, or the file ends in this row: mend this row"
    return Row(line, b"".join(held), fault, cut_short)


def quotes(line: bytes) -> int:
    """How many double quotes of the line are not escaped."""
    if b"\\\\" not in line:
        return line.count(b'"') - line.count(b'\\"')
    return sum(match == b'"' for match in ESCAPED.findall(line))


def fields(text: str) -> list[str]:
    """The fields of one row; ValueError if it is not one row of well-formed fields."""
    if text.count("\\") != text.count('\\"'):
        # A backslash before anything but a quote or a backslash stands for itself.
        text = LONE_BACKSLASH.sub(lambda match: match.group() if match[1] else "\\\\", text)
    try:
        found = list(csv.reader([text], escapechar="\\", strict=True))
    except csv.Error as error:
        raise ValueError(str(error)) from None
    if len(found) != 1:
        raise ValueError("more than one row")
    return found[0]


def _cable(origin: str, stem: str, row: Row) -> SourceText:
    if row.fault:
        raise Refusal(row.fault)
    text, notices = decode(row.data)
    try:
        found = fields(text.rstrip("\r\n"))
    except ValueError:
        raise Refusal("its double quotes are damaged: each one inside a field needs a backslash before it") from None
    if len(found) != COLUMNS:
        raise Refusal(f"{len(found)} columns instead of {COLUMNS}: mend this row")
    number, date, mrn, post, classification, references, header, body = found
    if not body.strip() and not header.strip():
        raise Refusal("a row without header and body: nothing to read")
    when = read_date(date)
    if when is None:
        notices = (*notices, f"its date {date[:40]!r} is not understood: the text's is used")
    if row.cut_short:
        notices = (*notices, "lines follow that belong to no row: this one may be cut short")
    level, caveats = read_level(classification)
    facts = Header(
        post=" ".join(post.split()) or None,
        date=when,
        classification=level,
        caveats=caveats,
        references=tuple(dict.fromkeys(part.strip() for part in references.split("|") if part.strip())),
        mrn=mrn.strip() or None,
    )
    return SourceText(
        origin,
        f"{header}\n\n{body}",
        f"{stem}-{number.strip() or row.line}",
        document_id=facts.mrn,
        kind="cable",
        header=facts,
        notices=notices,
    )
