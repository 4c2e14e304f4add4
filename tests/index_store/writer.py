"""Run by test_two_processes.py: indexes one edition after the other in a process of its own.

python -m tests.index_store.writer HOME EDITIONS [URL]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from index_store.formats import SourceText
from index_store.store import IndexStore
from tests.index_store.cheap import CheapEmbedding
from tests.index_store.killer import small_steps

DOCUMENTS = 25


def text(number: int, edition: int, label: int) -> str:
    """The text of a paragraph, which occurs nowhere else."""
    words = [f"w{number}x{edition}x{label}x{place}" for place in range(20)]
    return f"Marker{number} edition{edition} {' '.join(words)}."


def sources(edition: int) -> Iterator[SourceText]:
    """Every document, in an edition of its text."""
    for number in range(DOCUMENTS):
        body = "\n\n".join(f"{label}. {text(number, edition, label)}" for label in (1, 2, 3))
        yield SourceText(f"/nowhere/{number}.txt", body, f"doc{number}", kind="prose")


def main(home: Path, editions: int, url: str | None) -> None:
    """Index the editions, the first last again."""
    small_steps()
    with IndexStore.open(home, embedding=CheapEmbedding(numbers=256), chroma_url=url) as store:
        for edition in range(1, editions + 1):
            report = store.index(sources(edition))
            print(edition, report.added, report.replaced, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else None)
