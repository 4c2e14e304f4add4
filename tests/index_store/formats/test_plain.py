"""Plain text: encodings and what is no text."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.formats.plain import decode
from index_store.formats.refusal import Refusal
from index_store.formats.source import stem_of
from tests.index_store.formats.making import one, refusals, written

FRENCH = "Le café était fermé, dit le ministre à Paris, où l’on espère mieux.\r\n\r\nSecond."


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf_8_is_read_character_for_character(text: str) -> None:
    text = text.lstrip("\ufeff") or "x"
    assert decode(text.encode()) == (text, ()) or not text.strip()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_is_heeded_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    assert decode(mark + FRENCH.encode(encoding)) == (FRENCH, ())


def test_utf_16_without_its_mark_is_recognised() -> None:
    assert decode("Plain words of a cable.".encode("utf-16-le"))[0] == "Plain words of a cable."


def test_windows_1252_is_recognised_with_its_quotation_marks() -> None:
    text = "He said “no” – and the café closed. The price was 5 €."
    assert decode(text.encode("cp1252")) == (text, ())


def test_latin_1_is_recognised() -> None:
    text = "Der Minister Müller grüßte die Botschafterin höflich."
    assert decode(text.encode("latin-1")) == (text, ())


def test_one_letter_outside_ascii_far_down_is_enough() -> None:
    text = "Plain words of a long report. " * 20_000 + "The minister Müller left."
    assert decode(text.encode("latin-1"))[0] == text


def test_another_alphabet_is_recognised_with_a_notice() -> None:
    text = "Привет, это телеграмма посольства в Москве о переговорах."
    found, notices = decode(text.encode("cp1251"))
    assert found == text
    assert notices[0].startswith("read as cp1251")


def test_utf_8_with_a_broken_byte_is_read_with_a_notice() -> None:
    found, notices = decode("¶1. Café, naïve, Zürich, déjà, señor. ".encode() + b"\xff end")
    assert found.endswith("\ufffd end")
    assert notices == ("1 bytes are not UTF-8 and are shown as \ufffd: save the file again as UTF-8",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b" \r\n\t ", "no text in it"),
        (b"\xef\xbb\xbf", "no text in it"),
        (bytes(range(256)) * 10, "not text"),
        (b"\x00\x01\x02" * 100, "not text"),
        (b"\xff\xfe" + b"\x00\xd8" * 50, "wrongly encoded"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), "not text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, data: bytes, reason: str) -> None:
    (refusal,) = refusals(written(tmp_path / "a.txt", data))
    assert refusal.reason.startswith(reason)
    assert "\n" not in refusal.reason


@given(st.binary())
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except Refusal:
        return
    assert text.encode()  # no lone surrogates


def test_line_ends_are_kept_so_that_spans_fit_the_file(tmp_path: Path) -> None:
    assert one(written(tmp_path / "a.txt", FRENCH)).text == FRENCH


def test_nul_characters_are_shown_as_replaced(tmp_path: Path) -> None:
    assert one(written(tmp_path / "a.txt", "One" + " words" * 50 + "\x00two")).text.endswith("\ufffdtwo")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("08MOSCOW436.txt", "08MOSCOW436"),
        ("08MOSCOW436", "08MOSCOW436"),
        ("cables.tar.gz", "cables"),
        ("a.txt.gz", "a"),
        (".note", ".note"),
        ("No. 5 of 1966", "No. 5 of 1966"),
        ("v1.2.md", "v1.2"),
    ],
)
def test_the_stem_is_the_name_without_its_ending(name: str, stem: str) -> None:
    assert stem_of(name) == stem


def test_the_fingerprint_is_of_the_text_not_of_the_name(tmp_path: Path) -> None:
    first, second = (one(written(tmp_path / name, "Same text.")) for name in ("a.txt", "b.txt"))
    third = one(written(tmp_path / "c.txt", "Other text."))
    assert first.fingerprint == second.fingerprint != third.fingerprint
