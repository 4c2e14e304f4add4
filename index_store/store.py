"""The library's one door: documents in, paragraphs found again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from index_store.catalog import DocumentSummary
from index_store.cosines import best
from index_store.documents import Document, Paragraph, ParagraphRef
from index_store.errors import LibraryOfAnotherModel
from index_store.filters import Filters, surname
from index_store.formats import SourceText, Unreadable, read_sources
from index_store.listing import Listed, ListWanted, listed
from index_store.parts import Difference, Parts
from index_store.report import IndexReport, Progress, Row
from index_store.weights import identity

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.schema import TextNode

    from index_store.indexing import Wishes

__all__ = [
    "DocumentSummary",
    "Hit",
    "IndexReport",
    "IndexStore",
    "ListWanted",
    "Listed",
    "Progress",
    "Row",
    "Status",
    "Vocabulary",
]

SAMPLES: Final = Path(__file__).parent / "samples"
NO_FILTERS: Final = Filters()
EVERYTHING: Final = ListWanted()
_MODEL: Final = "bge-small-en-v1.5"
_FEW_DOCUMENTS: Final = 2000
"""A search within so many documents is narrowed inside the keyword index; within more it is filtered after."""
_FEW_PARAGRAPHS: Final = 1500
"""A search within so many paragraphs for each shard of the vector index compares all their vectors, within more it asks
the shards and is filtered after. Comparing takes 2.6 us a paragraph; asking a shard 2 ms and 10 us a neighbour."""
_MARGIN: Final = 2
"""So many times as many neighbours are asked for beyond the limit as the filters would drop if they were spread evenly
among them."""
_MOST_MATCHES: Final = 50_000
_MOST_NEIGHBOURS: Final = 4000
"""Past so many the index of neighbours is no faster than comparing."""


class Hit(NamedTuple):
    """A paragraph found, and how well it fits: higher is better."""

    ref: ParagraphRef
    score: float


@dataclass(frozen=True, slots=True)
class Status:
    """What a library holds."""

    documents: int
    paragraphs: int
    samples: int
    """Of the documents, those that are samples."""
    model: str | None
    """None while nothing was indexed yet."""
    dimension: int | None
    chroma: str
    """'embedded', or the server's address."""
    sizes: dict[str, int]
    """Bytes on disk: catalog, keywords, vectors."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What is named in the library."""

    posts: tuple[str, ...]
    tags: tuple[str, ...]
    classifications: tuple[str, ...]
    first_date: str | None
    """ISO 8601, in UTC."""
    last_date: str | None


