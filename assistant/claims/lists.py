"""The word lists in assistant/data/claims."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a list without comments."""
    text = (resources.files("assistant.data.claims") / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def items(name: str) -> tuple[str, ...]:
    """What stands in a list, separated by blanks and line ends."""
    return tuple(" ".join(lines(name)).split())


def pairs(name: str, sign: str) -> list[tuple[str, str]]:
    """The items of a list of pairs: 'rise/fall' with the sign '/'."""
    return [(one, other) for one, _, other in (item.partition(sign) for item in items(name))]


@cache
def kinds(name: str) -> dict[str, frozenset[str]]:
    """The words of a list of kinds, each line of which begins with the name of its kind."""
    found: dict[str, frozenset[str]] = {}
    for line in lines(name):
        kind, *members = line.split()
        found[kind] = found.get(kind, frozenset()) | set(members)
    return found
