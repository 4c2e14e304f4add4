"""What measure a question asks for - a sum of money, a length, a year - and whether a text gives one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.claims import lists
from assistant.question.dates import MONTH

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
_CURRENCY = "|".join(name for name, _ in lists.pairs("currencies", ":") if name.isalpha()) + (
    r"|marks?|rand|shillings?|guilders?|birr|togrogs?|tugriks?|bolivianos?|le[iu]|leva?|rupiah|dirhams?|riyals?|rials?"
    r"|pesetas?|escudos?|drachmas?|forints?|baht|won|naira|cedis?|sterling|dram|lari|hryvnias?|tenge|soms?|manat|reais"
    r"|real|soles|bolivars?|colones|quetzales|lempiras?|cordobas?|ringgit"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"


@dataclass(frozen=True, slots=True)
class Measure:
    """A kind of quantity: how it is asked for, and how it is given."""

    name: str
    """As it stands in 'no ... is given'."""
    asked: re.Pattern[str]
    given: re.Pattern[str]


def _measure(name: str, asked: str, given: str) -> Measure:
    return Measure(name, re.compile(asked, re.IGNORECASE), re.compile(given, re.IGNORECASE))


MEASURES = (
    _measure(
        "sum of money",
        rf"\bhow much (?:money\b|{_AUXILIARY}\b.*\b(?:pay|pays|paid|cost|costs|spend|spent|earn|earns|earned"
        r"|owe|owes|owed|charge|charges|charged|invest|invested|worth|insured|fined|lend|lent|borrow|borrowed)\b)"
        rf"|\b(?:what|how (?:high|large|big|much)) (?:is|was|are|were|would be|will be) {_NOUN_PHRASE}"
        r"(?:salary|salaries|wages?|budget|price|prices|price tag|cost|costs|fee|fees|fine|ransom|bribe|debt)\b"
        rf"|\bwhat {_AUXILIARY} .{{1,50}}(?<!\bthe )\b(?:cost|paid|earn|earned|pay)\b(?! (?:attention|tribute|heed))",
        rf"[$€£¥]|\b(?:{_CURRENCY})\b|\d\s?(?:million|billion|thousand)\b"
        r"|\b(?:free of charge|unpaid|for nothing|per cent|percent)\b",
    ),
    _measure(
        "length",
        r"\b(?:how (?:deep|tall|wide|thick)|how far (?:away|from|down|apart|off|is|are|was|were)"
        rf"|how many {_LENGTH_UNIT})\b",
        rf"\d-?\s?(?:m|{_LENGTH_UNIT})\b|\b{_LENGTH_UNIT}\b|\b{_TIME_UNIT}\b",
    ),
    _measure(
        "weight",
        rf"\b(?:how heavy|how many {_WEIGHT_UNIT}|what (?:is|was|are|were) {_NOUN_PHRASE}(?:weight|mass)"
        r"|how much .*\bweigh(?:s|ed)?)\b",
        rf"\d\s?{_WEIGHT_UNIT}\b|\b{_WEIGHT_UNIT}\b",
    ),
    _measure("area", rf"\bhow many {_AREA_UNIT}\b", rf"\b{_AREA_UNIT}\b"),
    _measure(
        "share",
        r"\b(?:what|which) (?:percentage|percent|per cent|share|proportion|fraction)\b|\bhow many percent\b",
        rf"\b{_FRACTION}|\d\s?%|\b(?:most|all|none|nothing|majority|minority)\b",
    ),
    _measure(
        "year",
        r"\b(?:what|which) years?\b",
        rf"\b1[5-9]\d\d\b|\b20\d\d\b|\bago\b|\b(?:last|this|next|same|following|previous) year\b|\b{_TIME_UNIT} "
        r"(?:later|earlier|before|after)\b|\bcentury\b",
    ),
    _measure(
        "date",
        rf"\b(?:what|which) (?:date|day)\b|\bwhen {_AUXILIARY}\b",
        rf"\b(?:{MONTH})(?!\w)|\b{_WEEKDAY}\b|\b1[5-9]\d\d\b|\b20\d\d\b|\b(?:spring|summer|autumn|fall|winter|easter|christmas"
        r"|ramadan|today|yesterday|tomorrow|tonight|ago|soon|now|never|once|until|till|after|before|during|while|as)\b"
        rf"|\b{_TIME_UNIT}\b",
    ),
    _measure(
        "length of time",
        rf"\bhow long\b|\bhow many {_TIME_UNIT}\b",
        rf"\b{_TIME_UNIT}\b|\b(?:since|until|till|forever|always|long)\b|\b1[5-9]\d\d\b|\b20\d\d\b"
        rf"|\b{_LENGTH_UNIT}\b|\d\s?(?:m|km)\b",
    ),
    _measure("age", r"\bhow old\b", rf"\d|\b(?:aged?|born|old|young)\b|\b{_TIME_UNIT}\b"),
)
"""Generous in what counts as given: only a text without any trace of the measure gives none."""


def measures_asked(question: str) -> tuple[Measure, ...]:
    """The measures that the words of a question ask for; mostly none or one."""
    return tuple(measure for measure in MEASURES if measure.asked.search(question))
