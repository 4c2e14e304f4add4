"""Files of every format in, texts for the parser out: `read_sources` and `to_document`."""

from index_store.formats.counting import count_documents
from index_store.formats.merging import to_document
from index_store.formats.reading import read_sources
from index_store.formats.source import SourceText, Unreadable

__all__ = ["SourceText", "Unreadable", "count_documents", "read_sources", "to_document"]
