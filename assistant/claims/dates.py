"""Dates of a text, whole or in part, and whether a statement's dates are those of its evidence.

What a statement leaves out is not missed; what it says must stand in the paragraph, or follow from the date
of the document where the paragraph leaves it out ('in December', 'last year').
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep|
        october oct|november nov|december dec""".replace("\n", "").split("|"),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
_MONTH += r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_CENTURY = r"(?:1[6-9]|20)"
_YEAR = rf"{_CENTURY}\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_MONTH_ALONE = re.compile(
    r"(?:\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Oo]f|[Dd]uring|[Ff]rom|[Tt]o|[Ee]arly|[Ll]ate|[Mm]id|[Ll]ast|[Nn]ext|"
    r"[Tt]his|[Bb]efore|[Aa]fter|[Bb]etween|and|the|[^\W\d_]+'s)[\s-]+)"
    rf"(?P<month>{_MONTH})\b(?!\s+\d)"
)
_TO = r"\s*(?:-|–|and|to)\s*"
_DATES = [
    re.compile(rf"\b(?P<month>{_MONTH})\s+(?P<day>{_DAY})(?:{_TO}(?P<day2>{_DAY}))?\b(?:,?\s+(?P<year>{_YEAR})\b)?"),
    re.compile(rf"\b(?P<day>{_DAY})(?:{_TO}(?P<day2>{_DAY}))?\s+(?:of\s+)?(?P<month>{_MONTH})\b(?:,?\s+(?P<year>{_YEAR})\b)?"),
    re.compile(rf"\b(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)\b"),
    re.compile(rf"\b(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/(?P<year>{_YEAR}|\d\d)\b"),
    re.compile(rf"\b(?P<month>{_MONTH}),?\s+(?:of\s+)?(?P<year>{_YEAR})\b"),
    re.compile(rf"(?:(?P<decade>\b{_CENTURY}\d0|['’]\d0)s)\b"),
    _MONTH_ALONE,
    re.compile(rf"(?<![\d.,$€£])\b(?P<year>{_YEAR})\b(?![\d.,]*\d|\s*(?:percent|%|people|dollars|euros|tons|men|troops))"),
]  # fmt: skip
_RELATIVE = re.compile(
    rf"\b(?:(?P<shift>last|previous|this|current|next|coming)\s+year|(?P<near>yesterday|today|tomorrow|{_WEEKDAYS}|"
    r"(?:last|this|next)\s+(?:week|month)|recently|earlier this (?:week|month)))\b",
    re.I,
)
_SHIFTS = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}


_CALENDAR = re.compile(rf"\b(?:{'|'.join(_MONTHS)}|{_WEEKDAYS.lower()})\b")


def unshouted(text: str) -> str:
    """A text printed in capitals in small letters, months and weekdays apart; every other text as it is."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < 20 or sum(c.isupper() for c in letters) < 0.8 * len(letters):
        return text
    lower = text.lower()
    return _CALENDAR.sub(lambda match: match[0].capitalize(), lower) if len(lower) == len(text) else text


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is told."""

    year: int | None
    month: int | None
    day: int | None
    decade: int | None
    start: int
    end: int
    text: str


def dates(text: str) -> list[When]:
    """All dates of `text` in order; months alone only where the words around show that a month is meant."""
    found: list[When] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            start = match.start("month") if pattern is _MONTH_ALONE else match.start()
            if any(start < other.end and other.start < match.end() for other in found):
                continue
            found.extend(_whens(match, start))
    return sorted(found, key=lambda when: when.start)


def _whens(match: re.Match[str], start: int) -> list[When]:
    fields = match.groupdict()
    decade = fields.get("decade")
    if decade:
        first = int(decade) if decade[0].isdigit() else 1900 + int(decade[1:])
        return [When(None, None, None, first, start, match.end(), match[0])]
    year = _number(fields.get("year"))
    if year is not None and year < 100:
        year += 2000 if year < 66 else 1900
    month = _month(fields.get("month"))
    if month is not None and not 1 <= month <= 12:
        return []
    days: list[int | None] = [day for day in (_number(fields.get("day")), _number(fields.get("day2"))) if day]
    return [When(year, month, day, None, start, match.end(), match[0].strip()) for day in days or [None]]


