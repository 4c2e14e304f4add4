"""What is told besides the best sentence: who speaks, the reason, the other side, other speakers, what else answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.understanding import Understood
from assistant.quoting.attribution import goes_on, names_speaker
from assistant.quoting.emphasis import persons_in
from assistant.quoting.evidence import Evidence, one_line
from assistant.quoting.reasons import announces_reason, gives_reason
from assistant.quoting.stance import asks_side, names_the_matter, side_taken

BEHIND = 15.0
"""How far behind the best sentence another may stay and still be told."""
HARDLY_WORSE = 8.0
"""How far behind the best sentence that of another paragraph may stay and have its reason told too."""
OTHER_SPEAKER = 15.0
"""How far behind the best sentence that of another speaker may stay where several are asked for."""
_WHO_ALL = re.compile(r"\W*(?:who|which (?:\w+ )?\w+s)\b", re.IGNORECASE)


def next_best(best: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What else answers, best first."""
    return sorted((item for item in evidence if item.score > best.score - BEHIND), key=lambda item: -item.score)


def one_of_each(best: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence of each other paragraph that isn't far behind."""
    leading: dict[str, Evidence] = {}
    for item in sorted(evidence, key=lambda item: -item.score):
        if item.node is not best.node and item.score > best.score - BEHIND:
            leading.setdefault(item.node.node_id, item)
    return list(leading.values())


def needed_before(item: Evidence, evidence: Sequence[Evidence], understood: Understood) -> list[Evidence]:
    """The sentence before that says who speaks or is meant, where the chosen one doesn't."""
    wanted = understood.wants & {"person", "view"}
    if not wanted or names_speaker(item.span.text):
        return []
    earlier = [other for other in evidence if other.node is item.node and other.place < item.place]
    return next(([other] for other in reversed(earlier) if names_speaker(other.span.text)), [])


def asks_who_all(understood: Understood) -> bool:
    """Whether several may be meant: 'who' or 'which farmers', and what they hold or whose side they take."""
    asks = _WHO_ALL.match(understood.asked) is not None
    return asks and ("view" in understood.wants or asks_side(understood.asked))


def other_speakers(best: Evidence, evidence: Sequence[Evidence], understood: Understood) -> list[Evidence]:
    """The best sentence of each other person who speaks or takes the side asked for, near behind or of the very matter.

    Nobody who takes the other side.
    """
    known = _surnames(best.span.text, understood)
    found: list[Evidence] = []
    for item in sorted(evidence, key=lambda item: -item.score):
        text = one_line(item.span.text)
        persons = _surnames(text, understood)
        side = side_taken(understood.asked, text)
        if not persons or persons & known or side < 0 or not (side or names_speaker(text)):
            continue
        if item.score > best.score - OTHER_SPEAKER or names_the_matter(understood.asked, text):
            found.append(item)
            known |= persons
    return found


def _surnames(text: str, understood: Understood) -> set[str]:
    """The last words of the persons named: 'Brandt' is Ilse Brandt."""
    return {name.split()[-1] for name in persons_in(text, understood.asked)}


def reasons_given(best: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """The reason near the best one; then the claims of other paragraphs that are hardly worse, with a reason there."""
    found = reasons_near(best, evidence)
    for claim in one_of_each(best, evidence):
        near = reasons_near(claim, evidence)
        given = announces_reason(claim.span.text) or any(gives_reason(one.span.text) for one in near)
        if given and claim.score > best.score - HARDLY_WORSE:
            found += [claim, *near]
    return found


def reasons_near(claim: Evidence, evidence: Sequence[Evidence]) -> list[Evidence]:
    """What gives the reason near a claim: just behind it while it gives one or goes on, else just before it."""
    text = claim.span.text
    if gives_reason(text):
        return []
    same = [other for other in evidence if other.node is claim.node]
    after: list[Evidence] = []
    for other in same:
        if other.place > claim.place and len(after) < 2:
            if not (gives_reason(other.span.text) or goes_on(other.span.text) or announces_reason(text)):
                break
            after.append(other)
    before = [other for other in same if other.place == claim.place - 1 and gives_reason(other.span.text)]
    return [*after, *before]
