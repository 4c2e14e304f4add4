"""Date phrases in a question: 'in late 2007', 'after June 2008', 'between 2004 and 2006'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?\\.?" for name in MONTHS if name != "september") + "|sept?(?:ember)?\\.?"
_YEAR = r"(?:19|20)\d\d"
_DECADE = r"(?:19|20)\d0s"
# One point in time: '12 June 2008', 'June 12, 2008', 'June 2008', '2008-06-12', 'late 2007', 'summer 2007', '2007',
# 'the early 1990s'.
_POINT = (
    rf"(?:(?:the\s+)?(?:(?:early|late|mid)[-\s]+)?{_DECADE}|{_YEAR}-\d\d(?:-\d\d)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTH}),?\s+{_YEAR}"
    rf"|(?:{MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}"
    rf"|(?:(?:early|late|mid)[-\s]+|(?:the\s+)?(?:end|middle|beginning|start)\s+of\s+)?"
    rf"(?:in\s+)?(?:{MONTH})\s+(?:of\s+)?{_YEAR}"
    rf"|(?:the\s+)?(?:early|late|mid|middle of|end of|beginning of|start of)[-\s]+{_YEAR}"
    rf"|(?:the\s+)?(?:spring|summer|autumn|fall|first half|second half)(?:\s+of)?\s+{_YEAR}|{_YEAR})"
)
_PHRASE = re.compile(
    rf"\b(?:(?P<between>(?:from\s+)?between|from)\s+(?P<first>{_POINT})\s+"
    rf"(?:and|to|until|till|through)\s+(?P<last>{_POINT})"
    rf"|(?P<open>after|since|before|until|till|by|prior to|later than|earlier than)\s+"
    rf"(?:the\s+end\s+of\s+)?(?P<edge>{_POINT})"
    rf"|(?P<within>in|during|of|on|from|for|dated|at|around|throughout)\s+(?:the\s+year\s+)?(?P<point>{_POINT})"
    rf"|(?P<bare>{_POINT}))(?!\d|s\b)",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2099
_PARTS_OF_YEAR = {
    "early": (1, 4),
    "beginning of": (1, 4),
    "start of": (1, 4),
    "spring": (3, 6),
    "mid": (5, 8),
    "middle of": (5, 8),
    "summer": (6, 9),
    "first half": (1, 6),
    "second half": (7, 12),
    "autumn": (9, 11),
    "fall": (9, 11),
    "late": (9, 12),
    "end of": (10, 12),
}
_PARTS_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A stretch of time that a question names."""

    start: int
    """Where the phrase stands in the question."""
    end: int
    words: str
    after: datetime | None
    """First moment within, aware, UTC; None where the phrase is open."""
    before: datetime | None
    """First moment no longer within."""


def date_phrases(text: str) -> Iterator[DatePhrase]:
    """The date phrases of `text` in order; what is no date of the calendar is passed over."""
    for match in _PHRASE.finditer(text):
        found = _stretch(match)
        if found is not None and found != (None, None):
            yield DatePhrase(match.start(), match.end(), " ".join(match.group().split()), *found)


def _stretch(match: re.Match[str]) -> tuple[datetime | None, datetime | None] | None:
    if match["first"]:
        first, last = _point(match["first"]), _point(match["last"])
        return (first[0], last[1]) if first and last and first[0] < last[1] else None
    if match["edge"]:
        edge = _point(match["edge"])
        if edge is None:
            return None
        word = match["open"].lower()
        if word in ("after", "later than"):
            return edge[1], None
        if word == "since":
            return edge[0], None
        return None, edge[0] if word in ("before", "prior to", "earlier than") else edge[1]
    return _point(match["point"] or match["bare"])


def _point(words: str) -> tuple[datetime, datetime] | None:
    """First moment, and first moment after."""
    words = words.lower()
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    years = [number for number in numbers if _FIRST_YEAR <= number <= _LAST_YEAR]
    if not years:
        return None
    year, rest = years[-1], [number for number in numbers if number < _FIRST_YEAR]
    named = re.search(rf"\b(?:{MONTH})", words)
    try:
        if re.fullmatch(rf"{_YEAR}-\d\d(?:-\d\d)?", words):
            return _days(year, *rest)
        if re.search(rf"{_DECADE}$", words):
            part = next((part for part in _PARTS_OF_DECADE if part in words), None)
            first, last = _PARTS_OF_DECADE[part] if part else (0, 9)
            return _days(year + first, 1)[0], _days(year + last, 12)[1]
        if named:
            month = next(number for number, name in enumerate(MONTHS, 1) if name.startswith(named.group()[:3]))
            return _days(year, month, *rest[:1])
        part = next((part for part in _PARTS_OF_YEAR if part in words), None)
        first, last = _PARTS_OF_YEAR[part] if part else (1, 12)
        return _days(year, first)[0], _days(year, last)[1]
    except ValueError:  # 31 February
        return None


def _days(year: int, month: int, day: int | None = None) -> tuple[datetime, datetime]:
    first = datetime(year, month, day or 1, tzinfo=UTC)
    if day:
        return first, first + timedelta(days=1)
    return first, datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)


def stretch_in_words(after: datetime | None, before: datetime | None) -> str:
    """A stretch for a chip: 'in 2005', 'June 2008', 'from 2005-03-01', 'before 2006'."""
    if after and before:
        if _starts_year(after) and before == after.replace(year=after.year + 1):
            return str(after.year)
        if after.day == 1 and before == _days(after.year, after.month)[1]:
            return f"{MONTHS[after.month - 1].capitalize()} {after.year}"
        if before - after == timedelta(days=1):
            return f"{after:%Y-%m-%d}"
        if _starts_year(after) and _starts_year(before):
            return f"{after.year} to {before.year - 1}"
        return f"{after:%Y-%m-%d} to {before - timedelta(days=1):%Y-%m-%d}"
    if after:
        return f"from {after.year if _starts_year(after) else f'{after:%Y-%m-%d}'}"
    if before:
        return f"before {before.year if _starts_year(before) else f'{before:%Y-%m-%d}'}"
    return "any date"


def _starts_year(moment: datetime) -> bool:
    return (moment.month, moment.day, moment.hour, moment.minute) == (1, 1, 0, 0)
