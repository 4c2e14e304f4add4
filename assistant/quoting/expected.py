"""What would answer a question - a sum, a count, a year, somebody's name - and whether a sentence has one.

Generous in what counts as given: only a sentence without any trace of what is asked for gives none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.claims import lists
from assistant.claims.dates import dates, unshouted
from assistant.claims.numbers import Quantity, quantities
from assistant.question.dates import MONTH
from assistant.question.names import names_in
from assistant.question.wants import ROLE
from assistant.quoting.attribution import speaks_of_somebody
from assistant.quoting.emphasis import fresh_names, persons_in

_AUXILIARY = r"(?:did|do|does|was|were|is|are|has|have|had|will|would|could|should|must|can)"
_NOUN_PHRASE = r"(?:(?!of\b|on\b|to\b|about\b|for\b|in\b|over\b|with\b)[\w'’-]+\s+){0,4}?"
_TIME_UNIT = r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|nights?|mornings?|afternoons?)"
_LENGTH_UNIT = (
    r"(?:met(?:er|re)s?|kilomet(?:er|re)s?|centimet(?:er|re)s?|km|cm|feet|foot|miles?|fathoms?|inch(?:es)?|yards?)"
)
_WEIGHT_UNIT = r"(?:tons?|tonnes?|kilos?|kilogram(?:me)?s?|kg|grams?|pounds?|ounces?|quintals?)"
_AREA_UNIT = r"(?:hectares?|acres?|square)"
_FRACTION = (
    r"(?:percent|per cent|half|halves|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?"
    r"|\d+ (?:of|in|out of) (?:every )?\d+)\b"
)
_COMPARED = (
    r"(?:measured against|compared (?:with|to)|(?:in proportion|relative) to|as (?:a|what) (?:share|part|fraction))"
)
"""Asks for a share as well as for a sum."""
_CURRENCY = "|".join(name for name, _ in lists.pairs("currencies", ":") if name.isalpha()) + (
    r"|marks?|rand|shillings?|guilders?|birr|togrogs?|tugriks?|bolivianos?|le[iu]|leva?|rupiah|dirhams?|riyals?|rials?"
    r"|pesetas?|escudos?|drachmas?|forints?|baht|won|naira|cedis?|sterling|dram|lari|hryvnias?|tenge|soms?|manat|reais"
    r"|real|soles|bolivars?|colones|quetzales|lempiras?|cordobas?|ringgit"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_RELATIVE_YEAR = re.compile(
    rf"\b(?:last|this|next|same|following|previous) year\b|\b{_TIME_UNIT} (?:later|earlier|before|after|ago)\b"
    r"|\d(?:th|st|nd|rd) century\b|\bcenturies\b",
    re.IGNORECASE,
)
_RELATIVE_DAY = re.compile(
    rf"\b{_WEEKDAY}\b|\b(?:today|yesterday|tomorrow|tonight|eve|easter|christmas|new year|ramadan)\b"
    r"|\b(?:same|next|following|previous|first|last|that) (?:day|morning|afternoon|evening|night)\b"
    r"|\bdays? (?:later|earlier|before|after|ago)\b",
    re.IGNORECASE,
)
_NUMBER_WORD = "an?|half|few|several|many|some|couple of|" + "|".join(
    word for word, _ in lists.pairs("number_words", ":")
)
_WORDED_COUNT = re.compile(
    r"\b(?:no|none|nobody|single|sole|only|both|pair|couple|handful|several|few|all|every|dozens|half|most)\b",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    rf"\b(?:in|since|by|from|until|till|after|before|around|circa|between) 1\d\d\d\b(?!,)|¶\s?\d+"
    rf"|\b(?:\d+|[a-z]+(?:-[a-z]+)?)[\s-]+{_TIME_UNIT}\b",
    re.IGNORECASE,
)
_HOW_MANY_MILLION = re.compile(r"\bhow many (?:thousand|million|billion)\b", re.IGNORECASE)
_MILLION = re.compile(r"\d\s?(?:thousand|million|billion|mn|bn|m|k)\b|\d,\d{3}\b", re.IGNORECASE)
"""Of what the thousands or millions are the question may leave out: it may be money."""
_ROLE = re.compile(rf"\b(?:{ROLE})(?:e?s)?\b", re.IGNORECASE)
_NAMED_THING = (
    r"countr(?:y|ies)|cit(?:y|ies)|towns?|villages?|provinces?|rivers?|compan(?:y|ies)|firms?|banks?|lenders?|newspapers?"
    r"|part(?:y|ies)|ministr(?:y|ies)|universit(?:y|ies)|organi[sz]ations?|agenc(?:y|ies)|ships?|vessels?"
)

Given = Callable[[str, str], bool]
"""Whether a text gives it, and the question doesn't say it itself."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A kind of answer: how it is asked for, and how it is given."""

    name: str
    """As it stands in 'no ... is given'."""
    asked: re.Pattern[str]
    given: Given
    common: bool = False
    """Whether a text mostly has one of the kind, so that it may be another than what is asked for."""


