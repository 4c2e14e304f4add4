"""Whether a statement speaks of as much of a whole as its evidence: all, most, many, half, few, only, none.

A word such as 'all' or 'most' in a statement must be licensed: the evidence has one of the same measure near a word
that both share, or a number that comes to the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from assistant.claims import lists
from assistant.claims.dates import dates
from assistant.claims.frames import frames
from assistant.claims.numbers import Quantity, quantities
from assistant.claims.words import alike, words

_CLAIMED = {
    "all": r"all(?! but\b)|every\b(?! (?:day|week|month|year|saturday|sunday))|everyone|everybody|"
    r"both(?! \w+ and\b)|the whole|the entire|always",
    "most": r"most of|most(?= (?:\w+ )?(?:[a-z]+s|people|men|women)\b)|mostly|the majority|a majority of|mainly",
    "none": r"none|no one|nobody|never|neither",
    "only": r"only|solely|exclusively",
    "few": r"few|hardly any\w*|barely any\w*|a minority",
    "many": r"many|numerous",
    "half": r"half of|half the",
}
_LICENSED_BY = {
    "all": ("all",),
    "most": ("most", "all"),
    "none": ("none",),
    "only": ("only",),
    "few": ("few", "none"),
    "many": ("many", "most", "all"),
    "half": ("half",),
}
_SHARES: dict[str, Callable[[float], bool]] = {
    "most": lambda share: share > 0.5,
    "half": lambda share: 0.45 <= share <= 0.55,
    "few": lambda share: share < 0.4,
}
_EACH = r"(?:each|every)(?! (?:day|week|month|year|winter|summer|season|time|january|march|june|november|december)\b)"
"""'Each November' speaks of no whole."""
_MANY = 10
_FIGURE = re.compile(r"\s+(?:(?:in|at|on|by|about|some|since|until|after)\s+)?(?P<figure>\d[\d.,]*|[a-z]+)", re.I)
_NEARLY = re.compile(r"\b(?:nearly|almost|virtually|not)\s+$", re.I)


@cache
def _measures() -> dict[str, re.Pattern[str]]:
    found: dict[str, list[str]] = {"all": [_EACH]}
    for line in lists.lines("quantifiers"):
        name, _, members = line.partition("=")
        found.setdefault(name, []).extend(member.replace("_", " ") for member in members.split())
    return {name: re.compile(rf"\b(?:{'|'.join(members)})\b|n't\b" if name == "none" else
                             rf"\b(?:{'|'.join(members)})\b", re.I) for name, members in found.items()}  # fmt: skip


def disagreements(statement: str, around: Sequence[str]) -> tuple[str, ...]:
    """Why the measure of the statement is not that of the sentences of its evidence."""
    for measure, pattern in _CLAIMED.items():
        for match in re.finditer(rf"\b(?:{pattern})(?!\w)", statement, re.I):
            if measure == "all" and _NEARLY.search(statement[: match.start()]):
                continue
            near = _near(statement, match.end())
            if not any(_shares(near, text) for text in around):
                near = []
            figure = _FIGURE.match(statement, match.end()) if measure == "only" else None
            if figure and any(re.search(rf"\b(?:{_spellings(figure['figure'])})\b", text, re.I) for text in around):
                continue
            doing = {frame.verb.stem for frame in frames(statement) if frame.verb}
            same = [text for text in around if doing & {word.stem for word in words(text)}]
            if same and not any(_licensed(measure, (), text) for text in same) and measure != "none":
                return (f"the paragraph doesn't say “{match[0].strip()}”",)
            measured = [
                text for text in around if _shares(near, text) and any(p.search(text) for p in _measures().values())
            ]
            if not any(_licensed(measure, near if measured else (), text) for text in around):
                return (f"the paragraph doesn't say “{match[0].strip()}”",)
    return ()


def _near(statement: str, at: int) -> list[str]:
    """Stems of the telling words after a quantifier; those before it if there are none."""
    after = [word.stem for word in words(statement[at:]) if word.counts]
    return after[:6] or [word.stem for word in words(statement) if word.counts]


def _licensed(measure: str, near: Sequence[str], text: str) -> bool:
    if near and not _shares(near, text):
        return False
    if any(_measures()[name].search(text) for name in _LICENSED_BY[measure]):
        return True
    found = quantities(text, [(when.start, when.end) for when in dates(text)], ratios=True)
    if measure == "many":
        return any(one.value >= _MANY for one in found if one.kind == "count")
    return measure in _SHARES and any(
        _SHARES[measure](_share(one)) for one in found if one.kind in ("percent", "fraction")
    )


def _spellings(figure: str) -> str:
    """A number in figures or words, as an expression for both."""
    units = dict(lists.pairs("number_words", ":"))
    words_of = [word for word, value in units.items() if value == figure]
    if not figure[0].isdigit() and figure.lower() not in units:
        return "(?!)"
    return "|".join(
        [re.escape(figure.rstrip(".,")), *words_of, *([units[figure.lower()]] if figure.lower() in units else [])]
    )


def _shares(near: Sequence[str], text: str) -> bool:
    return any(alike(stem, word.stem) for word in words(text) if word.counts for stem in near)


def _share(quantity: Quantity) -> float:
    return float(quantity.value) / (100.0 if quantity.kind == "percent" else 1.0)
