"""Which of the scored sentences are told, and in which order."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.question.understanding import Understood
from assistant.quoting.attribution import leans_back
from assistant.quoting.besides import (
    asks_who_all,
    needed_before,
    next_best,
    one_of_each,
    other_speakers,
    reasons_given,
    reasons_near,
)
from assistant.quoting.evidence import Evidence, says_the_same

SHORT = 4
"""The most sentences of an answer that gives a name, a number or a date and nothing else."""


def choose(understood: Understood, evidence: Sequence[Evidence], limit: int) -> list[Evidence]:
    """The sentences to tell, the most telling first."""
    chosen: list[Evidence] = []
    parts = sorted({item.part for item in evidence})
    share = max(2, math.ceil(limit / max(1, len(parts))))
    for part in parts:
        of_part = [item for item in evidence if item.part == part]
        fresh = [item for item in of_part if all(not says_the_same(item, other) for other in chosen)]
        chosen += _chosen_of_part(understood, fresh, limit)[:share] if fresh else []
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

    add(needed_before(best, evidence, understood), limit)
    if "reason" in understood.wants:
        add(reasons_given(best, evidence), limit)
    if asks_who_all(understood):
        others = other_speakers(best, evidence, understood)
        add(others, limit)
        if "reason" in understood.wants:
            add([near for other in others for near in reasons_near(other, evidence)], limit)
    if "comparison" in understood.wants and len(understood.parts) < 2:  # else each part is one side already
        add(one_of_each(best, evidence), limit)
    add(next_best(best, evidence), limit)
    return chosen[: SHORT if understood.wants and understood.wants <= {"number", "date", "person"} else limit]


def _in_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Paragraph by paragraph as they were chosen; within one in the order of the text, but the best leads."""
    if not chosen:
        return []
    paragraphs = list(dict.fromkeys(item.node.node_id for item in chosen))
    rest = sorted(chosen[1:], key=lambda item: (paragraphs.index(item.node.node_id), item.place))
    return [chosen[0], *rest]
