"""The CSV of cables: escapes, damage, streaming."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.formats import SourceText, Unreadable, read_sources, to_document
from index_store.formats.cable_csv import read_cable_csv
from index_store.formats.source import Input
from tests.index_store.formats.making import dump, one, refusals, row, texts, written

LETTERS = st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('"\\\n\r\t,|')
FIELD = st.text(LETTERS, max_size=100)


def items(content: str | bytes) -> list[SourceText | Unreadable]:
    data = content.encode() if isinstance(content, str) else content
    try:
        return list(read_cable_csv(Input("dump.csv", "dump.csv", io.BytesIO(data))))
    except Exception as error:
        return [Unreadable("dump.csv", str(error))]


def test_a_row_becomes_a_document_with_the_facts_of_its_columns(tmp_path: Path) -> None:
    source = one(written(tmp_path / "dump.csv", dump([row(1, classification="SECRET//NOFORN")])))
    document = to_document(source)
    assert document.id == "66OSLO1"
    assert document.kind == "cable"
    assert document.header.post == "Embassy Oslo"
    assert document.header.date == datetime(1966, 12, 28, 18, 48, tzinfo=UTC)
    assert (document.header.classification, document.header.caveats) == ("SECRET", ("NOFORN",))
    assert document.header.references == ("66STATE106", "66BERN7")
    assert [p.text for p in document.paragraphs] == ["The talks went on.", "They ended."]


def test_the_text_is_header_blank_line_body_and_spans_refer_to_it(tmp_path: Path) -> None:
    source = one(written(tmp_path / "dump.csv", dump([row(1)])))
    assert source.text == "P 281848Z DEC 66\nFM AMEMBASSY OSLO\n\n1. (C) The talks went on.\n\n2. (C) They ended."
    first = to_document(source).paragraphs[0]
    assert source.text[first.start : first.end] == "1. (C) The talks went on."


@given(st.lists(st.tuples(FIELD, FIELD.filter(str.strip)), min_size=1, max_size=4))
def test_every_field_comes_back_as_it_was_written(fields: list[tuple[str, str]]) -> None:
    rows = [row(number, body, header=header) for number, (header, body) in enumerate(fields, 1)]
    found = items(dump(rows))
    wanted = [f"{header}\n\n{body}" for header, body in fields]
    assert [item.text for item in found if isinstance(item, SourceText)] == wanted


def test_quotes_may_also_be_doubled() -> None:
    line = ",".join('"' + field.replace('"', '""') + '"' for field in row(1, 'He said "no".\nThen "yes".'))
    (item,) = items(line + "\n")
    assert isinstance(item, SourceText)
    assert item.text.endswith('He said "no".\nThen "yes".')


def test_a_backslash_before_another_letter_stands_for_itself() -> None:
    content = dump([row(1, "Stored under X")]).replace("under X", r"under C:\temp\new")
    (item,) = items(content)
    assert isinstance(item, SourceText)
    assert item.text.endswith(r"under C:\temp\new")


def test_line_ends_of_windows_and_a_byte_order_mark_are_understood() -> None:
    content = b"\xef\xbb\xbf" + dump([row(1), row(2)]).replace("\n", "\r\n").encode()
    assert [item.document_id for item in items(content) if isinstance(item, SourceText)] == ["66OSLO1", "66OSLO2"]


def test_a_field_of_more_than_csvs_usual_limit_is_read() -> None:
    (item,) = items(dump([row(1, "A long line. " * 50_000)]))
    assert isinstance(item, SourceText)


@pytest.mark.parametrize(
    "damage",
    [
        lambda line: line.replace('"Embassy Oslo",', ""),  # a column too few
        lambda line: line.replace("They ended.", 'They "ended.'),  # a quote too many
        lambda line: line[:-2] + "\n",  # the last quote lost
        lambda line: line.replace("1. (C)", '"'),
        lambda _: "\x00\x01 garbage\n",
    ],
)
def test_a_damaged_row_spoils_no_other(damage: object) -> None:
    good, bad, last = (dump([row(number)]) for number in (1, 2, 3))
    found = items(good + damage(bad) + last)  # type: ignore[operator]
    ids = [item.document_id for item in found if isinstance(item, SourceText)]
    assert ids[0] == "66OSLO1"
    assert ids[-1] == "66OSLO3"
    assert "66OSLO2" not in ids
    assert any(isinstance(item, Unreadable) for item in found)


def test_a_quote_alone_at_the_end_of_a_line_is_noticed() -> None:
    bad = dump([row(2)]).replace("They ended.", 'They"\nended.')
    found = items(dump([row(1)]) + bad + dump([row(3)]))
    notices = {item.document_id: item.notices for item in found if isinstance(item, SourceText)}
    assert notices == {
        "66OSLO1": (),
        "66OSLO2": ("lines follow that belong to no row: this one may be cut short",),
        "66OSLO3": (),
    }
    assert any(isinstance(item, Unreadable) for item in found)


def test_a_damaged_row_is_named_by_its_line(tmp_path: Path) -> None:
    path = written(tmp_path / "dump.csv", dump([row(1)]) + "garbage\n" + dump([row(2)]))
    (refusal,) = refusals(path)
    assert refusal.origin == f"{path}#5"
    assert refusal.file == str(path)
    assert refusal.reason == "1 columns instead of 8: mend this row"


def test_a_date_nobody_understands_is_a_notice_and_the_text_gives_the_date(tmp_path: Path) -> None:
    source = one(written(tmp_path / "dump.csv", dump([row(1, date="12/45/1966 18:48")])))
    assert "12/45/1966 18:48" in source.notices[0]
    assert to_document(source).header.date == datetime(1966, 12, 28, 18, 48, tzinfo=UTC)


def test_each_row_is_decoded_by_itself() -> None:
    content = dump([row(1, "Zürich")]).encode() + dump([row(2, "Le café était fermé à Genève")]).encode("latin-1")
    first, second = items(content)
    assert isinstance(first, SourceText)
    assert isinstance(second, SourceText)
    assert (first.text[-6:], second.text[-6:]) == ("Zürich", "Genève")


def test_another_csv_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = written(tmp_path / "other.csv", "name,age\n" + "Anna,3\n" * 1000)
    (refusal,) = refusals(path)
    assert refusal.reason.startswith("not the CSV of cables")


def test_a_row_without_id_is_named_by_its_number(tmp_path: Path) -> None:
    source = one(written(tmp_path / "dump.csv", dump([row(7, id="")])))
    assert (source.document_id, source.stem) == (None, "dump-7")


class Endless(io.RawIOBase):
    """Rows without end; counts the bytes that were asked for."""

    def __init__(self) -> None:
        self.given = 0
        self._rows = self._bytes()

    def _bytes(self) -> Iterator[bytes]:
        number = 0
        while True:
            number += 1
            yield dump([row(number)]).encode()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = next(self._rows)
        buffer[: len(data)] = data
        self.given += len(data)
        return len(data)


def test_a_row_is_given_before_the_rest_of_the_file_is_read() -> None:
    endless = Endless()
    rows = read_cable_csv(Input("dump.csv", "dump.csv", io.BufferedReader(endless)))  # type: ignore[arg-type]
    first = next(rows)
    assert isinstance(first, SourceText)
    assert first.document_id == "66OSLO1"
    assert endless.given < 1_000_000


def test_a_lost_quote_at_the_end_of_a_huge_file_holds_no_more_than_one_row() -> None:
    opened = dump([row(1)])[:-2] + "\n"
    content = opened + ("line of a text that never ends\n" * 1_200_000) + dump([row(2)])
    found = items(content)
    assert [item.document_id for item in found if isinstance(item, SourceText)] == ["66OSLO2"]
    assert found[0].reason.startswith("a row of more than 32 MB")  # type: ignore[union-attr]


def test_a_dump_in_a_folder_stands_beside_other_files(tmp_path: Path) -> None:
    written(tmp_path / "dump.csv", dump([row(1), row(2)]))
    written(tmp_path / "other.txt", "Some text.")
    assert [source.format for source in texts(tmp_path)] == ["CSV", "CSV", "text"]


def test_references_keep_their_order_and_lose_repeats() -> None:
    (item,) = items(dump([row(1, references="66B2|66A1| |66B2")]))
    assert isinstance(item, SourceText)
    assert item.header is not None
    assert item.header.references == ("66B2", "66A1")


def test_an_empty_dump_is_refused(tmp_path: Path) -> None:
    assert next(iter(read_sources([written(tmp_path / "a.csv", "\n\n")]))).reason.startswith("empty file")  # type: ignore[union-attr]
