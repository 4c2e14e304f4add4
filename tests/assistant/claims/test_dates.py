from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.claims.dates import dates, disagreements, unshouted

WRITTEN = date(2008, 2, 15)
READ = [
    ("on February 14, 2008", (2008, 2, 14)),
    ("on 14 February 2008", (2008, 2, 14)),
    ("on the 14th of February", (None, 2, 14)),
    ("on 2008-02-14", (2008, 2, 14)),
    ("DECL: 02/14/2018", (2018, 2, 14)),
    ("in late February 2008", (2008, 2, None)),
    ("since May", (None, 5, None)),
    ("in 1994", (1994, None, None)),
]
SAME = [
    ("In 2007 he took office.", "He took office in December 2007."),
    ("On 12 March he came.", "He came on March 12."),
    ("In December 2007 he took office.", "He took office in December."),
    ("In 2007 exports rose.", "Exports rose last year."),
    ("In the 1990s it was ruined.", "It was ruined during the '90s."),
    ("In 2008 he was in Minsk.", "He was in Minsk."),
]
DIFFERENT = [
    ("In 2006 he took office.", "He took office in December 2007."),
    ("On 21 March he came.", "He came on March 12."),
    ("In December 2006 he took office.", "He took office in December."),
    ("In November 2007 he took office.", "He took office in December."),
    ("In 2006 exports rose.", "Exports rose last year."),
    ("In 1994 he was in Minsk.", "He was in Minsk."),
]


@pytest.mark.parametrize(("text", "when"), READ)
def test_a_date_is_read(text: str, when: tuple[int | None, int | None, int | None]) -> None:
    (only,) = dates(text)
    assert (only.year, only.month, only.day) == when


@pytest.mark.parametrize("text", ["The ministers may come.", "They march on.", "2,007 men", "1994 people"])
def test_what_is_no_date_is_not_read(text: str) -> None:
    assert dates(text) == []


@pytest.mark.parametrize(("statement", "evidence"), SAME)
def test_the_same_date_agrees(statement: str, evidence: str) -> None:
    assert disagreements(dates(statement), evidence, WRITTEN) == ()


@pytest.mark.parametrize(("statement", "evidence"), DIFFERENT)
def test_another_date_is_found(statement: str, evidence: str) -> None:
    assert disagreements(dates(statement), evidence, WRITTEN)


def test_a_text_in_capitals_keeps_its_length_and_its_months() -> None:
    text = "HE TOLD THE ATTACHE ON JULY 12 WHY HARMANLIK WAS PREFERRED."
    assert unshouted(text) == "he told the attache on July 12 why harmanlik was preferred."
    assert unshouted("He told us.") == "He told us."


@settings(deadline=None)
@given(st.text(alphabet="0123456789/-., MayJunein'lastyear", max_size=50))
def test_nothing_is_read_with_an_error(text: str) -> None:
    disagreements(dates(text), text, WRITTEN)
