"""Whether a statement denies what its evidence affirms, or the other way round.

Words under a negation ('did not sign', 'refused to sign', 'without signing') are compared with the same words
of the evidence; opposites ('rose', 'fell') count as denial where only one of the two texts has each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from assistant.claims import lists
from assistant.claims.speakers import SAY_STEMS
from assistant.claims.verbs import base_stems
from assistant.claims.words import STOP_WORDS, Word, alike, stem, words

_CUES = frozenset(lists.items("denying_cues"))
_CUE_PHRASES = re.compile(
    r"\b(?:rul(?:e|es|ed|ing) out|out of (?:the question|order)|far from|too \w+ to|short of|r[au]n out of|devoid of|"
    r"none of|instead of|rather than|no longer|free of)\b",
    re.I,
)
# They are telling words as well: the evidence often has them too.
_DENYING = frozenset(stem(word) for word in lists.items("denying_words"))
_AGAINST = frozenset(stem(word) for word in ("against", "oppose", "reject", "refuse", "deny", "doubt", "dismiss"))
# To deny a charge is to deny what is charged: these words neither are denied nor end what is.
_CHARGES = frozenset(stem(word) for word in lists.items("charges"))
_NOT_DENYING_BEFORE = frozenset(["only", "just", "least", "merely", "simply"])
_SCOPE = 6
_SHORT_SCOPE = 2
_DETERMINERS = frozenset(["no", "without", "few", "little", "neither", "nor"])
_TAKES_BACK = frozenset(["until", "unless"])
"""'Did not reply until March' says that there was a reply."""
_HEADS = 2
"""How far from its negation a word may stand to be what is denied; behind that it may be denied or not."""
_UNDONE = re.compile(r"\bun(\w{3,}(?:ed|en|ing))\b")
_BELIEF = frozenset(stem(word) for word in ("believe", "think", "expect"))
_ONLY = re.compile(r"\bonly\b", re.I)
_ALL = re.compile(r"\b(?:all|every|everyone|everything|both|the whole|entire)\b", re.I)
_DONE = re.compile(r"\b(?:has|have|had)\s+(?:already\s+|been\s+)?(?P<verb>\w+(?:ed|en|t|ld|de))\b")
_MEANT = re.compile(r"\b(?:would|could|might|should|may)\b", re.I)
_MEANT_TO = re.compile(
    r"\b(?:would|could|might|should|will|may|(?:plan|want|hope|intend|expect|mean|prepar)\w*\s+to)\s+(?:\w+\s+)?$", re.I
)
_CALENDAR = frozenset(lists.items("no_names"))
_CLAUSE_ENDS = re.compile(r"[.;:!?()]|,|—|--")
_CLAUSE_WORDS = frozenset(lists.items("clause_words"))
_CLAUSE = re.compile(r"[.;:!?()]\s|,\s|\b(?:but|although|though|while|whereas|and)\b", re.I)


@cache
def _opposites() -> dict[str, frozenset[str]]:
    return _both_ways("opposites")


@cache
def _stances() -> dict[str, frozenset[str]]:
    return _both_ways("stances")


@cache
def _disapproving() -> frozenset[str]:
    return frozenset(stem(word) for word in lists.items("disapproving"))


@cache
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(rf"\b{phrase.replace('_', ' ').replace('*', '[a-z]*')}\b", re.I), word.replace("_", " "))
        for phrase, word in lists.pairs("phrases", "=")
    ]


def _both_ways(name: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in lists.pairs(name, "/"):
        one, other = (stem(word) for word in pair)
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def opposite(one: str, other: str) -> bool:
    """Whether two stems say the opposite of each other."""
    return other in _opposites().get(one, ()) or any(
        longer == prefix + shorter
        for prefix in ("un", "in", "im", "dis", "non", "il", "ir")
        for shorter, longer in ((one, other), (other, one))
        if len(shorter) > 3
    )


class Told(NamedTuple):
    """A telling word and whether it is denied."""

    word: Word
    denied: bool | None
    """None where it can't be said: 'rejected the treaty' denies no treaty."""


