"""The vector index: nearest paragraphs by cosine, in Chroma, as a copy of the catalog's vectors that may lag.

A new paragraph's vector is first stored in the catalog, with the paragraph, and copied to Chroma some hundreds
at a time. Keys only ever rise, so "what Chroma has" is one number, and the few above it are compared one by one. So
a reader sees new paragraphs at once, and a reader in another process whose Chroma handle is stale (embedded Chroma
doesn't notice other processes) misses nothing: it compares more of them until opening anew is worth it.

Shards: Chroma's embedded index keeps all its vectors in memory, and adding gets slower as it grows. A collection
takes SHARD_SIZE keys, then it is closed and the next one begun: adding costs the same time and memory at any size.
Each shard costs a search 2 ms of processor time, however few it is asked for, and threads don't help, as Chroma
holds the interpreter's lock: the 50 nearest of 200,000 take 22 ms in 13 shards of 16,000, 8 ms in 4 of 50,000.
Whoever only adds holds 28 MB for a full shard of the former, 85 MB for one of the latter.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index_store.catalog import Catalog
from index_store.chroma import Embedded, Place, Server, Shard
from index_store.cosines import best, cosines
from index_store.keys import Vectors
from index_store.lock import alone

SHARD_SIZE: Final = 16_000
"""A multiple of Chroma's sync_threshold: of a full shard nothing is left in Chroma's log to be played at opening."""
_AT_LEAST: Final = 20
"""So many are asked of each shard: fewer cost the same."""
LOT: Final = 1000
"""Vectors read or deleted at once."""
_STEP: Final = 250
"""Vectors copied to Chroma at once: readers that open a shard wait meanwhile, and so few are left at the end of an
indexing, when no model runs beside the copying."""
FEW: Final = 8192
"""So many vectors are compared one by one before a stale handle is opened anew: 3 ms."""
SAME: Final = 0.9999
"""Chroma keeps a vector's direction to about seven digits; a larger angle to the catalog's was not made by copying."""


class _Row(NamedTuple):
    number: int
    first: int
    last: int
    generation: int
    fingerprint: str | None


class VectorIndex:
    """Keys of the nearest paragraphs; any thread may search, one process at a time may write."""

    def __init__(self, home: Path, catalog: Catalog, url: str | None = None) -> None:
        self._catalog = catalog
        self._lock_file = home / "chroma.lock"
        library = catalog.meta("library") or ""
        self.folder = home / "chroma"
        self._place: Place = Server(url, library) if url else Embedded(self.folder)
        self._lock = threading.RLock()
        self._idle = threading.Condition(self._lock)
        self._users = 0
        self._shards: dict[int, Shard] = {}
        self._upto = -1
        """All keys up to this one are in the shards as they were opened; -1: nothing opened for searching yet."""
        self._near_keys: list[int] = []
        self._near: Vectors = np.zeros((0, 0), np.float32)

    # Searching

    def search(self, vector: Sequence[float], limit: int) -> list[tuple[int, float]]:
        """Keys and cosine similarities of the `limit` nearest, best first; some may have left the library."""
        query = np.asarray(vector, dtype=np.float32)
        query /= float(np.linalg.norm(query)) or 1.0
        found: dict[int, float] = {}
        with self._opened() as (shards, near_keys, near):
            for hits in self._nearest(shards, query, limit):
                found.update(hits)
        found.update(best(query, near_keys, near, limit))
        return sorted(found.items(), key=lambda hit: (-hit[1], hit[0]))[:limit]

    def _nearest(self, shards: list[Shard], query: NDArray[Any], limit: int) -> list[list[tuple[int, float]]]:
        """The best of each shard, the `limit` best of all among them.

        A shard is asked for twice its share, and for more only while the last that it named is among the best of
        all: where documents of one kind lie together, one shard may hold most of what is looked for.
        """
        found: list[list[tuple[int, float]]] = [[] for _ in shards]
        wanted = min(limit, _AT_LEAST + 2 * limit // max(1, len(shards)))
        asking = list(range(len(shards)))
        while asking:
            for place in asking:
                with self._place.errors():
                    result = shards[place].collection.query(
                        query_embeddings=[query], n_results=wanted, include=["distances"]
                    )
                pairs = zip(result["ids"][0], result["distances"][0], strict=True)
                found[place] = [(int(id), 1.0 - distance) for id, distance in pairs]
            scores = sorted((score for hits in found for _, score in hits), reverse=True)
            last = scores[limit - 1] if len(scores) >= limit else -np.inf
            asking = [p for p in asking if wanted < limit and len(found[p]) >= wanted and found[p][-1][1] >= last]
            wanted = min(limit, 4 * wanted)
        return found

    @contextmanager
    def _opened(self) -> Iterator[tuple[list[Shard], list[int], Vectors]]:
        """The open shards, and the vectors that are in none of them; nothing is closed meanwhile."""
        with self._lock:
            self._catch_up()
            self._users += 1
            shards, keys, near = [self._shards[n] for n in sorted(self._shards)], self._near_keys, self._near
        try:
            yield shards, keys, near
        finally:
            with self._lock:
                self._users -= 1
                self._idle.notify_all()

    def _catch_up(self) -> None:
        if self._upto < 0:
            self._reopen()
        last = self._near_keys[-1] if self._near_keys else self._upto
        keys, vectors = self._catalog.by_key.vectors_after(last)
        if not keys:
            return
        if len(self._near_keys) + len(keys) > FEW and self._copied() > self._upto:
            self._reopen()
            keys, vectors = self._catalog.by_key.vectors_after(self._upto)
            self._near_keys, self._near = keys, vectors
        elif self._near_keys:
            self._near_keys, self._near = self._near_keys + keys, np.vstack([self._near, vectors])
        else:
            self._near_keys, self._near = keys, vectors

    def _reopen(self) -> None:
        """Open every shard that isn't open as it is now; nobody writes meanwhile."""
        with alone(self._lock_file):
            rows = self._rows() if self._in_place() else []
            if not rows:
                self._place.reach()  # a server that is configured and not there is to be heard of at once
            self._close_all_but({row.number: row.generation for row in rows})
            for row in rows:
                if row.number not in self._shards:
                    self._shards[row.number] = self._warm(self._place.open(row.number, row.generation))
            self._upto = self._copied()
        self._near_keys, self._near = [], np.zeros((0, 0), np.float32)

    def _warm(self, shard: Shard) -> Shard:
        # Chroma reads a graph at the first query: it must be done while nobody writes it.
        dimension = int(self._catalog.meta("dimension") or 0)
        if dimension:
            with self._place.errors():
                shard.collection.query(query_embeddings=[[1.0] * dimension], n_results=1, include=["distances"])
        return shard

    def _close_all_but(self, current: dict[int, int]) -> None:
        while self._users:
            self._idle.wait()
        closed = False
        for number, shard in list(self._shards.items()):
            if current.get(number) != shard.generation:
                self._place.close(self._shards.pop(number))
                closed = True
        if closed:
            self._place.free()

    # What is where

    def shards(self) -> int:
        """How many shards there are, or are about to be."""
        return max(1, len(self._rows()))

    def _rows(self) -> list[_Row]:
        with self._catalog.database.errors():
            connection = self._catalog.database.connection()
            rows = connection.execute("SELECT number, first, last, generation, fingerprint FROM shards ORDER BY number")
            return [_Row(*row) for row in rows]

    def _in_place(self) -> bool:
        return self._catalog.meta("chroma_place") in (None, self._place.name)

    def _copied(self) -> int:
        return int(self._catalog.meta("chroma_upto") or 0) if self._in_place() else 0

    # Writing: by the process that holds the library's lock

    def recover(self) -> list[str]:
        """Before writing: see to it that the shards are whole; says what had to be done.

        A process killed while Chroma wrote out a graph leaves its files half old, half new, and Chroma doesn't
        notice. Whether that can have happened shows in the files' sizes and times: they differ from what was noted
        after the last copying that ended well. Such a shard is made anew from the catalog.
        """
        done = []
        if not self._in_place():
            with self._lock:
                self._forget()
            self._reset()
            done.append(f"all vectors are copied to {self._place.name}")
        rows = self._rows()
        with self._lock:
            self._close_all_but({row.number: row.generation for row in rows})
            if self._upto >= 0:
                self._reopen()
        for row in rows:
            if row.fingerprint is not None and self._place.fingerprint(row.number) != row.fingerprint:
                self.rebuild(row.number)
                done.append(f"vectors of shard {row.number} made anew")
        if isinstance(self._place, Embedded):
            self._place.clear([row.number for row in rows])
        return done

    def _reset(self) -> None:
        with self._catalog.database.transaction() as connection:
            connection.execute("DELETE FROM shards")
        self._catalog.set_meta(chroma_upto=0, chroma_place=self._place.name)

    def copy(self, *, all: bool = False) -> None:
        """Copy to Chroma what it lacks: whole steps, or all of it."""
        while True:
            keys, vectors = self._catalog.by_key.vectors_after(self._copied(), limit=_STEP)
            if not keys or (len(keys) < _STEP and not all):
                return
            self._copy(keys, vectors)

    def _copy(self, keys: list[int], vectors: Vectors) -> None:
        rows = self._rows()
        last = rows[-1] if rows else None
        new = last is None or last.last - last.first + 1 >= SHARD_SIZE
        with self._lock, alone(self._lock_file):
            if last is None or new:
                number = last.number + 1 if last else 0
                if last and self._upto < 0:  # nobody searches here: one open shard is enough
                    self._forget()
                shard = self._place.open(number, 0, new=True)
                self._shards[number] = shard
                row = _Row(number, keys[0], keys[-1], 0, None)
            else:
                shard = self._writable(last)
                row = last._replace(last=keys[-1])
            self._upsert(shard, keys, vectors)
            self._note(row, shard, upto=keys[-1])
            if self._upto >= 0:
                self._upto = keys[-1]
                while self._near_keys and self._near_keys[0] <= keys[-1]:
                    count = int(np.searchsorted(self._near_keys, keys[-1], side="right"))
                    self._near_keys, self._near = self._near_keys[count:], self._near[count:]

    def _writable(self, row: _Row) -> Shard:
        shard = self._shards.get(row.number)
        if shard is None:
            shard = self._shards[row.number] = self._place.open(row.number, row.generation)
        return shard

    def _upsert(self, shard: Shard, keys: list[int], vectors: Vectors) -> None:
        described = self._catalog.by_key.chroma_metadata(keys)
        with self._place.errors():
            shard.collection.upsert(
                ids=[str(key) for key in keys],
                embeddings=vectors,
                metadatas=[described[key] for key in keys],
            )

    def _note(self, row: _Row, shard: Shard, upto: int | None = None) -> None:
        """Record that a shard was written, and how far the copy goes now."""
        shard.generation = row.generation + 1
        fingerprint = self._place.fingerprint(row.number)
        if fingerprint != row.fingerprint:  # the graph was written out
            self._place.sync(row.number)
        with self._catalog.database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO shards (number, first, last, generation, fingerprint) VALUES (?, ?, ?, ?, ?)",
                (row.number, row.first, row.last, shard.generation, fingerprint),
            )
            if upto is not None:
                values = [("chroma_upto", str(upto)), ("chroma_place", self._place.name)]
                connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)

    def delete(self, keys: Sequence[int]) -> None:
        """Take keys out of Chroma; those that aren't there are no matter."""
        by_shard: dict[_Row, list[str]] = defaultdict(list)
        rows = self._rows()
        for key in keys:
            for row in rows:
                if row.first <= key <= row.last:
                    by_shard[row].append(str(key))
        for row, ids in by_shard.items():
            with self._lock, alone(self._lock_file):
                was_open = row.number in self._shards
                shard = self._writable(row)
                with self._place.errors():
                    for start in range(0, len(ids), LOT):
                        shard.collection.delete(ids=ids[start : start + LOT])
                self._note(row, shard)
                if not was_open and row is not rows[-1]:
                    self._place.close(self._shards.pop(row.number))
        if by_shard and self._upto < 0:
            self._place.free()

    def rebuild(self, number: int) -> None:
        """Make one shard anew from the catalog."""
        row = next(row for row in self._rows() if row.number == number)
        with self._lock, alone(self._lock_file):
            while self._users:
                self._idle.wait()
            if number in self._shards:
                self._place.close(self._shards.pop(number))
            shard = self._shards[number] = self._place.open(number, row.generation, new=True)
            after = row.first - 1
            while True:
                keys, vectors = self._catalog.by_key.vectors_after(after, row.last, LOT)
                if not keys:
                    break
                self._upsert(shard, keys, vectors)
                after = keys[-1]
            self._note(row, shard)

    def rebuild_all(self) -> None:
        """Make all shards anew from the catalog."""
        with self._lock:
            self._forget()
        self._reset()
        self._place.clear([])
        self.copy(all=True)

    # Looking after it

    def suspicions(self) -> list[str]:
        """Shards whose files are not as they were left."""
        return [
            f"the files of shard {row.number} were not written to their end, or changed by another program"
            for row in self._rows()
            if row.fingerprint is not None and self._place.fingerprint(row.number) != row.fingerprint
        ]

    def keys(self) -> set[int]:
        """All keys that Chroma holds."""
        found: set[int] = set()
        for _, collection in self._collections():
            with self._place.errors():
                found.update(map(int, collection.get(include=[])["ids"]))
        return found

    def changed(self) -> list[int]:
        """Keys under which Chroma holds another vector than the catalog; keys that it lacks are not among them."""
        found = []
        for row, collection in self._collections():
            after = row.first - 1
            while True:
                keys, vectors = self._catalog.by_key.vectors_after(after, row.last, LOT)
                if not keys:
                    break
                after = keys[-1]
                with self._place.errors():
                    held = collection.get(ids=[str(key) for key in keys], include=["embeddings"])
                theirs = dict(zip(map(int, held["ids"]), held["embeddings"], strict=True))
                there = [place for place, key in enumerate(keys) if key in theirs]
                same = cosines(vectors[there], np.array([theirs[keys[place]] for place in there])) > SAME
                found += [keys[place] for place, is_same in zip(there, same, strict=True) if not is_same]
        return found

    def _collections(self) -> Iterator[tuple[_Row, Any]]:
        """The shards in turn, each open; those that were not are closed again, to be read in little memory."""
        rows = self._rows() if self._in_place() else []
        with self._lock:
            self._close_all_but({row.number: row.generation for row in rows})
            if self._upto >= 0:
                self._reopen()
        for row in rows:
            with self._lock, alone(self._lock_file):
                was_open = row.number in self._shards
                collection = self._writable(row).collection
            yield row, collection
            if not was_open:
                with self._lock:
                    self._place.close(self._shards.pop(row.number))
                    self._place.free()

    def _forget(self) -> None:
        self._close_all_but({})
        self._upto, self._near_keys, self._near = -1, [], np.zeros((0, 0), np.float32)

    def close(self) -> None:
        """Let go of Chroma."""
        with self._lock, suppress(Exception):  # nothing is lost by a handle that doesn't close
            while self._users:
                self._idle.wait()
            for shard in self._shards.values():  # the memory is freed with the process
                self._place.close(shard)
            self._shards.clear()
            self._upto = -1
