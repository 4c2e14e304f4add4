"""Numbers of a text with what they count, and whether a statement's numbers are those of its evidence.

A number in figures and one in words are the same; 'percent' and currencies must agree; what is counted must not
be counted otherwise; 'more than' must not stand against 'less than'. Dates are left to `dates`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from assistant.claims import lists
from assistant.claims.words import any_alike, words

_UNITS = {word: int(value) for word, value in lists.pairs("number_words", ":")}
_ORDINALS = {word: int(value) for word, value in lists.pairs("ordinals", ":")}
_SCALES = {
    "hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "mln": 10**6, "mn": 10**6, "m": 10**6,
    "billion": 10**9, "bln": 10**9, "bn": 10**9, "b": 10**9, "trillion": 10**12, "tn": 10**12, "dozen": 12,
    "lakh": 10**5, "crore": 10**7,
}  # fmt: skip
_FRACTIONS = {
    "half": "0.5", "third": "0.33", "thirds": "0.33", "quarter": "0.25", "quarters": "0.25", "fifth": "0.2",
    "fifths": "0.2", "tenth": "0.1", "tenths": "0.1",
}  # fmt: skip
_TIMES: dict[str, int | str] = {
    "halved": "0.5",
    "halve": "0.5",
    "halving": "0.5",
    "twice": 2,
    "double": 2,
    "doubled": 2,
    "doubling": 2,
    "triple": 3,
    "tripled": 3,
    "thrice": 3,
}
_CURRENCIES = dict(lists.pairs("currencies", ":"))

_AT_MOST = "fewer than|less than|under|below|at most|up to|no more than|not more than|not exceeding"
_AT_LEAST = (
    "more than|over|above|at least|exceeding|exceeds|exceeded|no less than|no fewer than|upwards of|in excess of"
)
_BOUND = re.compile(
    rf"\b(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST}))\s+(?:a\s+|an\s+|the\s+|some\s+)?(?:US)?[$€£]?$", re.I
)
_ROUGHLY = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|approx\.?|circa|close to|an estimated|estimated at|"
    r"more than|over|less than|under|at least|up to|just)\s+(?:a\s+|an\s+|the\s+)?(?:US)?[$€£]?(?:USD |EUR )?$",
    re.I,
)
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = "|".join(sorted(_UNITS, key=len, reverse=True))
_SCALE_WORDS = "hundreds?|thousands?|million|mln|billion|bln|trillion|dozen"
_NUMBER = re.compile(
    rf"""(?<![\w.,])(?P<sign>(?:US\$|[$€£]|\b(?:USD|EUR|GBP|RUB|CHF)\s?)?)
    (?:(?P<figure>{_FIGURE})
         (?P<glued>k|mn|m|bn|b|tn)?(?P<ordinal>st|nd|rd|th)?(?![\w])
         (?:[\s-]+(?P<scale>{_SCALE_WORDS}|lakh|crore)\b)?
      |(?P<spelled>\b(?:(?:an?|half\ an?)[\s-]+(?=(?:hundred|thousand|million|billion|dozen)\b))?
         (?:{_WORDS}|{_SCALE_WORDS})(?:(?:[\s-]+(?:and\s+)?)(?:{_WORDS}|{_SCALE_WORDS}))*\b))
    (?P<percent>\s*%|[\s-]+(?:percent|per\ cent|pct|percentage\ points?)\b)?
    """,
    re.I | re.X,
)
_FRACTION = re.compile(
    r"\b(?:(?P<top>an?|one|two|three|four|nine)[\s-])?(?P<part>half|thirds?|quarters?|fifths?|tenths?)\b", re.I
)
_TIME_WORD = re.compile(r"\b(?:twice|thrice|halv(?:e|ed|ing)|doubl(?:e|ed|ing)|tripled?)\b", re.I)
_ORDINAL = re.compile(rf"\b(?P<ordinal>{'|'.join(_ORDINALS)})\b(?!\s+(?:of all|place))", re.I)
# Counting the items that follow ('three reasons') adds nothing that the paragraph must spell out.
_CLAUSE = re.compile(r"[;:!?()]|[.,](?=\s)|\b(?:but|while|whereas|although|and)\b")
_IN_YEARS = {"decad": 10, "centuri": 100}
_MEASURES = frozenset(lists.items("measures"))
_COUNTS_ITS_ITEMS = frozenset(lists.items("own_counts"))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text."""

    value: Decimal
    kind: str
    """'count', 'percent', 'ordinal', 'fraction', or a currency: 'USD'."""
    start: int
    end: int
    counted: tuple[str, ...]
    """Stems of the words that say what is counted: up to three that follow, none for an amount of money."""
    around: frozenset[str]
    """Stems of the telling words of its clause."""
    bound: str | None
    """'most' after 'less than', 'least' after 'more than'."""
    rough: bool
    vague: bool
    """'thousands' and the like, without a number before it."""
    text: str


