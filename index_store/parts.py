"""The three parts of a library (catalog, keywords, vectors), kept in step.

The order in which a batch of documents goes in, so that a reader sees each old or new and a process may be
killed at any point:

1. Keys are reserved in the catalog: nothing was or will be stored under them by anybody else.
2. The keyword index takes the new paragraphs. Nobody sees them yet: searches drop keys that the catalog lacks.
3. One transaction of the catalog puts in documents, paragraphs and vectors and takes out what they replace,
   whose keys become garbage. From here on everybody sees the new ones.
4. Chroma gets its copy of the vectors, in lots; garbage is taken out of Chroma and the keyword index.

What a killed process leaves is found at the next start: keys of step 2 that step 3 never came to, vectors that
were not copied, garbage that was not collected.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index_store.catalog import Catalog, Incoming
from index_store.errors import LibraryDamaged
from index_store.keys import Vectors
from index_store.keywords import Entry, KeywordIndex
from index_store.lock import writing
from index_store.vectors import VectorIndex

_GARBAGE: Final = 5000
_LOT: Final = 2000
_NAMED: Final = 10
"""So many documents are named in a message."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What one of the derived indexes lacks or has too much, against the catalog."""

    index: str
    """'keywords' or 'vectors'."""
    missing: int
    extra: int
    note: str = ""
    changed: int = 0
    """Paragraphs whose vector in Chroma is not the catalog's."""
    documents: tuple[str, ...] = ()
    """The documents of these paragraphs."""

    def __str__(self) -> str:
        said = [f"{self.missing} paragraphs missing"] * bool(self.missing)
        said += [f"{self.extra} that are not in the library"] * bool(self.extra)
        said += [f"{self.changed} paragraphs with other values, in {_listed(self.documents)}"] * bool(self.changed)
        said += [self.note] * bool(self.note)
        return f"{self.index}: {', '.join(said)}"


def _listed(documents: Sequence[str]) -> str:
    more = len(documents) - _NAMED
    return ", ".join(documents[:_NAMED]) + (f" and {more} more documents" if more > 0 else "")


class Parts:
    """The open parts of one library."""

    def __init__(self, home: Path, chroma_url: str | None) -> None:
        self.home = home
        self.catalog = Catalog(home / "catalog.sqlite")
        self.keywords = KeywordIndex(home / "keywords", lambda: not self.catalog.is_empty())
        self.vectors = VectorIndex(home, self.catalog, chroma_url)

    @contextmanager
    def writing(self, wait: float = 0.0) -> Iterator[list[str]]:
        """Hold the library's lock, all parts in step; gives what had to be done for that.

        Raises LibraryLocked.
        """
        with self.locked(wait):
            yield self._recover()

    @contextmanager
    def locked(self, wait: float = 0.0) -> Iterator[None]:
        """Hold the library's lock, the parts as they are. Raises LibraryLocked."""
        with writing(self.home / "writing.lock", wait):
            try:
                yield
            finally:
                self.keywords.release()

    def _recover(self) -> list[str]:
        done = self.vectors.recover()
        self.settle()
        if self.keywords.count() != self.catalog.counts()[1]:
            missing, extra = self._mend_keywords()
            done.append(f"keyword index brought in step: {missing} paragraphs added, {extra} taken out")
        return done

    def put(self, batch: Sequence[Incoming], vectors: Vectors) -> None:
        """Put in documents, each in place of the one of its id; see the module's docstring."""
        first = self.catalog.reserve(len(vectors))
        entries: list[Entry] = []
        for item in batch:
            subject = item.document.header.subject
            for p in item.document.paragraphs:
                entries.append(Entry(first + len(entries), item.document.id, subject, p.heading, p.text))
        self.keywords.write(entries)
        self.catalog.put(batch, first, vectors)
        self.vectors.copy()
        if len(self.catalog.by_key.garbage()) > _GARBAGE:
            self.settle()

    def settle(self) -> None:
        """Finish what may lag: all vectors copied, all garbage collected."""
        self.vectors.copy(all=True)
        dead = self.catalog.by_key.garbage()
        if dead:
            self.vectors.delete(dead)
            self.keywords.write((), dead)
            self.catalog.by_key.collected(dead)

    def differences(self) -> list[Difference]:
        """Compare keyword index and Chroma with the catalog, key by key, and the vectors too; needs the lock."""
        there = self.catalog.by_key.all()
        found = []
        for name, index in (("keywords", self.keywords), ("vectors", self.vectors)):
            keys, changed, notes = set[int](), list[int](), list[str]()
            try:
                keys = index.keys()
                if index is self.vectors:
                    notes += self.vectors.suspicions()
                    changed = self.vectors.changed()
            except LibraryDamaged as damage:
                notes.append(str(damage))
            if keys != there or changed or notes:
                documents = sorted({ref.document for ref in self.catalog.by_key.live(changed).values()})
                missing, extra = len(there - keys), len(keys - there)
                found.append(Difference(name, missing, extra, ", ".join(notes), len(changed), tuple(documents)))
        return found

    def _mend_keywords(self) -> tuple[int, int]:
        there, indexed = self.catalog.by_key.all(), self.keywords.keys()
        missing, extra = there - indexed, indexed - there
        self.keywords.write((), sorted(extra))
        self._add_keywords(missing)
        return len(missing), len(extra)

    def _add_keywords(self, keys: set[int]) -> None:
        after = 0
        while keys and (rows := self.catalog.by_key.indexable(after, _LOT)):
            after = rows[-1][0]
            self.keywords.write(Entry(*row) for row in rows if row[0] in keys)

    def rebuild(self) -> None:
        """Make keyword index and Chroma anew from the catalog; needs the lock."""
        self.keywords.start_anew()
        self._add_keywords(self.catalog.by_key.all())
        self.vectors.rebuild_all()
        self.settle()

    def close(self) -> None:
        """Close all parts."""
        self.keywords.close()
        self.vectors.close()
        self.catalog.close()
