"""Paragraphs as LlamaIndex nodes."""

from __future__ import annotations

from typing import Any

from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

from index_store.documents import PILCROW, Document, Header, Paragraph
from index_store.introducing import introduction

CONTEXT = ("subject", "heading")
"""What is embedded with a paragraph's text, in this order."""


def paragraph_node(document: Document, paragraph: Paragraph) -> TextNode:
    """One paragraph as a node: id `08MOSCOW436¶5`, its own text exact.

    With MetadataMode.EMBED its content is subject, heading and text; with NONE the text alone.
    Metadata: document, label, printed, ordinal, start, end, heading, portion_mark, subject, post,
    date (ISO 8601), classification, tags (list), kind, introduced (how the paragraph before leads
    over to this one, `index_store.introducing`). None where nothing was found.
    """
    before = next((one.text for one in document.paragraphs if one.ordinal == paragraph.ordinal - 1), "")
    return node_of(document.id, document.kind, document.header, paragraph, introduction(before))


def node_of(document: str, kind: str, header: Header, paragraph: Paragraph, introduced: str = "") -> TextNode:
    """`paragraph_node` for a document of which only id, kind and header are at hand."""
    metadata: dict[str, Any] = {
        "document": document,
        "label": paragraph.label,
        "printed": paragraph.printed,
        "ordinal": paragraph.ordinal,
        "start": paragraph.start,
        "end": paragraph.end,
        "subject": header.subject,
        "heading": paragraph.heading,
        "portion_mark": paragraph.portion_mark,
        "post": header.post,
        "date": header.date.isoformat() if header.date else None,
        "classification": header.classification,
        "tags": list(header.tags),
        "kind": kind,
        "introduced": introduced or None,
    }
    return TextNode(
        id_=f"{document}{PILCROW}{paragraph.label}",
        text=paragraph.text,
        metadata=metadata,
        excluded_embed_metadata_keys=[key for key in metadata if key not in CONTEXT or not metadata[key]],
        excluded_llm_metadata_keys=list(metadata),
        metadata_template="{value}",
        text_template="{metadata_str}\n{content}",
        start_char_idx=paragraph.start,
        end_char_idx=paragraph.end,
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=document)},
    )


def embedded_text(subject: str | None, heading: str | None, text: str) -> str:
    """What `paragraph_node(...).get_content(MetadataMode.EMBED)` gives, without making a node.

    Indexing makes no other use of a node, and making one takes as long as storing the paragraph.
    """
    return "\n".join(part for part in (subject, heading, text) if part)
