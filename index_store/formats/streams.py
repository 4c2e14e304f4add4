"""Bounds on what archives may unpack to, and streams that keep them."""

from __future__ import annotations

import io
import shutil
import tempfile
from dataclasses import dataclass
from typing import BinaryIO

from index_store.formats.refusal import Refusal

ALWAYS_ALLOWED = 256 * 2**20
LARGEST_RATIO = 200
"""Text packs to a tenth, tables of blanks to a hundredth; what unpacks to more is made to do harm."""
LARGEST_TOTAL = 64 * 2**30
MOST_FILES = 1_000_000
DEEPEST = 3
"""An archive in an archive in an archive is read; what is nested deeper is refused."""
MEMORY_BYTES = 32 * 2**20
BOMB = "unpacks to far more than its size: stopped here; unpack it yourself if you trust it"


@dataclass(slots=True)
class Allowance:
    """What is left for everything that comes out of one file on disk, nested archives included."""

    bytes_left: int
    files_left: int = MOST_FILES

    @classmethod
    def of(cls, packed_size: int) -> Allowance:
        """What a file of this size may unpack to."""
        return cls(min(LARGEST_TOTAL, max(ALWAYS_ALLOWED, LARGEST_RATIO * packed_size)))

    @property
    def spent(self) -> bool:
        """Whether nothing more may be read."""
        return self.bytes_left < 0 or self.files_left < 0

    def take(self, count: int) -> None:
        """Count bytes read; Refusal when there are too many."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise Refusal(BOMB)


class Metered(io.RawIOBase):
    """A stream whose bytes are counted against an allowance as they are read."""

    def __init__(self, inner: BinaryIO, allowance: Allowance) -> None:
        self._inner = inner
        self._allowance = allowance

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """As `io.RawIOBase`; Refusal when the allowance is used up."""
        data = self._inner.read(len(buffer))
        self._allowance.take(len(data))
        buffer[: len(data)] = data
        return len(data)


def metered(inner: BinaryIO, allowance: Allowance) -> io.BufferedReader:
    """The stream with its bytes counted, and with `peek` and lines."""
    return io.BufferedReader(Metered(inner, allowance), 2**16)


def seekable(stream: BinaryIO) -> BinaryIO:
    """The stream itself, or its copy in memory (on disk if large) where it can't go back."""
    if stream.seekable():
        return stream
    copy = tempfile.SpooledTemporaryFile(MEMORY_BYTES)  # noqa: SIM115 - lives as long as its reader
    shutil.copyfileobj(stream, copy, 2**20)
    copy.seek(0)
    return copy  # type: ignore[return-value]


def head_of(stream: BinaryIO, count: int = 4096) -> bytes:
    """The first bytes, left unread; the stream has `peek`."""
    peek = getattr(stream, "peek", None)
    head: bytes = peek(count)[:count] if peek else b""
    return head
