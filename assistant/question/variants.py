"""Other ways to write what a question names: acronyms, offices, spellings of names. They help to find, no more."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.question.tables import variants


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    ways = sorted(variants(), key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(way) for way in ways) + r")\b", re.IGNORECASE)


def expanded(question: str) -> str:
    """The question with the other ways to write its names behind it, for the keyword search."""
    found: list[str] = []
    for match in _pattern().finditer(question):
        way = match.group()
        if len(way) <= 4 and not way.isupper():
            continue  # 'map' and 'gap' are no acronyms
        found += [other for other in variants()[way.lower()] if other.lower() not in question.lower()]
    return " ".join([question, *dict.fromkeys(found)])
