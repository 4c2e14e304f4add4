"""The Evaluate tab: question sets are run in the background, their reports kept, read and compared."""

from __future__ import annotations

import html
import shutil
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.conversation import Assistant
from assistant.evaluation.background import (
    Running,
    comparison_of,
    go_on,
    past_runs,
    report_of,
    runs_folder,
    shipped_sets,
    start,
)
from assistant.ui.markup import escape, tag
from assistant.ui.messages import reason
from index_store.errors import PilcrowError

TICK = 1.0
"""Seconds between two looks at a run."""
NOTHING_SHOWN = tag("p", "Run a question set, or choose an earlier run, to read its report here.", css="reader-empty")


class EvaluateTab:
    """The components of the Evaluate tab; one run at a time for the whole server."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.home = assistant.settings.home
        self.running: Running | None = None
        self.timer = gr.Timer(TICK, active=False)
        with gr.Row(elem_classes="evaluate"):
            with gr.Column(scale=1, min_width=320):
                self.sets = gr.CheckboxGroup(self.choices(), label="Question sets", elem_id="sets")
                with gr.Row(elem_classes="buttons"):
                    self.run = gr.Button("Run", variant="primary", size="sm", elem_id="run")
                    self.stop = gr.Button("Stop", size="sm", visible=False, elem_id="stop-run")
                    self.upload = gr.UploadButton(
                        "Add a question set (.jsonl, .yaml)", size="sm", file_count="multiple", elem_id="upload-set"
                    )
            with gr.Column(scale=1, min_width=320):
                self.past = gr.Dropdown(self.runs(), value=None, label="Earlier runs", elem_id="past")
                self.other = gr.Dropdown(self.runs(), value=None, label="Compare with", elem_id="other")
                with gr.Row(elem_classes="buttons"):
                    self.resume = gr.Button("Go on with this run", size="sm", visible=False, elem_id="go-on")
        self.told = gr.HTML(elem_id="told")
        self.report = gr.HTML(NOTHING_SHOWN, elem_id="evaluation")
        self._wire()

    def _wire(self) -> None:
        quiet: dict[str, Any] = {"show_progress": "hidden"}
        begun = [self.told, self.timer, self.run, self.stop]
        self.upload.upload(self.take_set, [self.upload, self.sets], [self.sets], **quiet)
        self.run.click(self.begin, [self.sets], begun, **quiet)
        self.resume.click(self.again, [self.past], begun, **quiet)
        self.stop.click(self.halt, None, [self.told], **quiet)
        self.timer.tick(self.look, None, [*begun, self.report, self.past, self.other], **quiet)
        shown = [self.report, self.resume]
        self.past.input(self.show, [self.past, self.other], shown, **quiet)
        self.other.input(self.show, [self.past, self.other], shown, **quiet)

    @property
    def outputs(self) -> list[Any]:
        """What `refresh` fills when the tab is opened."""
        return [self.sets, self.past, self.other, self.told, self.timer, self.run, self.stop]

    def refresh(self) -> tuple[Any, ...]:
        """The lists as they are now, and the run that another tab of the browser may have started."""
        busy = self.running is not None
        return (
            gr.CheckboxGroup(self.choices()),
            gr.Dropdown(self.runs()),
            gr.Dropdown(self.runs()),
            self.progress(),
            *_switches(busy),
        )

    def choices(self) -> list[tuple[str, str]]:
        """The sets that can be run: those that come with Pilcrow and those that were added."""
        added = sorted(path for path in self._added.glob("*") if path.is_file())
        shipped = [(f"{path.stem} (comes with Pilcrow)", str(path)) for path in shipped_sets()]
        return shipped + [(path.name, str(path)) for path in added]

    def runs(self) -> list[tuple[str, str]]:
        """The runs that are kept, newest first."""
        return [(run.title, str(run.folder)) for run in past_runs(self.home)]

    def take_set(self, files: list[str] | None, chosen: list[str]) -> Any:
        """Keep an added question set beside the runs, and choose it."""
        kept = []
        for file in map(Path, files or ()):
            try:
                self._added.mkdir(parents=True, exist_ok=True)
                kept.append(str(shutil.copy(file, self._added / file.name)))
            except OSError as error:
                gr.Warning(escape(f"{file.name} can't be kept: {error.strerror}"))
            finally:
                shutil.rmtree(file.parent, ignore_errors=True)
        return gr.CheckboxGroup(self.choices(), value=list(dict.fromkeys([*chosen, *kept])))

    def begin(self, chosen: list[str]) -> tuple[Any, ...]:
        """Start a run; an error in a set is told before anything is asked."""
        if not chosen:
            return tag("p", "Choose a question set first.", css="notice"), *(gr.skip(),) * 3
        known = {path for _, path in self.choices()}
        return self._start(lambda: start([Path(p) for p in chosen if p in known], self.assistant, self.home))

    def again(self, folder: str) -> tuple[Any, ...]:
        """Go on with a run that was stopped."""
        past = next((run for run in past_runs(self.home) if str(run.folder) == folder), None)
        if past is None:
            return tag("p", "This run is no longer there.", css="notice"), *(gr.skip(),) * 3
        return self._start(lambda: go_on(past, self.assistant))

    def halt(self) -> str:
        """End the run before its next question."""
        if self.running:
            self.running.stop()
        return tag("p", "Stopping …", css="quiet")

    def look(self) -> tuple[Any, ...]:
        """How far the run is; its report when it has ended."""
        running = self.running
        if running is None:
            return "", *_switches(False), *(gr.skip(),) * 3
        if running.running:
            return self.progress(), *(gr.skip(),) * 6
        self.running = None
        runs = self.runs()
        shown = str(running.folder)
        kept = shown if any(folder == shown for _, folder in runs) else None  # not where nothing was asked
        lists = gr.Dropdown(runs, value=kept), gr.Dropdown(runs, value=None)
        if running.error:
            return _failure(running.error), *_switches(False), gr.skip(), *lists
        return "", *_switches(False), self._framed(lambda: report_of(running.folder)), *lists

    def show(self, folder: str | None, other: str | None) -> tuple[Any, ...]:
        """The report of the chosen run, or what changed between two."""
        known = {str(run.folder): run for run in past_runs(self.home)}
        if folder not in known:
            return NOTHING_SHOWN, gr.Button(visible=False)
        first, second = known[folder], known.get(other or "")
        resume = gr.Button(visible=not first.finished)
        if second is None or second is first:
            return self._framed(lambda: report_of(first.folder)), resume
        before, after = sorted((first, second), key=lambda run: run.started)
        return self._framed(lambda: comparison_of(before.folder, after.folder)), resume

    def progress(self) -> str:
        """A bar and a line about the run; nothing where none is running."""
        if self.running is None:
            return ""
        now = self.running.progress
        left = f", about {max(1, now.left):.0f} s left" if now.left is not None else ""
        said = f"{now.done} of {now.total} questions{left}" if now.total else "Getting ready …"
        known = f' value="{now.done}" max="{now.total}"' if now.total else ""
        asked = tag("p", escape(now.question), css="quiet")
        return tag("div", f"<progress{known}></progress>", tag("p", escape(said)), asked, css="progress")

    @property
    def _added(self) -> Path:
        return runs_folder(self.home) / "sets"

    def _start(self, begin: Any) -> tuple[Any, ...]:
        if self.running is not None and self.running.running:
            return tag("p", "A run is going on already.", css="notice"), *_switches(True)
        try:
            self.running = begin()
        except (PilcrowError, OSError) as error:
            return _failure(error), *_switches(False)
        return self.progress(), *_switches(True)

    def _framed(self, page: Any) -> str:
        """A report in a frame that can't reach the page around it."""
        try:
            text = page()
        except (PilcrowError, OSError) as error:
            return _failure(error)
        return (
            f'<iframe class="evaluation" title="Report" sandbox="allow-scripts" srcdoc="{html.escape(text)}"></iframe>'
        )


def _switches(busy: bool) -> tuple[Any, ...]:
    return gr.Timer(active=busy), gr.Button(interactive=not busy), gr.Button(visible=busy)


def _failure(error: Exception) -> str:
    known = isinstance(error, PilcrowError | OSError)
    said = reason(error) if known else f"The run failed: {type(error).__name__}: {error}"
    return tag("p", escape(said).replace(escape("\n"), "<br>"), css="notice")
