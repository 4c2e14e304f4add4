"""Damaged, full and locked-up folders: one clear line each, and nothing half-written."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.generated import cables
from index_store import chroma
from index_store.errors import LibraryDamaged, LibraryNotWritable
from index_store.filters import Filters
from index_store.store import IndexStore
from tests.index_store.cheap import CheapEmbedding
from tests.index_store.disks import mount_again, small_disk

DOCUMENTS = list(cables(6, words=20, paragraphs=5))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # So small that the graph is written out.
    monkeypatch.setitem(chroma.CONFIGURATION, "hnsw", {**chroma.CONFIGURATION["hnsw"], "sync_threshold": 10})
    folder = tmp_path / "library"
    with opened(folder) as store:
        store.index(DOCUMENTS)
    return folder


def opened(home: Path) -> IndexStore:
    return IndexStore.open(home, embedding=CheapEmbedding())


def scribble(path: Path) -> None:
    path.write_bytes(b"scribbled over by hand " * (path.stat().st_size // 23 + 1))


def chroma_sqlite(home: Path) -> Path:
    return next(home.glob("chroma/0000/chroma.sqlite3"))


def graph(home: Path) -> Path:
    return next(home.glob("chroma/0000/*/data_level0.bin"))


def use(home: Path) -> None:
    """Everything a reader does."""
    with opened(home) as store:
        store.summaries()
        store.search_keywords("the treaty", 5)
        store.search_vectors("the treaty", 5)


@pytest.mark.parametrize(
    "harm",
    [
        lambda home: shutil.rmtree(home / "keywords"),
        lambda home: (home / "catalog.sqlite").unlink(),
        lambda home: scribble(home / "catalog.sqlite"),
        lambda home: (home / "catalog.sqlite").write_bytes(b""),
        lambda home: scribble(home / "keywords" / "meta.json"),
        lambda home: [scribble(path) for path in (home / "keywords").glob("*.term")],
        lambda home: [path.unlink() for path in (home / "keywords").glob("*.idx")],
        lambda home: scribble(chroma_sqlite(home)),
        lambda home: shutil.rmtree(home / "chroma"),
    ],
    ids=[
        "no keywords",
        "no catalog",
        "catalog",
        "empty catalog",
        "tantivy meta",
        "tantivy terms",
        "tantivy postings",
        "chroma",
        "no chroma",
    ],
)
def test_a_library_damaged_by_hand_is_named_in_one_line(home: Path, harm: Callable[[Path], object]) -> None:
    for rest in home.glob("catalog.sqlite-*"):
        rest.unlink()
    harm(home)
    with pytest.raises(LibraryDamaged) as caught:
        use(home)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "harm",
    [
        lambda home: shutil.rmtree(home / "keywords"),
        lambda home: scribble(home / "keywords" / "meta.json"),
        lambda home: [path.unlink() for path in (home / "keywords").glob("*.idx")],
        lambda home: scribble(chroma_sqlite(home)),
        lambda home: graph(home).write_bytes(graph(home).read_bytes()[:1000]),
        lambda home: shutil.rmtree(home / "chroma"),
        lambda home: None,
    ],
    ids=["no keywords", "tantivy meta", "tantivy postings", "chroma", "chroma's graph", "no chroma", "nothing"],
)
def test_repair_makes_the_derived_indexes_anew(home: Path, harm: Callable[[Path], object]) -> None:
    with opened(home) as store:
        found = store.search_keywords("treaty", 50), store.search_vectors("the treaty", 50)
    harm(home)
    with opened(home) as store:
        assert store.repair() == []
        assert store.search_keywords("treaty", 50) == found[0]
        assert [hit.ref for hit in store.search_vectors("the treaty", 50)] == [hit.ref for hit in found[1]]
    with opened(home) as store:
        assert store.check() == []


def test_check_says_what_differs(home: Path) -> None:
    with opened(home) as store:
        keys = sorted(store._parts.catalog.by_key.all())
        store._parts.keywords.write((), keys[:2])
        store._parts.keywords.release()
        store._parts.vectors.delete(keys[:3])
        assert [str(item) for item in store.check()] == [
            "keywords: 2 paragraphs missing",
            "vectors: 3 paragraphs missing",
        ]
        assert store.repair() == []


def set_vector(store: IndexStore, keys: list[int], vector: list[float]) -> None:
    """Change what Chroma holds behind the library's back, as another program would."""
    for row, collection in store._parts.vectors._collections():
        if row.number == 0:
            collection.update(ids=[str(key) for key in keys], embeddings=[vector] * len(keys))


