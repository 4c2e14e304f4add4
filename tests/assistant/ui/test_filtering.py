"""Each chip takes off what it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.question.understanding import filters_in_words
from assistant.ui.filtering import as_edited, filters_in, without_chip
from index_store.filters import Filters

FILTERS = Filters(
    documents=("09OSLO1", "09OSLO2"),
    labels=("4",),
    posts=("Oslo", "Bergen"),
    speakers=("Nabil Haffar",),
    after=datetime(2005, 1, 1, tzinfo=UTC),
    before=datetime(2006, 1, 1, tzinfo=UTC),
    classifications=("SECRET",),
    caveats=("NOFORN", "EXDIS"),
    tags=("PREL", "PGOV"),
)


def test_taking_a_chip_off_leaves_the_other_chips() -> None:
    chips = filters_in_words(FILTERS)
    for number in range(len(chips)):
        left = filters_in_words(without_chip(FILTERS, number))
        assert left == chips[:number] + chips[number + 1 :]


def test_a_chip_that_is_not_there_changes_nothing() -> None:
    assert without_chip(FILTERS, 99) == FILTERS


def test_details_without_filters_have_none() -> None:
    assert filters_in({}) == Filters()
    assert filters_in({"filters": FILTERS}) == FILTERS


def test_an_edit_that_says_nothing_of_filters_leaves_them() -> None:
    assert as_edited(FILTERS, Filters(), Filters()) == FILTERS
    assert as_edited(FILTERS, Filters(tags=("ECON",)), Filters(tags=("ECON",))) == FILTERS


def test_a_condition_that_an_edit_sets_takes_the_place_of_the_kept_one() -> None:
    later = datetime(2007, 1, 1, tzinfo=UTC)
    edited = as_edited(FILTERS, Filters(), Filters(after=later, posts=("Paris",)))
    assert edited == replace(FILTERS, after=later, before=None, posts=("Paris",))
    assert as_edited(FILTERS, Filters(), Filters(documents=("09ROME1",))).labels == ()


def test_a_condition_that_an_edit_strikes_out_is_dropped() -> None:
    assert as_edited(FILTERS, Filters(tags=("PREL",)), Filters()).tags == ()
