"""One writer at a time: a lock that the operating system drops with the process that holds it."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from index_store.errors import LibraryLocked, LibraryNotWritable


@contextmanager
def writing(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock file `path`; wait for it up to `wait` seconds.

    Raises LibraryLocked, naming the process that holds it, and LibraryNotWritable.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise LibraryNotWritable.because(path.parent, error) from error
    try:
        _acquire(handle, path, wait)
        holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now().isoformat(" ", "seconds")}
        with suppress(OSError):  # who holds it is only told; a full disk doesn't make the lock less held
            os.ftruncate(handle, 0)
            os.pwrite(handle, json.dumps(holder).encode(), 0)
        yield
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise LibraryLocked(
                    f"The library {path.parent} is being written by {_holder(path)}; try again when it is done."
                ) from error
            time.sleep(0.1)
        else:
            return


def _holder(path: Path) -> str:
    try:
        holder = json.loads(path.read_text("utf-8"))
        return f"process {holder['pid']} on {holder['host']} since {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock file `path` for a moment, waiting as long as it takes; readers hold it too.

    Who can't write the folder holds the file as it is there; where there is none nobody has written yet.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        try:
            handle = os.open(path, os.O_RDONLY)
        except OSError:
            yield
            return
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
