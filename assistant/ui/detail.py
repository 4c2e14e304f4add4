"""The detail view of an answer: how the question was understood, candidates, checks, time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answer import Answer
from assistant.question.understanding import filters_in_words
from assistant.refusing import (
    FAIR,
    FAIR_SAID,
    GOOD,
    GOOD_SAID,
    LESS_SAID,
    LIKELY_SAID,
    PARAGRAPH_ANSWERS,
    SURELY_SAID,
    WITHIN_CONVERSATION,
    WITHIN_SOURCES,
)
from assistant.ui.filtering import filters_in
from assistant.ui.markup import address, escape, table, tag
from index_store.documents import PILCROW

_SHOWN_APART = {
    "understood",
    "asked",
    "topic",
    "filters",
    "parts",
    "wants",
    "carried",
    "candidates",
    "checks",
    "thresholds",
    "confidence_score",
    "sentence_score",
    "says",
    "turns_before",
}
_STAGES = {
    "keywords": "Keywords",
    "vectors": "Vectors",
    "mixed": "Both mixed",
    "late": "Late interaction",
    "cross": "Cross-encoder",
    "inference": "Says so",
    "final": "Final",
}
"""The stages of retrieval in their order."""
SCORES = "A score says how well a text answers the question: the higher, the better; it has no unit."
_NAMES = {
    "missing": "The question's words that the evidence lacks",
    "written": "What the language model wrote, and its checks",
}


def detail_html(answer: Answer, turn: int) -> str:
    """A closed `<details>` with everything that led to the answer."""
    parts = [tag("h4", "How the question was understood"), _understood(answer)]
    parts += [tag("h4", "Candidates, with their scores by stage"), _candidates(answer, turn)]
    checks = answer.details.get("checks")
    if checks:
        parts += [tag("h4", "Checks of each sentence"), value_html(_named(checks))]
    limits = limits_in_words(answer)
    if limits:
        parts += [tag("h4", "Limits, and how near this answer came"), tag("p", escape(SCORES))]
        parts.append(tag("ul", *(tag("li", escape(limit)) for limit in limits)))
    for name, value in answer.details.items():
        if name not in _SHOWN_APART and value not in (None, "", [], ()):
            parts += [tag("h4", escape(_NAMES.get(name, words(name)))), value_html(value)]
    parts += [tag("h4", "Time"), _time(answer)]
    return tag("details", tag("summary", "How this answer came about"), *parts, css="detail")


def _understood(answer: Answer) -> str:
    details = answer.details
    asked = [str(part) for part in details.get("parts") or ()]
    facts = {
        "Searched for": details.get("understood") or answer.question,
        "Goes on with": details.get("topic") or "",
        "Narrowed to": ", ".join(filters_in_words(filters_in(details))) or "nothing, the whole library was searched",
        "Asked one by one": "; ".join(asked) if len(asked) > 1 else "",
        "Wanted": ", ".join(map(str, details.get("wants") or ())),
        "Carried over": "from the question before" if details.get("carried") else "",
        "Answered by": "a language model, checked" if answer.method == "writing" else "quoting",
        "Refused because": answer.refusal or "",
    }
    return table(("", ""), [(escape(name), escape(str(value))) for name, value in facts.items() if value])


def _candidates(answer: Answer, turn: int) -> str:
    """The paragraphs that were ranked, each a link that opens it."""
    kept = answer.details.get("candidates")
    rows: list[Mapping[str, Any]] = list(kept) if isinstance(kept, Sequence) else []
    if not rows:
        rows = [{"document": r.document, "label": r.label, "score": r.score} for r in answer.retrieved[:20]]
    if not rows:
        return tag("p", "None was found.")
    named = dict.fromkeys(name for row in rows for name in row if name not in ("document", "label"))
    stages = [*(name for name in _STAGES if name in named), *(name for name in named if name not in _STAGES)]
    cells = []
    for row in rows:
        document, label = str(row.get("document", "")), str(row.get("label", ""))
        link = address("cite", document, label, turn, "candidate", 0)
        mark = tag("a", escape(f"{document} {PILCROW}{label}"), css="mark", href=link, role="button")
        cells.append([mark, *(value_html(row.get(stage, "")) for stage in stages)])
    return table(["Paragraph", *(_STAGES.get(name) or words(name) for name in stages)], cells)


def limits_in_words(answer: Answer) -> list[str]:
    """A sentence for each threshold: what it is for, the limit, the score reached; none where none was kept."""
    details = answer.details
    limits = details.get("thresholds")
    if not isinstance(limits, Mapping) or not limits.keys() >= {"topic", "sentence", "missing"}:
        return []
    topic, sentence, missing = (float(limits[name]) for name in ("topic", "sentence", "missing"))
    best = _best_paragraph(answer)
    score = details.get("sentence_score", details.get("confidence_score"))  # older answers have only the latter
    reached = "none was scored here" if score is None else f"the best sentence here reached {score:.2f}"
    lower = f" (within the sources that the question names, from {topic - WITHIN_SOURCES:.2f})"
    within = lower if answer.filters else ""
    lower = f" (in a follow-up to an answer, from {sentence - WITHIN_CONVERSATION:.2f})"
    told = lower if details.get("carried") else ""
    likely = ""
    if "says" in limits:  # not in older answers
        likely = f" (where it lacks a person or a body, {float(limits['says']) + LIKELY_SAID:.2f})"
    lacking = ", ".join(f"“{name}”" for name in details.get("missing") or ())
    said = [
        f"A paragraph is on the question's topic from {topic:.2f} on{within}; "
        + ("none was scored here." if best is None else f"the best one here reached {best:.2f}."),
        f"A sentence answers the question from {sentence:.2f} on{told}, or where a paragraph reaches "
        f"{PARAGRAPH_ANSWERS:.2f}{_or_inferred(limits, FAIR_SAID)}; {reached}.",
        f"Where the best paragraphs lack a name, a number or a year of the question, a sentence must reach "
        f"{missing:.2f}{_or_inferred(limits, SURELY_SAID)}{likely}, and where the whole library lacks it none will do; "
        + (f"they lack {lacking}, and {reached}." if lacking else f"{reached}, and no such thing was found lacking."),
    ]
    fair, good = sentence + FAIR, sentence + GOOD
    if "says" in limits:
        says, least = details.get("says"), float(limits["says"])
        lower = f" (in a follow-up or within named sources, from {least - LESS_SAID:.2f})"
        lower = lower if details.get("carried") or answer.filters else ""
        best_said = "nothing was read here" if says is None else f"what leads here reached {says:.2f}"
        said.append(
            "By the model of inference the two sentences that lead, with the best passage, say what is asked from "
            f"{least:.2f} on{lower}; {best_said}."
        )
        if says is not None:
            fair, good, reached = least + FAIR_SAID, least + GOOD_SAID, best_said
    if answer.confidence and not answer.abstained:
        said.append(
            f"Confidence is fair from {fair:.2f} and good from {good:.2f} on, where nothing is lacking; {reached}."
        )
    return said


def _or_inferred(limits: Mapping[str, Any], above: float) -> str:
    """From which logit of inference on a sentence is told all the same."""
    return f" or the model of inference gives {float(limits['says']) + above:.2f}" if "says" in limits else ""


def _best_paragraph(answer: Answer) -> float | None:
    """The highest score that a paragraph got from the model that reads it together with the question."""
    candidates = answer.details.get("candidates")
    rows = candidates if isinstance(candidates, Sequence) else ()
    return max((float(row["cross"]) for row in rows if "cross" in row), default=None)


def _named(checks: Any) -> Any:
    """The checks with headings that say what was scored."""
    names = {
        "alone": "score, of the sentence alone",
        "says": "score, of inference",
        "score": "score, all in all",
    }
    if not isinstance(checks, Sequence) or not all(isinstance(check, Mapping) for check in checks):
        return checks
    return [{names.get(name, name): value for name, value in check.items()} for check in checks]


def _time(answer: Answer) -> str:
    rows = [(escape(words(name)), escape(_ms(seconds))) for name, seconds in answer.stages.items()]
    return table(("Stage", "Time"), [*rows, ("All", escape(_ms(answer.seconds)))])


def value_html(value: Any) -> str:
    """Plain data as a table, a list or text."""
    if isinstance(value, Mapping):
        return table(("", ""), [(escape(words(str(k))), value_html(v)) for k, v in value.items()]) if value else "none"
    if isinstance(value, Sequence) and not isinstance(value, str):
        if value and all(isinstance(item, Mapping) for item in value):
            keys = list(dict.fromkeys(key for item in value for key in item))
            return table([words(str(k)) for k in keys], [[value_html(item.get(k, "")) for k in keys] for item in value])
        return ", ".join(value_html(item) for item in value) if value else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return tag("span", escape(f"{value:.3f}" if isinstance(value, float) else str(value)), css="number")
    return escape(str(value))


def words(name: str) -> str:
    """A field's name as a heading."""
    return name.replace("_", " ").capitalize()


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
