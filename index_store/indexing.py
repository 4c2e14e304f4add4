"""Documents into the library: what is new is parsed, embedded and put in, in batches."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Final

import numpy as np

from index_store.catalog import Incoming, Origin
from index_store.formats import SourceText, Unreadable, to_document
from index_store.parts import Parts
from index_store.pruning import gone
from index_store.report import IndexReport, Progress, Row

BATCH: Final = 256
"""Paragraphs embedded and put in together; a document is never split."""
READING: Final = 1
"""Goes up when the same text would be read otherwise than before: known files are then read again."""
_MRN = re.compile(r"\d{2}[A-Z]{3,}\d+")
_ORIGINS_AT_ONCE: Final = 1000


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to index."""

    kind: str | None = None
    replace: bool = False
    """A document that is in the library with another text, from another file, is replaced; else it is kept."""
    prune: Sequence[Path] = ()
    """Documents of these files and folders that are no longer there leave the library."""
    sample: bool = False
    total: int | None = None
    """How many sources there are, for the time left."""
    progress: Callable[[Progress], None] | None = None
    each: Callable[[Row], None] | None = None
    """Called with every row, also those that a report doesn't keep."""
    stop: threading.Event | None = None
    """Set it to stop at the next document."""


@dataclass(slots=True)
class _Batch:
    items: list[Incoming] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    vectors: Future[list[list[float]]] | None = None


