"""What reading gives: texts ready for the parser, and refusals with their reason. Plain data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from index_store.documents import Header
from index_store.formats.blocks import Aside
from index_store.formats.refusal import Refusal
from index_store.formats.streams import Allowance


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one document as its file gives it; all spans of the document refer to `text`."""

    origin: str
    """Where it was read, for reports: 'folder/a.zip!b.txt', 'cables.csv#17'."""
    text: str
    stem: str
    """The file's name without its ending: the document id where nothing better is found."""
    document_id: str | None = None
    """The id that the file itself gives."""
    kind: str | None = None
    """'cable', 'numbered' or 'prose' where the format decides it; None leaves it to the parser."""
    header: Header | None = None
    """Facts that the file gives outside the text; see `merge_headers`."""
    title: str | None = None
    """What the file is called inside; the subject where neither facts nor text give one."""
    format: str | None = None
    """The name of the format, for reports."""
    file: str = ""
    """The file or archive member that `origin` stands in; the same for all records of one file."""
    notices: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    """What the file says is no paragraph; heeded where the parser finds no cable."""
    blocks_are_paragraphs: bool = False
    """Whether all else that stands between blank lines is one, also above the first number."""

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of all that decides what the document says; its file's name is not among it.

        Equal fingerprints give equal paragraphs and headers, so that an unchanged or renamed file
        is recognised without parsing. An id that the file gives belongs to it: two records of one
        text under two ids are two documents.
        """
        facts = repr((self.document_id, self.kind, self.header, self.title, self.asides, self.blocks_are_paragraphs))
        return hashlib.sha256(f"{facts}\x1e{self.text}".encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file, member or record that gives no document."""

    origin: str
    reason: str
    """One line that says what to do."""
    format: str | None = None
    file: str = ""


Item: TypeAlias = SourceText | Unreadable


@dataclass(frozen=True, slots=True)
class Input:
    """An open file or archive member, before anything of it is read."""

    origin: str
    name: str
    """Its last part, as the file system or the archive has it."""
    stream: BinaryIO
    allowance: Allowance | None = None
    """What may still be unpacked; None for a file on disk."""
    depth: int = 0
    """How many archives it stands in."""

    @property
    def stem(self) -> str:
        """The name without its ending; a name that ends in something else than letters keeps it."""
        return stem_of(self.name)


ENDING_LETTERS = 8


def stem_of(name: str) -> str:
    """Cut 'cables.tar.gz' to 'cables' and 'a.txt' to 'a'; 'No. 5 of 1966' is whole."""
    for _ in range(2):
        head, dot, ending = name.rpartition(".")
        if not (head and dot and ending.isalnum() and not ending.isdigit() and len(ending) <= ENDING_LETTERS):
            break
        name = head
        if ending.lower() not in ("gz", "bz2", "xz"):
            break
    return name


def read_whole(source: Input, limit: int) -> bytes:
    """All bytes of the stream; Refusal if there are none or more than `limit`."""
    data = source.stream.read(limit + 1)
    if len(data) > limit:
        raise Refusal(f"larger than {limit // 2**20} MB, too large for one document: split it")
    if not data:
        raise Refusal("empty file: nothing to read")
    return data