def quantities(text: str, taken: Sequence[tuple[int, int]] = (), *, ratios: bool = False) -> list[Quantity]:
    """All numbers of `text` in order, except those that touch a span of `taken`.

    With `ratios` 'seven buyers in ten' is a share besides, so that '70 percent' is found again.
    """
    found: list[Quantity] = []
    fractions = [match.span() for match in _FRACTION.finditer(text) if match["top"]]
    for match in _NUMBER.finditer(text):
        if match.end() == match.start() or _overlaps(match.span(), [*taken, *fractions]):
            continue
        value = _value(match)
        rate = match["spelled"] and text[: match.start()].endswith(("per ", "each ", "every "))
        if value is None or rate or (value == 1 and _is_pronoun(match)):
            continue
        found.append(_quantity(text, match.start(), match.end(), value, _kind(match, text)))
    spans = [*taken, *((q.start, q.end) for q in found)]
    for match in _FRACTION.finditer(text):
        if not _overlaps(match.span(), spans):
            top = Decimal(_UNITS.get((match["top"] or "one").lower(), 1))
            share = (top * Decimal(_FRACTIONS[match["part"].lower()])).quantize(Decimal("0.01"))
            if match["top"] or match["part"].lower() in ("half", "thirds", "quarters", "fifths", "tenths"):
                found.append(_quantity(text, *match.span(), share, "fraction"))
    spans = [*taken, *((q.start, q.end) for q in found)]
    for match in _TIME_WORD.finditer(text):
        kind = "fraction" if match[0].lower().startswith("hal") else "times"
        found.append(_quantity(text, *match.span(), Decimal(_TIMES[match[0].lower()]), kind))
    for match in _ORDINAL.finditer(text):
        if not _overlaps(match.span(), spans):
            found.append(_quantity(text, *match.span(), Decimal(_ORDINALS[match["ordinal"].lower()]), "ordinal"))
    found.sort(key=lambda q: q.start)
    return sorted([*found, *_ratios(text, found)], key=lambda q: q.start) if ratios else found