class Denial(NamedTuple):
    """A negation and the words that it denies, the nearest first."""

    words: list[Word]
    firm: bool
    """Whether it denies what follows: 'not signed', 'refused to sign', and not 'a decline in trade'."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The telling words of a text and its denials."""

    told: tuple[Told, ...]
    denials: tuple[Denial, ...]

    @property
    def settled(self) -> bool:
        """Whether every denial has what it denies; in '..., but the owners refuse' it stands elsewhere."""
        return all(denial.words for denial in self.denials)


def read(text: str) -> Reading:
    """Find the negations of `text` and what they deny."""
    told: list[Told] = []
    denials: list[Denial] = []
    phrases = [match.span() for match in _CUE_PHRASES.finditer(text)]
    reach = flips = end = 0
    firm, after_cue = True, False
    all_words = words(text)
    for index, word in enumerate(all_words):
        before, after = all_words[max(0, index - 1) : index], all_words[index + 1 : index + 2]
        if reach and (
            _CLAUSE_ENDS.search(text, end, word.start)
            or (word.lower in _CLAUSE_WORDS and not (word.lower == "that" and (after_cue or _believed(before))))
        ):
            if word.lower in _TAKES_BACK and denials:
                denials.pop()
            reach = flips = 0
        end = word.end
        phrase = next((span for span in phrases if span[0] <= word.start < span[1]), None)
        if phrase or _is_cue(word, before, after):
            if phrase is None or word.start == phrase[0]:
                reach, flips, firm = (_SHORT_SCOPE if word.lower in _DETERMINERS else _SCOPE), flips + 1, True
                _begin(denials, flips, firm)
            after_cue = True
            continue
        if word.stem in _CHARGES and after_cue:
            continue
        if word.counts:
            told.append(Told(word, (flips % 2 == 1) if firm or not reach else None))
            if reach and flips % 2 and word.stem not in _DENYING:
                denials[-1].words.append(word)
            reach -= 1 if reach else 0
            flips = flips if reach else 0
            after_cue = False
        if word.stem in _DENYING:
            firm = bool(after) and (after[0].lower in ("to", "that", "from") or after[0].lower.endswith("ing"))
            reach, flips, after_cue = _SCOPE, flips + 1, True
            _begin(denials, flips, firm)
    return Reading(tuple(told), tuple(denials))


def _believed(before: Sequence[Word]) -> bool:
    """'Does not believe that it will come' denies that it will."""
    return bool(before) and before[0].stem in _BELIEF


def _begin(denials: list[Denial], flips: int, firm: bool) -> None:
    """A negation begins; one within another ('refused to rule out') takes that one back."""
    if flips > 1 and denials and not denials[-1].words:
        denials.pop()
    if flips % 2:
        denials.append(Denial([], firm))


def _is_cue(word: Word, before: Sequence[Word], after: Sequence[Word]) -> bool:
    lower = word.lower
    following = after[0].lower if after else ""
    if lower in ("little", "few"):
        return (
            (lower == "few" or following not in STOP_WORDS)
            and following not in ("girl", "boy", "town")
            and not (
                before and before[0].lower in ("a", "the", "last", "next", "first", "past", "these", "those", "only")
            )
        )
    if lower == "not" and following in _NOT_DENYING_BEFORE:
        return False
    if lower == "no" and following in ("doubt", "less", "fewer", "more", "later"):
        return False
    return lower in _CUES or lower.endswith("n't")


