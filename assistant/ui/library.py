"""The Library tab: what is indexed, putting files in, taking documents out."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.conversation import Assistant
from assistant.history import History
from assistant.ui.indexing_report import progress_html, report_form, report_html
from assistant.ui.markup import escape, tag
from assistant.ui.reader import document_html
from assistant.ui.streaming import stream
from index_store.errors import PilcrowError
from index_store.formats import read_sources
from index_store.store import DocumentSummary, IndexReport, Progress

SHOWN = 1000
"""Rows of the table; more would make a browser slow, the filter narrows them."""
HEADINGS = ["Document", "Date", "Post", "Classification", "Subject", "¶", "Repairs"]
WIDTHS: list[str | int] = ["172px", "84px", "100px", "112px", "160px", "36px", "76px"]
FORMATS = "Text, HTML, Markdown, PDF, DOCX, CSV, JSON Lines, TEI, or a .zip or .tar.gz of them."
NOTHING_CHOSEN = tag("p", "Choose a line of the table to read the document here.", css="reader-empty")
# Where the document stands below the table, as on a phone, it is brought into view.
FOLLOW = """
watch('value', () => {
  if (window.innerWidth <= 800) element.scrollIntoView({ block: 'start', behavior: 'smooth' });
});
"""
LAST = "last_indexing"


class LibraryTab:
    """The components of the Library tab, and what happens when they are used."""

    def __init__(self, assistant: Assistant, history: History) -> None:
        self.assistant, self.history = assistant, history
        self.stop_event = threading.Event()
        self.chosen = gr.State("")
        with gr.Row(elem_classes="desk library"):
            with gr.Column(scale=7, min_width=320, elem_classes="library-pane"):
                self._list_pane()
            with gr.Column(scale=5, min_width=320, elem_classes="reader-pane library-reader"):
                with gr.Row(visible=False, elem_classes="confirm") as self.actions:
                    self.remove = gr.Button("Remove from the library", size="sm", elem_id="remove", min_width=120)
                with gr.Row(visible=False, elem_classes="confirm") as self.confirm:
                    self.question = gr.HTML("")
                    self.really = gr.Button("Remove it", size="sm", variant="stop", elem_id="remove-it", min_width=80)
                    self.keep = gr.Button("Keep it", size="sm", min_width=80)
                self.reader = gr.HTML(NOTHING_CHOSEN, elem_id="library-reader", js_on_load=FOLLOW)
        self._wire()

    def _list_pane(self) -> None:
        with gr.Accordion("Add documents", open=True, elem_id="add") as self.adding:
            gr.HTML(tag("p", escape(FORMATS), css="quiet"))
            self.files = gr.File(
                label="Files",
                show_label=False,
                file_count="multiple",
                elem_id="files",
                height=110,
            )
            with gr.Row():
                self.replace = gr.Checkbox(label="Replace documents whose text has changed", container=False)
                self.stop = gr.Button("Stop", size="sm", visible=False, elem_id="stop-indexing", min_width=60)
        self.report = gr.HTML(self.last_report, elem_id="report")
        with gr.Row(elem_classes="filter-row"):
            self.filter = gr.Textbox(
                show_label=False,
                label="Filter",
                container=False,
                placeholder="Filter by any word: post, date, TAGS, subject …",
                elem_id="filter",
                scale=4,
            )
            self.only_repaired = gr.Checkbox(label="With repairs only", container=False, scale=1, min_width=150)
        self.count = gr.HTML(elem_id="count")
        self.table = gr.Dataframe(
            headers=HEADINGS,
            datatype=["str", "str", "str", "str", "str", "number", "number"],
            column_widths=WIDTHS,
            interactive=False,
            show_label=False,
            wrap=True,
            max_height=2000,
            buttons=[],
            elem_id="documents",
        )

    def _wire(self) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden"}
        wanted = [self.filter, self.only_repaired]
        listed = [self.table, self.count]
        for change in (self.filter.change, self.only_repaired.change):
            change(self.rows, wanted, listed, trigger_mode="always_last", **quiet)
        self.table.select(self.choose, None, [self.reader, self.chosen, self.actions, self.confirm], **quiet)
        self.files.upload(
            self.add, [self.files, self.replace], [self.report, self.files, self.stop], concurrency_limit=1, **quiet
        ).then(self.rows, wanted, listed, **quiet)
        self.stop.click(self.stop_event.set, None, None, **quiet)
        self.remove.click(self.ask_first, self.chosen, [self.confirm, self.question], **quiet)
        self.keep.click(lambda: gr.Row(visible=False), None, self.confirm, **quiet)
        self.really.click(
            self.take_out, self.chosen, [self.reader, self.chosen, self.actions, self.confirm], **quiet
        ).then(self.rows, wanted, listed, **quiet)

    def rows(self, words: str | None = "", only_repaired: bool = False) -> tuple[list[list[Any]], str]:
        """The table's lines and a line about them."""
        try:
            summaries = self.assistant.store.summaries()
        except PilcrowError as error:
            return [], tag("p", escape(str(error)), css="notice")
        kept = [each for each in summaries if _fits(each, words or "") and (each.repairs or not only_repaired)]
        paragraphs = sum(each.paragraphs for each in kept)
        said = (
            f"{len(kept):,} of {len(summaries):,} documents"
            if len(kept) < len(summaries)
            else f"{len(kept):,} documents"
        )
        said += f", {paragraphs:,} paragraphs"
        if len(kept) > SHOWN:
            said += f"; the first {SHOWN:,} are shown, the filter finds the others"
        return [_row(each) for each in kept[:SHOWN]], tag("p", escape(said), css="quiet")

    def choose(self, picked: gr.SelectData) -> tuple[Any, ...]:
        """Show the document of the line that was pressed."""
        id = str(picked.row_value[0])
        try:
            shown = document_html(self.assistant.store.document(id))
        except PilcrowError as error:
            return tag("p", escape(str(error)), css="notice"), "", gr.Row(visible=False), gr.Row(visible=False)
        return shown, id, gr.Row(visible=True), gr.Row(visible=False)

    def add(self, files: list[str] | None, replace: bool) -> Iterator[tuple[Any, ...]]:
        """Index what was dropped in, telling how far it is; then the report."""
        paths = [Path(file) for file in files or ()]
        if not paths:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        self.stop_event.clear()

        def work(report: Callable[[Progress | IndexReport], None]) -> Progress | IndexReport:
            return self.assistant.store.index(
                read_sources(paths), progress=report, replace=replace, stop=self.stop_event, wait=5.0
            )

        yield progress_html(None), gr.skip(), gr.Button(visible=True)
        try:
            for told in stream(work):
                if isinstance(told, Progress):
                    yield progress_html(told), gr.skip(), gr.skip()
                else:
                    form = report_form(told)
                    self._remember(form)
                    yield report_html(form), None, gr.Button(visible=False)
        except PilcrowError as error:
            yield tag("p", escape(str(error)), css="notice"), None, gr.Button(visible=False)
        finally:
            for path in paths:  # Gradio's copies; the library holds the texts
                shutil.rmtree(path.parent, ignore_errors=True)

    def ask_first(self, id: str) -> tuple[Any, ...]:
        """Nothing is taken out by one press."""
        return gr.Row(visible=True), tag("p", "Remove ", tag("b", escape(id)), " and its paragraphs?")

    def take_out(self, id: str) -> tuple[Any, ...]:
        """Take the chosen document out of the library."""
        try:
            removed, _ = self.assistant.store.remove([id], wait=5.0)
        except PilcrowError as error:
            gr.Warning(escape(str(error)))
            return gr.skip(), gr.skip(), gr.skip(), gr.Row(visible=False)
        said = f"{id} is no longer in the library." if removed else f"{id} was not in the library."
        return tag("p", escape(said), css="reader-empty"), "", gr.Row(visible=False), gr.Row(visible=False)

    def last_report(self) -> str:
        """The report of the last time that files were dropped in."""
        try:
            form = self.history.preference(LAST)
        except PilcrowError:
            return ""
        return report_html(form, earlier=True) if form else ""

    def _remember(self, form: dict[str, Any]) -> None:
        try:
            self.history.prefer(LAST, form)
        except PilcrowError as error:
            gr.Warning(escape(str(error)))


def _row(summary: DocumentSummary) -> list[Any]:
    return [
        summary.id,
        (summary.date or "")[:10],
        summary.post or "",
        (summary.classification or "").capitalize(),
        summary.subject or "",
        summary.paragraphs,
        summary.repairs,
    ]


def _fits(summary: DocumentSummary, words: str) -> bool:
    """Whether every word stands somewhere in the line."""
    facts = (summary.id, summary.date, summary.post, summary.classification, summary.subject, *summary.tags)
    line = " ".join(fact for fact in facts if fact).casefold()
    return all(word in line for word in words.casefold().split())
