"""Whether a statement denies what its evidence affirms, or the other way round.

Words under a negation ('did not sign', 'refused to sign', 'without signing') are compared with the same words
of the evidence; opposites ('rose', 'fell') count as denial where only one of the two texts has each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from assistant.claims import lists
from assistant.claims.words import Word, alike, stem, words

_CUES = frozenset(lists.items("denying_cues"))
_CUE_PHRASES = re.compile(
    r"\b(?:rul(?:e|es|ed|ing) out|out of (?:the question|order)|far from|instead of|rather than|no longer|free of)\b",
    re.I,
)
# They are telling words as well: the evidence often has them too.
_DENYING = frozenset(stem(word) for word in lists.items("denying_words"))
# To deny a charge is to deny what is charged: these words neither are denied nor end what is.
_CHARGES = frozenset(stem(word) for word in lists.items("charges"))
_NOT_DENYING_BEFORE = frozenset(["only", "just", "least", "merely", "simply"])
_SCOPE = 6
_CLAUSE_ENDS = re.compile(r"[.;:!?()]|,|—|--")
_CLAUSE_WORDS = frozenset(lists.items("clause_words"))
_CLAUSE = re.compile(r"[.;:!?()]\s|,\s|\b(?:but|although|though|while|whereas|and)\b", re.I)


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in lists.pairs("opposites", "/"):
        one, other = (stem(word) for word in pair)
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def opposite(one: str, other: str) -> bool:
    """Whether two stems say the opposite of each other."""
    return other in _opposites().get(one, ()) or any(
        longer == prefix + shorter
        for prefix in ("un", "in", "im", "dis", "non", "il", "ir")
        for shorter, longer in ((one, other), (other, one))
        if len(shorter) > 3
    )


def denied(text: str) -> list[tuple[Word, bool]]:
    """The telling words of `text`, each with whether it stands under a negation."""
    found: list[tuple[Word, bool]] = []
    phrases = [match.span() for match in _CUE_PHRASES.finditer(text)]
    reach = flips = end = 0
    after_cue = False
    all_words = words(text)
    for index, word in enumerate(all_words):
        if reach and (
            _CLAUSE_ENDS.search(text, end, word.start)
            or (word.lower in _CLAUSE_WORDS and not (word.lower == "that" and after_cue))
        ):
            reach = flips = 0
        end = word.end
        phrase = next((span for span in phrases if span[0] <= word.start < span[1]), None)
        if phrase or _is_cue(word, all_words[index - 1 : index] if index else [], all_words[index + 1 : index + 2]):
            if phrase is None or word.start == phrase[0]:
                reach, flips = _SCOPE, flips + 1
            after_cue = True
            continue
        if word.stem in _CHARGES and after_cue:
            continue
        if word.counts:
            found.append((word, flips % 2 == 1))
            reach -= 1 if reach else 0
            flips = flips if reach else 0
            after_cue = False
        if word.stem in _DENYING:
            reach, flips, after_cue = _SCOPE, flips + 1, True
    return found


def _is_cue(word: Word, before: Sequence[Word], after: Sequence[Word]) -> bool:
    lower = word.lower
    following = after[0].lower if after else ""
    if lower in ("little", "few"):
        return following not in ("by", "girl", "boy", "more", "town") and not (
            before and before[0].lower in ("a", "the", "last", "next", "first", "past", "these", "those", "only")
        )
    if lower == "not" and following in _NOT_DENYING_BEFORE:
        return False
    if lower == "no" and following in ("doubt", "less", "fewer", "more", "later"):
        return False
    return lower in _CUES or lower.endswith("n't")


def disagreements(statement: str, evidence: str) -> tuple[str, ...]:
    """Why a statement says the opposite of its evidence: the sentences that tell the same."""
    claimed, told = denied(statement), denied(evidence)
    compared = [
        (word, under, [other_under for other, other_under in told if alike(word.stem, other.stem)])
        for word, under in claimed
        if word.stem not in _DENYING
    ]
    matched = [(word, under, unders) for word, under, unders in compared if unders]
    negated = [row for row in matched if row[1] or any(row[2])]
    differing = [word for word, under, unders in negated if under not in unders]
    if differing and 2 * len(differing) > len(negated):
        return (_negation_reason(differing[0], any(word is differing[0] and under for word, under, _ in matched)),)
    return _opposed(claimed, evidence)


def _negation_reason(word: Word, under: bool) -> str:
    if under:
        return f"the paragraph doesn't deny “{word.text}”"
    return f"the paragraph denies “{word.text}”"


def _opposed(claimed: Iterable[tuple[Word, bool]], evidence: str) -> tuple[str, ...]:
    """The first word of the statement whose opposite stands where it should, in the clause that tells the same."""
    rows = list(claimed)
    clauses = [row for row in (denied(clause) for clause in _CLAUSE.split(evidence) if clause) if row]
    for word, under in rows:
        others = [other for other, _ in rows if other is not word]

        def shared(clause: Sequence[tuple[Word, bool]], others: Sequence[Word] = others) -> int:
            return sum(any(alike(other.stem, told.stem) for told, _ in clause) for other in others)

        best = max(clauses, key=shared, default=[])
        if not shared(best) or any(alike(word.stem, told.stem) for told, _ in best):
            continue
        for told, told_under in best:
            taken = any(alike(told.stem, other.stem) for other in others)
            if not taken and under == told_under and opposite(word.stem, told.stem):
                return (f"the paragraph says “{told.text}”, not “{word.text}”",)
    return ()
