"""How many documents a reading will give, for the time left: a quick look, not a reading."""

from __future__ import annotations

import mmap
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from index_store.formats.archives import left_out
from index_store.formats.cable_csv import CERTAIN_START
from index_store.formats.finding import Found, find_files

PACKED = frozenset({".bz2", ".gz", ".tar", ".tbz", ".tgz", ".txz", ".xz"})
UNKNOWN_INSIDE = PACKED | {".csv", ".jsonl", ".ndjson", ".xml", ".zip"}
"""Endings of archive members that may hold many documents."""
DOCUMENT_DIVISION = re.compile(rb"<div[^<>]*\btype\s*=\s*[\"']document[\"']")


def count_documents(paths: Iterable[Path], exclude: Sequence[str] = ()) -> int | None:
    """About how many documents and refusals a reading of the paths will give.

    None where only a reading can tell: a compressed tar, or an archive of files that hold many documents.
    """
    total = 0
    for found in find_files(paths, exclude):
        count = _count(found.path, exclude) if isinstance(found, Found) else 1
        if count is None:
            return None
        total += count
    return total


def _count(path: Path, exclude: Sequence[str]) -> int | None:
    ending = path.suffix.lower()
    if ending in PACKED:
        return None
    try:
        if ending == ".zip":
            return _members(path, exclude)
        if ending in (".csv", ".jsonl", ".ndjson", ".xml") and path.stat().st_size:
            with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                return max(1, _rows(content) if ending == ".csv" else _records(content, ending))
    except (OSError, ValueError, zipfile.BadZipFile):
        pass  # the reading says what is wrong with it
    return 1


def _members(path: Path, exclude: Sequence[str]) -> int | None:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/") and not left_out(name, exclude)]
    return None if any(Path(name).suffix.lower() in UNKNOWN_INSIDE for name in names) else max(1, len(names))


def _rows(content: mmap.mmap) -> int:
    count = int(CERTAIN_START.match(content) is not None)
    at = content.find(b'\n"')
    while at >= 0:
        count += CERTAIN_START.match(content, at + 1) is not None
        at = content.find(b'\n"', at + 1)
    return count


def _records(content: mmap.mmap, ending: str) -> int:
    if ending == ".xml":
        return sum(1 for _ in DOCUMENT_DIVISION.finditer(content))
    return sum(1 for line in iter(content.readline, b"") if not line.isspace())
