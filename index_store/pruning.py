"""Which known files are no longer there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path


def gone(
    not_seen: Iterable[tuple[str, str]], roots: Sequence[str], unread: Iterable[str], read: Iterable[str]
) -> list[str]:
    """The names of origins under `roots` that have left them.

    `not_seen` are known origins that this indexing has not met: name and file; `unread` what it could not read;
    `read` the files that it met. All paths are absolute. In doubt an origin stays: one that exists but was not
    read (excluded, or not to be opened), one in an archive with unreadable parts, one under a root that is
    itself not there (a disk that isn't mounted).
    """
    present = [root for root in roots if Path(root).exists()]
    bad = list(unread)
    met = {_on_disk(file) for file in read}
    names = []
    for name, file in not_seen:
        if not any(_within(file, root) for root in present):
            continue
        disk = _on_disk(file)
        if disk is None or (disk != name and disk in met and not any(_within(path, disk) for path in bad)):
            names.append(name)
    return names


def _within(path: str, folder: str) -> bool:
    return path == folder or path.startswith((folder.rstrip("/") + "/", folder + "!", folder + "#"))


def _on_disk(file: str) -> str | None:
    """The file itself, or the archive around it; None if neither is there."""
    if Path(file).exists() or Path(file).is_symlink():
        return file
    place = file.find("!")
    while place >= 0:
        if Path(file[:place]).is_file():
            return file[:place]
        place = file.find("!", place + 1)
    return None
