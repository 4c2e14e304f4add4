"""Which of the scored sentences are told, and in which order."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.question.names import names_in
from assistant.question.understanding import Understood
from assistant.quoting.attribution import leans_back, names_speaker
from assistant.quoting.evidence import Evidence, says_the_same
from assistant.quoting.reasons import gives_reason

BEHIND = 18.0
"""How far behind the best sentence another may stay and still be told."""
OF_ONE_PARAGRAPH = 3
"""Sentences of the best one's paragraph that are usually told; a list takes more."""
SHORT = 4
"""The most sentences of an answer that gives a name, a number or a date and nothing else."""


def choose(understood: Understood, evidence: Sequence[Evidence], limit: int) -> list[Evidence]:
    """The sentences to tell, the most telling first."""
    chosen: list[Evidence] = []
    for part in sorted({item.part for item in evidence}):
        of_part = [item for item in evidence if item.part == part]
        fresh = [
            item
            for item in _chosen_of_part(understood, of_part, limit)
            if all(not says_the_same(item, other) for other in chosen)
        ]
        chosen += fresh[: max(2, math.ceil(limit / max(1, len(understood.parts))))]
    return _in_order(with_referents(chosen[:limit], evidence, limit))


def with_referents(chosen: Sequence[Evidence], evidence: Sequence[Evidence], limit: int) -> list[Evidence]:
    """The chosen ones, each behind the sentence that says what its 'it' or 'they' is; the last give way to those."""
    before = {(item.part, item.node.node_id, item.place + 1): item for item in evidence}
    kept: list[Evidence] = []
    for item in chosen:
        context = before.get((item.part, *item.key)) if leans_back(item.span.text) else None
        needed = [context, item] if context else [item]
        fresh = [one for one in needed if one.key not in {other.key for other in kept}]
        if len(kept) + len(fresh) <= limit:
            kept += fresh
    return kept


def _chosen_of_part(understood: Understood, evidence: Sequence[Evidence], limit: int) -> list[Evidence]:
    best = max(evidence, key=lambda item: item.score)
    chosen = [best]

    def add(items: Sequence[Evidence], most: int) -> None:
        for item in items:
            if len(chosen) < min(most, limit) and all(not says_the_same(item, other) for other in chosen):
                chosen.append(item)

    add(_needed_before(best, evidence, understood), limit)
    if "reason" in understood.wants:
        add(_reasons_near(best, evidence), limit)
    if "comparison" in understood.wants and len(understood.parts) < 2:  # else each part is one side already
        add(_one_of_each(best, evidence), limit)
    add(_next_best(best, evidence, limit if "list" in understood.wants else OF_ONE_PARAGRAPH), limit)
    return chosen[: SHORT if understood.wants and understood.wants <= {"number", "date", "person"} else limit]


def _next_best(best: Evidence, evidence: Sequence[Evidence], of_one_paragraph: int) -> list[Evidence]:
    """What else answers, best first: of the best one's paragraph no more than `of_one_paragraph`."""
    near = sorted((item for item in evidence if item.score > best.score - BEHIND), key=lambda item: -item.score)
    same = [item for item in near if item.node is best.node][:of_one_paragraph]
    return [item for item in near if item.node is not best.node or item in same]


def _one_of_each(best: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each other paragraph that isn't far behind."""
    leading: dict[str, Evidence] = {}
    for item in sorted(evidence, key=lambda item: -item.score):
        if item.node is not best.node and item.score > best.score - BEHIND:
            leading.setdefault(item.node.node_id, item)
    return list(leading.values())


def _needed_before(item: Evidence, evidence: Sequence[Evidence], understood: Understood) -> list[Evidence]:
    """The sentence before that says who speaks or is meant, where the chosen one doesn't."""
    wanted = understood.wants & {"person", "view"}
    if not wanted or names_speaker(item.span.text):
        return []
    earlier = [other for other in evidence if other.node is item.node and other.place < item.place]
    return next(([other] for other in reversed(earlier) if names_speaker(other.span.text)), [])


def _reasons_near(claim: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What gives the reason near a claim: after it until somebody else has the word, else just before it."""
    if gives_reason(claim.span.text):
        return []
    same = [other for other in evidence if other.node is claim.node]
    after: list[Evidence] = []
    for other in same:
        if other.place > claim.place and len(after) < 2:
            if names_speaker(other.span.text) and not gives_reason(other.span.text) and not _share_a_name(claim, other):
                break
            after.append(other)
    before = [other for other in same if other.place == claim.place - 1 and gives_reason(other.span.text)]
    return [*after, *before]


def _share_a_name(one: Evidence, other: Evidence) -> bool:
    named = " ".join(names_in(one.span.text))
    return any(name.split()[-1] in named for name in names_in(other.span.text))


def _in_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Paragraph by paragraph as they were chosen; within one in the order of the text, but the best leads."""
    if not chosen:
        return []
    paragraphs = list(dict.fromkeys(item.node.node_id for item in chosen))
    rest = sorted(chosen[1:], key=lambda item: (paragraphs.index(item.node.node_id), item.place))
    return [chosen[0], *rest]