def _number(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


def _month(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isdigit() else _MONTHS[text.lower().rstrip(".")]


def disagreements(
    claimed: Sequence[When], evidence: str, written: date | None, near: str | None = None
) -> tuple[str, ...]:
    """Why the dates of a statement are not those of its evidence.

    `written` is the date of the document. `near` is the part of the evidence that says the same as the
    statement: a date that stands only elsewhere doesn't count if this part has one of the same kind.
    """
    everywhere = dates(evidence)
    nearby = dates(near) if near is not None else everywhere
    found: list[str] = []
    for when in claimed:
        if any(_agrees(when, other, written) for other in nearby):
            continue
        if when.month is None and _year_before(when, near or evidence, nearby):
            continue
        rivals = [other for other in nearby if _same_grain(when, other)]
        if rivals:
            found.append(f"the paragraph says “{rivals[0].text}”, not “{when.text}”")
        elif not any(_agrees(when, other, written) for other in everywhere) and not _follows(when, evidence, written):
            found.append(f"the paragraph has no “{when.text}”")
    return tuple(found)


def same(one: When, other: When) -> bool:
    """Whether two dates say exactly the same."""
    return (one.year, one.month, one.day, one.decade) == (other.year, other.month, other.day, other.decade)


def _agrees(claim: When, other: When, written: date | None) -> bool:
    if claim.decade is not None:
        return other.decade == claim.decade or (other.year is not None and other.year // 10 * 10 == claim.decade)
    if claim.year is not None:
        if other.year is not None:
            if other.year != claim.year:
                return False
        elif other.month is None or written is None or abs(written.year - claim.year) > 1:
            return False
        elif claim.year != written.year and claim.month is None:
            # 'in December' in a document of February is the December before; a bare year must match that.
            return other.month is not None and claim.year == written.year - 1 and other.month > written.month
    if claim.month is not None and other.month != claim.month:
        return False
    return not (claim.day is not None and other.day != claim.day)


def _year_before(claim: When, text: str, nearby: Sequence[When]) -> bool:
    """Whether '3.6 million the year before' in a passage on 2006 tells of the year claimed."""
    for words, years in (
        (r"(?:year (?:before|earlier)|previous year)", 1),
        (r"(?:year (?:after|later)|following year)", -1),
    ):
        if re.search(rf"\b{words}\b", text) and any(claim.year and d.year == claim.year + years for d in nearby):
            return True
    return False


def _same_grain(one: When, other: When) -> bool:
    if one.decade is not None or other.decade is not None:
        return one.decade is not None and other.decade is not None
    return (one.year is not None and other.year is not None) or (one.month is not None and other.month is not None)


def _follows(claim: When, evidence: str, written: date | None) -> bool:
    """Whether a date the paragraph doesn't spell out follows from the date of its document."""
    if written is None or claim.decade is not None:
        return False
    relative = list(_RELATIVE.finditer(evidence))
    for match in relative:
        if match["shift"] and claim.year == written.year + _SHIFTS[match["shift"].lower()] and claim.month is None:
            return True
    same_year = claim.year in (None, written.year)
    if claim.day is not None:
        if not same_year or claim.month is None:
            return False
        try:
            told = date(claim.year or written.year, claim.month, claim.day)
        except ValueError:
            return False
        return told == written or (abs((told - written).days) <= 14 and any(match["near"] for match in relative))
    if claim.month is not None:
        return same_year and claim.month == written.month and not any(d.month for d in dates(evidence))
    return claim.year == written.year and not any(d.year for d in dates(evidence))
