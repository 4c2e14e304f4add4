"""The door: paths in, texts and refusals out, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index_store.formats.archives import PACKED_ERRORS, Unpacking
from index_store.formats.finding import find_files, why_not_open
from index_store.formats.refusal import Refusal
from index_store.formats.registry import format_of
from index_store.formats.source import Input, Item, Unreadable


def read_sources(paths: Iterable[Path], *, exclude: Sequence[str] = ()) -> Iterator[Item]:
    """Every document of the files and folders as a text, and every file that gives none with its reason.

    Lazy, in a fixed order (paths as given, names sorted), and never raising for what a file holds:
    one bad file or record is an `Unreadable` and the next is read. `exclude` holds glob patterns for
    paths inside the folder or archive given, and for names.
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
            yield from read_input(Input(found.origin, found.path.name, stream), exclude)


def read_input(source: Input, exclude: Sequence[str] = ()) -> Iterator[Item]:
    """The documents of one open file or archive member; whatever goes wrong in it becomes an Unreadable."""
    name: str | None = None
    try:
        form = format_of(source)
        name = form.name
        if form.read is not None:
            items = form.read(source)
        else:
            assert form.unpack is not None
            items = form.unpack(source, Unpacking(lambda member: read_input(member, exclude), exclude))
        for item in items:
            yield replace(item, format=item.format or name, file=item.file or source.origin)
    except Refusal as refusal:
        yield Unreadable(source.origin, str(refusal), name, source.origin)
    except PACKED_ERRORS:
        if source.depth:
            raise  # of the archive around it, which knows what to say
        yield Unreadable(source.origin, f"a damaged {name} file: copy or download it again", name, source.origin)
    except OSError as error:
        yield Unreadable(source.origin, why_not_open(error), name, source.origin)
    except Exception as error:
        # The libraries that read PDF, Word and XML raise all sorts of things for files made wrong
        # or made to harm, and one such file must not end the reading of the others.
        what = f"can't be read as {name or 'a file'} ({type(error).__name__})"
        reason = f"{what}: open it in its program and save it again"
        yield Unreadable(source.origin, reason, name, source.origin)