def expected(question: str) -> tuple[Expected, ...]:
    """What the words of a question ask for; mostly none or one."""
    return tuple(kind for kind in KINDS if kind.asked.search(question))


def _kind(name: str, asked: str, given: Given | str, *, common: bool = False) -> Expected:
    gives = _matching(given) if isinstance(given, str) else given
    return Expected(name, re.compile(asked, re.IGNORECASE), gives, common)


def _matching(given: str) -> Given:
    pattern = re.compile(given, re.IGNORECASE)
    return lambda text, question: pattern.search(text) is not None


def _gives_year(text: str, question: str) -> bool:
    asked = {when.year for when in dates(question)}
    told = (when.year or when.decade for when in dates(unshouted(text)))
    return any(year and year not in asked for year in told) or bool(_RELATIVE_YEAR.search(text))


def _gives_day(text: str, question: str) -> bool:
    return any(when.day for when in dates(unshouted(text))) or bool(_RELATIVE_DAY.search(text))


def _gives_count(text: str, question: str) -> bool:
    asked = {quantity.value for quantity in quantities(question)}
    if any(quantity.value not in asked for quantity in _counted(unshouted(text))):
        return True
    if _HOW_MANY_MILLION.search(question) and _MILLION.search(text):
        return True
    return any(match.group().lower() not in question.lower().split() for match in _WORDED_COUNT.finditer(text))


def _counted(text: str) -> list[Quantity]:
    """The numbers of things: no dates, decimals, numbers of paragraphs, sums of money, lengths of time."""
    taken = [(when.start, when.end) for when in dates(text)] + [match.span() for match in _NO_COUNT.finditer(text)]
    found = (quantity for quantity in quantities(text, taken) if quantity.kind in ("count", "fraction", "times"))
    return [quantity for quantity in found if quantity.kind != "count" or quantity.value % 1 == 0]


def _gives_name(text: str, question: str) -> bool:
    # Where everything is in capitals no name can be told from other words.
    return text.isupper() or speaks_of_somebody(text) or bool(persons_in(text, question))


def _gives_fresh_name(text: str, question: str) -> bool:
    return text.isupper() or bool(fresh_names(text, question))


def _gives_somebody(text: str, question: str) -> bool:
    asked = question.lower()
    if text.isupper() or speaks_of_somebody(text) or any(name.lower() not in asked for name in names_in(text)):
        return True
    return any(match.group().lower() not in asked for match in _ROLE.finditer(text))


