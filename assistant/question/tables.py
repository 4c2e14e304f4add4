"""The word lists in assistant/data, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Place:
    """A country or organisation with the posts in it."""

    country: str
    names: tuple[str, ...]
    """Its other names and adjectives."""
    code: str
    """Its code among the TAGS."""
    posts: tuple[str, ...]
    """The places of its posts, the embassy's first."""


def rows(name: str) -> list[list[str]]:
    """The lines of a data file split at tabs, without comments and empty lines."""
    text = (resources.files("assistant.data") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


def listed(cell: str) -> tuple[str, ...]:
    """The items of a cell that separates them by commas."""
    return tuple(item.strip() for item in cell.split(",") if item.strip())


@cache
def places() -> tuple[Place, ...]:
    """The countries of data/places.tsv."""
    return tuple(
        Place(country, listed(names), code, listed(posts)) for country, names, code, posts in rows("places.tsv")
    )


@cache
def tag_meanings() -> dict[str, tuple[str, ...]]:
    """Meanings by code, of data/tags.tsv and of the countries' codes."""
    meanings: dict[str, tuple[str, ...]] = {place.code: (place.country,) for place in places()}
    meanings.update({code: listed(cell) for code, cell in rows("tags.tsv")})
    return meanings


@cache
def variants() -> dict[str, tuple[str, ...]]:
    """Other ways to write a name or acronym, by each of its ways in small letters."""
    found: dict[str, tuple[str, ...]] = {}
    for cells in rows("variants.tsv"):
        ways = listed(cells[0])
        for way in ways:
            found[way.lower()] = (*found.get(way.lower(), ()), *(other for other in ways if other != way))
    return found
