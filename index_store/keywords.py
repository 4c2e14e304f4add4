"""The keyword index: tantivy, BM25 over subject, heading and text with English stemming."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import tantivy

from index_store.errors import LibraryDamaged, LibraryNotWritable, PilcrowError
from index_store.mirror import Mirror, writable

BOOSTS: Final = {"text": 1.0, "heading": 0.6, "subject": 0.4}
"""Fields searched, and what a match in each counts. All paragraphs of a document share its subject, so a match
there tells least."""
PHRASE_BOOST: Final = 2.0
_TOKENIZER: Final = "pilcrow_en"
_HEAP: Final = 64_000_000
_MOST_WORDS: Final = 200
_DEAD_AT_ONCE: Final = 1000
_LONG_WORD: Final = 8


class Entry(NamedTuple):
    """What the index is told about one paragraph."""

    key: int
    document: str
    subject: str | None
    heading: str | None
    text: str


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", indexed=True, fast=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for field in BOOSTS:
        builder.add_text_field(field, tokenizer_name=_TOKENIZER, index_option="position")
    return builder.build()


def _analyzer() -> Any:
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("English"))
        .build()
    )


class KeywordIndex:
    """Paragraph keys by the words of the paragraphs; any thread may search, one process at a time may write."""

    def __init__(self, folder: Path, expected: Callable[[], bool] = lambda: False) -> None:
        """`expected` tells whether there must be an index in the folder already."""
        self.folder = folder
        self._expected = expected
        self._schema = _schema()
        self._analyzer = _analyzer()
        self._stop = {token for word in _STOP_WORDS.split() for token in self._analyzer.analyze(word)}
        self._lock = threading.Lock()
        self._writer: Any = None
        self._opened: Any = None
        self._mirror: Mirror | None = None

    @property
    def _index(self) -> Any:
        if self._opened is None:
            if not (self.folder / "meta.json").exists() and self._expected():
                raise LibraryDamaged(f"The keyword index {self.folder} is gone: pilcrow check --repair makes it anew.")
            self._opened = self._open()
        return self._opened

    def _open(self) -> Any:
        try:
            folder = self.folder
            if writable(folder):
                folder.mkdir(parents=True, exist_ok=True)
            else:
                self._mirror = Mirror(folder)
                folder = self._mirror.folder
            index = tantivy.Index(self._schema, str(folder), reuse=True)
        except OSError as error:
            raise LibraryNotWritable.because(self.folder, error) from error
        except ValueError as error:
            raise self._named(error) from error
        index.register_tokenizer(_TOKENIZER, self._analyzer)
        # Looking for a new commit at each search costs microseconds; a watching thread would look all day.
        index.config_reader("manual")
        return index

    def search(
        self, query: str, limit: int, *, documents: Sequence[str] | None = None, naming: Sequence[str] = ()
    ) -> list[tuple[int, float]]:
        """Keys and BM25 scores of the `limit` best paragraphs, best first.

        `query` is free text: what is not a word is ignored; words in straight double quotes also count as a
        phrase. `documents` narrows the search to these documents, `naming` to paragraphs with one of these words.
        """
        parsed = self._query(query)
        if parsed is None or limit < 1:
            return []
        if documents is not None:
            chosen = tantivy.Query.term_set_query(self._schema, "document", list(documents))
            parsed = _only(parsed, chosen)
        if naming:
            parsed = _only(parsed, self._with_one_of(naming))
        searcher = self._searcher()
        try:
            hits = searcher.search(parsed, limit, count=False).hits
            keys = searcher.fast_field_values("key", [address for _, address in hits])
        except (OSError, ValueError) as error:
            raise self._named(error) from error
        return [(key, score) for key, (score, _) in zip(keys, hits, strict=True)]

    def naming(self, words: Sequence[str]) -> list[int]:
        """Keys of all paragraphs in whose text or heading one of the words stands, in any of its forms."""
        query = self._with_one_of(words)
        searcher = self._searcher()
        try:
            count = searcher.search(query, 1, count=True).count
            hits = searcher.search(query, max(1, count), count=False).hits
            return list(searcher.fast_field_values("key", [address for _, address in hits]))
        except (OSError, ValueError) as error:
            raise self._named(error) from error

    def spelled_like(self, word: str, limit: int) -> list[int]:
        """Keys of paragraphs that have a word spelled nearly as `word`, but for one letter, or two of a long word."""
        tokens = self._analyzer.analyze(_encodable(word))
        if len(tokens) != 1 or limit < 1:
            return []
        distance = 1 if len(tokens[0]) < _LONG_WORD else 2
        query = tantivy.Query.fuzzy_term_query(self._schema, "text", tokens[0], distance)
        searcher = self._searcher()
        try:
            hits = searcher.search(query, limit, count=False).hits
            return list(searcher.fast_field_values("key", [address for _, address in hits]))
        except (OSError, ValueError) as error:
            raise self._named(error) from error

    def document_frequency(self, term: str) -> int:
        """In how many paragraphs' text a word stands, in any of its forms; of several words, the rarest's."""
        searcher = self._searcher()
        counts = [searcher.doc_freq("text", token) for token in self._analyzer.analyze(_encodable(term))]
        return min(counts, default=0)

    def count(self) -> int:
        """How many paragraphs are in the index."""
        return int(self._searcher().num_docs)

    def keys(self) -> set[int]:
        """All paragraph keys in the index."""
        searcher = self._searcher()
        try:
            hits = searcher.search(tantivy.Query.all_query(), max(1, searcher.num_docs), count=False).hits
            return set(searcher.fast_field_values("key", [address for _, address in hits]))
        except (OSError, ValueError) as error:
            raise self._named(error) from error

    def _searcher(self) -> Any:
        try:
            index = self._index
            if self._mirror is not None:
                self._mirror.refresh()
            index.reload()
        except (OSError, ValueError) as error:
            raise self._named(error) from error
        return index.searcher()

    def _query(self, text: str) -> Any:
        text = _encodable(text)
        words = list(dict.fromkeys(self._analyzer.analyze(text)))[:_MOST_WORDS]
        telling = [word for word in words if word not in self._stop] or words
        parts = [
            tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, word), boost)
            for word in telling
            for field, boost in BOOSTS.items()
        ]
        for phrase in re.findall(r'"([^"]+)"', text):
            tokens = self._analyzer.analyze(phrase)
            if len(tokens) > 1:
                exact = tantivy.Query.phrase_query(self._schema, "text", tokens)
                parts.append(tantivy.Query.boost_query(exact, PHRASE_BOOST))
        if not parts:
            return None
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])

    def _with_one_of(self, words: Sequence[str]) -> Any:
        found = []
        for word in words:
            tokens = self._analyzer.analyze(_encodable(word))
            for field in ("text", "heading") if tokens else ():
                if len(tokens) == 1:
                    found.append(tantivy.Query.term_query(self._schema, field, tokens[0]))
                else:
                    found.append(tantivy.Query.phrase_query(self._schema, field, tokens))
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in found])

    # Writing: by the process that holds the library's lock

    def write(self, entries: Iterable[Entry], dead: Iterable[int] = ()) -> None:
        """Add paragraphs and drop the keys `dead`: all of it at once for readers, and safe on disk."""
        with self._lock:
            try:
                if self._writer is None:
                    self._writer = self._index.writer(_HEAP, 1)
                # Not delete_documents_by_term: it takes the key for a signed number and finds nothing.
                gone = list(dead)
                for start in range(0, len(gone), _DEAD_AT_ONCE):
                    some = gone[start : start + _DEAD_AT_ONCE]
                    self._writer.delete_documents_by_query(tantivy.Query.term_set_query(self._schema, "key", some))
                for entry in entries:
                    self._writer.add_document(self._document(entry))
                self._writer.commit()
            except (OSError, ValueError) as error:
                self._forget_writer()
                raise self._named(error) from error
            except BaseException:
                self._forget_writer()
                raise

    def _document(self, entry: Entry) -> Any:
        document = tantivy.Document()
        document.add_unsigned("key", entry.key)
        document.add_text("document", entry.document)
        for field, text in (("subject", entry.subject), ("heading", entry.heading), ("text", entry.text)):
            if text:
                document.add_text(field, _encodable(text))
        return document

    def _forget_writer(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(OSError, ValueError):
                writer.rollback()

    def start_anew(self) -> None:
        """Throw the index away and begin an empty one."""
        self.release()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._opened = self._open()

    def close(self) -> None:
        """Stop writing and reading."""
        self.release()
        self._opened = None
        if self._mirror is not None:
            self._mirror.close()
            self._mirror = None

    def release(self) -> None:
        """Stop writing: let merges end and free tantivy's own lock."""
        with self._lock:
            writer, self._writer = self._writer, None
            if writer is not None:
                with suppress(OSError, ValueError):
                    writer.wait_merging_threads()

    def _named(self, error: Exception) -> PilcrowError:
        words = " ".join(str(error).split())
        if any(sign in words for sign in ("No space left", "Read-only file system", "Permission denied")):
            return LibraryNotWritable.saying(self.folder, words[:120])
        return LibraryDamaged(
            f"The keyword index {self.folder} can't be read ({words[:120]}): pilcrow check --repair makes it anew."
        )


def _only(query: Any, chosen: Any) -> Any:
    """What `query` finds among what `chosen` does, with the scores of `query`."""
    only = tantivy.Query.const_score_query(chosen, 0.0)
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, only)])


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


_STOP_WORDS: Final = (
    "a about an and any are as at be been but by can could did do does for from had has have he her his how i if in "
    "into is it its may me of on or our shall she should so than that the their them then there these they this those "
    "to us was we were what when where which who whom whose why will with would you your"
)
