"""One word exchanged in a sentence that else stands in the evidence: '85 tons of trout' where it has carp.

Both texts are laid side by side; where a single telling word stands in the place of another, between the same
words, and neither can stand for the other, the statement is not what the evidence says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import Match, SequenceMatcher
from itertools import combinations, pairwise
from typing import NamedTuple

from assistant.claims.speakers import SAY_STEMS
from assistant.claims.words import Word, alike, stem, words

_SIGNS = tuple(
    re.compile(rf"\b{sign}\b", re.I)
    for sign in ("before", "after", "rather than", "instead of", "(?:but|and) not", "than", "but none")
)
_RATHER = re.compile(r"\b(?:would|'d) rather (\w+)", re.I)
_BEFORE, _AFTER = (
    re.compile(rf"\b{sign}\s+(?:the |a |an |his |her |their )?(\w+)", re.I) for sign in ("before", "after")
)
_LONGEST = 3
_PIECE = 8
_CUT = re.compile(r"[,;:]|\b(?:and|but|while|whereas|than)\b", re.I)
_NEIGHBOURS = 2
"""Words that must agree on either side."""


class Swap(NamedTuple):
    """A word of the statement that stands where the evidence has another."""

    claimed: Word
    told: Word
    restored: str
    """The statement with the words of the evidence."""

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
    found = []
    for sentence in evidence:
        told = words(sentence)
        for one, others in _exchanged(claimed, told, known):
            of_both = any(alike(word.stem, mine.stem) for word in others for mine in claimed)
            of_this = len(others) > 1 and any(alike(one.stem, word.stem) for word in told)
            if not of_both and not of_this:
                exchange = " ".join(word.text for word in others)
                found.append(Swap(one, others[-1], statement[: one.start] + exchange + statement[one.end :]))
    return found


def _exchanged(claimed: Sequence[Word], told: Sequence[Word], known: Sequence[Word]) -> list[tuple[Word, list[Word]]]:
    """What stands in each other's place between words that agree, or between such words and both sentences' ends.

    Several words in the place of one are taken for another thing only if the one is `known`, so of the evidence.
    """
    matcher = SequenceMatcher(None, [word.stem for word in claimed], [word.stem for word in told], autojunk=False)
    found = []
    for before, after in pairwise([Match(0, 0, 0), *matcher.get_matching_blocks()]):
        one = claimed[before.a + before.size : after.a]
        others = told[before.b + before.size : after.b]
        if len(one) != 1 or not 1 <= len(others) <= _LONGEST:
            continue
        to_the_end = after.a + after.size == len(claimed) and after.b + after.size == len(told)
        behind = after.size + (_NEIGHBOURS if to_the_end else 0)
        if before.size + after.size < 2 * _NEIGHBOURS - 1 or min(before.size, behind) < _NEIGHBOURS:
            continue
        if len(others) > 1 and not any(alike(one[0].stem, word.stem) for word in known):
            continue
        telling = [word for word in others if word.counts]
        if telling and all(word.counts and word.stem not in SAY_STEMS for word in (*one, *telling)):
            found.append((one[0], telling))
    return found


def crossed(statement: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """Why two things have changed places: 'the city for a subsidy and the ministry for a pier'.

    Both texts are cut at commas and conjunctions. Where a piece of the statement shares words with two pieces of a
    sentence of the evidence, and another piece with the same two, the pairs have been crossed.
    """
    claimed = _pieces(statement)
    for sentence in evidence:
        told = _pieces(sentence)
        for one, two in combinations(claimed, 2):
            for first, second in combinations(told, 2):
                a, b = _shared(one, first), _shared(one, second)
                c, d = _shared(two, first), _shared(two, second)
                if a and b and c and d and a != b and c != d and len(one) <= _PIECE and len(two) <= _PIECE:
                    return (f"the paragraph puts “{a}” together with “{c}”, not with “{b}”",)
    return ()


def turned(statement: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """Why what comes before 'before', 'than' or 'but not' and what comes behind it have changed places."""
    for sign in _SIGNS:
        claimed = sign.split(statement)
        for sentence in evidence:
            told = sign.split(sentence)
            if len(claimed) != 2 or len(told) != 2:
                continue
            left, right = _apart((claimed[0], _CUT.split(claimed[1])[0]))
            before, behind = _apart((told[0], _CUT.split(told[1])[0]))
            early, late = _shared(left, behind), _shared(right, before)
            if early and late and not (_shared(left, before) and _shared(right, behind) and sign is _SIGNS[0]):
                return (f"the paragraph has “{late}” first and then “{early}”",)
    claimed_first, told_first = _RATHER.search(statement), [_RATHER.search(text) for text in evidence]
    for found in told_first:
        if claimed_first and found and not alike(stem(claimed_first[1]), stem(found[1])):
            return (f"the paragraph says “rather {found[1]}”",)
    if any(
        here.search(statement) and not there.search(statement) and there.search(text) and not here.search(text)
        and alike(*(stem(pattern.search(one)[1]) for pattern, one in ((here, statement), (there, text))))  # type: ignore[index]
        for here, there in ((_BEFORE, _AFTER), (_AFTER, _BEFORE)) for text in evidence
    ):  # fmt: skip
        return ("the paragraph tells it in the other order",)
    return ()


def _apart(pieces: Sequence[str]) -> list[list[Word]]:
    """The telling words of two pieces, without those of both."""
    both = [[word for word in words(piece) if word.counts] for piece in pieces]
    one, other = ({word.stem for word in piece} for piece in both)
    return [[word for word in piece if word.stem not in one & other] for piece in both]


def _pieces(text: str) -> list[list[Word]]:
    """The telling words of each piece, those left out that stand in several."""
    pieces = [[word for word in words(piece) if word.counts] for piece in _CUT.split(text)]
    count = Counter(stem for piece in pieces for stem in {word.stem for word in piece})
    return [[word for word in piece if count[word.stem] == 1] for piece in pieces if piece]


def _shared(one: Sequence[Word], other: Sequence[Word]) -> str:
    return next((word.text for word in one if any(alike(word.stem, own.stem) for own in other)), "")
