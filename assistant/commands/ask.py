"""`pilcrow ask`: one question, answered with cited paragraphs."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.text import Text

from assistant.answer import Answer
from assistant.commands.output import errors, print_answer, print_json
from assistant.settings import Settings
from index_store.errors import BadArguments, LibraryNotWritable
from index_store.filters import Filters

if TYPE_CHECKING:
    from assistant.conversation import Assistant


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("question", metavar="QUESTION", help="the question, in quotation marks")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    narrow = parser.add_argument_group("narrow the search (otherwise read from the question's words)")
    narrow.add_argument("--document", metavar="ID", action="append", default=[], help="only this document")
    narrow.add_argument("--paragraph", metavar="LABEL", action="append", default=[], help="only this ¶ of --document")
    narrow.add_argument(
        "--speaker", metavar="NAME", action="append", default=[], help="only where this person is named"
    )
    narrow.add_argument("--post", metavar="PLACE", action="append", default=[], help="only from this post")
    narrow.add_argument("--tag", metavar="TAG", action="append", default=[], help="only with this TAG")
    narrow.add_argument("--classification", metavar="LEVEL", action="append", default=[], help="only of this level")
    narrow.add_argument("--caveat", metavar="WORD", action="append", default=[], help="only marked so, as NOFORN")
    narrow.add_argument("--after", metavar="DATE", type=day, help="only from this day on, as 2008-06-01")
    narrow.add_argument("--before", metavar="DATE", type=day, help="only before this day")
    narrow.add_argument("--everywhere", action="store_true", help="take no filter from the question's words")


def day(text: str) -> datetime:
    """A day, month or year in ISO 8601 as its first moment in UTC."""
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"{text!r} is no date; write it as 2008-06-01")


def chosen_filters(arguments: argparse.Namespace) -> Filters | None:
    """The filters that the flags say; None where they say none, so that the question's words count.

    Raises BadArguments for a paragraph of no document.
    """
    if arguments.paragraph and not arguments.document:
        raise BadArguments("--paragraph needs --document, as many documents have a ¶ of that number")
    filters = Filters(
        documents=tuple(arguments.document),
        labels=tuple(label.lstrip("¶ ") for label in arguments.paragraph),
        speakers=tuple(" ".join(name.split()) for name in arguments.speaker),
        posts=tuple(arguments.post),
        after=arguments.after,
        before=arguments.before,
        classifications=tuple(level.upper() for level in arguments.classification),
        caveats=tuple(caveat.upper() for caveat in arguments.caveat),
        tags=tuple(tag.upper() for tag in arguments.tag),
    )
    return filters if filters or arguments.everywhere else None


def run(arguments: argparse.Namespace) -> int:
    """Answer the question; an abstention is an answer too, so the status is 0."""
    filters = chosen_filters(arguments)
    with ExitStack() as opened:
        with errors.status("Loading the models ..."):  # shows in a terminal only, and is gone with the answer
            from assistant.conversation import Assistant  # late: it brings the models' libraries

            assistant = opened.enter_context(Assistant.open(Settings.from_environment()))
            assistant.check(arguments.question)
            assistant.load()
        with errors.status("Looking through the documents ..."):
            answer = assistant.ask(arguments.question, filters=filters)
        keep(assistant, answer)
        if arguments.json:
            print_json(answer.to_json())
        else:
            print_answer(answer, titles(assistant, answer))
    return 0


def keep(assistant: Assistant, answer: Answer) -> None:
    """Add the question and its answer to the history, as one more turn of the command line's own conversation."""
    from assistant.history import History
    from assistant.settings_form import settings_of

    settings = settings_of(answer, assistant.settings)
    try:
        History(assistant.settings.home).add(
            "command-line", answer.question, answer, settings, title="Asked at the command line"
        )
    except LibraryNotWritable as error:
        # The answer is what was asked for; that it could not be kept is only said.
        errors.print(Text(f"pilcrow: the answer was not kept: {error}"), soft_wrap=True)


def titles(assistant: Assistant, answer: Answer) -> dict[str, str]:
    """One line for each document cited: post, day and subject."""
    lines = {}
    for citation in answer.citations:
        header = assistant.store.document(citation.document).header
        facts = (header.post, header.date.date().isoformat() if header.date else None, header.subject)
        lines[citation.document] = ", ".join(fact for fact in facts if fact)
    return lines
