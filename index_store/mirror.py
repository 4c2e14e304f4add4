"""Reading a library in a folder that can't be written: on a read-only disk, or somebody else's.

tantivy makes a lock file before it reads, and Chroma writes to its SQLite file when it opens it. They are given a
temporary folder in its place that links to the real files.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory


def writable(folder: Path) -> bool:
    """Whether files can be made in `folder`; one that isn't there yet is to be made, which may tell otherwise."""
    return not folder.is_dir() or os.access(folder, os.W_OK)


class Mirror:
    """A temporary folder with a link to each file and folder of another.

    `copied` names those to be copied instead, `without` those left out. Lock files are left out too: nobody can hold
    one in a folder that isn't written.
    """

    def __init__(self, original: Path, copied: Sequence[str] = (), without: Sequence[str] = ()) -> None:
        self._original = original
        self._copied = copied
        self._without = without
        self._temporary = TemporaryDirectory(prefix="pilcrow-", ignore_cleanup_errors=True)
        self.folder = Path(self._temporary.name)
        self.refresh()

    def refresh(self) -> None:
        """Link what has come into the original since."""
        for file in self._original.iterdir():
            here = self.folder / file.name
            if file.suffix == ".lock" or file.name in self._without or here.is_symlink() or here.exists():
                continue
            if file.name in self._copied:
                shutil.copyfile(file, here)
            else:
                here.symlink_to(file.absolute())

    def close(self) -> None:
        """Remove the temporary folder."""
        self._temporary.cleanup()
