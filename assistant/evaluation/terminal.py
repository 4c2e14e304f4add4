"""The tables that `pilcrow eval` prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from assistant.evaluation.charts import figure_text, p_text, range_text, seconds_text, share
from assistant.evaluation.compare import Comparison
from assistant.evaluation.compare_page import comparison_lead, signed
from assistant.evaluation.evaluate import Tell
from assistant.evaluation.grid import GridRow
from assistant.evaluation.metrics import BY_NAME, METRICS
from assistant.evaluation.runner import Progress
from assistant.evaluation.summary import Summary

STYLES = {"better": "green", "worse": "red"}
MOST_LISTED = 30
GRID_COLUMNS = ("full", "hit_at_1", "all_at_10", "latency_p50")


@contextmanager
def progress_bar(console: Console) -> Iterator[Tell]:
    """A bar with the time left; gives what `evaluate` tells its progress to."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[left]}"),
    )
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Asking", total=None, left="")

        def tell(progress: Progress) -> None:
            left = "" if progress.left is None else f"{seconds_text(progress.left)} left"
            bar.update(task, completed=progress.done, total=progress.total, left=left)

        yield tell


def print_summary(console: Console, summary: Summary) -> None:
    """All figures with their intervals, the types, and what went wrong."""
    table = Table(title=summary["run"]["name"], title_justify="left", box=None, header_style="dim")
    for heading, side in (("Metric", "left"), ("Value", "right"), ("95 % interval", "right"), ("Questions", "right")):
        table.add_column(heading, justify="right" if side == "right" else "left")
    for metric in METRICS:
        figure = summary["overall"][metric.name]
        if figure["value"] is None:
            continue
        between = range_text(figure["low"], figure["high"], metric.unit)
        style = "bold" if metric.name == "full" else ""
        row = (metric.title, figure_text(figure["value"], metric.unit), between, str(figure["n"]))
        table.add_row(*(Text(text) for text in row), style=style)
    console.print(table)
    console.print()
    console.print(_types(summary))
    wrong = [f"{count} {name}" for name, count in summary["outcomes"].items() if count]
    console.print(Text(f"\n{', '.join(wrong)}"))


def _types(summary: Summary) -> Table:
    table = Table(box=None, header_style="dim")
    table.add_column("Type")
    for heading in ("Questions", "Complete and cited", "95 % interval", "Hit@1", "Median time"):
        table.add_column(heading, justify="right", no_wrap=heading != "Complete and cited")
    for name, figures in summary["by_type"].items():
        full = figures["full"]
        table.add_row(
            Text(name),
            str(full["n"]),
            share(full["value"]),
            range_text(full["low"], full["high"], "share"),
            share(figures["hit_at_1"]["value"]),
            seconds_text(figures["latency_p50"]["value"]),
        )
    return table


def print_comparison(console: Console, comparison: Comparison) -> None:
    """The differences with their tests, then the questions that got worse and better."""
    for notice in comparison.notices:
        console.print(Text(notice, style="yellow"))
    console.print(Text(comparison_lead(comparison)))
    console.print(Text(f"A is {comparison.name_a}, B is {comparison.name_b}.\n", style="dim"))
    table = Table(box=None, header_style="dim")
    table.add_column("Metric", no_wrap=True)
    for heading in ("A", "B", "B − A", "95 % interval", "p", "+", "−"):
        table.add_column(heading, justify="right", no_wrap=True)
    for each in comparison.differences:
        unit = each.metric.unit
        table.add_row(
            each.metric.title,
            figure_text(each.before, unit),
            figure_text(each.after, unit),
            signed(each),
            range_text(each.low, each.high, unit),
            p_text(each.p),
            str(each.better),
            str(each.worse),
            style=STYLES.get(each.verdict),
        )
    console.print(table)
    console.print(Text("+ and −: how many questions got better and worse in it.", style="dim"))
    for title, changed in (("Worse", comparison.worse), ("Better", comparison.better)):
        if changed:
            console.print(Text(f"\n{title}:", style=STYLES[title.lower()]))
        for item in changed[:MOST_LISTED]:
            console.print(Text(f"  {item.id}: {item.before} -> {item.after}: {item.question}"))
        if len(changed) > MOST_LISTED:
            console.print(Text(f"  ... and {len(changed) - MOST_LISTED} more", style="dim"))


def print_grid(console: Console, rows: Sequence[GridRow]) -> None:
    """One line a setting, with the figures that a terminal has room for."""
    table = Table(box=None, header_style="dim")
    table.add_column("Setting", no_wrap=True)
    for name in GRID_COLUMNS:
        table.add_column(BY_NAME[name].title, justify="right")
    table.add_column("p, against the first", justify="right")
    for row in rows:
        figures = (figure_text(row.figures[name]["value"], BY_NAME[name].unit) for name in GRID_COLUMNS)
        table.add_row(Text(row.title), *figures, row.p)
    console.print(table)
