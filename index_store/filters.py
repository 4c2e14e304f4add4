"""What a search is narrowed to: plain data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Filters:
    """Every condition that is set must hold; within one condition any of its values will do."""

    documents: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    """Places or whole posts, compared without case: 'Paris' and 'Embassy Paris' both keep 'Embassy Paris'."""
    after: datetime | None = None
    """The earliest date kept, aware, inclusive."""
    before: datetime | None = None
    """The first date no longer kept, aware."""
    classifications: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    """What the header says beside the classification, such as NOFORN."""
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Paragraph labels; sensible only together with `documents`."""
    speakers: tuple[str, ...] = ()
    """Persons: kept are the paragraphs in whose text or heading the surname of one stands."""

    def __bool__(self) -> bool:
        return self != Filters()


def surname(name: str) -> str:
    """What a person is called by after the first time: the last word, without an article before a hyphen."""
    words = name.split()
    return re.sub(r"^[^\W\d_]{2,3}-(?=\w)", "", words[-1]) if words else ""


def has_word(text: str, word: str) -> bool:
    """Whether `word` stands in the text as a whole word, in capitals or not."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) is not None
