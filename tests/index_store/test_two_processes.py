"""A reader goes on while another process writes, and sees every document either old or new."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index_store import vectors
from index_store.errors import LibraryLocked
from index_store.store import IndexStore
from tests.index_store.cheap import CheapEmbedding
from tests.index_store.writer import DOCUMENTS, sources, text

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def home(quick_folder: Path) -> Path:
    return quick_folder / "library"


def open_reader(home: Path, url: str | None = None) -> IndexStore:
    return IndexStore.open(home, embedding=CheapEmbedding(numbers=256), chroma_url=url)


def start_writer(home: Path, editions: int, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.index_store.writer", str(home), str(editions), *more]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def present(store: IndexStore, number: int, edition: int) -> bool:
    """Whether vector search finds the second paragraph in this edition: only its own text is that near."""
    return any(hit.score > 0.9 for hit in store.search_vectors(text(number, edition, 2), 3))


def editions_by_keyword(store: IndexStore, number: int) -> list[set[str]]:
    refs = [hit.ref for hit in store.search_keywords(f"Marker{number}", 20)]
    return [{word for word in node.text.split() if word.startswith("edition")} for node in store.nodes(refs)]


def watch(store: IndexStore, writer: subprocess.Popen[str], editions: int) -> Iterator[int]:
    """Ask about one document after the other, until the writer ends."""
    number = 0
    while writer.poll() is None:
        number = (number + 1) % DOCUMENTS
        found = editions_by_keyword(store, number)
        assert len(found) in (0, 3), found
        # From old to new at least one is there; from new to old at most one (changes go from old to new).
        rising = [present(store, number, edition) for edition in range(1, editions + 1)]
        falling = [present(store, number, edition) for edition in range(editions, 0, -1)]
        assert sum(falling) <= 1, falling
        if found:
            assert sum(rising) >= 1, rising
            yield number


@pytest.mark.parametrize("few", [20, 100_000])
def test_a_reader_in_another_process_sees_each_document_either_old_or_new(
    home: Path, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "FEW", few)  # few: the reader opens Chroma anew all the time
    with open_reader(home) as store:
        assert store.is_empty()
        writer = start_writer(home, 5)
        seen = list(watch(store, writer, 5))
        output, errors = writer.communicate()
        assert writer.returncode == 0, errors[-2000:]
        assert output.splitlines()[-1] == f"5 0 {DOCUMENTS}"
        assert len(set(seen)) > DOCUMENTS / 2
        assert all(present(store, number, 5) for number in range(DOCUMENTS))
        assert not any(present(store, number, 4) for number in range(DOCUMENTS))
        assert store.check() == []


def test_a_second_writer_is_told_who_holds_the_lock(home: Path) -> None:
    with open_reader(home) as first, open_reader(home) as second:
        first.index(sources(1))
        with first._parts.writing(), pytest.raises(LibraryLocked, match=r"process \d+ on \S+ since \d{4}-"):
            second.index(sources(2))


def test_a_second_writer_waits_for_the_first(home: Path) -> None:
    writer = start_writer(home, 2)
    while not (home / "writing.lock").exists() and writer.poll() is None:
        time.sleep(0.01)
    with open_reader(home) as store:
        report = store.index(sources(3), wait=60)
        assert report.replaced + report.added == DOCUMENTS
        writer.communicate()
        assert store.check() == []


def test_a_process_that_searched_before_another_wrote_can_write_itself(home: Path) -> None:
    with open_reader(home) as store:
        store.index(sources(1))
        assert present(store, 3, 1)
        assert start_writer(home, 2).wait() == 0
        assert present(store, 3, 2)
        store.index(sources(3))
        assert present(store, 3, 3)
        assert not present(store, 3, 2)
        assert store.check() == []
