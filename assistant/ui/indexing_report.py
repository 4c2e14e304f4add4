"""What an indexing did, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.ui.markup import escape, table, tag
from assistant.ui.reader import repair_in_words
from index_store.store import IndexReport, Progress, Row

LISTED = 200
"""Lines of each list of a report."""


def progress_html(progress: Progress | None) -> str:
    """How far an indexing is: a bar and a line."""
    if progress is None:
        return tag("div", "<progress></progress>", tag("p", "Reading …"), css="progress")
    if not progress.paragraphs:  # what is known of the time is of the reading alone
        said = f"{_count(progress.documents, 'document')} read, nothing indexed yet …"
        return tag("div", "<progress></progress>", tag("p", escape(said)), css="progress")
    left = progress.seconds_left
    said = (
        f"{_count(progress.documents, 'document')} read, {_count(progress.paragraphs, 'paragraph')} indexed, "
        f"{progress.paragraphs_per_second:.0f} a second"
    )
    said += f", about {left:.0f} s left" if left else ""
    known = f' value="{progress.documents}" max="{progress.total}"' if progress.total else ""
    return tag("div", f"<progress{known}></progress>", tag("p", escape(said)), css="progress")


def report_form(report: IndexReport) -> dict[str, Any]:
    """A report as plain data, to keep; file names without the folder they were uploaded to."""
    return {
        "said": _said(report),
        "documents": [[row.document or _name(row.origin), row.outcome, row.paragraphs] for row in report.rows[:LISTED]],
        "repairs": [
            [row.document, repair.line, repair_in_words(repair)] for row in report.rows for repair in row.repairs
        ][:LISTED],
        "notices": [[id, notice] for id, notice in report.notices][:LISTED],
        "refused": [[_name(row.origin), _why(row)] for row in (*report.unreadable, *report.conflicts)][:LISTED],
    }


def report_html(form: Mapping[str, Any], *, earlier: bool = False) -> str:
    """The report to read: what was read, what was repaired, what wasn't read and why."""
    title = "The last time files were added" if earlier else "What was read"
    parts = []
    if form["refused"]:
        parts += [tag("h4", "Not taken"), table(("File", "Why"), _cells(form["refused"]))]
    if form["repairs"]:
        parts += [tag("h4", "Paragraph numbers read otherwise than printed")]
        parts += [table(("Document", "Line", "Repair"), _cells(form["repairs"]))]
    if form["notices"]:
        parts += [tag("h4", "To know"), table(("Document", "Notice"), _cells(form["notices"]))]
    if form["documents"]:
        parts += [tag("h4", "Documents"), table(("Document", "", "Paragraphs"), _cells(form["documents"]))]
    said = tag("span", escape(f"{title}: {form['said']}"))
    if not parts:
        return tag("p", said, css="report")
    opened = {} if earlier else {"open": ""}
    return tag("details", tag("summary", said), *parts, css="report", **opened)


def _said(report: IndexReport) -> str:
    facts = [
        (report.added, "added"),
        (report.replaced, "replaced"),
        (report.unchanged, "unchanged"),
        (len(report.conflicts), "in conflict"),
        (len(report.unreadable), "not readable"),
    ]
    said = ", ".join(f"{count:,} {word}" for count, word in facts if count) or "nothing"
    said += f"; {_count(report.paragraphs, 'paragraph')}" if report.paragraphs else ""
    said += f", {_count(report.repairs, 'repair')}" if report.repairs else ""
    return said + (". Stopped before the end: drop the files in again to go on." if report.interrupted else ".")


def _why(row: Row) -> str:
    if row.outcome == "conflict":
        return f"another text of {row.document} is in the library and was kept; tick the box above to replace it"
    return row.reason or "not readable"


def _cells(rows: list[list[Any]]) -> list[list[str]]:
    return [[escape(str(cell)) for cell in row] for row in rows]


def _name(origin: str) -> str:
    """The uploaded file's own name, with the member of an archive: 'a.zip!b.txt'."""
    file, *member = origin.split("!", 1)
    return "!".join([Path(file).name, *member])


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
