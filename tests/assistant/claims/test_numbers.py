from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claims.numbers import disagreements, quantities

READ = [
    ("1,130 inmates", "1130", "count"),
    ("4.2 million tons", "4200000", "count"),
    ("two hundred and fifty thousand people", "250000", "count"),
    ("half a million people", "500000", "count"),
    ("a dozen men", "12", "count"),
    ("twenty-one days", "21", "count"),
    ("8 percent", "8", "percent"),
    ("8%", "8", "percent"),
    ("eight per cent", "8", "percent"),
    ("USD 450 million", "450000000", "USD"),
    ("$450m", "450000000", "USD"),
    ("450 million dollars", "450000000", "USD"),
    ("EUR 85 million", "85000000", "EUR"),
    ("85 million euros", "85000000", "EUR"),
    ("the 21st request", "21", "ordinal"),
    ("the third request", "3", "ordinal"),
    ("two thirds of them", "0.66", "fraction"),
    ("exports doubled", "2", "times"),
    ("harvests halved", "0.5", "fraction"),
    ("three decades", "30", "count"),
]
SAME = [
    ("11 days", "eleven days of work"),
    ("half of the workers", "50 percent of the workers"),
    ("70 percent of the buyers", "seven buyers in ten"),
    ("about 12,000 families", "12,150 families"),
    ("thousands of wells", "some 8,000 wells"),
    ("20 years", "two decades"),
    ("three reasons", "money, time and weather"),
    ("640 employees", "640 workers"),
    ("3 percent", "promised 8 percent but paid only three"),
]
DIFFERENT = [
    ("12 days", "eleven days of work"),
    ("8 percent", "8 people"),
    ("USD 85 million", "EUR 85 million"),
    ("25 weeks", "25 days"),
    ("The plant employs 25 people.", "It stores enough for 25 days and employs 2,300 people."),
    ("less than 40 seats", "more than 40 seats"),
    ("It held 400 inmates on the day of our visit.", "Built for 400 inmates, it held 1,130 on the day of our visit."),
    ("five ministers", "three ministers"),
]


@pytest.mark.parametrize(("text", "value", "kind"), READ)
def test_a_number_is_read(text: str, value: str, kind: str) -> None:
    (only,) = quantities(text)
    assert (only.value, only.kind) == (Decimal(value), kind)


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_the_same_number_agrees(statement: str, evidence: str) -> None:
    assert disagreements(quantities(statement), quantities(evidence, ratios=True)) == ()


@pytest.mark.parametrize(("statement", "evidence"), DIFFERENT)
def test_another_number_is_found(statement: str, evidence: str) -> None:
    assert disagreements(quantities(statement), quantities(evidence, ratios=True))


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,$€% andhundredthousandmillionpercenthalf-", max_size=60))
def test_nothing_is_read_with_an_error(text: str) -> None:
    for quantity in quantities(text, ratios=True):
        assert text[quantity.start : quantity.end].strip() == quantity.text
