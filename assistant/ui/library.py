"""The Library tab: what is indexed, putting files in, taking documents out."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.conversation import Assistant
from assistant.history import History
from assistant.ui.document_list import LINES, count_html, list_html, sorted_by
from assistant.ui.indexing_report import progress_html, report_form, report_html
from assistant.ui.markup import escape, tag
from assistant.ui.reader import document_html
from assistant.ui.streaming import stream
from index_store.errors import PilcrowError
from index_store.formats import read_sources
from index_store.listing import ListWanted
from index_store.store import IndexReport, Progress

SCRIPT = Path(__file__).parent / "static" / "list.js"
FORMATS = "Text, HTML, Markdown, PDF, DOCX, CSV, JSON Lines, TEI, or a .zip or .tar.gz of them."
NOTHING_CHOSEN = tag("p", "Choose a line of the table to read the document here.", css="reader-empty")
# Where the document stands below the table, as on a phone, it is brought into view.
FOLLOW = """
watch('value', () => {
  if (window.innerWidth > 800) return;
  element.closest('.library-reader').scrollIntoView({ block: 'start', behavior: 'smooth' });
});
"""
LAST = "last_indexing"
LISTING = "listing"
"""What changes the list runs one after the other, so that the last wish is the one that shows."""


class LibraryTab:
    """The components of the Library tab, and what happens when they are used."""

    def __init__(self, assistant: Assistant, history: History) -> None:
        self.assistant, self.history = assistant, history
        self.stop_event = threading.Event()
        self.chosen = gr.State("")
        self.wanted = gr.State(ListWanted(limit=LINES))
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
        with gr.Accordion("Add documents", open=True, elem_id="add"):
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
        self.table = gr.HTML(elem_id="documents", js_on_load=SCRIPT.read_text(encoding="utf-8"))

    def _wire(self) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden"}
        asked, listed = self.inputs, self.outputs
        in_turn: dict[str, Any] = {**quiet, "concurrency_id": LISTING}
        for change in (self.filter.change, self.only_repaired.change):
            change(
                self.filtered, [*asked, self.filter, self.only_repaired], listed, trigger_mode="always_last", **quiet
            )
        self.table.sort(self.sort, asked, listed, **in_turn)
        self.table.turn(self.turn, asked, listed, **in_turn)
        self.table.read(self.read, None, [self.reader, self.chosen, self.actions, self.confirm], **quiet)
        self.files.upload(
            self.add, [self.files, self.replace], [self.report, self.files, self.stop], concurrency_limit=1, **quiet
        ).then(self.rows, asked, listed, **in_turn)
        self.stop.click(self.stop_event.set, None, None, **quiet)
        self.remove.click(self.ask_first, self.chosen, [self.confirm, self.question], **quiet)
        self.keep.click(lambda: gr.Row(visible=False), None, self.confirm, **quiet)
        self.really.click(
            self.take_out, self.chosen, [self.reader, self.chosen, self.actions, self.confirm], **quiet
        ).then(self.rows, asked, listed, **in_turn)

    @property
    def inputs(self) -> list[gr.components.Component]:
        """What `rows` takes."""
        return [self.wanted, self.chosen]

    @property
    def outputs(self) -> list[gr.components.Component]:
        """What `rows` fills."""
        return [self.wanted, self.table, self.count]

    def rows(self, wanted: ListWanted, chosen: str) -> tuple[ListWanted, str, str]:
        """The part of the list that is wanted, and a line about the whole."""
        try:
            listed = self.assistant.store.listed(wanted)
            if wanted.first >= listed.count > 0:  # what stood there has been removed
                wanted = replace(wanted, first=(listed.count - 1) // wanted.limit * wanted.limit)
                listed = self.assistant.store.listed(wanted)
        except PilcrowError as error:
            return wanted, "", tag("p", escape(str(error)), css="notice")
        return wanted, list_html(listed, wanted, chosen), count_html(listed)

    def filtered(self, wanted: ListWanted, chosen: str, words: str, only_repaired: bool) -> tuple[ListWanted, str, str]:
        """The list narrowed to what fits, from its beginning."""
        return self.rows(replace(wanted, words=words or "", only_repaired=only_repaired, first=0), chosen)

    def sort(self, wanted: ListWanted, chosen: str, pressed: gr.EventData) -> tuple[ListWanted, str, str]:
        """The list sorted by the column whose heading was pressed."""
        return self.rows(sorted_by(wanted, pressed.place), chosen)

    def turn(self, wanted: ListWanted, chosen: str, pressed: gr.EventData) -> tuple[ListWanted, str, str]:
        """Another part of the list."""
        return self.rows(replace(wanted, first=max(0, int(pressed.place))), chosen)

    def read(self, pressed: gr.EventData) -> tuple[Any, ...]:
        """Show the document of the line that was pressed."""
        id = str(pressed.place)
        try:
            shown = document_html(self.assistant.store.document(id))
        except PilcrowError as error:
            return tag("p", escape(str(error)), css="notice"), "", gr.Row(visible=False), gr.Row(visible=False)
        return shown, id, gr.Row(visible=True), gr.Row(visible=False)

    def add(self, files: list[str] | None, replacing: bool) -> Iterator[tuple[Any, ...]]:
        """Index what was dropped in, telling how far it is; then the report."""
        paths = [Path(file) for file in files or ()]
        if not paths:
            yield gr.skip(), gr.skip(), gr.skip()
            return
        self.stop_event.clear()

        def work(report: Callable[[Progress | IndexReport], None]) -> Progress | IndexReport:
            return self.assistant.store.index(
                read_sources(paths), progress=report, replace=replacing, stop=self.stop_event, wait=5.0
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
