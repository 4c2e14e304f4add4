"""`pilcrow serve`: the chat page in the browser."""

from __future__ import annotations

import argparse

from assistant.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: %(default)s)")
    parser.add_argument("--port", type=int, default=7860, help="the port to listen on (default: %(default)s)")
    parser.add_argument("--no-samples", action="store_true", help="do not add the sample cables to an empty library")


def run(arguments: argparse.Namespace) -> int:
    """Fill an empty library with the sample cables, then serve until Ctrl-C."""
    from assistant.commands.index import add_samples_to_an_empty_library
    from assistant.ui.server import serve

    settings = Settings.from_environment()
    if not arguments.no_samples:
        add_samples_to_an_empty_library(settings)
    return serve(settings, arguments.host, arguments.port)
