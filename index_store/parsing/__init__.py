"""Texts in, documents with numbered paragraphs out: `parse`, and `document_json` for scripts."""

from index_store.parsing.document import KINDS, Kind, document_json, looks_like_a_cable, parse

__all__ = ["KINDS", "Kind", "document_json", "looks_like_a_cable", "parse"]
