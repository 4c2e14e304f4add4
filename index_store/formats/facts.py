"""Facts that a file gives outside the text of a document, in whatever form people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from index_store.documents import Header

DAY_FORMS = ("%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y", "%Y-%m", "%Y", "%d %B %Y", "%B %d, %Y", "%Y/%m/%d")
SEPARATORS = re.compile(r"[;,|\s]+")
SEPARATORS_OF_REFERENCES = re.compile(r"[;|\n]+|,\s+")


def read_date(value: str) -> datetime | None:
    """A date as an aware datetime in UTC; a time without a zone is UTC. None where it is not understood.

    `12/28/1966 18:48` is month, day and year, as the dump of cables writes it; else ISO 8601.
    """
    value = value.strip()
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        for form in DAY_FORMS:
            try:
                found = datetime.strptime(value, form)
                break
            except ValueError:
                continue
        else:
            return None
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        return None


def read_level(value: str) -> tuple[str | None, tuple[str, ...]]:
    """'CONFIDENTIAL//NOFORN' -> 'CONFIDENTIAL' and its caveats."""
    level, *caveats = (part.strip().upper() for part in value.split("//"))
    return level or None, tuple(dict.fromkeys(part for caveat in caveats for part in caveat.split("/") if part))


def read_header(facts: Mapping[str, Any]) -> tuple[Header, tuple[str, ...]]:
    """A Header of named facts, and a notice for each that has a form nobody understands.

    Names: date, post or origin, subject or title, classification, caveats, tags, references or refs,
    classified_by, signature; others are passed over. Lists may also come as one string.
    """
    notices: list[str] = []
    date = _text(facts, "date", "created")
    when = read_date(date) if date else None
    if date and when is None:
        notices.append(f"its date {date[:40]!r} is not understood: write it as 1966-12-28T18:48")
    level, caveats = read_level(_text(facts, "classification") or "")
    return (
        Header(
            post=_text(facts, "post", "origin"),
            date=when,
            classification=level,
            caveats=caveats or _several(facts, SEPARATORS, "caveats"),
            tags=tuple(tag.upper() for tag in _several(facts, SEPARATORS, "tags")),
            subject=_text(facts, "subject", "title"),
            references=_several(facts, SEPARATORS_OF_REFERENCES, "references", "refs"),
            classified_by=_text(facts, "classified_by"),
            signature=_text(facts, "signature"),
        ),
        tuple(notices),
    )


def _text(facts: Mapping[str, Any], *names: str) -> str | None:
    for name in names:
        value = facts.get(name)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return " ".join(str(value).split())
    return None


def _several(facts: Mapping[str, Any], separators: re.Pattern[str], *names: str) -> tuple[str, ...]:
    for name in names:
        value = facts.get(name)
        parts = separators.split(value) if isinstance(value, str) else value if isinstance(value, list) else []
        found = tuple(dict.fromkeys(part.strip() for part in parts if isinstance(part, str) and part.strip()))
        if found:
            return found
    return ()
