"""`pilcrow show`: a document, or one of its paragraphs, from the library."""

from __future__ import annotations

import argparse
import dataclasses

from rich.markup import escape

from assistant.commands.output import console, print_document, print_json, print_paragraph
from assistant.settings import Settings
from index_store.errors import EmptyLibrary, UnknownParagraph
from index_store.parsing import document_json
from index_store.store import IndexStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("document", metavar="DOCUMENT", help="a document id, as 08MOSCOW436")
    parser.add_argument("label", metavar="LABEL", nargs="?", help="a paragraph's label, as 5 or 6#2")
    parser.add_argument("--source", action="store_true", help="print the source text as it was read")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the document; returns the exit status."""
    settings = Settings.from_environment()
    with IndexStore.open(settings.home, chroma_url=settings.chroma_url) as store:
        if store.is_empty():
            raise EmptyLibrary
        document = store.document(arguments.document)
    if arguments.label is not None:
        label = arguments.label.removeprefix("¶").strip()
        chosen = tuple(p for p in document.paragraphs if p.label == label)
        if not chosen:
            labels = ", ".join(p.label for p in document.paragraphs)
            raise UnknownParagraph(f"{document.id} has no paragraph {label}; its labels are {labels}.")
        document = dataclasses.replace(document, paragraphs=chosen)
    if arguments.json:
        print_json(document_json(document))
    elif arguments.source:
        spans = [(p.start, p.end) for p in document.paragraphs] if arguments.label else [(0, len(document.source))]
        for start, end in spans:
            console.print(escape(document.source[start:end]), soft_wrap=True)
    elif arguments.label is not None:
        print_paragraph(document, document.paragraphs[0])
    else:
        print_document(document)
    return 0
