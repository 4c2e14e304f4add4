"""Runs for the page: started in a thread, watched, stopped, listed, compared.

They stand in the library's folder under `evaluations/`, one folder a run, named by the moment it began.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evaluation.compare import compare_folders
from assistant.evaluation.compare_page import comparison_html
from assistant.evaluation.evaluate import evaluate, shipped_sets, write_report
from assistant.evaluation.questions import read_question_set
from assistant.evaluation.runner import Progress
from assistant.evaluation.runs import RunFolder, list_runs
from assistant.evaluation.summary import Summary

if TYPE_CHECKING:
    from assistant.conversation import Assistant

__all__ = [
    "PastRun",
    "Running",
    "comparison_of",
    "go_on",
    "past_runs",
    "report_of",
    "runs_folder",
    "shipped_sets",
    "start",
]


@dataclass(frozen=True, slots=True)
class PastRun:
    """A line of the list of runs."""

    folder: Path
    name: str
    started: str
    """ISO 8601, UTC."""
    finished: bool
    questions: int
    full: float | None
    """Share of complete and cited answers; None where the run has no summary yet."""

    @property
    def title(self) -> str:
        """For a menu: when, what, and how good."""
        quality = "" if self.full is None else f", {100 * self.full:.0f} % complete and cited"
        return f"{self.started[:16].replace('T', ' ')} {self.name}{quality}{'' if self.finished else ' (stopped)'}"


class Running:
    """A run in a thread of its own."""

    def __init__(self, sets: Sequence[Path], assistant: Assistant, folder: Path, name: str) -> None:
        self.folder = folder
        self._stop = threading.Event()
        self._progress = Progress(0, 0, 0.0, None, "")
        self._error: Exception | None = None
        self._summary: Summary | None = None
        self._thread = threading.Thread(target=self._run, args=(sets, assistant, name), name="evaluation", daemon=True)
        self._thread.start()

    def _run(self, sets: Sequence[Path], assistant: Assistant, name: str) -> None:
        try:
            self._summary = evaluate(
                sets, assistant, self.folder, name=name, progress=self._note, stop=self._stop.is_set
            )
        except Exception as error:  # whatever it is, it belongs to who watches, not to the thread's death
            self._error = error

    def _note(self, progress: Progress) -> None:
        self._progress = progress

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self._progress

    @property
    def running(self) -> bool:
        """Whether questions are still being asked."""
        return self._thread.is_alive()

    @property
    def error(self) -> Exception | None:
        """What ended it: a PilcrowError has a message for the reader."""
        return self._error

    @property
    def summary(self) -> Summary | None:
        """All figures, once it has ended; of the questions asked so far where it was stopped."""
        return self._summary

    def stop(self) -> None:
        """Let it end before the next question; what was answered is kept and reported."""
        self._stop.set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for its end; whether it has ended."""
        self._thread.join(timeout)
        return not self._thread.is_alive()


def start(sets: Sequence[Path], assistant: Assistant, home: Path, *, name: str = "") -> Running:
    """Start a run in a new folder under `home`. Raises BadQuestionSet at once where a set has errors."""
    read_question_set(sets, max_question=assistant.settings.max_question)
    name = name or ", ".join(path.stem for path in sets)
    return Running(sets, assistant, _new_folder(home, name), name)


def go_on(past: PastRun, assistant: Assistant) -> Running:
    """Go on with a run that was stopped."""
    return Running([RunFolder(past.folder).questions], assistant, past.folder, past.name)


def _new_folder(home: Path, name: str) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    stem = f"{moment}-{re.sub(r'[^A-Za-z0-9]+', '-', name).strip('-')[:40] or 'run'}"
    for number in range(1, 1000):
        folder = runs_folder(home) / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise FileExistsError(stem)


def runs_folder(home: Path) -> Path:
    """Where the page keeps its runs."""
    return home / "evaluations"


def past_runs(home: Path) -> list[PastRun]:
    """The runs that the page keeps, newest first."""
    return [_past(run) for run in list_runs(runs_folder(home))]


def _past(run: RunFolder) -> PastRun:
    info = run.info()
    assert info is not None  # list_runs gives only folders that hold one
    try:
        full = json.loads(run.summary.read_text(encoding="utf-8"))["overall"]["full"]["value"]
    except (OSError, ValueError, KeyError, TypeError):
        full = None
    return PastRun(run.path, info.name, info.started, info.finished is not None, info.questions, full)


def report_of(folder: Path) -> str:
    """The HTML of a run's report; written first where the run has none, as one that was killed."""
    report = RunFolder(folder).report
    if not report.exists():
        write_report(folder)
    return report.read_text(encoding="utf-8")


def comparison_of(a: Path, b: Path) -> str:
    """The HTML of what got better and worse from run A to run B."""
    return comparison_html(compare_folders(a, b))
