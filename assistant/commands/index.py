"""`pilcrow index`: files and folders into the library."""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.text import Text

from assistant.commands.output import console, errors, repair_in_words
from assistant.settings import Settings
from index_store.formats import SourceText, count_documents, read_sources, to_document
from index_store.parsing import KINDS
from index_store.report import IndexReport, Progress, Row
from index_store.store import IndexStore

SHOWN_REMARKS = 20
PATIENCE = 7 * 24 * 3600.0  # seconds that --wait waits for another writer: a week, longer than any indexing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help="a file or folder")
    parser.add_argument("--samples", action="store_true", help="add the sample cables that come with Pilcrow")
    parser.add_argument("--kind", choices=KINDS, help="what the documents are, instead of recognising it")
    parser.add_argument("--exclude", metavar="GLOB", action="append", default=[], help="leave out what matches")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be read")
    parser.add_argument("--report", metavar="FILE", type=Path, help="write every file's outcome to FILE, as JSON Lines")
    parser.add_argument("--prune", action="store_true", help="remove documents whose files have left PATH")
    parser.add_argument("--replace", action="store_true", help="where two files have one document id, take the new one")
    parser.add_argument("--wait", action="store_true", help="wait while another process writes the library")


def run(arguments: argparse.Namespace) -> int:
    """Index; status 1 if any file could not be read or taken, 130 if it was stopped."""
    if not arguments.paths and not arguments.samples:
        errors.print("pilcrow: say what to index: files, folders, or --samples")
        return 2
    if arguments.dry_run:
        return dry_run(arguments)
    settings = Settings.from_environment()
    wait = PATIENCE if arguments.wait else 0.0
    status = 0
    with IndexStore.open(settings.home, chroma_url=settings.chroma_url) as store:
        if arguments.samples:
            with progress_bar("Sample cables") as progress:
                status = tell(store.add_samples(progress=progress, wait=wait))
        if arguments.paths and status == 0:
            with report_file(arguments.report) as each, progress_bar("Indexing") as progress:
                report = store.index(
                    read_sources(arguments.paths, exclude=arguments.exclude),
                    progress=progress,
                    replace=arguments.replace,
                    kind=arguments.kind,
                    prune=arguments.paths if arguments.prune else (),
                    total=count_documents(arguments.paths, exclude=arguments.exclude),
                    wait=wait,
                    each=each,
                )
            status = tell(report)
    return status


def add_samples_to_an_empty_library(settings: Settings) -> None:
    """What `pilcrow serve` begins with; does nothing to a library that has documents."""
    with IndexStore.open(settings.home, chroma_url=settings.chroma_url) as store:
        if store.is_empty():
            with progress_bar("Adding the sample cables") as progress:
                tell(store.add_samples(progress=progress))


def dry_run(arguments: argparse.Namespace) -> int:
    """A table of what would be read, line by line as it is found; status 1 if anything is unreadable."""
    count = status = 0
    console.print(Text(dry_run_line("document", "kind", "paragraphs", "repairs", "from"), style="dim"), soft_wrap=True)
    for source in read_sources(arguments.paths, exclude=arguments.exclude):
        if isinstance(source, SourceText):
            count += 1
            document = to_document(source, kind=arguments.kind)
            counts = str(len(document.paragraphs)), str(len(document.repairs) or "")
            line = dry_run_line(document.id, document.kind, *counts, source.origin)
            console.print(Text(line), soft_wrap=True)
        else:
            status = 1
            errors.print(Text(f"pilcrow: {source.origin}: {source.reason}"), soft_wrap=True)
    console.print(f"{count} documents would be read; nothing was changed")
    return status


def dry_run_line(document: str, kind: str, paragraphs: str, repairs: str, origin: str) -> str:
    """One line of the table: columns of fixed width, since a collection is too long to be measured first."""
    return f"{document:<24} {kind:<8} {paragraphs:>10} {repairs:>7}  {origin}"


@contextlib.contextmanager
def progress_bar(title: str) -> Iterator[Callable[[Progress], None]]:
    """A bar on standard error with documents, paragraphs per second and time left."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("documents"),
        TextColumn("{task.fields[speed]}"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=errors, transient=True) as bar:
        task = bar.add_task(title, total=None, speed="")

        def update(progress: Progress) -> None:
            speed = f"{progress.paragraphs_per_second:.0f} paragraphs/s"
            bar.update(task, completed=progress.documents, total=progress.total, speed=speed)

        yield update


@contextlib.contextmanager
def report_file(path: Path | None) -> Iterator[Callable[[Row], None] | None]:
    """Write each row as a JSON object on a line of its own as it comes; None where no file is wanted."""
    if path is None:
        yield None
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        yield lambda row: write_row(file, row)


def write_row(file: TextIO, row: Row) -> None:
    """One row of `--report`."""
    file.write(json.dumps(dataclasses.asdict(row), ensure_ascii=False) + "\n")


def tell(report: IndexReport) -> int:
    """Say in a few lines what became of the files; returns the exit status."""
    for recovered in report.recovered:
        console.print(Text(recovered, style="dim"))
    remarks = [remark for row in report.rows for remark in row_remarks(row)]
    for remark in remarks[:SHOWN_REMARKS]:
        console.print(Text(remark, style="dim"), soft_wrap=True)
    if len(remarks) > SHOWN_REMARKS:
        console.print(Text(f"and {len(remarks) - SHOWN_REMARKS} more; --report FILE keeps all", style="dim"))
    for row in (*report.unreadable, *report.conflicts):
        errors.print(Text(f"pilcrow: {row.origin}: {row.reason}"), soft_wrap=True)
    console.print(summary(report))
    if report.interrupted:
        errors.print("pilcrow: stopped; what is done is kept, and the same command goes on from there")
        return 130
    return 1 if report.unreadable or report.conflicts else 0


def row_remarks(row: Row) -> Iterator[str]:
    """A document's repairs and notices in plain words."""
    for repair in row.repairs:
        yield f"{row.document}, line {repair.line}: {repair_in_words(repair)}"
    for notice in row.notices:
        yield f"{row.document}: {notice}"


def summary(report: IndexReport) -> str:
    """One line: '12 added, 3 unchanged; 118 paragraphs, 2 repairs; 2.1 s'."""
    counts = [
        f"{report.added} added" if report.added else "",
        f"{report.replaced} replaced" if report.replaced else "",
        f"{report.pruned} removed" if report.pruned else "",
        f"{report.unchanged} unchanged" if report.unchanged else "",
        f"{len(report.unreadable)} not read" if report.unreadable else "",
        f"{len(report.conflicts)} not taken" if report.conflicts else "",
    ]
    said = ", ".join(count for count in counts if count) or "nothing to read"
    if report.paragraphs:
        said += f"; {report.paragraphs} paragraphs, {report.repairs} repairs"
    elif not (report.pruned or report.interrupted):
        said += "; nothing was changed"
    return f"{said}; {report.seconds:.1f} s"
