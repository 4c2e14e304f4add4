"""From a question set and a library to a report: what the command, the page and the benchmarks call."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.evaluation.judging import Texts
from assistant.evaluation.questions import QuestionSet, read_question_set
from assistant.evaluation.report import report_html
from assistant.evaluation.runner import Progress, Run, run
from assistant.evaluation.runs import RunFolder, write_whole
from assistant.evaluation.summary import Summary, summarise
from assistant.settings_form import settings_json
from index_store.documents import ParagraphRef
from index_store.errors import EmptyLibrary, UnknownDocument, UnknownParagraph

if TYPE_CHECKING:
    from assistant.conversation import Assistant
    from index_store.store import IndexStore

SETS = Path(__file__).parent / "sets"
Tell = Callable[[Progress], None]
"""What is told how far a run is."""


def shipped_sets() -> list[Path]:
    """The question sets that come with Pilcrow, over the sample library; the single questions first."""
    return sorted(SETS.glob("*.jsonl"), key=lambda path: path.stem)


def evaluate(
    sets: Sequence[Path],
    assistant: Assistant,
    out: Path,
    *,
    name: str = "",
    progress: Tell | None = None,
    stop: Callable[[], bool] = lambda: False,
    fresh: bool = False,
) -> Summary:
    """Run question sets against an open assistant and write results, summary and report into the folder `out`.

    Goes on with a run that was interrupted in that folder, see runner.run. Raises BadQuestionSet before anything
    is asked where a set has errors, EmptyLibrary where nothing is indexed, and what asking raises. Returns what
    `summary.json` has; its `run.finished` is None where `stop` ended the run early.
    """
    questions = read_question_set(sets, max_question=assistant.settings.max_question)
    if assistant.store.is_empty():
        raise EmptyLibrary
    texts = texts_of(assistant.store)
    wanted = Run(
        questions=questions,
        asker=assistant,
        texts=texts,
        name=name or ", ".join(path.stem for path in sets),
        settings=settings_json(assistant.settings),
        library=library_json(assistant.store),
        notices=tuple(not_in_library(questions, texts)),
    )
    run(wanted, out, progress=progress, stop=stop, fresh=fresh)
    return write_report(out)


def write_report(folder: Path) -> Summary:
    """Make summary and report anew from the rows of a run's folder."""
    target = RunFolder(folder)
    info, judged = target.load()
    summary = summarise(info, judged)
    write_whole(target.summary, json.dumps(summary, ensure_ascii=False, indent=2) + "\n")
    write_whole(target.report, report_html(summary, judged))
    return summary


def texts_of(store: IndexStore) -> Texts:
    """The texts of the library's paragraphs: each one's own and its span of the source."""

    @lru_cache(maxsize=4096)
    def texts(ref: ParagraphRef) -> Sequence[str]:
        try:
            paragraph = store.paragraph(ref)
            source = store.document(ref.document).source
        except (UnknownDocument, UnknownParagraph):
            return ()
        return (paragraph.text, source[paragraph.start : paragraph.end])

    return texts


def not_in_library(questions: QuestionSet, texts: Texts) -> list[str]:
    """A line `file:line: ...` for each question with gold paragraphs that the library lacks.

    A notice and no error: one set may be asked of a library that grows.
    """
    notices = []
    for question in questions.questions:
        missing = [str(ref) for ref in question.gold if not texts(ref)]
        if missing:
            notices.append(f"{question.where}: '{question.id}': not in the library: {', '.join(missing)}")
    return notices


def library_json(store: IndexStore) -> Mapping[str, Any]:
    """What the library is, as far as answers depend on it."""
    status = store.status()
    return {"documents": status.documents, "paragraphs": status.paragraphs, "model": status.model}
