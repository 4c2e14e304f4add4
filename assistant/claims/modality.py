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
from assistant.claims.speakers import SAY_STEMS
from assistant.claims.verbs import BE, HAVE, MODALS, bases, finite, is_past
from assistant.claims.words import Word, alike, stem, words

_MEANT_BY = MODALS - {"can", "cannot", "can't", "couldn't"}
_CLAUSE_SIGNS = re.compile(r"[.;:!?]|,")
_ENDS = frozenset(["but", "although", "though", "while", "whereas", "because", "since", "which", "who"])
_LIKELY = frozenset(
    ["likely", "unlikely", "due", "ready", "willing", "prepared", "about", "set", "expected", "reluctant"]
)
_IF = frozenset(["if", "unless", "whether", "once", "provided"])
_ITEM_OF_A_WISH = re.compile(r"^\s*[-*•]+\s*that\s|^\W*that\s.*;\W*$", re.I | re.S)
"""An item under 'The board recommends:'."""
_ASIDE = frozenset(["by", "in", "at", "on", "for", "with", "to"])
_STARTS_ANEW = HAVE | BE | {"and", "who", "which", "that", "he", "she", "they", "it", "we"}
_IS_TO = frozenset(stem(word) for word in ("error", "mistake", "task", "aim", "goal", "answer", "fault"))
"""'The mistake was to count them' says that they were counted."""
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
    meant = _ITEM_OF_A_WISH.match(text) is not None
    wished = False
    end = 0
    for index, word in enumerate(row):
        sign = _CLAUSE_SIGNS.search(text, end, word.start)
        after = row[index + 1].lower if index + 1 < len(row) else ""
        if sign or (word.lower in _ENDS and after not in ("not", "to")):
            aside = sign is not None and sign[0] == "," and word.lower in _ASIDE  # 'expects a count, by weight, to'
            meant, wished = False, wished and aside
        end = word.end
        before = row[index - 1].lower if index else ""
        done_as_wished = wished and is_past(word) and before not in _STARTS_ANEW  # 'wants it reopened'
        found.append(Meant(word, meant or done_as_wished))
        if word.lower in ("were", "had", "should") and (index == 0 or sign) and index + 1 < len(row):
            meant = True  # 'Were they to share it', 'Had it come'
            continue
        if word.lower in _MEANT_BY or (word.lower in _IF and after != "not") or (wished and word.lower == "to"):
            meant = True
        elif word.stem in _intentions() or word.lower in _LIKELY:
            wished = True
            if word.stem in _THAT_IT_BE and after == "that":
                meant = True
        elif word.lower in BE and after == "to" and not any(one.word.stem in _IS_TO for one in found):
            wished = True
        elif word.lower == "be" and (index == 0 or row[index - 1].lower != "to"):
            meant = True  # 'that every person be counted'
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
    if not word.counts or not word.text.islower() or word.stem in SAY_STEMS:
        return False
    before = [one.word.lower for one in row[max(0, index - 3) : index]]
    if "not" in before or "never" in before or (before and before[-1] in ("to", "the", "a", "an")):
        return False
    if is_past(word) or (index and word.lower in bases() and finite([one.word for one in row], index)):
        return True
    helped = [one for one in before[-2:] if one in HAVE or one in BE]
    return bool(before) and before[-1] in BE and bool(helped) and not word.lower.endswith("ly")
