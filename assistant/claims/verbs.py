"""Which words of a sentence are verbs, as far as lists and endings tell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from assistant.claims import lists
from assistant.claims.words import IRREGULAR, Word, stem

BE = frozenset("am is are was were be been being".split())
HAVE = frozenset("have has had having".split())
DO = frozenset("do does did".split())
MODALS = frozenset("will would shall should can could may might must cannot won't wouldn't shouldn't can't couldn't".split())
AUXILIARIES = BE | HAVE | DO | MODALS
_NEGATED = frozenset("isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't".split())
_DETERMINERS = frozenset(
    "the a an his her its their our my your this that these those no some any all both each every one two three "
    "of in on at by for with from".split()
)
_AFTER_A_VERB = frozenset(
    "the a an his her its their our this that these those to not no some any all both each every one two three "
    "only him them it us he she they from for with by on in at as".split()
)
_PARTICLES = frozenset("forward back up down out off away".split())
_PLURAL = frozenset("they we i you people men women children police".split())


@cache
def base_stems() -> frozenset[str]:
    """The stems of the listed verbs."""
    return frozenset(stem(verb) for verb in lists.items("verbs"))


@cache
def _pasts() -> frozenset[str]:
    nouns = {"men", "women", "children", "people", "worse", "worst", "better", "best", "lives", "wives", "dead", "death"}
    return frozenset(form for form, base in IRREGULAR.items() if stem(base) in base_stems() and form not in nouns)


def is_auxiliary(word: Word) -> bool:
    """'Has', 'will', 'didn't'."""
    return word.lower in AUXILIARIES or word.lower in _NEGATED


def is_past(word: Word) -> bool:
    """'Asked', 'sold', 'put': a past form or a participle."""
    lower = word.lower
    return lower in _pasts() or (len(lower) > 4 and lower.endswith("ed"))


def finite(words: Sequence[Word], at: int) -> bool:
    """Whether the word can be the verb of a clause whose subject stands before it."""
    word = words[at]
    if is_auxiliary(word):
        return True
    if not word.text.islower():
        return False
    before = words[at - 1].lower if at else ""
    after = words[at + 1].lower if at + 1 < len(words) else ""
    if before in _DETERMINERS or before == "to" or before.endswith(("'s", "’s")):
        return False
    if is_past(word):
        return True
    if word.stem not in base_stems():
        return False
    if word.lower.endswith("s") and not word.lower.endswith("ss"):
        named = at > 0 and not words[at - 1].text.islower()
        return after in _AFTER_A_VERB or not after or named or before in ("he", "she", "it", "who", "which")
    return at > 0 and after != "of" and (
        (before.endswith("s") and not before.endswith("ss")) or before in _PLURAL
    )  # fmt: skip


def finite_at(words: Sequence[Word]) -> int | None:
    """Where the verb of a clause stands; None if no word looks like one."""
    found = next((at for at in range(len(words)) if finite(words, at)), None)
    if found is not None:
        return found
    return next((
        at for at, word in enumerate(words[:-1])
        if at > 1 and word.lower in _bases() and words[at - 1].lower not in _DETERMINERS and words[at - 1].lower != "to"
        and (words[at + 1].lower in _AFTER_A_VERB or words[at + 1].lower in _PARTICLES)
    ), None)  # fmt: skip


@cache
def _bases() -> frozenset[str]:
    return frozenset(lists.items("verbs"))
