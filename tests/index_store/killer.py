"""Run by test_killed.py: indexes in child processes and kills them at random points.

python -m tests.index_store.killer HOME KILLS SEED: prints one line a kill, then 'done'.
Forked after the imports, which take longer than the work.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import chromadb  # noqa: F401  imported once, before forking
import chromadb_rust_bindings  # noqa: F401

from benchmarks.generated import cables
from index_store import chroma, indexing, parts, vectors
from index_store.formats import SourceText
from index_store.store import IndexStore
from tests.index_store.cheap import CheapEmbedding

DOCUMENTS = 30


def small_steps() -> None:
    """Make all lots so small that a short run has every kind of step, many times."""
    indexing.BATCH = 16  # type: ignore[misc]
    vectors.LOT, vectors._STEP, vectors.SHARD_SIZE = 40, 20, 150  # type: ignore[misc]
    parts._GARBAGE = 30  # type: ignore[misc]
    chroma.CONFIGURATION["hnsw"]["sync_threshold"] = 30
    chroma.CONFIGURATION["hnsw"]["batch_size"] = 10


def sources(edition: int) -> Iterator[SourceText]:
    """Edition 2 has every third cable changed."""
    for number, (old, new) in enumerate(
        zip(cables(DOCUMENTS, seed=1, words=30), cables(DOCUMENTS, seed=2, words=30), strict=True)
    ):
        changed = SourceText(old.origin, new.text, old.stem)
        yield changed if edition == 2 and number % 3 == 0 else old


def index(home: Path, edition: int) -> None:
    """One run; SIGKILL may end it."""
    small_steps()
    with IndexStore.open(home, embedding=CheapEmbedding()) as store:
        store.index(sources(edition))


def in_child(home: Path, edition: int, life: float | None) -> float:
    """Index in a child process; kill it after `life` seconds. Returns how long it lived."""
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            index(home, edition)
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    if life is not None:
        time.sleep(life)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if life is None and status:
        raise SystemExit(f"indexing failed: {status}")
    return time.monotonic() - started


def main(home: Path, kills: int, seed: int) -> None:
    """Edition 1 with half of the kills, edition 2 with the others; then each to its end."""
    chance = random.Random(seed)
    whole = in_child(home.with_name("whole"), 1, None)
    for edition in (1, 2):
        for _ in range(kills // 2 + kills % 2 * (edition == 1)):
            life = chance.uniform(0.02, whole)
            print(edition, round(in_child(home, edition, life), 3), flush=True)
        in_child(home, edition, None)
    in_child(home.with_name("whole"), 2, None)
    print("done")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
