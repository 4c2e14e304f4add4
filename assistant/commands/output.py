"""How the terminal shows documents, paragraphs, answers and tables."""

from __future__ import annotations

import json
import sys
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.answer import THE_DOCUMENTS_DONT_SAY, Answer, Citation
from index_store.documents import PILCROW, Document, Header, Paragraph, Repair

# Texts of documents are printed as Text or escaped, so that brackets in them are not taken for markup.
console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


def print_json(value: object) -> None:
    """One JSON value, indented, with the signs of every language as they are."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def print_json_line(value: object) -> None:
    """One JSON value on one line."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def header_rows(header: Header) -> list[tuple[str, str]]:
    """The header's facts as (name, value), only those that are there."""
    rows = [
        ("Post", header.post),
        ("Date", header.date.strftime("%d %B %Y, %H:%M UTC") if header.date else None),
        ("Classification", ", ".join([header.classification or "", *header.caveats]).strip(", ")),
        ("TAGS", ", ".join(header.tags)),
        ("Subject", header.subject),
        ("References", "; ".join(header.references)),
        ("Classified by", header.classified_by),
        ("Signature", header.signature),
    ]
    return [(name, value) for name, value in rows if value]


def print_document(document: Document) -> None:
    """The header, every heading and paragraph with its label, and the repairs in plain words."""
    console.print(f"[bold]{escape(document.id)}[/bold]")
    table = Table.grid(padding=(0, 2))
    for name, value in header_rows(document.header):
        table.add_row(Text(name, style="dim"), Text(value))
    console.print(Padding(table, (0, 0, 0, 2)))
    heading = None
    for paragraph in document.paragraphs:
        if paragraph.heading and paragraph.heading != heading:
            console.print(Padding(Text(paragraph.heading, style="bold"), (1, 0, 0, 2)))
        heading = paragraph.heading
        console.print()
        print_paragraph(document, paragraph, heading=False)
    for repair in document.repairs:
        console.print(Text(f"Line {repair.line}: {repair_in_words(repair)}", style="dim"))
    for notice in document.notices:
        console.print(Text(notice, style="dim"))


def repair_in_words(repair: Repair) -> str:
    """'printed 15., read as 5 (lost pilcrow read as 1)'."""
    if repair.label is None:
        return f"printed {repair.printed}: {repair.why}"
    return f"printed {repair.printed}, read as {repair.label} ({repair.why})"


def print_paragraph(document: Document, paragraph: Paragraph, *, heading: bool = True) -> None:
    """One paragraph with its label, portion mark, and printed number where that is another."""
    facts = [f"({paragraph.portion_mark})"] if paragraph.portion_mark else []
    if paragraph.printed != paragraph.label:
        facts.append(f"printed {paragraph.printed}" if paragraph.printed else "printed without number")
    if heading and paragraph.heading:
        facts.append(paragraph.heading)
    console.print(Text(f"{document.id} {PILCROW}{paragraph.label}", style="cyan"), Text("  ".join(facts), style="dim"))
    console.print(Padding(Text(paragraph.text), (0, 0, 0, 2)))


def print_answer(answer: Answer, titles: dict[str, str]) -> None:
    """The sentences with their marks, then the sources; `titles` has a line for each document cited."""
    for notice in answer.notices:
        console.print(Text(notice, style="yellow"))
    if answer.abstained:
        console.print(Text(THE_DOCUMENTS_DONT_SAY, style="bold"))
        if answer.explanation:
            console.print(Text(answer.explanation))
        if answer.nearest:
            console.print("\n[dim]Nearest paragraphs[/dim]")
            for citation in answer.nearest:
                _print_nearest(citation)
        return
    for sentence in answer.sentences:
        line = Text(sentence.text, style="strike" if sentence.status == "unsupported" else "")
        for start, end in sentence.bold:
            line.stylize("bold", start, end)
        for citation in sentence.citations:
            line.append(f" {citation.mark}", style="cyan")
        if sentence.reason:
            line.append(f" ({sentence.reason})", style="dim")
        console.print(line)
    console.print("\n[dim]Sources[/dim]")
    for document in dict.fromkeys(citation.document for citation in answer.citations):
        console.print(Padding(Text.assemble((document, "cyan"), "  ", titles.get(document, "")), (0, 0, 0, 2)))


def _print_nearest(citation: Citation) -> None:
    console.print(Padding(Text.assemble((citation.mark, "cyan"), "  ", citation.quote), (0, 0, 0, 2)))


def size(count: int | float) -> str:
    """Bytes in the unit that reads best: '4.2 MB'."""
    value = float(count)
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} GB"


def plain_table(rows: list[dict[str, Any]]) -> Table:
    """A table of the rows' keys and values, as it prints in a terminal."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for place, name in enumerate(rows[0] if rows else ()):
        table.add_column(name, no_wrap=place == 0, overflow="fold")  # the first names the row, for copying
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row.values()))
    return table
