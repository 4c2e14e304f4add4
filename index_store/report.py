"""What an indexing tells: while it runs, and when it is done. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from index_store.documents import Repair

Outcome = Literal["added", "replaced", "unchanged", "conflict", "unreadable", "pruned"]

KEPT_ROWS: Final = 10_000
"""A report keeps so many rows; all of them go to the `each` of an indexing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an indexing is."""

    documents: int
    """Seen so far, unchanged ones too."""
    total: int | None
    """How many there are, if that was said."""
    paragraphs: int
    """Put in so far."""
    seconds: float
    origin: str = ""
    """The one seen last."""

    @property
    def paragraphs_per_second(self) -> float:
        """Paragraphs put in, by the time since the start."""
        return self.paragraphs / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """None where the total isn't known or nothing is done yet."""
        if not self.total or not self.documents:
            return None
        return max(0, self.total - self.documents) * self.seconds / self.documents


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one file, member or record."""

    origin: str
    outcome: Outcome
    document: str | None = None
    paragraphs: int = 0
    repairs: tuple[Repair, ...] = ()
    notices: tuple[str, ...] = ()
    reason: str | None = None
    """Why it was not read or not taken."""


@dataclass(slots=True)
class IndexReport:
    """What became of all of them."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    pruned: int = 0
    paragraphs: int = 0
    """Put in."""
    repairs: int = 0
    conflicts: list[Row] = field(default_factory=list)
    unreadable: list[Row] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    """The first KEPT_ROWS of the documents that were added, replaced or pruned."""
    recovered: list[str] = field(default_factory=list)
    """What an indexing that was killed had left to do."""
    interrupted: bool = False
    seconds: float = 0.0

    @property
    def notices(self) -> list[tuple[str, str]]:
        """Document and notice, for each notice of the rows kept."""
        return [(row.document or row.origin, notice) for row in self.rows for notice in row.notices]

    def count(self, row: Row) -> None:
        """Take a row in."""
        match row.outcome:
            case "added":
                self.added += 1
            case "replaced":
                self.replaced += 1
            case "pruned":
                self.pruned += 1
            case "unchanged":
                self.unchanged += 1
                return
            case "conflict" if len(self.conflicts) < KEPT_ROWS:
                self.conflicts.append(row)
                return
            case "unreadable" if len(self.unreadable) < KEPT_ROWS:
                self.unreadable.append(row)
                return
            case _:
                return
        self.paragraphs += row.paragraphs
        self.repairs += len(row.repairs)
        if len(self.rows) < KEPT_ROWS:
            self.rows.append(row)
