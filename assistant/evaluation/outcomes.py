"""One word for what went wrong with a question."""

from __future__ import annotations

from typing import Literal, get_args

from assistant.evaluation.metrics import RETRIEVED, Judged, facts_present, groups_cited, text_without_marks

Outcome = Literal[
    "right",
    "not retrieved",
    "not chosen",
    "not cited",
    "not complete",
    "wrongly refused",
    "wrongly answered",
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
MEANINGS: dict[Outcome, str] = {
    "right": "complete and cited, or refused where the documents don't say",
    "not retrieved": f"a needed paragraph is not among the first {RETRIEVED}",
    "not chosen": "a needed paragraph was found, but the answer was made from others",
    "not cited": "the answer has the facts, but cites other paragraphs for them",
    "not complete": "the needed paragraphs are cited, but a fact is missing from the answer",
    "wrongly refused": "the documents do say it",
    "wrongly answered": "the documents don't say it",
}


def outcome(judged: Judged) -> Outcome:
    """The first of these that holds, from the outside in: answered or not, retrieved, chosen, cited, complete."""
    question, result = judged.question, judged.result
    if judged.values["full"] == 1.0:
        return "right"
    if not question.answerable:
        return "wrongly answered"
    if result.abstained:
        return "wrongly refused"
    retrieved = set(result.retrieved[:RETRIEVED]) | set(result.cited)
    if any(retrieved.isdisjoint(group) for group in question.needed):
        return "not retrieved"
    if not all(groups_cited(question, result)):
        told = question.facts and all(facts_present(question.facts, text_without_marks(result.answer)))
        return "not cited" if told else "not chosen"
    return "not complete"


def gold_rank(judged: Judged) -> int | None:
    """The rank by which all that is needed has been found, 1 for the first; None where some is not retrieved."""
    ranks = {ref: rank for rank, ref in enumerate(judged.result.retrieved[:RETRIEVED], 1)}
    found = [min((ranks[ref] for ref in group if ref in ranks), default=None) for group in judged.question.needed]
    known = [rank for rank in found if rank is not None]
    return max(known) if known and len(known) == len(found) else None
