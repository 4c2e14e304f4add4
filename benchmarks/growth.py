"""Memory and throughput while a library grows: neither may depend on what is in it already.

python -m benchmarks.growth [--documents 20000] [--home FOLDER]

Indexes generated cables (about ten paragraphs each) with an embedding that costs next to nothing, and prints for
every twentieth part: paragraphs/s, processor milliseconds a paragraph (making and parsing the cables is in both),
and memory as Linux counts it. "Own" is the process's anonymous memory, its heap and stacks, looked at after each
batch of 256 paragraphs: the least and the most in this part. It goes up and down as Chroma fills one shard after
the other. "Mapped" are pages of mapped files, programs and libraries for the most part, which the system takes
back at need. "Peak" is the most of both together (VmHWM) since the process began. tantivy's and SQLite's files are
read and written through the system's cache, which belongs to no process and is not counted.

At the end it searches, in this process and so with the whole vector index in memory: that memory does grow with
the library, by about 1.7 KB a paragraph, as Chroma's embedded index keeps its graph there.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding, Embedding
from rich.console import Console
from rich.table import Table

from benchmarks.generated import cables
from index_store.filters import Filters
from index_store.store import IndexStore, Progress

NUMBERS = 384
CONSOLE = Console(soft_wrap=True)


class WordSums(BaseEmbedding):
    """Sums of random vectors of a text's words: texts that share words are near each other."""

    model_name: str = "sums of word vectors"

    def _get_text_embedding(self, text: str) -> Embedding:
        rows = [zlib.crc32(word.encode()) % len(_TABLE) for word in text.split()[:60]]
        vector = _TABLE[rows].sum(axis=0)
        embedding: Embedding = (vector / (np.linalg.norm(vector) or 1)).tolist()
        return embedding

    def _get_query_embedding(self, query: str) -> Embedding:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return self._get_text_embedding(query)


_TABLE = np.random.default_rng(1).standard_normal((8192, NUMBERS)).astype(np.float32)


class Memory(NamedTuple):
    """What the process holds, in MB."""

    anonymous: int
    """Its own: heap and stacks. Given back by nobody but the process."""
    mapped: int
    """Pages of files that are mapped (libraries, tantivy's segments): the system takes them back at need."""
    peak: int
    """The most of both at once so far."""


def memory() -> Memory:
    """The process's memory as Linux counts it."""
    found = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    anonymous, mapped, peak = (int(found[name].split()[0]) // 1024 for name in ("RssAnon", "RssFile", "VmHWM"))
    return Memory(anonymous, mapped, peak)


class Watch:
    """Prints a line for every part of the work."""

    def __init__(self, total: int) -> None:
        self.part, self.next = max(1, total // 20), max(1, total // 20)
        self.seen, self.own = 0, [memory().anonymous]
        self.paragraphs, self.clock, self.processor = 0, time.perf_counter(), time.process_time()

    def __call__(self, progress: Progress) -> None:
        """Take note of how far it is."""
        if progress.paragraphs == self.seen:
            return
        self.seen = progress.paragraphs
        now = memory()
        self.own.append(now.anonymous)
        if progress.documents < self.next:
            return
        self.next += self.part
        new = progress.paragraphs - self.paragraphs
        clock, processor = time.perf_counter(), time.process_time()
        CONSOLE.print(
            f"{progress.documents:>7} documents {progress.paragraphs:>8} paragraphs "
            f"{new / (clock - self.clock):>7.0f} paragraphs/s {1000 * (processor - self.processor) / new:>6.2f} ms "
            f"{min(self.own):>5} to {max(self.own):>3} MB own, {now.mapped:>3} MB mapped, peak {now.peak:>4} MB"
        )
        self.own = [now.anonymous]
        self.paragraphs, self.clock, self.processor = progress.paragraphs, clock, processor


def search_times(store: IndexStore) -> None:
    """How long searches take, narrowed in different ways."""
    cases = {
        "everywhere": Filters(),
        "one post (1 in 12)": Filters(posts=("Embassy Paris",)),
        "one tag (3 in 10)": Filters(tags=("ENRG",)),
        "from 2005 on (half)": Filters(after=datetime(2005, 1, 1, tzinfo=UTC)),
        "one post, one tag, one year": Filters(
            posts=("Paris",),
            tags=("ENRG",),
            after=datetime(2005, 1, 1, tzinfo=UTC),
            before=datetime(2006, 1, 1, tzinfo=UTC),
        ),
    }
    table = Table("50 best", "keywords, ms", "vectors, ms", title="Searches, processor time, the middle of 15")
    queries = [next(iter(cables(1, seed=seed))).text[-300:-200] for seed in range(100, 115)]
    for name, within in cases.items():
        row = [name]
        for search in (store.search_keywords, store.search_vectors):
            search(queries[0], 50, within)
            seconds = []
            for query in queries:
                started = time.process_time()  # not the clock, as other programs may run
                search(query, 50, within)
                seconds.append(time.process_time() - started)
            row.append(f"{1000 * float(np.median(seconds)):.1f}")
        table.add_row(*row)
    CONSOLE.print(table)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--documents", type=int, default=20_000)
    arguments.add_argument("--home", type=Path, help="keep the library in this folder, or search one that is there")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = options.home or Path(folder)
        with IndexStore.open(home, embedding=WordSums()) as store:
            if store.is_empty():
                store.index(cables(options.documents), progress=Watch(options.documents), total=options.documents)
        with IndexStore.open(home, embedding=WordSums()) as store:
            CONSOLE.print(store.status())
            search_times(store)
            CONSOLE.print(f"{memory().anonymous} MB with the vector index in memory")


if __name__ == "__main__":
    main()
