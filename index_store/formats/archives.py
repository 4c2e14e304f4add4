"""Zip and tar archives and single compressed files, read without writing anything to disk.

No member is unpacked to a path, so a name that points elsewhere can do nothing; it is refused all
the same, because an honest archive has none. Amounts are bounded by `streams.Allowance`.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, BinaryIO, cast

from index_store.formats.finding import excluded, hidden
from index_store.formats.refusal import Refusal
from index_store.formats.source import Input, Item, Unreadable
from index_store.formats.streams import BOMB, DEEPEST, Allowance, head_of, metered, seekable

ReadMember = Callable[[Input], Iterator[Item]]
PACKED_ERRORS = (
    EOFError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
)
CUT_SHORT = "ends too early: it was not copied or downloaded whole"
MAGIC_OF_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
BLOCK = 512


@dataclass(frozen=True, slots=True)
class Unpacking:
    """What an archive's reader needs beside the archive: how members are read and which are left out."""

    read_member: ReadMember
    exclude: Sequence[str] = ()


def read_zip(source: Input, unpacking: Unpacking) -> Iterator[Item]:
    """The members in the order of their names."""
    allowance = _enter(source)
    try:
        archive = zipfile.ZipFile(seekable(source.stream))
    except zipfile.BadZipFile as error:
        raise Refusal(f"a damaged zip archive: {CUT_SHORT} or changed") from error
    with archive:
        members = sorted((member for member in archive.infolist() if not member.is_dir()), key=lambda m: m.filename)
        empty = True
        for member in members:
            name = member.filename.replace("\\", "/")
            if left_out(name, unpacking.exclude):
                continue
            empty = False
            if member.flag_bits & 1:
                yield _refused(source, name, "encrypted: unpack it with its password and index the files")
                continue
            yield from _member(source, name, allowance, unpacking, partial(archive.open, member))
            if allowance.spent:
                raise Refusal(BOMB)
    if empty:
        raise Refusal("no file to read in this archive (hidden and excluded ones are skipped)")


def read_compressed(source: Input, unpacking: Unpacking) -> Iterator[Item]:
    """A .gz, .bz2 or .xz: the tar archive in it, or the one file."""
    allowance = _enter(source)
    if not head_of(source.stream, 6).startswith(MAGIC_OF_COMPRESSED):
        raise Refusal("not compressed as its name says: give it the ending of what it is")
    opened = _decompressor(source.stream)
    inner = replace(
        source,
        name=source.name.rpartition(".")[0] if "." in source.name else source.name,
        stream=metered(opened, allowance),
        allowance=allowance,
        depth=source.depth + 1,
    )
    try:
        if looks_like_tar(head_of(inner.stream)) or source.name.lower().endswith((".tgz", ".tbz", ".txz")):
            yield from read_tar(inner, unpacking)
        else:
            yield from unpacking.read_member(inner)
    except PACKED_ERRORS as error:
        raise Refusal(_why_packed(error)) from error


def read_tar(source: Input, unpacking: Unpacking) -> Iterator[Item]:
    """The members in the order they stand in: a tar archive is read once from end to end."""
    inside = source.allowance is not None
    allowance = source.allowance or _enter(source)
    depth = source.depth if inside else source.depth + 1
    watched = _Watched(source.stream)
    empty = True
    try:
        with tarfile.open(fileobj=watched, mode="r|", bufsize=BLOCK) as archive:
            for member in archive:
                name = member.name.replace("\\", "/")
                if member.isdir() or left_out(name, unpacking.exclude):
                    continue
                empty = False
                if not member.isreg():
                    yield _refused(source, name, "a link or device in the archive: index the file itself")
                    continue
                inner = replace(source, depth=depth - 1)
                opening = cast(Callable[[], IO[bytes]], partial(archive.extractfile, member))
                yield from _member(inner, name, allowance, unpacking, opening)
                if allowance.spent:
                    raise Refusal(BOMB)
    except PACKED_ERRORS as error:
        raise Refusal(_why_packed(error)) from error
    if not watched.ended_well():
        raise Refusal(f"a damaged tar archive: {CUT_SHORT}; what stands before the damage was read")
    if empty:
        raise Refusal("no file to read in this archive (hidden and excluded ones are skipped)")


def looks_like_tar(head: bytes) -> bool:
    """Whether the first block has the mark of a tar header."""
    return head[257:262] == b"ustar"


def _enter(source: Input) -> Allowance:
    """The allowance of the file on disk that everything comes from."""
    if source.depth >= DEEPEST:
        raise Refusal("an archive nested too deep: unpack it yourself")
    if source.allowance is not None:
        return source.allowance
    stream = source.stream
    position = stream.tell()
    size = stream.seek(0, io.SEEK_END) - position
    stream.seek(position)
    return Allowance.of(size)


def _member(
    source: Input, name: str, allowance: Allowance, unpacking: Unpacking, open_it: Callable[[], IO[bytes]]
) -> Iterator[Item]:
    allowance.files_left -= 1
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        yield _refused(source, name, "its name points outside the archive: not read")
        return
    try:
        with open_it() as opened:
            stream = metered(cast(BinaryIO, opened), allowance)
            short = name.rpartition("/")[2]
            yield from unpacking.read_member(
                Input(f"{source.origin}!{name}", short, stream, allowance, source.depth + 1)
            )
    except PACKED_ERRORS as error:
        yield _refused(source, name, _why_packed(error))


def _refused(source: Input, name: str, reason: str) -> Unreadable:
    origin = f"{source.origin}!{name}"
    return Unreadable(origin, reason, file=origin)


def left_out(name: str, exclude: Sequence[str]) -> bool:
    """Whether a member is passed over: hidden, or fitting a pattern."""
    return any(hidden(part) and part not in (".", "..") for part in name.split("/")) or excluded(name, exclude)


def _decompressor(stream: BinaryIO) -> BinaryIO:
    head = head_of(stream, 6)
    if head.startswith(b"BZh"):
        return cast(BinaryIO, bz2.BZ2File(stream))
    if head.startswith(b"\xfd7zXZ"):
        return cast(BinaryIO, lzma.LZMAFile(stream))
    return cast(BinaryIO, gzip.GzipFile(fileobj=stream))


def _why_packed(error: Exception) -> str:
    if isinstance(error, EOFError) or "unexpected end" in str(error):
        return CUT_SHORT
    if isinstance(error, NotImplementedError):
        return "packed in a way that is not known here: unpack it yourself"
    return "damaged: what is unpacked does not fit its checksum or form; copy or download it again"


class _Watched(io.RawIOBase):
    """A tar stream that remembers the last block that was asked for: tarfile takes a damaged header for the end."""

    def __init__(self, inner: BinaryIO) -> None:
        self._inner = inner
        self._last = b""

    def read(self, size: int = -1) -> bytes:
        """As of any stream; keeps the last block."""
        data = self._inner.read(size)
        self._last = (self._last + data)[-BLOCK:]
        return data

    def ended_well(self) -> bool:
        """Whether nothing but zeros follows what was read, and a block of zeros ended it."""
        while rest := self.read(2**16):
            if rest.strip(b"\x00"):
                return False
        return len(self._last) == BLOCK and not self._last.strip(b"\x00")
