"""Chroma, embedded or as a server: one collection per shard, opened so that it is never stale unnoticed.

Why chromadb's collections and not LlamaIndex's ChromaVectorStore: that one adds every node's text and its whole
JSON to Chroma (which also indexes the text for substrings), can't replace or say which ids it holds, and always
reads texts and metadata back. Here the catalog has the texts; Chroma holds vectors under the paragraphs' keys with
a little metadata for whoever looks into it with other tools, is asked for keys and distances alone, and can
always be made again.
"""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from index_store.errors import ChromaUnreachable, LibraryDamaged, LibraryNotWritable, PilcrowError
from index_store.memory import give_back, one_heap
from index_store.mirror import Mirror, writable

_spellings = itertools.count()

_SQLITE: Final = "chroma.sqlite3"
_ROOM: Final = 500_000
"""A disk with fewer bytes left is full."""

CONFIGURATION: Final = {
    "hnsw": {"space": "cosine", "ef_construction": 100, "max_neighbors": 16, "ef_search": 100, "sync_threshold": 1000}
}
"""sync_threshold: so many vectors wait in Chroma's log before the graph is written out; opening plays the log again."""


@dataclass(slots=True)
class Shard:
    """An open collection."""

    number: int
    generation: int
    """How often the shard had been written when it was opened."""
    collection: Any
    client: Any
    mirror: Mirror | None = None
    """Where it was opened if not in its own folder, which can't be written."""


class Place(Protocol):
    """Where the collections are."""

    name: str
    """Remembered by the library: vectors that lie elsewhere don't count."""

    def reach(self) -> None:
        """Raises ChromaUnreachable where nothing answers."""

    def open(self, number: int, generation: int, *, new: bool = False) -> Shard:
        """Open a shard; with `new` make it, empty, whatever was there."""

    def close(self, shard: Shard) -> None:
        """Let go of an open shard."""

    def free(self) -> None:
        """Free the memory of the shards that were closed; takes a moment."""

    def fingerprint(self, number: int) -> str | None:
        """Changes whenever the files of the shard's graph do."""

    def sync(self, number: int) -> None:
        """See to it that the shard's files are on the disk."""

    def clear(self, keep: Sequence[int]) -> None:
        """Delete what is left of shards other than `keep`."""

    def errors(self) -> Any:
        """A context that turns Chroma's errors into ours."""


def _settings() -> Any:
    from chromadb.config import Settings

    # No file `.env` of whatever folder one is in decides about a library, and no telemetry of either kind is on.
    return Settings(  # type: ignore[call-arg]
        _env_file=None, anonymized_telemetry=False, chroma_otel_collection_endpoint=""
    )


