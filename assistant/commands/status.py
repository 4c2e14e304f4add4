"""`pilcrow status`: what is in the library."""

from __future__ import annotations

import argparse
import dataclasses

from rich.table import Table
from rich.text import Text

from assistant.commands.output import console, print_json, size
from assistant.settings import Settings
from index_store.store import IndexStore


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the counts, the model and the sizes on disk."""
    settings = Settings.from_environment()
    with IndexStore.open(settings.home, chroma_url=settings.chroma_url) as store:
        status = store.status()
    values = dataclasses.asdict(status)
    if arguments.json:
        print_json({**values, "home": str(settings.home)})
        return 0
    table = Table.grid(padding=(0, 2))
    for name, value in {"library": str(settings.home), **values}.items():
        shown = ", ".join(f"{k} {size(v)}" for k, v in value.items()) if isinstance(value, dict) else str(value)
        table.add_row(Text(name.replace("_", " "), style="dim"), Text(shown))
    console.print(table)
    return 0
