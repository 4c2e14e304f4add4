"""Paths to files."""

from __future__ import annotations

import inspect
import os
import sys
from pathlib import Path

import pytest

from index_store.formats import SourceText, read_sources
from index_store.formats.finding import Found, excluded, find_files
from tests.index_store.formats.making import refusals, texts, written


def names(folder: Path, *exclude: str) -> list[str]:
    return [Path(source.origin).relative_to(folder).as_posix() for source in texts(folder, exclude)]


def test_files_come_sorted_by_name_within_their_folder(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.txt", "c.txt"):
        written(tmp_path / name, "Some text.")
    assert names(tmp_path) == ["a/c.txt", "a/z.txt", "b.txt", "c.txt"]


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    for name in (".git/config", ".hidden.txt", "seen.txt"):
        written(tmp_path / name, "Some text.")
    assert names(tmp_path) == ["seen.txt"]


def test_a_hidden_file_named_outright_is_read(tmp_path: Path) -> None:
    assert texts(written(tmp_path / ".note.txt", "Some text."))[0].text == "Some text."


@pytest.mark.parametrize(
    "pattern", ["drafts", "drafts/", "./drafts", "drafts/*", "drafts/old.txt", "*/old.txt", "old.*", "*raft*"]
)
def test_a_pattern_leaves_out_what_it_fits(tmp_path: Path, pattern: str) -> None:
    written(tmp_path / "drafts/old.txt", "Some text.")
    written(tmp_path / "final.txt", "Some text.")
    assert names(tmp_path, pattern) == ["final.txt"]


def test_a_pattern_is_not_fitted_to_the_path_above_the_folder_given() -> None:
    assert not excluded("a.txt", ["tmp*"])


def test_a_path_that_is_not_there_is_reported_and_the_next_is_read(tmp_path: Path) -> None:
    there = written(tmp_path / "a.txt", "Some text.")
    missing, found = read_sources([tmp_path / "gone.txt", there])
    assert missing.reason == "no such file or folder: check the path"  # type: ignore[union-attr]
    assert isinstance(found, SourceText)


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    assert refusals(tmp_path)[0].reason.startswith("no file to read in this folder")


def test_a_loop_of_links_is_walked_once(tmp_path: Path) -> None:
    written(tmp_path / "a/one.txt", "Some text.")
    (tmp_path / "a/back").symlink_to(tmp_path, target_is_directory=True)
    assert names(tmp_path) == ["a/one.txt"]


def test_a_link_to_nothing_is_reported(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    assert refusals(tmp_path)[0].reason == "no such file or folder: check the path"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusals(tmp_path)[0].reason.startswith("not a regular file")


def test_a_file_that_may_not_be_read_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "a.txt", "Some text.")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusals(tmp_path)[0].reason.startswith("no permission to read it")


def test_reading_is_lazy(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", "Some text.")
    gone = written(tmp_path / "b.txt", "Some text.")
    sources = read_sources([tmp_path / "a.txt", gone])
    next(sources)
    gone.unlink()
    assert next(sources).reason == "no such file or folder: check the path"  # type: ignore[union-attr]


def test_folders_nested_deeper_than_calls_may_be_are_walked(tmp_path: Path) -> None:
    written(tmp_path / "/".join("d" * 200) / "a.txt", "Some text.")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        (found,) = find_files([tmp_path])
    finally:
        sys.setrecursionlimit(limit)
    assert isinstance(found, Found)


@pytest.mark.parametrize("name", ["scan.png", "old.doc", "table.xlsx", "book.epub", "value.json", "page.mhtml"])
def test_formats_that_are_not_read_are_refused_with_advice(tmp_path: Path, name: str) -> None:
    reason = refusals(written(tmp_path / name, b"whatever it holds"))[0].reason
    assert ":" in reason
