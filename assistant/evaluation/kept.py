"""The figures that README.md shows, kept in docs/evaluation.json so that a test can tell when they are outdated.

They hold for a state of things: the shipped sets, the sample texts, the default settings with the thresholds. The
fingerprints of these are kept beside the figures; where one differs, `make eval` is to be run again. What each
question came to is kept too, so that a few of them can be asked again and compared.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.evaluation.charts import figure_text, range_text, share
from assistant.evaluation.evaluate import shipped_sets
from assistant.evaluation.metrics import BY_NAME, Judged
from assistant.evaluation.outcomes import outcome
from assistant.evaluation.questions import read_question_set
from assistant.evaluation.runs import RunFolder
from assistant.evaluation.summary import Summary, summarise
from assistant.settings import Settings
from assistant.settings_form import settings_json
from index_store.errors import BadQuestionSet

ROOT = Path(__file__).parents[2]
SHOWN = (
    "full",
    "facts",
    "gold_recall",
    "hit_at_1",
    "recall_at_10",
    "mrr_at_10",
    "citation_precision",
    "citation_recall",
    "verbatim",
    "attribution",
    "abstention_precision",
    "abstention_recall",
    "wrongly_refused",
)
"""Times are left out: they are the machine's as much as Pilcrow's."""


def fingerprints() -> dict[str, str]:
    """What the figures depend on besides the code: by name, a hash."""
    samples = sorted(
        (path.name, path.read_text(encoding="utf-8")) for path in (ROOT / "index_store" / "samples").glob("*.txt")
    )
    return {
        "sets": read_question_set(shipped_sets()).fingerprint,
        "samples": _hash(samples),
        "settings": _hash(_without_version(settings_json(Settings(home=Path())))),
    }


def _without_version(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in settings.items() if name != "version"}


def _hash(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def keep(run: Path, file: Path) -> None:
    """Keep the figures of a finished run of the shipped sets. Raises BadQuestionSet where it is another run."""
    info, judged = RunFolder(run).load()
    expected = fingerprints()
    if info.finished is None or info.fingerprint != expected["sets"]:
        raise BadQuestionSet(f"{run}: no finished run of the shipped sets; make one with: make eval")
    if _hash(_without_version(info.settings)) != expected["settings"]:
        raise BadQuestionSet(f"{run}: run with other settings or thresholds than now; run again: make eval")
    kept = kept_figures(summarise(info, judged), judged)
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def kept_figures(summary: Summary, judged: Sequence[Judged]) -> dict[str, Any]:
    """What docs/evaluation.json has."""
    names = ("value", "low", "high", "n")
    return {
        "fingerprints": fingerprints(),
        "questions": summary["asked"],
        "overall": {name: {key: summary["overall"][name][key] for key in names} for name in SHOWN},
        "by_type": {
            type: {name: figures[name] for name in ("full", "hit_at_1")} for type, figures in summary["by_type"].items()
        },
        "outcomes": {each.question.id: outcome(each) for each in judged},
    }


def table(kept: Mapping[str, Any]) -> str:
    """The figures as Markdown for README.md."""
    unanswerable = kept["overall"]["abstention_recall"]["n"]
    lines = [
        f"{kept['questions']} questions over the sample cables, {unanswerable} of them unanswerable, answered by"
        " quoting; ranges are 95 % bootstrap intervals:",
        "",
        "| | value | range | questions |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, figure in kept["overall"].items():
        metric = BY_NAME[name]
        between = range_text(figure["low"], figure["high"], metric.unit)
        value = figure_text(figure["value"], metric.unit)
        lines.append(f"| {metric.title} | {value} | {between} | {figure['n']} |")
    lines += ["", "| type of question | complete and cited | hit@1 | questions |", "| --- | ---: | ---: | ---: |"]
    for name, figures in kept["by_type"].items():
        full, first = figures["full"], figures["hit_at_1"]
        lines.append(f"| {name} | {share(full['value'])} | {share(first['value'])} | {full['n']} |")
    return "\n".join(lines) + "\n"
