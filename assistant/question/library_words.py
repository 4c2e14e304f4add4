"""Other ways to write what a question names, read off the library itself: its acronyms and its spellings.

An acronym that the library explains, 'Joint River Office (JRO)', is searched with its long form, and a long form with
its acronym; a word that stands nowhere in the library is searched as the library's nearest spelling of it. As with
the lists of `variants`, this only helps the keyword search to find.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

from assistant.question.names import common_words, names_in
from index_store.store import Hit, IndexStore

_ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]{1,6}\b")
_WORD = re.compile(r"[^\W\d_]{5,}")
READ = 20
"""Paragraphs that are looked through for one acronym, name or word."""
ALIKE, NEARLY_EQUAL = 0.75, 0.88
"""How much of two words must agree, by difflib's ratio, to be spellings of one: for a name, and for any other word."""
MOST = 4
_SMALL = frozenset(["of", "the", "for", "and", "on", "in", "de", "la", "del", "des", "der", "du", "et"])


def ways_in_library(question: str, store: IndexStore) -> list[str]:
    """Up to `MOST` other ways in which the library writes what `question` names."""
    found: list[str] = []
    for acronym in dict.fromkeys(_ACRONYM.findall(question)):
        found += long_forms(acronym, _texts(store, store.search_keywords(acronym, READ)))[:1]
    for name in (name for name in names_in(question) if name.count(" ") > 1):
        found += acronyms_of(name, _texts(store, store.search_keywords(f'"{name}"', READ)))[:1]
    for word in dict.fromkeys(_WORD.findall(question)):
        if word.lower() not in common_words() and not store.document_frequency(word):
            found += spellings(word, _texts(store, store.search_spellings(word, READ)))[:1]
    return list(dict.fromkeys(found))[:MOST]


def long_forms(acronym: str, texts: Iterable[str]) -> list[str]:
    """What stands before '(ACRONYM)' in the texts and begins with its letters, the most frequent first."""
    counted: Counter[str] = Counter()
    for text in texts:
        for match in re.finditer(rf"\(\s*{re.escape(acronym)}\s*\)", text):
            words = re.findall(r"[\w'’-]+", text[: match.start()])[-2 * len(acronym) :]
            for start in range(len(words)):
                if words[start].lower() not in _SMALL and _initials(words[start:]) == acronym:
                    counted[" ".join(words[start:])] += 1
                    break
    return [form for form, _ in counted.most_common()]


def acronyms_of(name: str, texts: Iterable[str]) -> list[str]:
    """What stands in brackets behind `name` in the texts and has its initials, the most frequent first."""
    pattern = re.compile(rf"{re.escape(name)}\s*\(\s*([A-Z][A-Z0-9]{{1,6}})\s*\)", re.IGNORECASE)
    counted = Counter(acronym for text in texts for acronym in pattern.findall(" ".join(text.split())))
    return [acronym for acronym, _ in counted.most_common() if acronym[0] == name[0].upper()]


def spellings(word: str, texts: Iterable[str]) -> list[str]:
    """The words of the texts that are nearly spelled as `word`, the likeliest first."""
    counted = Counter(other.lower() for text in texts for other in _WORD.findall(text))
    least = ALIKE if word[0].isupper() else NEARLY_EQUAL
    same_head = (other for other in counted if other[0] == word[0].lower() and other != word.lower())
    alike = {other: SequenceMatcher(None, word.lower(), other).ratio() for other in same_head}
    likely = [other for other, ratio in alike.items() if ratio >= least]
    return sorted(likely, key=lambda other: (-alike[other], -counted[other]))


def _initials(words: list[str]) -> str:
    return "".join(word[0].upper() for word in words if word.lower() not in _SMALL)


def paragraphs_with(word: str, store: IndexStore) -> list[str]:
    """The texts of the library's first paragraphs for a word."""
    return _texts(store, store.search_keywords(word, READ))


def _texts(store: IndexStore, hits: list[Hit]) -> list[str]:
    return [str(getattr(node, "text", "")) for node in store.nodes([hit.ref for hit in hits])]