def _ratios(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """'seven buyers in ten' as a share: 0.7."""
    return [
        replace(one, value=(one.value / other.value).quantize(Decimal("0.01")), kind="fraction", counted=())
        for one, other in pairwise(found)
        if one.kind == other.kind == "count"
        and 0 < one.value < other.value
        and re.fullmatch(r"\s+(?:\w+\s+){0,2}(?:in|out of|of the)\s+(?:every\s+)?", text[one.end : other.start])
    ]


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["spelled"]:
        return _spelled(match["spelled"])
    try:
        value = Decimal(match["figure"].replace(",", ""))
    except InvalidOperation:
        return None
    for scale in (match["glued"], match["scale"]):
        if scale:
            value *= _SCALES[scale.lower().rstrip("s")]
    return value


def _spelled(text: str) -> Decimal:
    """'two hundred and fifty thousand' is 250,000; 'hundreds' is taken as 100."""
    total = Decimal(0)
    current = Decimal(0)
    half = text.lower().startswith("half a")
    for word in re.split(r"[\s-]+", text.lower()):
        if word in _UNITS:
            current += _UNITS[word]
        elif word.rstrip("s") in _SCALES:
            scale = _SCALES[word.rstrip("s")]
            if scale == 100:
                current = (current or Decimal(1)) * 100
            else:
                total += (current or Decimal(1)) * scale
                current = Decimal(0)
    total += current
    return total / 2 if half else total


def _is_pronoun(match: re.Match[str]) -> bool:
    """Whether 'one' counts nothing: 'one of them', 'the one that'; only 'one percent' and '1' are kept."""
    return bool(match["spelled"]) and not match["percent"]


def _kind(match: re.Match[str], text: str) -> str:
    if match["percent"]:
        return "percent"
    if match["sign"].strip():
        return _CURRENCIES[match["sign"].strip().lower()]
    if match["ordinal"]:
        return "ordinal"
    after = re.match(r"[\s-]*(?:US |U\.S\. |Swiss |Turkish |Czech |Danish |British )?([^\W\d]+)", text[match.end() :])
    if after and after[1].lower() in _CURRENCIES:
        return _CURRENCIES[after[1].lower()]
    return "count"


def _quantity(text: str, start: int, end: int, value: Decimal, kind: str) -> Quantity:
    before = text[max(0, start - 30) : start + (1 if text[start : start + 1] in "$€£" else 0)]
    bound = _BOUND.search(before)
    counted = _counted(text[end : end + 60]) if kind in ("count", "ordinal") else ()
    if kind == "count" and counted and counted[0] in _IN_YEARS:
        value, counted = value * _IN_YEARS[counted[0]], ("year", *counted[1:])
    return Quantity(
        value=value.normalize(),
        kind=kind,
        start=start,
        end=end,
        counted=counted,
        around=_around(text, start, end),
        bound=None if bound is None else ("most" if bound["most"] else "least"),
        rough=_ROUGHLY.search(before) is not None,
        vague=re.fullmatch(r"(?:hundreds|thousands|dozens)", text[start:end].strip(), re.I) is not None,
        text=text[start:end].strip(),
    )


def _counted(after: str) -> tuple[str, ...]:
    """The words right behind a number, to the first that is no part of what is counted."""
    found: list[str] = []
    end = 0
    for word in words(after):
        if not re.fullmatch(r"[\s-]*", after[end : word.start]) or len(found) == 3:
            break
        end = word.end
        if word.lower in ("of", "more", "other", "such", "out") or (
            word.lower in ("the", "his", "its", "their") and end < 12
        ):
            if word.lower in ("of", "out", "more", "other", "such") or after[: word.start].strip() == "of":
                continue
            break
        if not word.counts or word.lower in _CURRENCIES:
            break
        found.append(word.stem)
    return tuple(found)


def _around(text: str, start: int, end: int) -> frozenset[str]:
    """Stems of the clause in which a number stands."""
    first = max((match.end() for match in _CLAUSE.finditer(text, 0, start)), default=0)
    after = _CLAUSE.search(text, end)
    clause = text[first:start] + " " + text[end : after.start() if after else len(text)]
    return frozenset(word.stem for word in words(clause) if word.counts)


def disagreements(
    claimed: Sequence[Quantity], evidence: Sequence[Quantity], near: Sequence[Quantity] | None = None
) -> tuple[str, ...]:
    """Why the numbers of a statement are not those of its evidence.

    `near` are the numbers of the part of the evidence that says what the statement says: only they are asked
    whether one of them stands where the statement has another.
    """
    rivals = evidence if near is None else near
    found: list[str] = []
    for quantity in claimed:
        same = [other for other in evidence if same_value(quantity, other)]
        if not same:
            if not _free(quantity):
                found.append(f"the paragraph has no “{quantity.text}”")
            continue
        agreeing = [other for other in same if _same_kind(quantity, other)]
        if not agreeing:
            found.append(f"“{quantity.text}” stands for something else in the paragraph: “{same[0].text}”")
        elif not any(_counts_the_same(quantity, other, rivals) for other in agreeing):
            found.append(f"“{quantity.text}” counts something else in the paragraph")
        elif quantity.bound and all(other.bound not in (None, quantity.bound) for other in agreeing):
            found.append(f"the paragraph has “{quantity.text}” as a limit on the other side")
        elif rival := _stands_there(quantity, agreeing, rivals, claimed):
            found.append(f"the paragraph has “{rival.text}” there, not “{quantity.text}”")
    return tuple(found)


def _stands_there(
    quantity: Quantity, own: Sequence[Quantity], rivals: Sequence[Quantity], claimed: Sequence[Quantity]
) -> Quantity | None:
    """Another number of the evidence whose clause is clearly the one that the statement tells."""

    def shared(other: Quantity) -> int:
        return sum(any_alike(stem, other.around) for stem in quantity.around if stem not in quantity.counted)

    best = max(map(shared, own))
    for rival in rivals:
        if same_value(quantity, rival) or quantity.kind != rival.kind or shared(rival) < best + 2:
            continue
        if not _comparable(quantity, rival):
            continue
        if not any(same_value(other, rival) and other.around == quantity.around for other in claimed):
            return rival
    return None


def _comparable(one: Quantity, other: Quantity) -> bool:
    """Whether two different numbers may be confused: not two years with 9,100 people, or six with 46,000 tons."""
    if one.counted and other.counted:
        return any_alike(one.counted[0], other.counted) or any_alike(other.counted[0], one.counted)
    low, high = sorted((abs(one.value), abs(other.value)))
    return low == 0 or high / low <= 50


def same_value(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are one, a share and its percentage or a rounding included."""
    if one.value == other.value:
        return True
    if one.vague and other.kind == "count":
        return one.value <= other.value < 1000 * one.value
    if {one.kind, other.kind} == {"fraction", "percent"}:
        percent, share = (one, other) if one.kind == "percent" else (other, one)
        return abs(percent.value / 100 - share.value) <= Decimal("0.01")
    if one.rough and one.value and other.value and one.kind == other.kind:
        return abs(one.value - other.value) / max(one.value, other.value) <= Decimal("0.03")
    return False


def _same_kind(one: Quantity, other: Quantity) -> bool:
    kinds = {one.kind, other.kind}
    if other.kind == "count" and not other.counted and one.kind != "ordinal":
        return True  # 'promised a raise of 8 percent but paid only three'
    return len(kinds) == 1 or kinds <= {"percent", "fraction"} or kinds <= {"count", "times"}


def _counts_the_same(one: Quantity, other: Quantity, rivals: Sequence[Quantity]) -> bool:
    if not one.counted or not other.counted:
        return True
    if any(any_alike(stem, other.counted) for stem in one.counted):
        return True
    if {one.counted[0], other.counted[0]} <= _MEASURES:
        return False
    # Other words for the same thing pass, unless the paragraph counts that very thing with another number.
    return not any(rival.value != one.value and any_alike(one.counted[0], rival.counted[:2]) for rival in rivals)


def _free(quantity: Quantity) -> bool:
    """Whether a small number may be the writer's own count of what the paragraph lists."""
    if quantity.kind == "ordinal":
        return quantity.value <= 3
    if quantity.kind == "count" and 2 <= quantity.value <= 5:
        return bool(_COUNTS_ITS_ITEMS.intersection(quantity.counted[:2])) or quantity.counted == ()
    return False


def is_number_word(word: str) -> bool:
    """Whether a word in small letters is a number or part of one."""
    return word in _UNITS or word in _SCALES or word in _ORDINALS or word == "percent"
