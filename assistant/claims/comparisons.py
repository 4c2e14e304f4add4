"""Which of two things is more: whether a statement compares them as its evidence does.

A comparison is a word that points up ('more', 'higher', 'dearer') or down ('less', 'cheaper', 'half of what'), with
what stands before and behind 'than'. The evidence must compare too, and not the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.claims.verbs import finite_at
from assistant.claims.words import alike, stem, words

_UP = (
    r"more|higher|larger|bigger|greater|longer|better|older|later|stronger|richer|warmer|wider|dearer|easier|faster|"
    r"above|over|exceed\w*|(?:twice|double|thrice|\w+ times) (?:as|what|that|the)"
)
_DOWN = (
    r"less|lower|fewer|smaller|shorter|worse|cheaper|younger|earlier|weaker|poorer|colder|narrower|harder|slower|"
    r"below|under|half (?:of what|as|what)|(?:an? )?(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth) of what"
)
_ROSE = re.compile(r"\b(?:rose|rise|risen|grew|grown|increas\w+|climbed|doubled|tripled|trebled|up)\b", re.I)
_FELL = re.compile(
    r"\b(?:fell|fall|fallen|shrank|shrunk|decreas\w+|dropped|declin\w+|halved|lost|down|reduc\w+)\b", re.I
)
_THAN = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?P<what>[^.;,]*?)\bthan\b(?P<other>[^.;,]*)", re.I)
_FACTOR = re.compile(
    r"\b(?P<up>(?:twice|double|thrice|\w+ times) as)\b(?P<what>[^.;,]*?)\bas\b(?P<other>[^.;,]*)", re.I
)
_ANY = re.compile(rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b", re.I)
_COMPARES = re.compile(
    rf"\b(?:{_UP}|{_DOWN}|than|against|compared|as much as|as many as|instead|rather|prefer\w*)\b",
    re.I,
)


class _Comparison(NamedTuple):
    up: bool
    before: frozenset[str]
    behind: frozenset[str]
    verb: str
    """The stem of what is done more or less; '' for 'is'."""


def disagreements(statement: str, around: Sequence[str]) -> tuple[str, ...]:
    """Why the statement's comparison is not that of the sentences of its evidence."""
    claimed = _comparison(statement)
    if claimed is None:
        return ()
    about = claimed.before | claimed.behind
    near = [text for text in around if any(alike(one, other) for one in about for other in _stems(text))] or list(
        around
    )
    told = [found for text in near if (found := _comparison(text)) is not None]
    for one in told:
        if claimed.verb and not any(alike(claimed.verb, other) for other in one.before):
            continue  # another thing is compared
        turned = _share(claimed.before, one.behind) and _share(claimed.behind, one.before)
        straight = _share(claimed.before, one.before) or _share(claimed.behind, one.behind)
        if turned and not (straight and _more(claimed, one)):
            if one.up == claimed.up:
                return ("the paragraph compares the other way round",)
        elif straight and one.up != claimed.up:
            return ("the paragraph compares the other way round",)
    if not told:
        text = " ".join(near)
        ups = [match["up"] is not None for match in _ANY.finditer(text)]
        ups += [True for _ in _ROSE.finditer(text)] + [False for _ in _FELL.finditer(text)]
        if ups and claimed.up not in ups:
            return ("the paragraph compares the other way round",)
        if not ups and not _COMPARES.search(text) and len(re.findall(r"\d[\d.,]*", text)) < 2:
            return ("the paragraph doesn't compare them",)
    return ()


def _more(claimed: _Comparison, told: _Comparison) -> bool:
    """Whether more words stand on the same side than on the other."""
    same = _count(claimed.before, told.before) + _count(claimed.behind, told.behind)
    return same > _count(claimed.before, told.behind) + _count(claimed.behind, told.before)


def _comparison(text: str) -> _Comparison | None:
    match = _THAN.search(text) or _FACTOR.search(text)
    if match is None or (match[0].lower().startswith(("more than", "less than", "fewer than", "over ", "under ")) and (
        re.match(r"\s*(?:an?\s|half|\d|[$€])", match["other"])
    )):  # fmt: skip
        return None
    clauses = re.split(r"[.;,:]|\b(?:while|whereas|but)\b", text[: match.start()])
    clause = next((one for one in reversed(clauses) if one.strip()), "")
    behind = re.split(r"\b(?:while|whereas|but|and)\b", match["other"])[0]
    return _Comparison(match["up"] is not None if "down" in match.re.groupindex else True,
                       _stems(clause + match["what"]), _stems(behind), _verb(clause + match["what"]))  # fmt: skip


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.counts) - {stem("more"), stem("less")}


def _verb(text: str) -> str:
    """The stem of its verb, '' for 'is' and where none is seen."""
    row = words(text)
    at = finite_at(row)
    return row[at].stem if at is not None and row[at].counts else ""


def _count(one: frozenset[str], other: frozenset[str]) -> int:
    return sum(any(alike(a, b) for b in other) for a in one)


def _share(one: frozenset[str], other: frozenset[str]) -> bool:
    return _count(one, other) > 0
