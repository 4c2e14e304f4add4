"""When a cable was sent.

A date-time group is `151447Z FEB 08`: day, hour, minute, Z for UTC, month, two-digit year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from index_store.parsing.headlines import label_of
from index_store.parsing.lines import Line

YEAR_PIVOT = 66
"""Two-digit years from here on are of the last century: cables are from 1966 to 2010."""

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DATE_TIME = re.compile(
    r"\b(\d{2})(\d{2})(\d{2})\s?Z\s+(" + "|".join(_MONTHS) + r")[A-Z]{0,6}\.?\s*,?\s*(\d{4}|\d{2})\b"
)
_DATE_IN_WORDS = re.compile(
    r"^\s*[A-Z][a-z]+day,\s+(\d{1,2})\s+([A-Z][a-z]{2})[a-z]*\s+(\d{4}),\s+(\d{1,2}):(\d{2})\s*$"
)
"""A line that some editions add: `Friday, 27 August 2004, 08:08`."""
_DAY_IN_CTIME = re.compile(
    r"^\s*[A-Z][a-z]{2}\s+([A-Z][a-z]{2})\s+(\d{1,2})\s+\d{2}:\d{2}:\d{2}(?:\s+(?:[+-]\d{4}|[A-Z]{3,4}))?\s+(\d{4})\s*$"
)
"""Others add `Fri Aug 27 00:00:00 +0200 2004`: the day, at a midnight that in UTC would be the day before's."""
_LABELS_BELOW = ("EO", "TAGS", "SUBJECT", "REF")
_JULIAN = re.compile(r"^\s*DE RU\w+ #?\s*\d*(?:/\d+)?\s+(\d{3})(\d{2})(\d{2})\b")


def date_of(top: Sequence[Line], year: str | None) -> datetime | None:
    """The first date-time group that exists; else a date in words; else what the routing line says; else a day alone.

    `year` is the one of the cable's number, two digits: the routing line has the day of the year and the time only.
    """
    of_routing_line = _of_routing_line(top, year) if year else None
    return _date_time_group(top) or _in_words(top) or of_routing_line or _day_alone(top)


def _date_time_group(top: Sequence[Line]) -> datetime | None:
    for line in top:
        if label_of(line.text) in _LABELS_BELOW:
            break  # a date-time group further down is that of another message
        for match in _DATE_TIME.finditer(line.text.upper()):
            day, hour, minute, month, year = match.groups()
            found = _moment(full_year(year), month, day, hour, minute)
            if found:
                return found
    return None


def _in_words(top: Sequence[Line]) -> datetime | None:
    for line in top:
        match = _DATE_IN_WORDS.match(line.text)
        if match:
            day, month, year, hour, minute = match.groups()
            found = _moment(int(year), month.upper(), day, hour, minute)
            if found:
                return found
    return None


def _day_alone(top: Sequence[Line]) -> datetime | None:
    for line in top:
        if label_of(line.text) in _LABELS_BELOW:
            break
        match = _DAY_IN_CTIME.match(line.text)
        found = _moment(int(match[3]), match[1].upper(), match[2], "0", "0") if match else None
        if found:
            return found
    return None


def _of_routing_line(top: Sequence[Line], year: str) -> datetime | None:
    for line in top:
        match = _JULIAN.match(line.text)
        if match:
            day, hour, minute = (int(group) for group in match.groups())
            if 1 <= day <= 366 and hour < 24 and minute < 60:
                return datetime(full_year(year), 1, 1, hour, minute, tzinfo=UTC) + timedelta(days=day - 1)
    return None


def _moment(year: int, month: str, day: str, hour: str, minute: str) -> datetime | None:
    """None where there is no such month, day or time."""
    try:
        return datetime(year, _MONTHS.index(month) + 1, int(day), int(hour), int(minute), tzinfo=UTC)
    except ValueError:
        return None


def full_year(printed: str) -> int:
    """A year as printed, two digits or four, as a number: 66 is 1966, 10 is 2010."""
    year = int(printed)
    if year >= 100:
        return year
    return year + (1900 if year >= YEAR_PIVOT else 2000)
