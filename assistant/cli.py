"""The `pilcrow` command: its subcommands are the modules of assistant/commands."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from index_store.errors import PilcrowError

COMMANDS = {
    "index": "read documents into the library",
    "ask": "answer a question with cited paragraphs",
    "serve": "serve the chat page in the browser",
    "show": "print a document or one of its paragraphs",
    "status": "say what is in the library",
    "remove": "take documents out of the library",
    "parse": "print what would be indexed, without library or model",
    "check": "compare the parts of the library, and repair them",
    "eval": "run question sets and report how good the answers are",
}
INTERRUPTED = 130  # what shells report for a program ended by Ctrl-C
BROKEN_PIPE = 141  # and for one whose reader went away


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong with the arguments in one line, and where to read more."""

    def error(self, message: str) -> NoReturn:
        """Print the message and leave with status 2."""
        self.exit(2, f"pilcrow: {message}; see: {self.prog} --help\n")


def help_formatter(prog: str) -> argparse.HelpFormatter:
    """Help of one width on every terminal, so that the README can quote it."""
    return argparse.HelpFormatter(prog, max_help_position=30, width=100)


def build_parser(only: str | None = None) -> OneLineParser:
    """The whole command's parser; `only` names the one subcommand whose arguments are wanted.

    Each subcommand is a module with `add_arguments(parser)` and `run(arguments) -> exit status`.
    """
    parser = OneLineParser(
        prog="pilcrow",
        description="Answers questions about documents with numbered paragraphs and cites the paragraph behind"
        " every statement. The library's folder is named by PILCROW_HOME.",
        formatter_class=help_formatter,
    )
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, summary in COMMANDS.items():
        subparser = subparsers.add_parser(
            name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", formatter_class=help_formatter
        )
        if only in (None, name):
            command = importlib.import_module(f"assistant.commands.{name}")
            command.add_arguments(subparser)
            subparser.set_defaults(run=command.run)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit status: 0, or 1 for a stated problem, 2 for wrong arguments."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    named = next((word for word in words if word in COMMANDS), None)
    parsed = build_parser(only=named).parse_args(words)
    try:
        return int(parsed.run(parsed))
    except PilcrowError as error:
        print(f"pilcrow: {error}", file=sys.stderr)
        return error.exit_status
    except KeyboardInterrupt:
        print("pilcrow: stopped", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has what it wanted; the interpreter must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE


if __name__ == "__main__":
    sys.exit(main())