def disagreements(statement: str, evidence: str, around: Sequence[str]) -> tuple[str, ...]:
    """Why a statement says the opposite of its evidence.

    `evidence` is the sentence that tells the same, `around` the sentences of the passage, this one among them.
    """
    statement, evidence = _one_word(statement), _one_word(evidence)
    around = [_one_word(text) for text in around]
    claimed, told = read(statement), read(evidence)
    nearby = [row for text in around for row in read(text).told]
    clauses = [clause for text in around for clause in text.split(";")]
    if all(read(clause).settled for clause in clauses if _share_words(statement, clause)):
        for denial in claimed.denials:
            matched = _matched(denial, nearby)
            if (
                matched
                and not any(_denied(word, nearby) for word in matched)
                and not _denies_somehow(matched, around, claimed)
            ):
                return (f"the paragraph doesn't deny “{matched[0].text}”",)
    against = next((word for word, denied in claimed.told if word.stem in _AGAINST and denied is False), None)
    if against:
        same = [denied for word, denied in nearby if word.stem == against.stem]
        if not any(read(text).denials or _is_against(text) for text in around) or (same and all(same)):
            return (f"the paragraph doesn't say “{against.text}”",)
    if not claimed.denials:
        elsewhere = [denial for text in around if text != evidence for denial in read(text).denials]
        for denial in [*told.denials, *elsewhere]:
            matched = [word for word in _matched(denial, claimed.told) if not _affirmed(word, nearby)]
            if denial in elsewhere:
                matched = [word for word in matched if word.stem in base_stems()]
            if matched and not any(_denied(word, claimed.told) for word in matched):
                return (f"the paragraph denies “{matched[0].text}”",)
    return (
        _only(statement, around)
        or _not_yet(statement, around)
        or next(filter(None, (_opposed(claimed.told, text) for text in (evidence, *around))), ())
        or next(filter(None, (_other_stance(claimed.told, row, nearby) for row in _on_the_same(claimed, around))), ())
    )


def _one_word(text: str) -> str:
    """Phrases whose opposite is a word as a word, and 'unsigned' as 'not signed'."""
    for pattern, word in _phrases():
        text = pattern.sub(word, text)
    return _UNDONE.sub(lambda match: f"not {match[1]}," if stem(match[1]) in base_stems() else match[0], text)


def _share_words(one: str, other: str) -> bool:
    """Whether two sentences share a telling word that denies nothing."""
    stems = {word.stem for word, _ in read(other).told} - _DENYING
    return any(alike(word.stem, stem) for word, _ in read(one).told for stem in stems if word.stem not in _DENYING)


def _matched(denial: Denial, others: Sequence[Told]) -> list[Word]:
    """The words at the head of a denial that the other text has too."""
    return [
        word
        for word in denial.words[:_HEADS]
        if denial.firm
        and word.stem not in _DENYING
        and not _names(word)
        and any(alike(word.stem, other.stem) for other, _ in others)
    ]


def _denies_somehow(matched: Sequence[Word], around: Sequence[str], claimed: Reading) -> bool:
    """Whether a clause that has one of the words denies something that the statement doesn't affirm."""
    stems = [word.stem for word in matched]
    for text in (clause for sentence in around for clause in sentence.split(";")):
        found = read(text)
        if any(alike(stem, word.stem) for stem in stems for word, _ in found.told) and any(
            not any(_affirmed(word, claimed.told) for word in denial.words[:_HEADS] if not _denied(word, claimed.told))
            for denial in found.denials
        ):
            return True
    return False


def _is_against(text: str) -> bool:
    """Whether the text has a word for being against something."""
    return any(word.stem in _disapproving() for word in words(text))


def _names(word: Word) -> bool:
    """Whether it is a name, or a day or month: neither is denied."""
    return word.lower in _CALENDAR or (word.start > 0 and word.text[0].isupper())


def _denied(word: Word, told: Iterable[Told]) -> bool:
    return any(denied is not False for other, denied in told if alike(word.stem, other.stem))


def _affirmed(word: Word, told: Iterable[Told]) -> bool:
    return any(denied is not True for other, denied in told if _same(word, other))


