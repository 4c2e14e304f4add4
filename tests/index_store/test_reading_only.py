"""A library in a folder that can't be written: it is read, and nothing is put into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.generated import cables
from index_store import chroma, database, keywords
from index_store.errors import LibraryNotWritable
from index_store.store import IndexStore
from tests.index_store.cheap import CheapEmbedding
from tests.index_store.disks import mount_again, small_disk

DOCUMENTS = list(cables(6, words=20, paragraphs=5))
MORE = list(cables(9, words=20, paragraphs=5))


def opened(home: Path) -> IndexStore:
    return IndexStore.open(home, embedding=CheapEmbedding())


def found(store: IndexStore) -> object:
    return (
        store.summaries(),
        store.status().paragraphs,
        store.document(DOCUMENTS[0].stem),
        store.search_keywords("the treaty", 500),
        sorted(hit.ref for hit in store.search_vectors("the treaty", 500)),
    )


@pytest.fixture(params=[10, 1000], ids=["a graph in files", "all in Chroma's log"])
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    hnsw = {**chroma.CONFIGURATION["hnsw"], "sync_threshold": request.param}
    monkeypatch.setitem(chroma.CONFIGURATION, "hnsw", hnsw)
    folder = tmp_path / "library"
    with opened(folder) as store:
        store.index(DOCUMENTS)
    return folder


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders count as not writable, also for a user who may write everywhere."""
    for module in (chroma, database, keywords):
        monkeypatch.setattr(module, "writable", lambda folder: False)


def states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of every file, but for SQLite's own two, which come and go."""
    files = [file for file in folder.rglob("*") if not file.name.endswith(("-wal", "-shm"))]
    return {file: (file.stat().st_size, file.stat().st_mtime_ns) for file in files if file.is_file()}


def test_reading_changes_no_file(home: Path, guarded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as free:
        for module in (chroma, database, keywords):
            free.setattr(module, "writable", lambda folder: True)
        with opened(home) as store:
            expected = found(store)
    before = states(home)
    with opened(home) as store:
        assert found(store) == expected
    assert states(home) == before


def test_a_reader_that_may_not_write_sees_what_another_puts_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (chroma, database, keywords):
        monkeypatch.setattr(module, "writable", lambda folder: False)
    with opened(home) as reader:
        found(reader)
        with monkeypatch.context() as free:
            for module in (chroma, database, keywords):
                free.setattr(module, "writable", lambda folder: True)
            with opened(home) as writer:
                writer.index(MORE)
                expected = found(writer)
        assert found(reader) == expected


def test_a_reader_that_may_not_write_reads_beside_one_that_writes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(home) as writer:
        writer.index(MORE)
        for module in (chroma, database, keywords):
            monkeypatch.setattr(module, "writable", lambda folder: False)
        with opened(home) as reader:
            assert found(reader) == found(writer)


def test_no_temporary_folder_stays(home: Path, guarded: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with opened(home) as store:
        found(store)
        assert list(tmp_path.glob("pilcrow-*"))
    assert not list(tmp_path.glob("pilcrow-*"))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, to be mounted read-only."""
    with small_disk(tmp_path / "disk", megabytes=50) as folder:
        yield folder


def test_a_library_on_a_read_only_disk_is_read_and_not_written(disk: Path) -> None:
    home = disk / "library"
    with opened(home) as store:
        store.index(DOCUMENTS)
        expected = found(store)
    mount_again(disk, "ro")
    with opened(home) as store:
        assert found(store) == expected
        for change in (lambda: store.index(MORE), lambda: store.remove([DOCUMENTS[0].stem]), store.check):
            with pytest.raises(LibraryNotWritable) as caught:
                change()
            assert "\n" not in str(caught.value)
            assert "another folder in PILCROW_HOME" in str(caught.value)
        assert found(store) == expected


def test_a_library_that_is_not_there_is_not_made_on_a_read_only_disk(disk: Path) -> None:
    (disk / "empty").mkdir()
    mount_again(disk, "ro")
    for home in (disk / "empty", disk / "none"):
        with pytest.raises(LibraryNotWritable, match="PILCROW_HOME"):
            opened(home)
