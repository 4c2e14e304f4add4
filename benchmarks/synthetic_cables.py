"""Cables made up by chance, in every form that real ones have, with the truth known.

The forms are those that docs/reading.md tells of, about as often as in real collections; nothing
here is taken from a cable. A cable is first set as lines with the places of its paragraphs, then goes
through the edition's rule (a pilcrow before each line that begins with digits or a capital letter and a
full stop), which is what puts false signs before wrapped years, days and references.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from benchmarks.synthetic_body import write_body
from benchmarks.synthetic_header import write_header
from benchmarks.synthetic_page import Page, Style, Truth
from benchmarks.synthetic_words import PLACES, Words

_MARKS = {
    "CONFIDENTIAL": "C|C|C|C|SBU|U|C/NF",
    "SECRET": "S|S|S/NF|S//NF|C|C/NF|U|N/SF|S/REL UK",
    "UNCLASSIFIED": "SBU|SBU|U|SBU/NF|SUB",
}
_MINUTES_A_YEAR = 365 * 1440


@dataclass(frozen=True)
class Synthetic:
    """A made-up cable: its text, its truth, and the names of the quirks it has."""

    name: str
    text: str
    truth: Truth
    quirks: list[str]


def write_cable(seed: int, roughness: float = 1.0) -> Synthetic:
    """The cable of a seed; at roughness 1 quirks come as often as in real cables."""
    words = Words(seed)
    old = words.chance(0.15)
    first, last = (0, 39) if old else (39, 44)
    minutes = words.random.randint(first * _MINUTES_A_YEAR, last * _MINUTES_A_YEAR)
    date = datetime(1966, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    sender, place, post = words.random.choice(PLACES)
    number = words.random.randint(1, 29999)
    level = words.pick("CONFIDENTIAL|CONFIDENTIAL|CONFIDENTIAL|SECRET|SECRET|UNCLASSIFIED")
    page = Page(words, _style(words, level, old), place, number, roughness)
    write_header(page, date, sender, place, post, number, level)
    write_body(page)
    text = page.text()
    return Synthetic(f"{date:%y}{place.replace(' ', '')}{number}", text, page.truth, page.quirks)


def _style(words: Words, level: str, old: bool) -> Style:
    bare = words.chance(0.5 if level == "UNCLASSIFIED" or old else 0.02)
    return Style(
        width=words.random.choice((65, 65, 62, 68, 72, 100_000)),
        gaps=words.chance(0.93),
        marks=tuple(_MARKS[level].split("|")),
        unmarked=1.0 if bare else 0.05,
        headings=words.pick("none|none|bare|underlined|ruled|capitals"),
        page_heads=words.chance(0.25),
        capitals=words.chance(0.5 if old else 0.02),
        edition=words.chance(0.97),
        space=words.pick(" | | |  |    |\xa0"),
        trailing=words.pick("|| "),
    )