def _same(one: Word, other: Word) -> bool:
    """Whether two words can stand for each other; of verbs of saying, which are many, only the same."""
    return one.stem == other.stem if one.stem in SAY_STEMS else alike(one.stem, other.stem)


def _only(statement: str, around: Sequence[str]) -> tuple[str, ...]:
    """'All were granted' where the evidence has 'only the second', and 'only Oluk' where it has 'only Harmanlik'."""
    claimed, every = _ONLY.search(statement), _ALL.search(statement)
    for text in around:
        told = _ONLY.search(text)
        if told is None or not _share_words(statement, text):
            continue
        if claimed is None:
            if every and not _ALL.search(text):
                return (f"the paragraph says “{told[0]}”, not “{every[0]}”",)
            continue
        here, there = _phrase(statement[claimed.end() :]), _phrase(text[told.end() :])
        if here and there and not any(alike(one, other) for one in here for other in there):
            return (f"the paragraph says “only” of something else than “{here[0]}”",)
    return ()


def _phrase(text: str) -> list[str]:
    """Stems of the first telling words, to the next word that tells nothing."""
    found: list[str] = []
    for word in words(text)[:6]:
        if word.counts:
            found.append(word.stem)
        elif found:
            break
    return found


def _not_yet(statement: str, around: Sequence[str]) -> tuple[str, ...]:
    """'Has published' where the evidence has only 'would publish' or 'plans to publish'."""
    for match in _DONE.finditer(statement):
        if _MEANT.search(statement[: match.start()]):
            continue
        verb = stem(match["verb"])
        meant = [_MEANT_TO.search(text[: word.start]) is not None
                 for text in around for word in words(text) if word.stem == verb]  # fmt: skip
        if meant and all(meant):
            return (f"the paragraph doesn't say that it was done: “{match['verb']}”",)
    return ()


def _opposed(claimed: Iterable[Told], evidence: str) -> tuple[str, ...]:
    """The first word of the statement whose opposite stands where it should, in the clause that tells the same."""
    rows = list(claimed)
    clauses: list[tuple[Told, ...]] = [
        row for row in (read(clause).told for clause in _CLAUSE.split(evidence) if clause) if row
    ]
    for word, under in rows:
        others = [other for other, _ in rows if other is not word]

        def shared(clause: Sequence[Told], others: Sequence[Word] = others) -> int:
            return sum(any(alike(other.stem, told.stem) for told, _ in clause) for other in others)

        best = max(clauses, key=shared, default=())
        if not shared(best) or any(alike(word.stem, told.stem) for told, _ in best):
            continue
        for told, told_under in best:
            taken = any(alike(told.stem, other.stem) for other in others)
            if not taken and bool(under) == bool(told_under) and opposite(word.stem, told.stem):
                return (f"the paragraph says “{told.text}”, not “{word.text}”",)
    return ()


def _on_the_same(claimed: Reading, around: Sequence[str]) -> list[tuple[Told, ...]]:
    """The sentences that speak of what the statement speaks of, its stance apart."""
    about = [word.stem for word, _ in claimed.told if word.stem not in _stances() and not _names(word)]
    rows = [read(text).told for text in around]
    return [row for row in rows if any(alike(stem, word.stem) for stem in about for word, _ in row)]


def _other_stance(claimed: Iterable[Told], told: Iterable[Told], nearby: Sequence[Told]) -> tuple[str, ...]:
    """'Is willing to' where the sentence of the evidence has 'rejects', wherever in it."""
    rows = list(claimed)
    for word, under in rows:
        if any(alike(word.stem, other.stem) for other, _ in nearby):
            continue
        for other, other_under in told:
            if any(alike(other.stem, own.stem) for own, _ in rows):
                continue
            if bool(under) == bool(other_under) and other.stem in _stances().get(word.stem, ()):
                return (f"the paragraph says “{other.text}”, not “{word.text}”",)
    return ()
