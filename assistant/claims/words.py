"""Words of a text with their stems: what the checks compare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.claims import lists

STOP_WORDS = frozenset(lists.items("stop_words"))
IRREGULAR = dict(lists.pairs("irregular", ":"))


class Word(NamedTuple):
    """A word as it stands in a text."""

    text: str
    start: int
    end: int
    stem: str

    @property
    def lower(self) -> str:
        """In small letters, with a plain apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def counts(self) -> bool:
        """Whether it carries meaning of its own."""
        return self.stem not in STOP_WORDS and self.lower not in STOP_WORDS


_NOT_STEMMED = frozenset(["willing", "being"])
"""Their stems are words of another meaning."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W\d_](?:\.[^\W\d_])+\.?")
_ABBREVIATED = re.compile(r"\b(?:[A-Za-z]\.){2,}")


@cache
def _stemmer() -> object:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in any case: 'negotiations' and 'negotiated' are both 'negoti'."""
    word = word.lower().replace("’", "'")
    if word.endswith("'s"):
        word = word[:-2]
    if word in _NOT_STEMMED:
        return word
    word = IRREGULAR.get(word, word)
    return str(_stemmer().stem(word))  # type: ignore[attr-defined]


def words(text: str) -> list[Word]:
    """All words of `text` in order; figures are none, 'U.S.' is one word."""
    found: list[Word] = []
    at = 0
    for match in _ABBREVIATED.finditer(text):
        found.extend(_plain_words(text, at, match.start()))
        found.append(Word(match[0], match.start(), match.end(), match[0].replace(".", "").lower()))
        at = match.end()
    found.extend(_plain_words(text, at, len(text)))
    return found


def _plain_words(text: str, start: int, end: int) -> Iterator[Word]:
    for match in _WORD.finditer(text, start, end):
        yield Word(match[0], match.start(), match.end(), stem(match[0]))


def content_stems(text: str) -> set[str]:
    """Stems of the words of `text` that carry meaning."""
    return {word.stem for word in words(text) if word.counts}


@cache
def _groups() -> dict[str, frozenset[str]]:
    alike: dict[str, set[str]] = {}
    for line in lists.lines("synonyms"):
        group = {stem(word) for word in line.split()}
        for member in group:
            alike.setdefault(member, set()).update(group)
    return {member: frozenset(group) for member, group in alike.items()}


def known(of: str) -> frozenset[str]:
    """The stems that stand for a stem by the list of synonyms; none for a word that the list hasn't."""
    return _groups().get(of, frozenset())


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Whether two stems can stand for each other."""
    if one == other or other in _groups().get(one, ()):
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 5 and longer.startswith(shorter) and len(longer) - len(shorter) <= 4


def synonyms(of: str) -> frozenset[str]:
    """The stems that can stand for a stem, itself among them."""
    return _groups().get(of, frozenset()) | {of}


def any_alike(one: str, others: Iterable[str]) -> bool:
    """Whether a stem can stand for one of the others."""
    return any(alike(one, other) for other in others)
