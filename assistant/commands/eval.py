"""`pilcrow eval`: question sets in, figures and a report out."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.output import console, errors
from assistant.settings import Settings
from index_store.errors import BadSetting, EmptyLibrary, LanguageModelFailed

if TYPE_CHECKING:
    from assistant.conversation import Assistant
    from assistant.evaluation.requirements import Requirement

SHORTFALL = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("sets", metavar="SET", nargs="*", type=Path, help="question sets, JSON Lines or YAML")
    parser.add_argument(
        "--out", metavar="FOLDER", type=Path, help="where results and report go; for --init and --draft: the file"
    )
    parser.add_argument(
        "--samples", action="store_true", help="run the questions that come with the sample cables, in a library apart"
    )
    parser.add_argument("--fresh", action="store_true", help="start anew even where an interrupted run could go on")
    parser.add_argument(
        "--require",
        metavar="METRIC=VALUE",
        action="append",
        default=[],
        help="exit with status 1 if the value is not reached, as full=0.7; may be repeated",
    )
    parser.add_argument(
        "--grid",
        metavar="NAMES",
        nargs="?",
        const="",
        help="run named settings side by side: all, or those named, as keywords,hybrid",
    )
    other = parser.add_argument_group("instead of running a set")
    other.add_argument(
        "--compare", metavar=("A", "B"), nargs=2, type=Path, help="say what got better and worse from run A to run B"
    )
    other.add_argument("--init", action="store_true", help="write a commented set to start from (questions.yaml)")
    other.add_argument(
        "--draft", metavar="N", type=_count, help="propose N questions from the library's paragraphs (drafts.yaml)"
    )


def _count(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 10,000")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Do what the flags say; status 1 where a requirement is not met."""
    if arguments.compare:
        before, after = arguments.compare
        return _compare(before, after, arguments.out)
    if arguments.init:
        from assistant.evaluation.drafts import starter_yaml

        return _write(arguments.out or Path("questions.yaml"), starter_yaml())
    if arguments.draft:
        return _draft(arguments.draft, arguments.out or Path("drafts.yaml"))
    return _evaluate(arguments)


def _evaluate(arguments: argparse.Namespace) -> int:
    from assistant.evaluation.evaluate import shipped_sets
    from assistant.evaluation.questions import read_question_set
    from assistant.evaluation.requirements import read_requirement

    if bool(arguments.sets) == arguments.samples:
        raise BadSetting("name the question sets to run, or --samples alone; to start a set: pilcrow eval --init")
    if arguments.out is None:
        raise BadSetting("say with --out FOLDER where results and report are to go")
    requirements = [read_requirement(text) for text in arguments.require]
    settings = Settings.from_environment()
    sets = shipped_sets() if arguments.samples else arguments.sets
    read_question_set(sets, max_question=settings.max_question)  # its errors come before any model is loaded
    if arguments.samples:
        settings = replace(settings, home=arguments.out / "library")
    with ExitStack() as stack:
        assistant = stack.enter_context(_assistant(settings, with_samples=arguments.samples))
        try:
            if arguments.grid is not None:
                return _grid(arguments, sets, assistant, requirements)
            return _single(arguments, sets, assistant, requirements)
        except KeyboardInterrupt:
            errors.print("What was answered is kept; run the same command again to go on.")
            raise


def _assistant(settings: Settings, *, with_samples: bool) -> Assistant:
    from assistant.conversation import Assistant  # late: it brings the models' libraries

    assistant = Assistant.open(settings)
    if with_samples:
        assistant.store.add_samples()
    return assistant


def _single(
    arguments: argparse.Namespace, sets: list[Path], assistant: Assistant, requirements: list[Requirement]
) -> int:
    from assistant.evaluation.evaluate import evaluate
    from assistant.evaluation.requirements import shortfalls
    from assistant.evaluation.terminal import print_summary, progress_bar

    name = "Sample cables" if arguments.samples else ""
    with progress_bar(errors) as progress:
        summary = evaluate(sets, assistant, arguments.out, name=name, progress=progress, fresh=arguments.fresh)
    for notice in summary["run"]["notices"]:
        errors.print(notice, style="yellow", markup=False)
    print_summary(console, summary)
    console.print(f"\nReport: {arguments.out / 'report.html'}", markup=False)
    missing = shortfalls(requirements, summary)
    for line in missing:
        print(f"pilcrow: {line}", file=sys.stderr)
    return SHORTFALL if missing else 0


def _grid(
    arguments: argparse.Namespace, sets: list[Path], assistant: Assistant, requirements: list[Requirement]
) -> int:
    from assistant.evaluation.evaluate import Tell
    from assistant.evaluation.grid import choose, run_grid
    from assistant.evaluation.terminal import print_grid, progress_bar

    if requirements:
        raise BadSetting("--require goes with a single run, not with --grid")
    names = choose([name for name in arguments.grid.split(",") if name], assistant.settings)
    with ExitStack() as bars:

        def progress(title: str) -> Tell:
            bars.close()
            console.print(title, markup=False, style="dim")
            return bars.enter_context(progress_bar(errors))

        rows = run_grid(names, sets, assistant, arguments.out, progress=progress, fresh=arguments.fresh)
    print_grid(console, rows)
    console.print(f"\nReport: {arguments.out / 'grid.html'}", markup=False)
    return 0


def _compare(a: Path, b: Path, out: Path | None) -> int:
    from assistant.evaluation.compare import compare_folders
    from assistant.evaluation.compare_page import comparison_html
    from assistant.evaluation.runs import write_whole
    from assistant.evaluation.terminal import print_comparison

    comparison = compare_folders(a, b)
    print_comparison(console, comparison)
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        write_whole(out / "comparison.html", comparison_html(comparison))
        write_whole(out / "comparison.json", json.dumps(comparison.to_json(), ensure_ascii=False, indent=2) + "\n")
        console.print(f"\nReport: {out / 'comparison.html'}", markup=False)
    return 0


def _draft(count: int, out: Path) -> int:
    from assistant.evaluation.drafts import draft_questions, drafts_yaml, proposals_of
    from index_store.store import IndexStore

    settings = Settings.from_environment()
    with IndexStore.open(settings.home, chroma_url=settings.chroma_url) as store:
        documents = [store.document(summary.id) for summary in store.summaries()]
    if not documents:
        raise EmptyLibrary
    propose = proposals_of(settings.language_model) if settings.language_model.url else None
    try:
        drafts = draft_questions(documents, count, propose)
    except LanguageModelFailed as error:
        errors.print(f"{error} The questions are made by rule.", style="yellow", markup=False)
        drafts = draft_questions(documents, count)
    if len(drafts) < count:
        errors.print(f"The library's paragraphs gave {len(drafts)} questions, not {count}.", style="yellow")
    return _write(out, drafts_yaml(drafts)) if drafts else SHORTFALL


def _write(path: Path, text: str) -> int:
    """Write a new file; never over one that is there."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise BadSetting(f"{path} exists already; name another file with --out") from None
    except OSError as error:
        raise BadSetting(f"{path} can't be written: {error.strerror}") from error
    console.print(f"Written: {path}. Edit it, then: pilcrow eval {path} --out report", markup=False)
    return 0
