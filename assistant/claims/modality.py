"""Whether a statement tells as done what its evidence tells as wished, planned, expected or asked for.

Words that stand under 'will', 'would', 'wants ... to', 'recommends that', 'if' and the like are *meant*; a verb of
the statement that is not meant ('has settled', 'was opened') must stand somewhere in the evidence unmeant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from assistant.claims import lists
from assistant.claims.verbs import BE, HAVE, MODALS, is_past
from assistant.claims.words import Word, alike, stem, words

_MEANT_BY = MODALS - {"can", "cannot", "can't", "couldn't"}
_CLAUSE_SIGNS = re.compile(r"[.;:!?]|,")
_ENDS = frozenset(["but", "although", "though", "while", "whereas", "because", "since", "which", "who"])
_LIKELY = frozenset(["likely", "unlikely", "due", "ready", "willing", "prepared", "about", "set", "expected", "reluctant"])
_IF = frozenset(["if", "unless", "whether", "once", "provided"])
_THAT_IT_BE = frozenset(stem(word) for word in ("recommend", "propose", "suggest", "demand", "insist", "urge", "ask"))


@cache
def _intentions() -> frozenset[str]:
    return frozenset(stem(word) for word in lists.items("intentions"))


class Meant(NamedTuple):
    """A word and whether it is only meant."""

    word: Word
    meant: bool


def read(text: str) -> list[Meant]:
    """For each word whether it tells what was done or only what was meant."""
    found: list[Meant] = []
    row = words(text)
    meant = False
    wished = False
    end = 0
    for index, word in enumerate(row):
        sign = _CLAUSE_SIGNS.search(text, end, word.start)
        after = row[index + 1].lower if index + 1 < len(row) else ""
        if sign or (word.lower in _ENDS and after not in ("not", "to")):
            meant = wished = False
        end = word.end
        found.append(Meant(word, meant))
        if word.lower in _MEANT_BY or (word.lower in _IF and after != "not"):
            meant = True
        elif wished and word.lower == "to":
            meant = True
        elif word.stem in _intentions() or word.lower in _LIKELY:
            wished = True
            if word.stem in _THAT_IT_BE and after == "that":
                meant = True
        elif word.lower in BE and after == "to":
            wished = True
        elif word.lower == "be" and (index == 0 or row[index - 1].lower != "to"):
            meant = True  # 'that every person be counted'
        elif word.lower in ("is", "are", "was", "were", "has", "had", "said", "told") and not wished:
            meant = meant and word.lower in ("said", "told")
    return found


def disagreements(statement: str, around: Sequence[str]) -> tuple[str, ...]:
    """Why what the statement tells as done is only meant in the sentences of its evidence."""
    claimed = read(statement)
    told = [one for text in around for one in read(text)]
    for index, (word, meant) in enumerate(claimed):
        if meant or not _told_as_done(claimed, index):
            continue
        same = [one.meant for one in told if one.word.stem == word.stem]
        if not same:
            same = [one.meant for one in told if alike(one.word.stem, word.stem)]
            same = same if same and all(same) else []
        if same and all(same):
            return (f"the paragraph doesn't say that it was done: “{word.text}”",)
    return ()


def _told_as_done(row: Sequence[Meant], index: int) -> bool:
    """Whether the word is a verb of the statement in a form that tells a fact, or what something is said to be."""
    word = row[index].word
    if not word.counts or not word.text.islower():
        return False
    before = [one.word.lower for one in row[max(0, index - 3) : index]]
    if "not" in before or "never" in before or (before and before[-1] in ("to", "the", "a", "an")):
        return False
    if is_past(word):
        return True
    helped = [one for one in before[-2:] if one in HAVE or one in BE]
    return bool(before) and before[-1] in BE and bool(helped) and not word.lower.endswith("ly")
