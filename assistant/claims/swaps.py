"""One word exchanged in a sentence that else stands in the evidence: '85 tons of trout' where it has carp.

Both texts are laid side by side; where a single telling word stands in the place of another, between the same
words, and neither can stand for the other, the statement is not what the evidence says.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from assistant.claims.speakers import SAY_STEMS
from assistant.claims.words import Word, alike, words

_NEIGHBOURS = 2
"""Words that must agree on either side."""


class Swap(NamedTuple):
    """A word of the statement that stands where the evidence has another."""

    claimed: Word
    told: Word
    restored: str
    """The statement with the word of the evidence."""

    @property
    def names(self) -> bool:
        """Whether it is one name for another."""
        return self.claimed.start > 0 and self.claimed.text[0].isupper() and self.told.text[0].isupper()


def exchanged(statement: str, evidence: Sequence[str]) -> list[Swap]:
    """The words of the statement that stand between the same words as another word of the evidence.

    Only words that the evidence has nowhere and that are no synonyms by the lists; whether the two sentences say
    the same all the same is for the caller to find out.
    """
    claimed = words(statement)
    known = [word for sentence in evidence for word in words(sentence)]
    return [
        Swap(one, other, statement[: one.start] + other.text + statement[one.end :])
        for sentence in evidence
        for one, other in _exchanged(claimed, words(sentence))
        if not any(alike(one.stem, word.stem) for word in known)
    ]


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
