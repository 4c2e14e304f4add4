"""Which words of a sentence are verbs, as far as lists and endings tell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from assistant.claims import lists
from assistant.claims.words import IRREGULAR, Word, stem

_WORDS = lists.kinds("function_words")
BE, HAVE, DO, MODALS = (_WORDS[kind] for kind in ("be", "have", "do", "modal"))
AUXILIARIES = BE | HAVE | DO | MODALS | _WORDS["negated"]
_NO_SUBJECT = _WORDS["determiner"] | {"one", "two", "three", "of", "in", "on", "at", "by", "for", "with", "from"}
"""Behind these a word is a noun: 'the claims', 'of demands'."""
_AFTER_A_VERB = (
    (_WORDS["determiner"] - {"my", "your"})
    | _WORDS["object"]
    | _WORDS["adverbial"]
    | {"to", "one", "two", "three", "he", "she", "they", "from", "for", "with", "by", "on", "in", "at", "as"}
)


@cache
def base_stems() -> frozenset[str]:
    """The stems of the listed verbs."""
    return frozenset(stem(verb) for verb in lists.items("verbs"))


@cache
def _pasts() -> frozenset[str]:
    nouns = {
        "men",
        "women",
        "children",
        "people",
        "worse",
        "worst",
        "better",
        "best",
        "lives",
        "wives",
        "dead",
        "death",
    }
    return frozenset(form for form, base in IRREGULAR.items() if stem(base) in base_stems() and form not in nouns)


def is_auxiliary(word: Word) -> bool:
    """'Has', 'will', 'didn't'."""
    return word.lower in AUXILIARIES


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
    if before in _NO_SUBJECT or before == "to" or before.endswith(("'s", "’s")):
        return False
    if is_past(word):
        return True
    if word.stem not in base_stems():
        return False
    if word.lower.endswith("s") and not word.lower.endswith("ss"):
        named = at > 0 and not words[at - 1].text.islower()
        return after in _AFTER_A_VERB or not after or named or before in ("he", "she", "it", "who", "which")
    return at > 0 and after != "of" and (
        (before.endswith("s") and not before.endswith("ss")) or before in _WORDS["plural"]
    )  # fmt: skip


def finite_at(words: Sequence[Word]) -> int | None:
    """Where the verb of a clause stands; None if no word looks like one."""
    found = next((at for at in range(len(words)) if finite(words, at)), None)
    if found is not None:
        return found
    return next((
        at for at, word in enumerate(words[:-1])
        if at > 1 and word.lower in bases() and words[at - 1].lower not in _NO_SUBJECT and words[at - 1].lower != "to"
        and (words[at + 1].lower in _AFTER_A_VERB or words[at + 1].lower in _WORDS["particle"])
    ), None)  # fmt: skip


@cache
def bases() -> frozenset[str]:
    """The listed verbs as they stand in a dictionary."""
    return frozenset(lists.items("verbs"))
