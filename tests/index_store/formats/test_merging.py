"""Facts of a file and facts of its text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index_store.documents import Header
from index_store.formats import SourceText, to_document
from index_store.formats.blocks import Aside
from index_store.formats.facts import read_date, read_level
from index_store.formats.merging import merge_headers

EARLY, LATE = datetime(1966, 12, 28, 18, 48, tzinfo=UTC), datetime(1966, 12, 29, tzinfo=UTC)


def test_the_files_facts_win_and_the_texts_fill_the_rest() -> None:
    text = Header(post="Oslo", subject="HERRING", tags=("PREL",))
    merged, notices = merge_headers(text, Header(post="Embassy Oslo", date=EARLY))
    assert merged == Header(post="Embassy Oslo", subject="HERRING", tags=("PREL",), date=EARLY)
    assert notices == ()


def test_two_days_or_levels_that_disagree_are_noticed() -> None:
    merged, notices = merge_headers(
        Header(date=LATE, classification="SECRET"), Header(date=EARLY, classification="CONFIDENTIAL")
    )
    assert (merged.date, merged.classification) == (EARLY, "CONFIDENTIAL")
    assert notices == (
        "the file says 1966-12-28, the text 1966-12-29: the file's is kept",
        "the file says CONFIDENTIAL, the text SECRET: the file's is kept",
    )


def test_a_level_worked_out_of_the_paragraphs_is_no_second_opinion() -> None:
    cable = "SUBJECT: HERRING\nTAGS: PREL\n\n¶1. (C) One.\n\n¶2. (C) Two.\n"
    given = to_document(SourceText("a", cable, "a", kind="cable", header=Header(classification="SECRET")))
    assert (given.header.classification, given.notices) == ("SECRET", ())
    assert to_document(SourceText("a", cable, "a", kind="cable")).header.classification == "CONFIDENTIAL"


def test_a_title_is_the_subject_only_where_there_is_none() -> None:
    cable = "SUBJECT: HERRING\nTAGS: PREL\n\n¶1. (C) One.\n"
    assert to_document(SourceText("a", cable, "a", kind="cable", title="Microsoft")).header.subject == "HERRING"
    prose = SourceText("a", "one thing.\n\nanother.", "a", title="Dues")
    assert to_document(prose).header.subject == "Dues"


def test_the_kind_asked_for_overrides_the_files() -> None:
    source = SourceText("a", "1. One.\n\n2. Two.\n", "a", kind="numbered")
    assert to_document(source, kind="prose").kind == "prose"


def test_a_text_of_nothing_but_asides_keeps_them() -> None:
    source = SourceText("a", "Only a title", "a", kind="prose", asides=(Aside(0, 12, heading=True),))
    assert [p.text for p in to_document(source).paragraphs] == ["Only a title"]


def test_the_text_knows_best_at_what_time_of_the_day_it_was_sent() -> None:
    garbled = EARLY.replace(minute=6)
    assert merge_headers(Header(date=EARLY), Header(date=garbled)) == (Header(date=EARLY), ())


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("12/28/1966 18:48", datetime(1966, 12, 28, 18, 48, tzinfo=UTC)),
        ("2/3/1973 0:00", datetime(1973, 2, 3, tzinfo=UTC)),
        ("1966-12-28", datetime(1966, 12, 28, tzinfo=UTC)),
        ("1966-12-28T18:48:00Z", datetime(1966, 12, 28, 18, 48, tzinfo=UTC)),
        ("1966-12-28T20:48+02:00", datetime(1966, 12, 28, 18, 48, tzinfo=UTC)),
        ("1966-12", datetime(1966, 12, 1, tzinfo=UTC)),
        ("28 December 1966", datetime(1966, 12, 28, tzinfo=UTC)),
        ("28/12/1966", None),
        ("", None),
        ("spring", None),
        ("0001-01-01T00:00+14:00", None),
    ],
)
def test_dates_are_aware_and_in_utc(written: str, date: datetime | None) -> None:
    assert read_date(written) == date


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("SECRET//NOFORN", ("SECRET", ("NOFORN",))),
        ("unclassified//for official use only", ("UNCLASSIFIED", ("FOR OFFICIAL USE ONLY",))),
        ("CONFIDENTIAL", ("CONFIDENTIAL", ())),
        ("", (None, ())),
    ],
)
def test_a_level_is_parted_from_its_caveats(written: str, level: tuple[str | None, tuple[str, ...]]) -> None:
    assert read_level(written) == level