KINDS = (
    _kind(
        "sum of money",
        rf"\bhow much (?!.*\b{_COMPARED}\b)(?:money\b|.*\bcosting\b"
        rf"|{_AUXILIARY}\b.*\b(?:pay|pays|paid|cost|costs|spend|spent"
        r"|earn|earns|earned|owe|owes|owed|charge|charges|charged|invest|invested|worth|insured|fined|lend|lent|borrow|borrowed)\b)"
        rf"|\bhow many (?:{_CURRENCY})\b"
        rf"|\b(?:what|how (?:high|large|big|much)) (?:is|was|are|were|would be|will be) {_NOUN_PHRASE}"
        r"(?:salary|salaries|wages?|budget|price|prices|price tag|cost|costs|fee|fees|fine|ransom|bribe|debt)\b"
        rf"|\bwhat {_AUXILIARY} .{{1,50}}(?<!\bthe )(?<!-)\b(?:cost|paid|earn|earned|pay)\b"
        r"(?! (?:attention|tribute|heed))",
        rf"[$€£¥]|\b(?:{_CURRENCY})\b|\d\s?(?:million|billion|thousand)\b"
        r"|\b(?:free of charge|unpaid|for nothing|per cent|percent)\b",
        common=True,
    ),
    _kind(
        "length",
        r"\b(?:how (?:deep(?!.*\bin (?:debt|trouble|the red)\b)|tall|wide|thick)"
        r"|how far (?:away|from|down|off|is|are|was|were)"
        rf"|how many {_LENGTH_UNIT})\b",
        rf"\d-?\s?(?:m|{_LENGTH_UNIT})\b|\b{_LENGTH_UNIT}\b|\b{_TIME_UNIT}\b",
    ),
    _kind(
        "weight",
        rf"\b(?:how heavy|how many {_WEIGHT_UNIT}|what (?:is|was|are|were) {_NOUN_PHRASE}(?:weight|mass)"
        r"|how much .*\bweigh(?:s|ed)?)\b",
        rf"\d\s?{_WEIGHT_UNIT}\b|\b{_WEIGHT_UNIT}\b",
    ),
    _kind("area", rf"\bhow many {_AREA_UNIT}\b", rf"\b{_AREA_UNIT}\b"),
    _kind(
        "share",
        r"\b(?:what|which) (?:percentage|percent|per cent|share|proportion|fraction)\b|\bhow many percent\b",
        rf"\b{_FRACTION}|\d\s?%|\b(?:most|all|none|nothing|majority|minority)\b",
        common=True,
    ),
    _kind("rate", r"\b(?:what|which) (?:[\w-]+ ){0,3}rate\b", rf"\b{_FRACTION}|\d\s?%|\b\d{{1,3}}(?:\.\d+)?\b(?!,)"),
    _kind("year", r"\b(?:what|which) years?\b", _gives_year, common=True),
    _kind("day", r"\b(?:what|which) (?:date|day)\b", _gives_day, common=True),
    _kind(
        "date",
        rf"\bwhen (?:exactly |precisely )?{_AUXILIARY}\b",
        rf"\b(?:{MONTH})(?!\w)|\b{_WEEKDAY}\b|\b1[0-9]\d\ds?\b|\b20\d\ds?\b|\b(?:spring|summer|autumn|fall|winter|easter|christmas"
        r"|ramadan|today|yesterday|tomorrow|tonight|ago|soon|now|never|once|until|till|after|before|during|while|as)\b"
        rf"|\b{_TIME_UNIT}\b",
        common=True,
    ),
    _kind(
        "length of time",
        rf"\bhow long\b|\bhow many {_TIME_UNIT}\b",
        rf"(?:\d|\b(?:{_NUMBER_WORD}))[\s-]+(?:\w+[\s-]+)?{_TIME_UNIT}\b|\b(?:since|until|till|forever|always|overnight)\b|\b1[0-9]\d\d\b|\b20\d\d\b"
        rf"|\b{_LENGTH_UNIT}\b|\d\s?(?:m|km)\b",
    ),
    _kind("age", r"\bhow old\b", rf"\d|\b(?:aged?|born|old|young)\b|\b{_TIME_UNIT}\b"),
    _kind(
        "number",
        rf"\bhow many (?!(?:{_TIME_UNIT}|{_LENGTH_UNIT}|{_WEIGHT_UNIT}|{_AREA_UNIT}|{_CURRENCY}|percent)\b)",
        _gives_count,
        common=True,
    ),
    _kind(
        "name",
        r"\bname of\b|\bnames? the\b"
        rf"|\b(?:what|which) (?!(?:the|{_AUXILIARY})\b)(?:[\w-]+ ){{0,2}}?(?!people\b)(?:{ROLE})\b"
        r"|\bwhat (?:is|was) .{1,60}\b(?:called|name)\b(?! (?:the|an?)\b)",
        _gives_name,
    ),
    _kind("name", rf"\b(?:what|which) (?:of the )?(?!the\b)(?:[\w-]+ ){{0,2}}?(?:{_NAMED_THING})\b", _gives_fresh_name),
    _kind(
        "name",
        r"^\W*(?:and |but |so |then )?who(?:m|se)?\b(?! (?:is|was|are|were) (?-i:[A-Z]))",  # 'Who is Holm?' names him
        _gives_somebody,
    ),
)
