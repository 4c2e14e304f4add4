"""Names in a text, by their capitals."""

from __future__ import annotations

import re
from functools import cache

from assistant.question.tables import places, rows

_NAME = re.compile(
    r"(?:(?:[A-Z][\w'’-]*\w|[A-Z]\.)(?:\s+(?:de|al|bin|ibn|van|von|ul|el|da|del|der))?\s+)*[A-Z][\w'’-]*\w"
)


# 'Minister of Fisheries Ilse Brandt': what the office is of runs into the name.
_OFFICE = re.compile(
    r"\b(?:minister|secretary|director|chair\w*|head|commissioner) (?:of|for) (?:\w+ and )?$", re.IGNORECASE
)


@cache
def common_words() -> frozenset[str]:
    """Words that begin a sentence or a title with a capital without naming anything."""
    return frozenset(word for cells in rows("no_names.txt") for word in cells[0].split())


def names_in(text: str) -> list[str]:
    """Capitalised names in their order, each once; a possessive s is left off.

    The first word of a sentence counts unless it is a common one, so a few of these are no names. Where
    everything is written in capitals nothing can be told: no names.
    """
    found: list[str] = []
    if text.isupper() and len(text.split()) > 3:
        return found
    for match in _NAME.finditer(text):
        words = re.sub(r"['’]s?$", "", match.group()).split()
        while words and words[0].lower().strip(".") in common_words():
            words = words[1:]
        while words and words[-1].lower().strip(".") in common_words():
            words = words[:-1]
        if len(words) > 2 and _OFFICE.search(text[: match.start()]):
            words = words[-2:]
        name = " ".join(words)
        if len(name) > 1:
            found.append(name)
    return list(dict.fromkeys(found))


_TITLES = re.compile(
    r"(?:(?:foreign|defense|interior|finance|prime|deputy|first|vice|minister|president|ambassador|governor|mayor"
    r"|director|chairman|secretary)\s+)+",
    re.IGNORECASE,
)


_OFFICE_HELD = re.compile(
    r".+\s(?:minister|president|ambassador|governor|mayor|director|chairman|chairwoman|secretary|senator|chancellor)\s+",
    re.IGNORECASE,
)


def is_person(name: str) -> bool:
    """Whether a name may be a person's: no acronym, no country, people or city of the tables; a title may precede.

    So may all of an office: 'Danish Fisheries Coordinator Ambassador Ilse Brandt'.
    """
    title = _OFFICE_HELD.match(name) or _TITLES.match(name)
    name = name[title.end() :] if title else name
    if name.isupper() and " " not in name:
        return False
    words = name.lower().split()
    if any(word in _things() for word in words) or (len(words) > 1 and words[0] in _nationalities()):
        return False
    return name.lower() not in _place_names() and not name[0].isdigit()


@cache
def _things() -> frozenset[str]:
    """Words of which one makes a name that of an organisation or a place."""
    return frozenset(word for cells in rows("things.txt") for word in cells[0].split())


@cache
def _nationalities() -> frozenset[str]:
    return frozenset(name.lower() for place in places() for name in place.names)


@cache
def _place_names() -> frozenset[str]:
    found: set[str] = set()
    for place in places():
        for name in (place.country, *place.names, *place.posts):
            found |= {name.lower(), f"{name.lower()}s"}
    return frozenset(found)
