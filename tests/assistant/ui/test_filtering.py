"""Each chip takes off what it shows."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.question.understanding import filters_in_words
from assistant.ui.filtering import filters_in, without_chip
from index_store.filters import Filters

FILTERS = Filters(
    documents=("09OSLO1", "09OSLO2"),
    labels=("4",),
    posts=("Oslo", "Bergen"),
    after=datetime(2005, 1, 1, tzinfo=UTC),
    before=datetime(2006, 1, 1, tzinfo=UTC),
    classifications=("SECRET",),
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
