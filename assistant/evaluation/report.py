"""`report.html`: one file that needs nothing else, to be read, filtered and handed on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answer import THE_DOCUMENTS_DONT_SAY
from assistant.evaluation import charts
from assistant.evaluation.metrics import BY_NAME, MARK, METRICS, RETRIEVED, Judged, facts_present, text_without_marks
from assistant.evaluation.outcomes import MEANINGS, gold_rank, outcome
from assistant.evaluation.pages import day, render, text_of
from assistant.evaluation.summary import Summary
from index_store.documents import ParagraphRef

HEADLINE = (
    "full",
    "facts",
    "gold_recall",
    "citation_precision",
    "citation_recall",
    "hit_at_1",
    "all_at_10",
    "abstention_f1",
    "verbatim",
    "attribution",
    "latency_p50",
    "latency_p95",
)
COLUMNS = (
    "full",
    "facts",
    "gold_recall",
    "gold_precision",
    "citation_precision",
    "hit_at_1",
    "all_at_10",
    "mrr_at_10",
    "wrongly_refused",
    "abstention_recall",
    "latency_p50",
)
_CITE = re.compile(f"({MARK.pattern})")
Parts = list[tuple[str, str]]
"""A text cut into ('text' | 'cite' | 'fact', words)."""


@dataclass(frozen=True, slots=True)
class _Tag:
    text: str
    good: bool | None = None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    ref: str
    parts: Parts
    tags: tuple[_Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class _Question:
    """A question as the page shows it."""

    anchor: str
    id: str
    type: str
    question: str
    before: tuple[str, ...]
    """The questions of the turns before."""
    outcome: str
    answer: Parts
    explanation: str | None
    withheld: tuple[str, ...]
    notices: tuple[str, ...]
    need: str
    gold: list[_Paragraph]
    cited: list[_Paragraph]
    facts: list[tuple[str, bool]]
    footing: str


def report_html(summary: Summary, judged: Sequence[Judged]) -> str:
    """The whole report; all texts of questions, answers and documents are escaped."""
    run, overall = summary["run"], summary["overall"]
    finished = run["finished"] is not None
    return render(
        "report.html",
        title=run["name"] or ", ".join(Path(name).stem for name in run["sets"]) or "Question set",
        lead=_lead(summary),
        unfinished="" if finished else f"Stopped after {summary['asked']} of {run['questions']} questions.",
        cards=[_figure_of(name, overall) for name in HEADLINE],
        all_figures=[_figure_of(metric.name, overall) for metric in METRICS],
        columns=[BY_NAME[name] for name in COLUMNS],
        tables=_tables(summary),
        outcomes=list(summary["outcomes"].items()),
        meanings=MEANINGS,
        by_type=_by_type(summary),
        ranks=list(summary["gold_ranks"].items()),
        most_at_a_rank=max(1, *summary["gold_ranks"].values()),
        stages=_stages(summary),
        tokens=list(summary["tokens"].items()),
        curve=charts.risk_curve(summary["risk_coverage"]["points"]),
        aurc=summary["risk_coverage"]["aurc"],
        questions=_questions(judged),
        circumstances=_circumstances(run),
        notices=run["notices"],
        js=text_of("report.js"),
    )


def _lead(summary: Summary) -> str:
    run, full = summary["run"], summary["overall"]["full"]
    library = run["library"]
    where = f" to a library of {library['documents']:,} documents" if "documents" in library else ""
    were = "question was" if summary["asked"] == 1 else "questions were"
    asked = f"{summary['asked']} {were} put{where} on {day(run['started'])}."
    if full["value"] is None:
        return asked
    share, between = charts.share(full["value"]), charts.range_text(full["low"], full["high"], "share")
    return (
        f"{asked} {share} of them ({between}) got an answer that is complete and rightly cited, or a refusal"
        " where the documents don't say."
    )


def _figure_of(name: str, figures: Mapping[str, Any]) -> dict[str, Any]:
    metric = BY_NAME[name]
    return {
        "name": name,
        "title": metric.title,
        "means": metric.means,
        "unit": metric.unit,
        "bounded": metric.bounded,
        "figure": figures[name],
    }


def _tables(summary: Summary) -> list[dict[str, Any]]:
    tables = [{"title": "By type", "first": "Type", "rows": list(summary["by_type"].items())}]
    if summary["by_turn"]:
        rows = [(f"Turn {number}", figures) for number, figures in summary["by_turn"].items()]
        tables.append({"title": "Dialogues by turn", "first": "Turn", "rows": rows})
    return tables


def _by_type(summary: Summary) -> list[dict[str, Any]]:
    rows = [
        {
            "name": name,
            "figures": figures,
            "outcomes": list(summary["outcomes_by_type"][name].items()),
            "count": sum(summary["outcomes_by_type"][name].values()),
        }
        for name, figures in summary["by_type"].items()
    ]
    return sorted(rows, key=lambda row: -(row["figures"]["full"]["value"] or 0.0))


def _stages(summary: Summary) -> list[dict[str, Any]]:
    overall = summary["overall"]
    rows = [("the whole answer", overall["latency_p50"]["value"], overall["latency_p95"]["value"])]
    rows += [(name, figures["p50"]["value"], figures["p95"]["value"]) for name, figures in summary["stages"].items()]
    known = [(name, p50, p95) for name, p50, p95 in rows if p50 is not None]
    longest = max((p95 for _, _, p95 in known), default=0.0) or 1.0
    return [
        {
            "name": name,
            "p50": p50,
            "p95": p95,
            "p50_width": round(100 * p50 / longest, 2),
            "p95_width": round(100 * p95 / longest, 2),
        }
        for name, p50, p95 in known
    ]


def _circumstances(run: Mapping[str, Any]) -> list[tuple[str, str]]:
    rows = [("Question sets", ", ".join(run["sets"])), ("Questions", str(run["questions"]))]
    rows += [("Started", run["started"]), ("Finished", run["finished"] or "not yet")]
    rows += [(f"Library: {name}", str(value)) for name, value in run["library"].items()]
    rows += [(name, str(value)) for name, value in flat(run["settings"])]
    return [*rows, ("Fingerprint of the set", run["fingerprint"])]


def flat(values: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, Any]]:
    """Nested settings as rows: 'retrieval: candidates', 50."""
    for name, value in values.items():
        whole = f"{above}{name}".replace("_", " ")
        if isinstance(value, Mapping):
            yield from flat(value, f"{whole}: ")
        elif value is not None:
            yield whole, value


def anchor(id: str) -> str:
    """What a link to a question ends with."""
    return "q-" + re.sub(r"[^\w-]", "-", id)


def _questions(judged: Sequence[Judged]) -> list[_Question]:
    asked: dict[str, list[str]] = {}
    questions = []
    for each in judged:
        before = asked.setdefault(each.cluster, [])
        questions.append(_question(each, tuple(before)))
        before.append(each.question.question)
    return questions


def _question(judged: Judged, before: tuple[str, ...]) -> _Question:
    question, result = judged.question, judged.result
    details = result.details
    there = facts_present(question.facts, text_without_marks(result.answer))
    alternatives = [alternative for fact in question.facts for alternative in fact]
    return _Question(
        anchor=anchor(question.id),
        id=question.id,
        type=question.type,
        question=question.question,
        before=before,
        outcome=outcome(judged),
        answer=_answer_parts(result.answer or THE_DOCUMENTS_DONT_SAY, alternatives),
        explanation=details.explanation,
        withheld=details.withheld,
        notices=details.notices,
        need=_need(judged),
        gold=[_gold(judged, ref, alternatives) for ref in question.gold] if question.answerable else [],
        cited=[
            _Paragraph(str(ref), marked(quote, alternatives), _cited_tags(judged, ref))
            for ref, quote in zip(result.cited, result.quotes, strict=True)
        ],
        facts=[(" or ".join(fact), has) for fact, has in zip(question.facts, there, strict=True)],
        footing=_footing(judged),
    )


def _need(judged: Judged) -> str:
    question = judged.question
    if len(question.gold) < 2 or not question.answerable:
        return ""
    if question.need == "any":
        return "any one is enough"
    return "one of each group is needed" if question.groups else "all are needed"


def _gold(judged: Judged, ref: ParagraphRef, alternatives: Sequence[str]) -> _Paragraph:
    result = judged.result
    text = result.details.texts.get(str(ref))
    if text is None:
        return _Paragraph(str(ref), [("text", "This paragraph is not in the library.")])
    ranks = {found: rank for rank, found in enumerate(result.retrieved[:RETRIEVED], 1)}
    rank = _Tag(f"ranked {ranks[ref]}") if ref in ranks else _Tag("not retrieved", good=False)
    cited = _Tag("cited", good=True) if ref in result.cited else _Tag("not cited")
    return _Paragraph(str(ref), marked(text, alternatives), (rank, cited))


def _cited_tags(judged: Judged, ref: ParagraphRef) -> tuple[_Tag, ...]:
    checks = [
        (statement, check)
        for statement in judged.result.details.statements
        for check in statement.citations
        if (check.document, check.label) == ref
    ]
    tags = [_Tag("gold", good=True) if ref in judged.question.gold else _Tag("not gold")]
    if any(not check.verbatim for _, check in checks):
        tags.append(_Tag("quote not verbatim", good=False))
    if any(not (statement.supported and (check.alone or check.needed)) for statement, check in checks):
        tags.append(_Tag("does not support its statement", good=False))
    return tuple(tags)


def _footing(judged: Judged) -> str:
    result, rank = judged.result, gold_rank(judged)
    parts = [charts.seconds_text(result.seconds)]
    if judged.question.answerable and judged.question.gold:
        parts.append(f"all that is needed found by rank {rank}" if rank else f"not all found in {RETRIEVED}")
    if result.details.score is not None:
        parts.append(f"score {result.details.score:.2f}".replace("-", "−"))
    if result.details.refusal:
        parts.append(result.details.refusal)
    return " · ".join(parts)


def _answer_parts(answer: str, alternatives: Sequence[str]) -> Parts:
    parts: Parts = []
    for piece in _CITE.split(answer):
        parts += [("cite", piece)] if _CITE.fullmatch(piece) else marked(piece, alternatives)
    return parts


def marked(text: str, alternatives: Sequence[str]) -> Parts:
    """The text with every place marked where one of the alternatives stands, whatever its case."""
    longest_first = sorted({alternative for alternative in alternatives if alternative}, key=len, reverse=True)
    if not longest_first:
        return [("text", text)]
    found = re.compile("(" + "|".join(map(_anywhere, longest_first)) + ")", re.IGNORECASE)
    return [("fact" if place % 2 else "text", piece) for place, piece in enumerate(found.split(text)) if piece]


def _anywhere(alternative: str) -> str:
    words = r"\s+".join(re.escape(word) for word in alternative.split())
    return rf"(?<!\w){words}(?!\w)" if len(alternative) <= 3 else words
