"""`pilcrow status`: what is in the library."""

from __future__ import annotations

import argparse
import dataclasses
from typing import Any

from rich.table import Table
from rich.text import Text

from assistant.commands.output import console, plain_table, print_json, size
from assistant.settings import Settings
from index_store.catalog import DocumentSummary
from index_store.store import IndexStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--documents", action="store_true", help="list the documents")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the counts, the model and the sizes on disk."""
    settings = Settings.from_environment()
    with IndexStore.open(settings.home, chroma_url=settings.chroma_url) as store:
        values = dataclasses.asdict(store.status())
        documents = [document_row(summary) for summary in store.summaries()] if arguments.documents else []
    if arguments.json:
        print_json({**values, "home": str(settings.home)} | ({"list": documents} if arguments.documents else {}))
        return 0
    if arguments.documents:
        console.print(plain_table(documents))
        return 0
    table = Table.grid(padding=(0, 2))
    for name, value in {"library": str(settings.home), **values}.items():
        if value is None:  # no model before the first document
            continue
        shown = ", ".join(f"{k} {size(v)}" for k, v in value.items()) if isinstance(value, dict) else str(value)
        table.add_row(Text(name.replace("_", " "), style="dim"), Text(shown))
    console.print(table)
    return 0


def document_row(summary: DocumentSummary) -> dict[str, Any]:
    """One line of the list of documents."""
    date = summary.date[:10] if summary.date else None
    facts = {"document": summary.id, "date": date, "post": summary.post, "paragraphs": summary.paragraphs}
    return {**facts, "repairs": summary.repairs or None, "subject": summary.subject}
