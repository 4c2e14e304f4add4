"""Folders to files: sorted, hidden ones skipped, safe against loops of links."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from index_store.formats.source import Unreadable


@dataclass(frozen=True, slots=True)
class Found:
    """A regular file to read; `origin` is its path as the user would write it."""

    path: Path
    origin: str


def excluded(relative: str, patterns: Sequence[str]) -> bool:
    """Whether a glob pattern fits the path inside the folder given, or the name of any part of it.

    `*` also stands for `/`: 'drafts/*' leaves out all that is below 'drafts', as 'drafts' does.
    """
    path = PurePosixPath(relative)
    candidates = [str(path), *path.parts, *(str(parent) for parent in path.parents)]
    wanted = [pattern.removeprefix("./").rstrip("/") for pattern in patterns]
    return any(fnmatchcase(candidate, pattern) for pattern in wanted for candidate in candidates)


def hidden(name: str) -> bool:
    """Names that a file browser hides, and the folder of resource forks that macOS adds to zips."""
    return name.startswith(".") or name == "__MACOSX"


def find_files(paths: Iterable[Path], exclude: Sequence[str] = ()) -> Iterator[Found | Unreadable]:
    """The files of the paths, in the order given and sorted by name within a folder.

    A path named outright is read even if it is hidden. A folder reached twice is read once.
    """
    visited: set[tuple[int, int]] = set()
    for path in paths:
        status = _status(path)
        if isinstance(status, Unreadable):
            yield status
        elif not stat.S_ISDIR(status.st_mode):
            if not excluded(path.as_posix(), exclude):
                yield _file(path, status)
        else:
            empty = True
            for found in _walk(path, exclude, visited):
                empty = False
                yield found
            if empty:
                yield Unreadable(str(path), "no file to read in this folder (hidden and excluded ones are skipped)")


def _walk(folder: Path, exclude: Sequence[str], visited: set[tuple[int, int]]) -> Iterator[Found | Unreadable]:
    """Depth first; folders may be nested deeper than calls may."""
    open_folders = [_entries(folder, "", visited)]
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
            continue
        if isinstance(entry, Unreadable):
            yield entry
            continue
        path, relative = entry
        if hidden(path.name) or excluded(relative, exclude):
            continue
        status = _status(path)
        if isinstance(status, Unreadable):
            yield status
        elif stat.S_ISDIR(status.st_mode):
            open_folders.append(_entries(path, f"{relative}/", visited))
        else:
            yield _file(path, status)


def _entries(folder: Path, inside: str, visited: set[tuple[int, int]]) -> Iterator[tuple[Path, str] | Unreadable]:
    """What stands in a folder, each with its path inside the folder given; nothing for one seen before."""
    try:
        status = folder.stat()
        names = sorted(os.listdir(folder))  # noqa: PTH208 - names alone: a folder may hold 250,000
    except OSError as error:
        yield Unreadable(str(folder), why_not_open(error))
        return
    identity = (status.st_dev, status.st_ino)
    if identity not in visited:
        visited.add(identity)
        for name in names:
            yield folder / name, f"{inside}{name}"


def _file(path: Path, status: os.stat_result) -> Found | Unreadable:
    if not stat.S_ISREG(status.st_mode):
        return Unreadable(str(path), "not a regular file: copy what it gives to a file and index that")
    return Found(path, str(path))


def _status(path: Path) -> os.stat_result | Unreadable:
    try:
        return path.stat()
    except (OSError, ValueError) as error:
        return Unreadable(str(path), why_not_open(error))


def why_not_open(error: OSError | ValueError) -> str:
    """Why a path can't be read, and what to do."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "no such file or folder: check the path"
    if isinstance(error, PermissionError):
        return "no permission to read it: change its permissions or ask its owner"
    if isinstance(error, OSError):
        return f"can't be read: {error.strerror or error}"
    return "no such file or folder: check the path"
