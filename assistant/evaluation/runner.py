"""Asks the questions of a set, one after the other, and keeps what comes back."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from assistant.answer import Answer
from assistant.evaluation.judging import Texts, details_of
from assistant.evaluation.questions import Item, QuestionSet
from assistant.evaluation.runs import RunFolder, RunInfo, append_row

if TYPE_CHECKING:
    from assistant.conversation import Turn


class Asker(Protocol):
    """What answers: `assistant.conversation.Assistant`, or a stand-in."""

    def ask(self, question: str, history: Sequence[Turn] = ..., *, id: str | None = ...) -> Answer:
        """Answer the question as the next of a conversation."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has got."""

    done: int
    total: int
    """Questions, turns counted each."""
    seconds: float
    """Since this session of the run began."""
    left: float | None
    """Seconds to go at the speed so far; None before the first answer."""
    question: str = ""
    """The one that is being asked."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be run: the set, who answers, and what the report says about both."""

    questions: QuestionSet
    asker: Asker
    texts: Texts
    name: str = ""
    settings: Mapping[str, Any] | None = None
    library: Mapping[str, Any] | None = None
    notices: tuple[str, ...] = ()


def run(
    wanted: Run,
    folder: Path,
    *,
    progress: Callable[[Progress], None] | None = None,
    stop: Callable[[], bool] = lambda: False,
    fresh: bool = False,
) -> RunInfo:
    """Ask everything that is not done yet; `finished` of what is returned is None where `stop` said so before the end.

    Each row is on disk before the next question is asked, so a run that was stopped, failed or was killed goes on
    when it is run again with the same set, settings and library; `fresh` starts anew all the same. The first
    question is asked once beforehand without being kept, so that loading the models counts in nobody's time.
    Raises what asking raises; what was answered till then is kept.
    """
    target = RunFolder(folder)
    questions = wanted.questions
    info, done = target.begin(questions, _info(wanted), fresh=fresh)
    todo = [item for item in questions.items if item.id not in done]
    clock = _Clock(len(questions.questions), sum(len(item.questions) for item in todo), progress)
    if todo and not stop():
        clock.tell("getting ready")
        wanted.asker.ask(todo[0].questions[0].question)
        clock.start()
    stopped = False
    for item in todo:
        if stopped := stop() or not _ask_item(wanted, item, target, clock, stop):
            break
    if not stopped:
        info = replace(info, finished=_now())
    target.write_info(info)
    return info


def _ask_item(wanted: Run, item: Item, target: RunFolder, clock: _Clock, stop: Callable[[], bool]) -> bool:
    """Ask the turns of an item with their history; False if stopped between two."""
    from assistant.conversation import Turn  # late: it brings the models' libraries

    history: list[Turn] = []
    with target.results.open("a", encoding="utf-8") as results, target.details.open("a", encoding="utf-8") as details:
        for question in item.questions:
            if stop():
                return False
            clock.tell(question.question)
            answer = wanted.asker.ask(question.question, tuple(history), id=question.id)
            # The details first: a row of results then always has its own.
            append_row(details, details_of(question, answer, wanted.texts).to_json(question.id))
            append_row(results, answer.to_json(question.id))
            history.append(Turn(question.question, answer))
            clock.count()
    return True


def _info(wanted: Run) -> RunInfo:
    return RunInfo(
        name=wanted.name,
        sets=wanted.questions.files,
        questions=len(wanted.questions.questions),
        fingerprint=wanted.questions.fingerprint,
        settings=wanted.settings or {},
        library=wanted.library or {},
        started=_now(),
        notices=(*wanted.questions.notices, *wanted.notices),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class _Clock:
    """Counts the questions and tells how far the run is."""

    def __init__(self, total: int, todo: int, progress: Callable[[Progress], None] | None) -> None:
        self._total, self._before, self._progress = total, total - todo, progress
        self._asked = 0
        self.start()

    def start(self) -> None:
        self._started = time.monotonic()

    def count(self) -> None:
        self._asked += 1
        self.tell("")

    def tell(self, question: str) -> None:
        if self._progress is None:
            return
        seconds = time.monotonic() - self._started
        done = self._before + self._asked
        left = seconds / self._asked * (self._total - done) if self._asked else None
        self._progress(Progress(done, self._total, seconds, left, question))