class Embedded:
    """Each shard in a folder of its own, so that it can be opened, closed and made anew by itself.

    An open shard keeps its graph in memory (1.7 KB a vector); whoever only adds needs no more than one open.
    """

    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        one_heap()

    def reach(self) -> None:
        """See Place."""

    def open(self, number: int, generation: int, *, new: bool = False) -> Shard:
        """See Place. Raises LibraryDamaged where a shard's folder is not there."""
        import chromadb

        folder = self._folder(number)
        with self.errors():
            if new:
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
            elif not (folder / _SQLITE).is_file():
                raise LibraryDamaged(f"The vectors in {folder} are gone: pilcrow check --repair makes them anew.")
            mirror = None if writable(folder) else self._mirrored(number)
            if mirror is not None:
                folder = mirror.folder
            # Chroma keeps one handle per spelling of a path for the whole process and would give us that
            # one again, as stale as it is; a new spelling gets a handle that reads the files.
            path = f"{folder}/{'./' * (next(_spellings) % 1000)}"
            client = chromadb.PersistentClient(path=path, settings=_settings())
            return Shard(number, generation, _collection(client, f"pilcrow-{number:04d}", new), client, mirror)

    def _mirrored(self, number: int) -> Mirror:
        """A shard's folder as Chroma can open it where that one can't be written."""
        written_out = {file.parent.name for file in self._graph(number)}
        # A graph that was never written out is begun anew by Chroma, in the same files.
        begun = [file.name for file in self._folder(number).iterdir() if file.is_dir() and file.name not in written_out]
        return Mirror(self._folder(number), copied=[_SQLITE], without=begun)

    def close(self, shard: Shard) -> None:
        """See Place."""
        shard.client.close()
        shard.client = shard.collection = None
        if shard.mirror is not None:
            shard.mirror.close()

    def free(self) -> None:
        """See Place: chromadb leaves a closed graph's memory to the collector of cycles, which may come late."""
        give_back()

    def fingerprint(self, number: int) -> str | None:
        """See Place: names, sizes and times of the graph's files.

        Before a graph is written out for the first time, Chroma makes it from its log at each opening.
        """
        states = [(file, file.stat()) for file in self._graph(number)]
        return "; ".join(f"{f.parent.name}/{f.name} {state.st_size} {state.st_mtime_ns}" for f, state in states)

    def sync(self, number: int) -> None:
        """See Place. Chroma leaves it to the system when a graph reaches the disk."""
        for file in self._graph(number):
            handle = os.open(file, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def _graph(self, number: int) -> list[Path]:
        folders = [file.parent for file in self._folder(number).glob("*/index_metadata.pickle")]
        return sorted(file for folder in folders for file in folder.iterdir())

    def clear(self, keep: Sequence[int]) -> None:
        """See Place."""
        kept = {self._folder(number).name for number in keep}
        for folder in self.folder.glob("*"):
            if folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _folder(self, number: int) -> Path:
        return self.folder / f"{number:04d}"

    @contextmanager
    def errors(self) -> Iterator[None]:
        """See Place."""
        try:
            yield
        except PilcrowError:
            raise
        except Exception as error:  # chromadb's own classes vary, and its Rust half raises plain ones
            words = " ".join(str(error).split())[:160]
            signs = ("full", "readonly", "read-only", "Read-only", "No space", "Permission")
            hindered = _hindered(self.folder)
            if hindered or any(sign in words for sign in signs):
                raise LibraryNotWritable.saying(self.folder, ": ".join([*hindered, words])) from error
            raise LibraryDamaged(
                f"The vectors in {self.folder} can't be read ({words}): pilcrow check --repair makes them anew."
            ) from error


class Server:
    """Shards as collections of a Chroma server, named after the library so that several can share it."""

    def __init__(self, url: str, library: str) -> None:
        self.name = url.rstrip("/")
        self._prefix = f"pilcrow-{library[:12]}-"
        self._client: Any = None

    def _connect(self) -> Any:
        import chromadb

        if self._client is None:
            parts = urlsplit(self.name)
            secure = parts.scheme == "https"
            self._client = chromadb.HttpClient(
                host=parts.hostname or "localhost",
                port=parts.port or (443 if secure else 80),
                ssl=secure,
                settings=_settings(),
            )
        return self._client

    def reach(self) -> None:
        """See Place."""
        with self.errors():
            self._connect()

    def open(self, number: int, generation: int, *, new: bool = False) -> Shard:
        """See Place."""
        with self.errors():
            client = self._connect()
            return Shard(number, generation, _collection(client, f"{self._prefix}{number:04d}", new), client)

    def close(self, shard: Shard) -> None:
        """See Place."""

    def free(self) -> None:
        """See Place."""

    def fingerprint(self, number: int) -> str | None:
        """See Place: the server looks after its own files."""
        return None

    def sync(self, number: int) -> None:
        """See Place."""

    def clear(self, keep: Sequence[int]) -> None:
        """See Place."""
        kept = {f"{self._prefix}{number:04d}" for number in keep}
        with self.errors():
            client = self._connect()
            for collection in client.list_collections():
                if collection.name.startswith(self._prefix) and collection.name not in kept:
                    client.delete_collection(collection.name)

    @contextmanager
    def errors(self) -> Iterator[None]:
        """See Place."""
        try:
            yield
        except PilcrowError:
            raise
        except Exception as error:  # httpx's, chromadb's and plain ValueErrors all mean the same to the user
            from chromadb.errors import NotFoundError

            words = " ".join(str(error).split())[:160]
            if isinstance(error, NotFoundError):
                raise LibraryDamaged(
                    f"The Chroma server {self.name} has lost this library's vectors: "
                    "pilcrow check --repair makes them anew."
                ) from error
            raise ChromaUnreachable(f"The Chroma server {self.name} does not answer as it should: {words}.") from error


def _hindered(folder: Path) -> list[str]:
    """What keeps a folder from being written, in words: Chroma doesn't always say that this was what went wrong."""
    try:
        disk = os.statvfs(folder)
    except OSError:
        return []
    full = disk.f_bavail * disk.f_frsize < _ROOM
    return ["the disk is full"] * full + ["the disk is read-only"] * bool(disk.f_flag & os.ST_RDONLY)


def _collection(client: Any, name: str, new: bool) -> Any:
    if not new:
        return client.get_collection(name, embedding_function=None)
    if name in {collection.name for collection in client.list_collections()}:
        client.delete_collection(name)
    return client.create_collection(name, configuration=CONFIGURATION, embedding_function=None)
