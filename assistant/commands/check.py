"""`pilcrow check`: whether the library's parts agree."""

from __future__ import annotations

import argparse

from rich.text import Text

from assistant.commands.output import console
from assistant.settings import Settings
from index_store.store import IndexStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--repair", action="store_true", help="rebuild what differs from the texts")


def run(arguments: argparse.Namespace) -> int:
    """Compare Chroma and tantivy with SQLite; status 1 if they differ (after the repair, if one was wished)."""
    settings = Settings.from_environment()
    with IndexStore.open(settings.home, chroma_url=settings.chroma_url) as store:
        differences = store.check()
        for difference in differences:
            console.print(Text(str(difference)))
        if differences and arguments.repair:
            console.print("rebuilding from the texts")
            differences = store.repair()
        if not differences:
            console.print("the library's parts agree")
        elif not arguments.repair:
            console.print("rebuild them with: pilcrow check --repair")
    return 1 if differences else 0