class IndexStore:
    """One open library. Any thread may use it; use it in a `with` statement, or close it.

    Several processes may have a library open; one at a time may change it, and the others see its changes at
    once.
    """

    def __init__(self, home: Path, parts: Parts, chroma_url: str | None, embedding: BaseEmbedding | None) -> None:
        self.home = home
        self._parts = parts
        self._chroma_url = chroma_url
        self._embedding = embedding
        self._embedding_lock = threading.Lock()

    @classmethod
    def open(cls, home: Path, *, chroma_url: str | None = None, embedding: BaseEmbedding | None = None) -> IndexStore:
        """Open the library in the folder `home`, making it if it isn't there.

        chroma_url: a Chroma server to use in place of the embedded Chroma. embedding: the model for a library
        of its own; without it Pilcrow's, loaded when first needed.

        Raises LibraryOfAnotherModel, LibraryDamaged or LibraryNotWritable.
        """
        parts = Parts(Path(home), chroma_url)
        store = cls(Path(home), parts, chroma_url, embedding)
        try:
            store._check_model()
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the library."""
        self._parts.close()

    # Putting in and taking out

    def index(
        self,
        sources: Iterable[SourceText | Unreadable],
        *,
        progress: Callable[[Progress], None] | None = None,
        replace: bool = False,
        kind: str | None = None,
        prune: Sequence[Path] = (),
        total: int | None = None,
        wait: float = 0.0,
        each: Callable[[Row], None] | None = None,
        stop: threading.Event | None = None,
    ) -> IndexReport:
        """Put in what is new and replace what has changed; the same file again changes nothing.

        See Wishes for the parameters; `wait`: seconds to wait for another process that writes. Ctrl-C, or
        setting `stop`, ends it at the next document: what is done is kept, the same call goes on from there.

        Raises LibraryLocked, LibraryNotWritable, LibraryDamaged, LibraryOfAnotherModel, ChromaUnreachable,
        WeightsMissing or WeightsChanged.
        """
        from index_store.indexing import Wishes

        return self._index(sources, Wishes(kind, replace, prune, False, total, progress, each, stop), wait)

    def _index(self, sources: Iterable[SourceText | Unreadable], wishes: Wishes, wait: float) -> IndexReport:
        from index_store.indexing import Indexing

        with self._parts.writing(wait) as recovered:
            self._check_model()
            report = Indexing(self._parts, self._embed, wishes).run(sources)
        report.recovered += recovered
        return report

    def add_samples(self, *, progress: Callable[[Progress], None] | None = None, wait: float = 0.0) -> IndexReport:
        """Put in the sample documents that come with Pilcrow."""
        from index_store.indexing import Wishes

        paths = sorted(SAMPLES.glob("*.txt"))
        return self._index(read_sources(paths), Wishes(sample=True, total=len(paths), progress=progress), wait)

    def remove_samples(self, *, wait: float = 0.0) -> tuple[str, ...]:
        """Take them out; returns their ids."""
        removed, _ = self.remove([summary.id for summary in self.summaries() if summary.sample], wait=wait)
        return removed

    def remove(self, document_ids: Iterable[str], *, wait: float = 0.0) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Take documents out: those that were there, and those that were not."""
        ids = list(dict.fromkeys(document_ids))
        if not ids:
            return (), ()
        with self._parts.writing(wait):
            removed = self._parts.catalog.remove(ids)
            self._parts.settle()
        return tuple(removed), tuple(id for id in ids if id not in removed)

    # Reading

    def document(self, id: str) -> Document:
        """A whole document. Raises UnknownDocument."""
        return self._parts.catalog.document(id)

    def paragraph(self, ref: ParagraphRef) -> Paragraph:
        """One paragraph. Raises UnknownDocument or UnknownParagraph."""
        return self._parts.catalog.paragraph(ref)

    def summaries(self) -> list[DocumentSummary]:
        """All documents, by id."""
        return self._parts.catalog.summaries()

    def listed(self, wanted: ListWanted = EVERYTHING) -> Listed:
        """A part of the list of documents, filtered and sorted, and how long the whole is."""
        return listed(self._parts.catalog.database, wanted)

    def ids(self) -> frozenset[str]:
        """The ids of all documents."""
        return frozenset(self._parts.catalog.ids())

    def nodes(self, refs: Sequence[ParagraphRef]) -> list[TextNode]:
        """Paragraphs as LlamaIndex nodes; those that have left the library meanwhile are left out."""
        from index_store.nodes import node_of

        found = self._parts.catalog.described(refs, missing_ok=True)
        return [
            node_of(ref.document, kind, header, paragraph, introduced)
            for ref, kind, header, paragraph, introduced in found
        ]

    def twins(self, document_id: str) -> tuple[str, ...]:
        """Other documents with the same paragraphs: a cable filed twice is one witness, not two."""
        return self._parts.catalog.twins(document_id)

    # Searching

    def search_keywords(self, query: str, limit: int, within: Filters = NO_FILTERS) -> list[Hit]:
        """The best paragraphs by BM25, best first; `query` is free text."""
        ids = self._parts.catalog.documents_within(within, _FEW_DOCUMENTS) if within else None
        if ids == []:
            return []
        named = [surname(name) for name in within.speakers]
        return self._live(lambda n: self._parts.keywords.search(query, n, documents=ids, naming=named), limit, within)

    def search_spellings(self, word: str, limit: int) -> list[Hit]:
        """Paragraphs that have a word spelled nearly as `word`; their scores say nothing."""
        like = self._parts.keywords.spelled_like
        return self._live(lambda n: [(key, 0.0) for key in like(word, n)], limit, NO_FILTERS)

    def search_vectors(self, query: str, limit: int, within: Filters = NO_FILTERS) -> list[Hit]:
        """The nearest paragraphs by cosine similarity, best first."""
        catalog = self._parts.catalog
        if limit < 1 or catalog.is_empty():
            return []
        vector = self.embedding.get_query_embedding(query)
        if within.speakers:
            # Chroma knows no words, and few paragraphs name a person.
            named = self._parts.keywords.naming([surname(name) for name in within.speakers])
            lots = catalog.by_key.vectors_of(list(catalog.by_key.among(within, named)))
            return self._compared(vector, lots, limit)
        first, few = limit, False
        if within:
            left, all = catalog.by_key.count_within(within), catalog.counts()[1]
            first += _MARGIN * limit * (all - left) // max(1, left)
            few = left <= _FEW_PARAGRAPHS * self._parts.vectors.shards() or first > _MOST_NEIGHBOURS
        if not few:
            neighbours = partial(self._parts.vectors.search, vector)
            hits = self._live(neighbours, limit, within, first=first, most=_MOST_NEIGHBOURS)
            if len(hits) >= limit or not within:
                return hits
            # Many are left, but all are far from what is asked for.
        return self._compared(vector, catalog.by_key.vectors_within(within), limit)

    def _compared(
        self, vector: Sequence[float], lots: Iterable[tuple[list[int], NDArray[np.float32]]], limit: int
    ) -> list[Hit]:
        """Exact search among paragraphs given by their keys and vectors."""
        query = np.asarray(vector, np.float32)
        query = query / (float(np.linalg.norm(query)) or 1.0)
        nearest: list[tuple[int, float]] = []
        for keys, vectors in lots:
            nearest = sorted(nearest + best(query, keys, vectors, limit), key=lambda hit: -hit[1])[:limit]
        return self._live(lambda _: nearest, limit, NO_FILTERS)

    def _live(
        self,
        search: Callable[[int], list[tuple[int, float]]],
        limit: int,
        within: Filters,
        *,
        first: int = 0,
        most: int = _MOST_MATCHES,
    ) -> list[Hit]:
        """The `limit` best of a search that are in the library and pass the filters.

        Asks for `first` at first. Searches again for more where too many don't pass, or where the library changed
        between search and look-up.
        """
        catalog, wanted, repeats = self._parts.catalog, max(first, limit), 0
        while True:
            generation = catalog.generation()
            hits = search(wanted)
            live = catalog.by_key.live([key for key, _ in hits])
            dropped = len(live) < len(hits)
            if within:
                kept = catalog.by_key.among(within, list(live))
                live = {key: ref for key, ref in live.items() if key in kept}
            if dropped and catalog.generation() != generation and repeats < 5:
                repeats += 1
                continue
            found = [Hit(live[key], score) for key, score in hits if key in live]
            if len(found) >= limit or len(hits) < wanted or wanted >= most:
                return found[:limit]
            share = max(len(found), 1) / len(hits)
            wanted = min(most, max(2 * wanted, int(1.5 * limit / share)))

    def document_frequency(self, term: str) -> int:
        """In how many paragraphs a word stands, in any of its forms."""
        return self._parts.keywords.document_frequency(term)

    def vocabulary(self) -> Vocabulary:
        """The posts, tags, classifications and dates of the library."""
        return Vocabulary(*self._parts.catalog.vocabulary())

    # Looking after it

    def is_empty(self) -> bool:
        """Whether there is nothing to ask."""
        return self._parts.catalog.is_empty()

    def status(self) -> Status:
        """Counts, model and sizes."""
        catalog = self._parts.catalog
        documents, paragraphs = catalog.counts()
        dimension = catalog.meta("dimension")
        sizes = {
            "catalog": sum(_size(path) for path in self.home.glob("catalog.sqlite*")),
            "keywords": _size(self._parts.keywords.folder),
            "vectors": _size(self._parts.vectors.folder),
        }
        return Status(
            documents,
            paragraphs,
            catalog.samples(),
            catalog.meta("model"),
            int(dimension) if dimension else None,
            self._chroma_url or "embedded",
            sizes,
        )

    def check(self, *, wait: float = 0.0) -> list[Difference]:
        """What keyword index and Chroma lack or have too much, against the catalog; changes nothing."""
        with self._parts.locked(wait):
            return self._parts.differences()

    def repair(self, *, wait: float = 0.0) -> list[Difference]:
        """Make keyword index and Chroma anew from the catalog; what still differs then (nothing)."""
        with self._parts.locked(wait):
            self._parts.rebuild()
            return self._parts.differences()

    # The model

    @property
    def embedding(self) -> BaseEmbedding:
        """The embedding model, loaded once. Raises WeightsMissing or WeightsChanged."""
        with self._embedding_lock:
            if self._embedding is None:
                from index_store.embedding import load_embedding

                self._embedding = load_embedding(self.home)
            return self._embedding

    def _remember_model(self) -> None:
        if self._parts.catalog.meta("model") is None:
            dimension = len(self.embedding.get_text_embedding("How many numbers?"))
            weights = getattr(self.embedding, "weights", "")
            self._parts.catalog.set_meta(model=self.embedding.model_name, weights=weights, dimension=dimension)

    def _embed(self, texts: list[str]) -> list[list[float]]:
        self._remember_model()
        return self.embedding.get_text_embedding_batch(texts)

    def _check_model(self) -> None:
        made_by = self._parts.catalog.meta("model")
        weights = self._parts.catalog.meta("weights") or ""
        model, own = _MODEL, identity("bge_small_en")
        if self._embedding is not None:
            model, own = self._embedding.model_name, getattr(self._embedding, "weights", "")
        if made_by is not None and (made_by, weights) != (model, own):
            other = "" if made_by != model else " with other weights"
            raise LibraryOfAnotherModel(
                f"The library {self.home} was made with the embedding model {made_by}{other}, this is {model}: "
                "use another folder (PILCROW_HOME), or remove this one and index again."
            )


def _size(path: Path) -> int:
    total = 0
    with suppress(OSError):
        total = path.stat().st_size if path.is_file() else sum(_size(child) for child in path.iterdir())
    return total