def test_check_says_which_documents_have_other_vectors_in_chroma(home: Path) -> None:
    with opened(home) as store:
        document = store.document(store.summaries()[0].id)
        live = store._parts.catalog.by_key.live(sorted(store._parts.catalog.by_key.all()))
        keys = [key for key, ref in live.items() if ref.document == document.id]
        set_vector(store, keys, [1.0] + [0.0] * 31)
        (difference,) = store.check()
        assert difference.changed == len(document.paragraphs)
        assert difference.documents == (document.id,)
        assert str(difference).startswith(f"vectors: {len(keys)} paragraphs with other values, in {document.id}")
        assert store.repair() == []
        assert store.check() == []


def test_a_vector_of_another_length_in_the_same_direction_is_the_same(home: Path) -> None:
    with opened(home) as store:
        (key, vector) = next(zip(*store._parts.catalog.by_key.vectors_after(0, limit=1), strict=True))
        set_vector(store, [key], [3.0 * number for number in vector.tolist()])
        assert not any(difference.changed for difference in store.check())


def test_check_tells_of_a_graph_that_was_cut_off(home: Path) -> None:
    file = graph(home)
    file.write_bytes(file.read_bytes()[:1000])
    with opened(home) as store:
        assert [difference.index for difference in store.check()] == ["vectors"]
        assert "shard 0" in str(store.check()[0])


def test_check_tells_of_an_index_that_is_gone(home: Path) -> None:
    shutil.rmtree(home / "chroma")
    shutil.rmtree(home / "keywords")
    with opened(home) as store:
        assert [difference.index for difference in store.check()] == ["keywords", "vectors"]


def test_the_next_indexing_mends_the_keyword_index(home: Path) -> None:
    with opened(home) as store:
        keys = sorted(store._parts.catalog.by_key.all())
        store._parts.keywords.write((), keys[:2])
        store._parts.keywords.release()
        assert any("2 paragraphs added" in line for line in store.index(DOCUMENTS).recovered)
        assert store.check() == []


def test_a_graph_that_was_not_written_to_its_end_is_made_anew_by_the_next_indexing(home: Path) -> None:
    file = graph(home)
    file.write_bytes(file.read_bytes()[:1000])
    with opened(home) as store:
        assert store.index(DOCUMENTS).recovered == ["vectors of shard 0 made anew"]
        assert len(store.search_vectors("the treaty", 1000)) == store.status().paragraphs


def test_a_library_of_a_newer_schema_is_refused(home: Path) -> None:
    connection = sqlite3.connect(home / "catalog.sqlite")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LibraryDamaged, match="newer Pilcrow"):
        opened(home)


def test_a_library_of_schema_1_is_brought_up_to_date(home: Path) -> None:
    within = Filters(posts=("Paris",))
    with opened(home) as store:
        found = store.search_vectors("the treaty", 50, within)
    connection = sqlite3.connect(home / "catalog.sqlite")
    for statement in (
        "DROP INDEX documents_narrowed",
        "ALTER TABLE documents DROP COLUMN first_key",
        "CREATE INDEX documents_by_date ON documents (date)",
        "PRAGMA user_version = 1",
    ):
        connection.execute(statement)
    connection.close()
    with opened(home) as store:
        assert len(found) == len(store.document(found[0].ref.document).paragraphs)
        assert store.search_vectors("the treaty", 50, within) == found


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryNotWritable, match="file"):
        opened(tmp_path / "file" / "library")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for little."""
    with small_disk(tmp_path / "disk", megabytes=3) as folder:
        yield folder


def test_a_full_disk_is_named_and_what_was_put_in_before_stays(disk: Path) -> None:
    home = disk / "library"
    with pytest.raises(LibraryNotWritable) as caught, opened(home) as store:
        store.index(cables(2000, words=100))
    assert "\n" not in str(caught.value)
    assert "make room" in str(caught.value)
    mount_again(disk, "size=200m")
    with opened(home) as store:
        documents = store.status().documents
        store.index(cables(documents + 5, words=100))
        assert store.status().documents == documents + 5
        assert store.check() == []
