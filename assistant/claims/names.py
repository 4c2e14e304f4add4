"""Names in a statement, and whether its evidence speaks of the same people, places and bodies.

A name is a run of words with capitals. It is found again as printed, by its surname, by an acronym and its
words, as a nationality (Russia, Russian), under another spelling of another alphabet's name (Lukashenko,
Lukashenka), or as one of the few names that stand for each other ('the U.S.', 'Washington', 'America').
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.claims import lists
from assistant.claims.verbs import base_stems
from assistant.claims.words import STOP_WORDS, Word, known, stem, words

TITLES = frozenset(lists.items("titles"))
_NO_NAMES = frozenset(lists.items("no_names"))
_SAME = tuple(frozenset(line.split("|")) for line in lists.lines("same_names"))
_NATION_ENDINGS = ("", "a", "n", "an", "ian", "ians", "ish", "ese", "i", "e", "y", "ey", "ce", "k", "s", "ans", "is")
_COMMON = frozenset(
    [*(word for word, _ in lists.pairs("number_words", ":")), "fewer", "half", "almost", "several", "many", "dozens"]
)
_CAPITAL = re.compile(r"^(?:[A-Z]|[^\W\d_a-z])")
_JOINS = frozenset(
    {
        "of",
        "and",
        "the",
        "for",
        "de",
        "da",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "del",
        "di",
    }
)


class Name(NamedTuple):
    """A name as it stands in a text."""

    text: str
    start: int
    end: int
    parts: tuple[str, ...]
    """Its telling words in small letters, without titles."""
    opens: bool
    """Whether it is one word at the start of the sentence, which may be no name at all."""


def names(text: str) -> list[Name]:
    """The names of a sentence, in order."""
    found: list[Name] = []
    run: list[Word] = []
    all_words = words(text)
    for index, word in enumerate(all_words):
        gap = text[run[-1].end : word.start] if run else ""
        capital = bool(_CAPITAL.match(word.text)) and word.lower not in _NO_NAMES
        joined = bool(run) and re.fullmatch(r"[\s-]+|\.\s", gap) is not None
        if capital and (not run or joined):
            run.append(word)
            continue
        following = all_words[index + 1] if index + 1 < len(all_words) else None
        if (
            joined and word.lower in ("of", "de", "da", "van", "von", "der", "bin", "al", "del", "di") and following
            and _CAPITAL.match(following.text) and following.lower not in _NO_NAMES
        ):  # fmt: skip
            run.append(word)
            continue
        found.extend(_name(text, run))
        run = [word] if capital else []
    found.extend(_name(text, run))
    return found


def _name(text: str, run: Sequence[Word]) -> Iterable[Name]:
    while (
        run
        and (run[0].lower in STOP_WORDS or run[0].lower in _JOINS)
        and (not run[0].text.isupper() or run[0].text in ("A", "I"))
    ):
        run = run[1:]
    while run and run[-1].lower in _JOINS:
        run = run[:-1]
    if not run:
        return
    plain = [_bare(word) for word in run]
    parts = [part for part in plain if part not in TITLES and part not in _JOINS]
    if not parts:
        whole = " ".join(plain)
        if not any(whole in group for group in _SAME):
            return
        parts = [whole]
    opens = len(run) == 1 and not text[: run[0].start].strip(" \t\n\"'“‘(-*•") and not run[0].text.isupper()
    yield Name(text[run[0].start : run[-1].end], run[0].start, run[-1].end, tuple(parts), opens)


def _bare(word: Word) -> str:
    lower = word.lower
    lower = lower[:-2] if lower.endswith("'s") else lower
    return lower.replace(".", "") if re.fullmatch(r"(?:\w\.)+", lower) else lower


class Told:
    """What a text tells of names: prepared once, asked for each name of each statement."""

    def __init__(self, text: str, *, shouted: bool = False) -> None:
        """`shouted`: the text was all in capitals, so that any of its words may be a name."""
        found = words(text)
        self.tokens = {_bare(word) for word in found}
        self.lower = {word.text for word in found if word.text.islower()}
        self.phrases = " " + " ".join(_bare(word) for word in found) + " "
        self.capitals = [_bare(word) for word in found if shouted or _CAPITAL.match(word.text)]
        self.initials = _initials([_bare(word) for word in found if _CAPITAL.match(word.text) or word.lower == "of"])

    def has(self, name: Name) -> bool:
        """Whether the text speaks of the one who is named."""
        whole = " ".join(name.text.lower().split())
        if _phrase_told(" ".join(name.parts), self) or _phrase_told(whole, self) or self._acronym(name):
            return True
        told = [part for part in name.parts if self.has_word(part)]
        # The last word of a person's name is the telling one; a body's name needs most of its words.
        return len(told) == len(name.parts) or (
            len(name.parts) > 1 and name.parts[-1] in told and (len(name.parts) == 2 or 2 * len(told) > len(name.parts))
        )

    def has_word(self, part: str) -> bool:
        """Whether one word of a name is there, in whatever spelling."""
        if part in self.tokens or _phrase_told(part, self):
            return True
        return any(same_spelling(part, other) for other in self.capitals)

    def _acronym(self, name: Name) -> bool:
        short = "".join(part[0] for part in name.parts)
        if len(name.parts) > 2 and short in self.tokens:
            return True
        return (
            len(name.parts) == 1
            and 3 <= len(name.parts[0]) <= 6
            and name.text.isupper()
            and name.parts[0] in self.initials
        )


def _initials(capitals: Sequence[str]) -> str:
    return "".join(word[0] for word in capitals if word != "of")


def _phrase_told(phrase: str, told: Told) -> bool:
    return any(
        phrase in group and any(f" {other.replace('.', '')} " in told.phrases for other in group) for group in _SAME
    )


@lru_cache(maxsize=20_000)
def same_spelling(one: str, other: str) -> bool:
    """Whether two words may be one name: a nationality of it, a plural, or another transliteration."""
    if one == other:
        return True
    common = 0
    while common < min(len(one), len(other)) and one[common] == other[common]:
        common += 1
    if common >= 4 and one[common:] in _NATION_ENDINGS and other[common:] in _NATION_ENDINGS:
        return True
    shorter = min(len(one), len(other))
    if shorter < 5 or one[0] != other[0]:
        return False
    return _folded(one) == _folded(other) or (shorter >= 7 and common >= 3 and _distance(one, other) <= 1)


def _folded(word: str) -> str:
    """What the common transliterations of one Cyrillic or Arabic name share."""
    word = word.replace("kh", "h").replace("ks", "x").replace("iy", "y").replace("yi", "y").replace("ii", "y")
    word = re.sub(r"(?<=[aeiou])y|y(?=[aeiou])|(?<=[aeiou])i(?=[aeiou])", "", word).replace("y", "i")
    word = re.sub(r"(.)\1", r"\1", word).replace("w", "v").replace("off", "ov").replace("ph", "f")
    return re.sub(r"[oa]$", "a", word).replace("'", "")


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def common(word: str) -> bool:
    """Whether a word that opens a sentence is none that could be a name."""
    base = stem(word)
    return word in STOP_WORDS or word in _COMMON or word.endswith("ly") or base in base_stems() or bool(known(base))


def disagreements(claimed: Sequence[Name], told: Told) -> tuple[str, ...]:
    """Why the names of a statement are not those of its evidence."""
    return tuple(
        f"the paragraph doesn't name {name.text}"
        for name in claimed
        if not told.has(name) and not (name.opens and (name.parts[0] in told.lower or common(name.parts[0])))
    )
