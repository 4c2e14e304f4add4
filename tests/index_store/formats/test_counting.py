"""How many documents there will be."""

from __future__ import annotations

import gzip
from pathlib import Path

from index_store.formats import count_documents, read_sources
from tests.index_store.formats.making import dump, row, written
from tests.index_store.formats.test_archives import tarred, zipped
from tests.index_store.formats.test_tei import div, volume


def test_the_count_is_that_of_a_reading(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", "Words.")
    written(tmp_path / "b.csv", dump([row(n, f'He said "{n}".\n"Yes"\nno') for n in range(1, 8)]))
    written(tmp_path / "c.jsonl", '{"id": "A", "text": "Words."}\n\n{"id": "B", "text": "Words."}')
    written(tmp_path / "d.xml", volume(div("<p>One.</p>"), div("<p>Two.</p>", "d2")))
    written(tmp_path / "e.zip", zipped({"a.txt": "Words.", "b.md": "Words.", ".hidden": "x"}))
    written(tmp_path / "empty.csv", "")
    written(tmp_path / "broken.zip", "PK")
    found = len(list(read_sources([tmp_path])))
    assert count_documents([tmp_path]) == found == 7 + 2 + 2 + 2 + 3


def test_what_only_a_reading_can_tell_is_not_guessed(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", "Words.")
    packed = written(tmp_path / "b.tgz", gzip.compress(tarred({"a.txt": "Words."})))
    nested = written(tmp_path / "c.zip", zipped({"a.csv": dump([row(1)])}))
    assert count_documents([packed]) is None
    assert count_documents([nested]) is None
    assert count_documents([tmp_path], exclude=["b.*", "c.*"]) == 1


def test_a_path_that_is_not_there_counts_as_a_refusal(tmp_path: Path) -> None:
    assert count_documents([tmp_path / "gone"]) == 1