class Indexing:
    """One run. While one batch is embedded, the next is read and the one before is stored."""

    def __init__(self, parts: Parts, embed: Callable[[list[str]], list[list[float]]], wishes: Wishes) -> None:
        self._parts = parts
        self._catalog = parts.catalog
        self._embed = embed
        self._wishes = wishes
        self._report = IndexReport()
        self._batch = _Batch()
        self._embedded: _Batch | None = None
        self._on_the_way: set[str] = set()
        self._seen: list[tuple[Origin, str, str]] = []
        self._documents = self._paragraphs = 0
        self._started = time.monotonic()
        self._run = 0
        self._unread: list[str] = []

    def run(self, sources: Iterable[SourceText | Unreadable]) -> IndexReport:
        """Index them; needs the library's lock to be held and the parts to be in step."""
        self._run = self._catalog.next_run()
        # Sources may be read from anywhere, so the thread that waits for them must be free to be stopped.
        with ThreadPoolExecutor(1, "embedding") as self._embedder, _stopping(self._wishes.stop) as stop:
            reading = iter(sources)
            while not stop.is_set():
                try:
                    source = next(reading, None)
                except Exception:
                    self._finish()  # what was read before the source failed is kept
                    self._parts.settle()
                    raise
                if source is None:
                    break
                self._take(source)
            self._report.interrupted = stop.is_set()
            self._finish()
        if self._wishes.prune and not self._report.interrupted:
            self._prune()
        self._parts.settle()
        self._report.seconds = time.monotonic() - self._started
        self._tell("")
        return self._report

    def _take(self, source: SourceText | Unreadable) -> None:
        self._documents += 1
        if isinstance(source, Unreadable):
            self._unread += [_absolute(source.origin), _absolute(source.file or source.origin)]
            self._row(Row(source.origin, "unreadable", reason=source.reason))
        else:
            self._consider(source)
        self._tell(source.origin)

    def _consider(self, source: SourceText) -> None:
        """Sort out one text by its hash, and parse it only if it is new."""
        hash = self._hash(source)
        if hash in self._on_the_way:
            self._finish()
        origin = self._origin(source)
        known = self._catalog.known(hash, _firm_id(source))
        if known is not None:
            self._unchanged(source, origin, known, hash)
            return
        document = to_document(source, self._wishes.kind)
        if not document.paragraphs:
            self._row(Row(source.origin, "unreadable", document.id, reason="no text to index"))
            return
        if document.id in self._on_the_way:
            self._finish()
        held = self._catalog.held(document.id)
        row = Row(source.origin, "added", document.id, len(document.paragraphs), document.repairs, document.notices)
        if held is not None:
            held_hash, origins = held
            if held_hash == hash:
                self._unchanged(source, origin, document.id, hash)
                return
            changed = origin is not None and origin.name in origins
            if not (self._wishes.replace or changed or self._wishes.sample):
                where = ", ".join(sorted(origins)) or "elsewhere"
                reason = (
                    f"another text of {document.id} is in the library, from {where}: "
                    "that one is kept; index with --replace to take this one"
                )
                self._row(Row(source.origin, "conflict", document.id, reason=reason))
                return
            row = Row(source.origin, "replaced", document.id, row.paragraphs, row.repairs, row.notices)
        self._add(Incoming(document, hash, origin, self._wishes.sample), row)

    def _hash(self, source: SourceText) -> str:
        return f"{source.fingerprint}:{self._wishes.kind or ''}:{READING}"

    def _origin(self, source: SourceText) -> Origin | None:
        if self._wishes.sample:
            return None
        return Origin(_absolute(source.origin), _absolute(source.file or source.origin), self._run)

    def _unchanged(self, source: SourceText, origin: Origin | None, document: str, hash: str) -> None:
        self._row(Row(source.origin, "unchanged", document))
        if origin is not None:
            self._seen.append((origin, document, hash))
            if len(self._seen) >= _ORIGINS_AT_ONCE:
                self._note_seen()

    def _note_seen(self) -> None:
        if self._seen:
            self._catalog.seen(self._seen)
            self._seen = []

    def _add(self, item: Incoming, row: Row) -> None:
        from index_store.nodes import embedded_text

        self._batch.items.append(item)
        self._batch.rows.append(row)
        subject = item.document.header.subject
        self._batch.texts += [embedded_text(subject, p.heading, p.text) for p in item.document.paragraphs]
        self._on_the_way |= {item.document.id, item.hash}
        if len(self._batch.texts) >= BATCH:
            self._send()

    def _send(self) -> None:
        """Give the batch to the embedding thread, then store the one before."""
        batch, self._batch = self._batch, _Batch()
        if batch.items:
            batch.vectors = self._embedder.submit(self._embed, batch.texts)
        before, self._embedded = self._embedded, batch if batch.items else None
        if before is not None:
            self._store(before)

    def _finish(self) -> None:
        """Everything taken so far is stored."""
        self._send()
        self._send()
        self._note_seen()

    def _store(self, batch: _Batch) -> None:
        assert batch.vectors is not None
        vectors = np.asarray(batch.vectors.result(), dtype=np.float32)
        self._parts.put(batch.items, vectors)
        for item in batch.items:
            self._on_the_way -= {item.document.id, item.hash}
        self._paragraphs += len(batch.texts)
        for row in batch.rows:
            self._row(row)
        self._tell(batch.rows[-1].origin)

    def _prune(self) -> None:
        roots = [_absolute(root) for root in self._wishes.prune]
        not_seen, read = self._catalog.origins_not_seen(self._run), self._catalog.files_seen(self._run)
        left = self._catalog.forget_origins(gone(not_seen, roots, self._unread, read))
        for document in self._catalog.remove(left):
            self._row(Row(document, "pruned", document))

    def _row(self, row: Row) -> None:
        self._report.count(row)
        if self._wishes.each is not None:
            self._wishes.each(row)

    def _tell(self, origin: str) -> None:
        if self._wishes.progress is not None:
            seconds = time.monotonic() - self._started
            self._wishes.progress(Progress(self._documents, self._wishes.total, self._paragraphs, seconds, origin))


def _absolute(name: str | Path) -> str:
    # Not resolved: a link may point elsewhere tomorrow, its name in the folder is what is known by.
    return os.path.abspath(name)  # noqa: PTH100


def _firm_id(source: SourceText) -> str | None:
    """The document id if it is certain before parsing: then a text known under another id is no match."""
    if source.document_id:
        return source.document_id
    return source.stem if _MRN.fullmatch(source.stem) else None


@contextmanager
def _stopping(stop: threading.Event | None) -> Iterator[threading.Event]:
    """An event that Ctrl-C sets the first time; the second time it interrupts as always."""
    event = stop or threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield event
        return
    before = signal.getsignal(signal.SIGINT)

    def first(_number: int, _frame: FrameType | None) -> None:
        event.set()
        signal.signal(signal.SIGINT, before)

    if before is None:  # set by something that isn't Python: leave it alone
        yield event
        return
    signal.signal(signal.SIGINT, first)
    try:
        yield event
    finally:
        signal.signal(signal.SIGINT, before)
