"""One word exchanged in a sentence that else stands in the evidence: '85 tons of trout' where it has carp.

Both texts are laid side by side; where a single telling word stands in the place of another, between the same
words, and neither can stand for the other, the statement is not what the evidence says.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.claims.speakers import SAY_STEMS
from assistant.claims.words import Word, alike, words

_NEIGHBOURS = 2
"""Words that must agree on either side."""


def disagreements(statement: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """Why the statement has another word than one of the sentences of the evidence."""
    claimed = words(statement)
    for sentence in evidence:
        told = words(sentence)
        for one, other in _exchanged(claimed, told):
            here = any(alike(one.stem, word.stem) for text in evidence for word in words(text))
            if not here and not alike(one.stem, other.stem):
                return (f"the paragraph has “{other.text}” there, not “{one.text}”",)
    return ()


def _exchanged(claimed: Sequence[Word], told: Sequence[Word]) -> list[tuple[Word, Word]]:
    matcher = SequenceMatcher(None, [word.stem for word in claimed], [word.stem for word in told], autojunk=False)
    blocks = matcher.get_matching_blocks()
    found = []
    for before, after in pairwise(blocks):
        one = claimed[before.a + before.size : after.a]
        other = told[before.b + before.size : after.b]
        if len(one) == len(other) == 1 and before.size >= _NEIGHBOURS and after.size >= _NEIGHBOURS:
            pair = one[0], other[0]
            if all(word.counts and word.stem not in SAY_STEMS for word in pair):
                found.append(pair)
    return found
