"""The door: paths in, texts and refusals out, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index_store.formats.finding import find_files, why_not_open
from index_store.formats.plain import read_text
from index_store.formats.source import Input, Item, Refusal, Unreadable

Reader = Callable[[Input], Iterator[Item]]


def read_sources(paths: Iterable[Path], *, exclude: Sequence[str] = ()) -> Iterator[Item]:
    """Every document of the files and folders as a text, and every file that gives none with its reason.

    Lazy, in a fixed order (paths as given, names sorted), and never raising for what a file holds:
    one bad file or record is an `Unreadable` and the next is read.
    """
    for found in find_files(paths, exclude):
        if isinstance(found, Unreadable):
            yield replace(found, file=found.file or found.origin)
            continue
        try:
            stream = found.path.open("rb")
        except OSError as error:
            yield Unreadable(found.origin, why_not_open(error), file=found.origin)
            continue
        with stream:
            yield from read_input(Input(found.origin, found.path.name, stream))


def read_input(source: Input) -> Iterator[Item]:
    """The documents of one open file or archive member."""
    name, reader = "text", read_text
    try:
        for item in reader(source):
            yield replace(item, format=name, file=item.file or source.origin)
    except Refusal as refusal:
        yield Unreadable(source.origin, str(refusal), name, source.origin)
    except OSError as error:
        yield Unreadable(source.origin, why_not_open(error), name, source.origin)
