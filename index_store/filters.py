"""What a search is narrowed to: plain data."""

from __future__ import annotations

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
    tags: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Paragraph labels; sensible only together with `documents`."""

    def __bool__(self) -> bool:
        return self != Filters()
