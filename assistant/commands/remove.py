"""`pilcrow remove`: takes documents out of the library."""

from __future__ import annotations

import argparse

from rich.text import Text

from assistant.commands.output import console, errors
from assistant.settings import Settings
from index_store.store import IndexStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("documents", metavar="DOCUMENT", nargs="*", help="a document id, as 08MOSCOW436")
    parser.add_argument("--samples", action="store_true", help="remove the sample cables")


def run(arguments: argparse.Namespace) -> int:
    """Remove them; status 1 if any was not there."""
    if not arguments.documents and not arguments.samples:
        errors.print("pilcrow: say which documents to remove, or --samples")
        return 2
    settings = Settings.from_environment()
    with IndexStore.open(settings.home, chroma_url=settings.chroma_url) as store:
        removed, unknown = store.remove(arguments.documents)
        if arguments.samples:
            removed = (*removed, *store.remove_samples())
    for document in removed:
        console.print(Text(f"removed {document}"))
    if arguments.samples and not removed:
        console.print("no sample cables are in the library")
    for document in unknown:
        errors.print(
            Text(f"pilcrow: No document {document} is in the library; list them with `pilcrow status --documents`.")
        )
    return 1 if unknown else 0
