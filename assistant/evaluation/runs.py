"""A run's folder: its files, read and written.

`run.json` says what was run, `questions.jsonl` is the set as it was asked, `results.jsonl` and `details.jsonl` have
a line a question (see results.py), `summary.json` and `report.html` are made from these four.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from assistant.evaluation.metrics import Judged, judge
from assistant.evaluation.questions import Item, QuestionSet, read_question_set, write_question_set
from assistant.evaluation.results import Details, Result
from index_store.errors import BadQuestionSet

MOST_CHARACTERS = 10**9  # a run asks what was asked, however long


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What was run, on what, when: `run.json`."""

    name: str
    sets: tuple[str, ...]
    questions: int
    fingerprint: str
    """Of the set; see QuestionSet.fingerprint."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    library: Mapping[str, Any] = field(default_factory=dict)
    started: str = ""
    """ISO 8601, UTC."""
    finished: str | None = None
    """None while it runs, and where it was stopped."""
    notices: tuple[str, ...] = ()

    def asks_the_same(self, other: RunInfo) -> bool:
        """Whether a run that was interrupted can be gone on with as the other."""
        same = (self.fingerprint, _plain(self.settings), _plain(self.library))
        return same == (other.fingerprint, _plain(other.settings), _plain(other.library))


def _plain(value: object) -> object:
    return json.loads(json.dumps(value))


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The folder of one run."""

    path: Path

    @property
    def results(self) -> Path:
        """A row a question, as `pilcrow ask --json` prints it."""
        return self.path / "results.jsonl"

    @property
    def details(self) -> Path:
        """A row a question: what only the evaluation wants."""
        return self.path / "details.jsonl"

    @property
    def questions(self) -> Path:
        """The set as it was asked."""
        return self.path / "questions.jsonl"

    @property
    def summary(self) -> Path:
        """All figures."""
        return self.path / "summary.json"

    @property
    def report(self) -> Path:
        """The page to read."""
        return self.path / "report.html"

    def info(self) -> RunInfo | None:
        """What was run; None where the folder holds no run."""
        try:
            values = json.loads((self.path / "run.json").read_text(encoding="utf-8"))
            return RunInfo(**values | {"sets": tuple(values["sets"]), "notices": tuple(values["notices"])})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def write_info(self, info: RunInfo) -> None:
        """Write `run.json`."""
        write_whole(self.path / "run.json", json.dumps(asdict(info), ensure_ascii=False, indent=2) + "\n")

    def begin(self, questions: QuestionSet, info: RunInfo, *, fresh: bool = False) -> tuple[RunInfo, set[str]]:
        """Make the folder ready; returns the run's info and the ids of the items that are done already.

        An interrupted run of the same set, settings and library goes on where it stopped; a dialogue that was cut
        is asked again from its first turn. Anything else that stands in the folder is replaced.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        before = self.info()
        if before is not None and not fresh and before.finished is None and before.asks_the_same(info):
            done = self._keep_whole_items(questions)
            return replace(info, started=before.started), done
        for path in (self.results, self.details, self.summary, self.report):
            path.unlink(missing_ok=True)
        write_question_set(self.questions, questions.items)
        self.results.touch()
        self.details.touch()
        self.write_info(info)
        return info, set()

    def _keep_whole_items(self, questions: QuestionSet) -> set[str]:
        results = {row["id"]: row for row in read_rows(self.results)}
        details = {row["id"]: row for row in read_rows(self.details)}
        done = [item for item in questions.items if _all_in(item, results) and _all_in(item, details)]
        for path, rows in ((self.results, results), (self.details, details)):
            kept = [json_line(rows[question.id]) for item in done for question in item.questions]
            write_whole(path, "".join(kept))
        return {item.id for item in done}

    def load(self) -> tuple[RunInfo, list[Judged]]:
        """The run as far as it got, judged. Raises BadQuestionSet where the folder holds no run."""
        info = self.info()
        if info is None:
            raise BadQuestionSet(f"{self.path}: no run of an evaluation in this folder")
        questions = read_question_set([self.questions], max_question=MOST_CHARACTERS)
        try:
            details = {row["id"]: Details.from_json(row) for row in read_rows(self.details)}
            results = {
                row["id"]: Result.from_json(row, details.get(row["id"], Details())) for row in read_rows(self.results)
            }
        except (KeyError, TypeError) as error:
            raise BadQuestionSet(f"{self.path}: a row of its results can't be read: {error}") from error
        items = [
            (question, results[question.id], item.id, number if item.dialogue else None)
            for item in questions.items
            for number, question in enumerate(item.questions, 1)
            if question.id in results
        ]
        return info, judge(items)


def _all_in(item: Item, rows: Mapping[str, Any]) -> bool:
    return all(question.id in rows for question in item.questions)


def list_runs(folder: Path) -> list[RunFolder]:
    """The runs that stand in a folder of runs, newest first."""
    runs = [RunFolder(path) for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    dated = [(info.started, run.path.name, run) for run in runs if (info := run.info())]
    return [run for _, _, run in sorted(dated, key=lambda entry: entry[:2], reverse=True)]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file with an id; a last line that was cut short is passed over."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return
    for line in text.split("\n"):
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            yield row


def json_line(row: Mapping[str, Any]) -> str:
    """A line of JSON Lines with its end."""
    return json.dumps(row, ensure_ascii=False) + "\n"


def append_row(file: IO[str], row: Mapping[str, Any]) -> None:
    """Write a row and see it to the system, so that a run that is killed has it."""
    file.write(json_line(row))
    file.flush()


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old or the new text, never a part."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(path)
