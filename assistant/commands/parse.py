"""`pilcrow parse`: what would be indexed; needs no library and no model."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.text import Text

from assistant.commands.output import console, errors, print_document, print_json_line
from index_store.formats import SourceText, read_sources, to_document
from index_store.parsing import KINDS, document_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="a file or folder")
    parser.add_argument("--json", action="store_true", help="print one JSON object a document, each on a line")
    parser.add_argument("--kind", choices=KINDS, help="what the documents are, instead of recognising it")
    parser.add_argument("--exclude", metavar="GLOB", action="append", default=[], help="leave out what matches")


def run(arguments: argparse.Namespace) -> int:
    """Parse and print; status 1 if any file could not be read."""
    status = 0
    for source in read_sources(arguments.paths, exclude=arguments.exclude):
        if not isinstance(source, SourceText):
            errors.print(Text(f"pilcrow: {source.origin}: {source.reason}"), soft_wrap=True)
            status = 1
            continue
        document = to_document(source, kind=arguments.kind)
        if arguments.json:
            print_json_line(document_json(document))
        else:
            print_document(document)
            console.print()
    return status
