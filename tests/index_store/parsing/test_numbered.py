from __future__ import annotations

import pytest

from index_store.documents import Document
from index_store.parsing import parse


def facts(document: Document) -> list[tuple[str, str | None, str]]:
    return [(paragraph.label, paragraph.printed, paragraph.text) for paragraph in document.paragraphs]


SIGNS = (
    "[{n}]_|{n}._|({n})_|§ {n}_|§{n}._|Article {n}__|Article {n}._|## {n}._|**{n}.** |"
    "{n})_|{n}\t|{n}    |¶ {n}_|{n}\\._"
)


@pytest.mark.parametrize("sign", [sign.replace("__", "\n\n").replace("_", " ") for sign in SIGNS.split("|")])
def test_every_style_of_numbers_is_read(sign: str) -> None:
    points = [sign.format(n=n) + f"The point {letter} is made." for n, letter in ((1, "a"), (2, "b"), (3, "c"))]
    text = "The Court's Judgment\n\n" + "\n\n".join(points)
    document = parse(text, "judgment")
    assert document.kind == "numbered"
    assert facts(document) == [(str(n), str(n), f"The point {'abc'[n - 1]} is made.") for n in (1, 2, 3)]
    for paragraph, n in zip(document.paragraphs, (1, 2, 3), strict=True):
        assert document.source[paragraph.start :].startswith(sign.format(n=n).strip(" #*\n\t"))


def test_points_in_another_style_stay_inside_their_paragraph() -> None:
    text = "[1] The parties say:\n\n(1) one;\n\n(2) two.\n\n1. three\n\n[2] The court agrees."
    assert [p.text for p in parse(text).paragraphs] == [
        "The parties say:\n\n(1) one;\n\n(2) two.\n\n1. three",
        "The court agrees.",
    ]


def test_articles_keep_their_numbered_points() -> None:
    text = "Article 1\n\n1. One.\n2. Two.\n\nArticle 2\n\n1. One.\n2. Two.\n\nArticle 2a\n\nMore."
    assert [p.label for p in parse(text).paragraphs] == ["1", "2", "2a"]


def test_headings_stand_above_numbered_paragraphs() -> None:
    text = "# The Law\n\n1. First.\n\n## Facts\n\n2. Second.\n\nThe Merits\n\n3. Third.\n"
    document = parse(text)
    assert document.header.subject == "The Law"
    assert [p.heading for p in document.paragraphs] == [None, "Facts", "The Merits"]
    assert [p.text for p in document.paragraphs] == ["First.", "Second.", "Third."]


def test_numbers_that_follow_line_by_line_are_paragraphs() -> None:
    assert [p.text for p in parse("1. One\nand more.\n2. Two.\n3. Three.").paragraphs] == [
        "One and more.",
        "Two.",
        "Three.",
    ]


def test_prose_with_a_short_list_is_prose() -> None:
    text = "One paragraph.\n\nAnother.\n\nA third:\n\n1. a\n2. b\n\nA fourth.\n\nA fifth.\n\nA sixth."
    assert parse(text).kind == "prose"


def test_the_kind_can_be_forced() -> None:
    text = "1. One.\n\n2. Two."
    assert parse(text, kind="prose").kind == "prose"
    assert [p.label for p in parse("Prose.\n\n1. One.\n\nMore.\n\nMore.\n\nMore.", kind="numbered").paragraphs] == ["1"]
    assert parse(text, kind="cable").kind == "cable"


def test_a_text_forced_to_be_numbered_without_numbers_is_split_at_blank_lines() -> None:
    document = parse("One.\n\nTwo.", kind="numbered")
    assert [p.label for p in document.paragraphs] == ["1", "2"]
    assert document.notices == ("no numbered paragraph: split at blank lines, labelled by ordinal",)


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="cable, numbered, prose"):
        parse("x", kind="poem")


def test_a_misprint_in_a_judgment_is_healed() -> None:
    document = parse("\n\n".join(f"[{n}] The point is made." for n in (1, 2, 8, 4, 5)))
    assert [p.label for p in document.paragraphs] == ["1", "2", "3", "4", "5"]
    assert [(r.printed, r.label) for r in document.repairs] == [("[8]", "3")]


def test_text_above_the_first_number_is_reported() -> None:
    preamble = "The Assembly, recalling its earlier resolutions on this very subject, decides the following."
    assert parse(f"{preamble}\n\n1. One.\n\n2. Two.").notices


# ---- prose


def test_prose_is_split_at_blank_lines_and_labelled_by_ordinal() -> None:
    document = parse("The talks\nwent on.\n\n \n\nThey ended.\n\n* * *\n\nThen rain.", "note")
    assert document.id == "note"
    assert facts(document) == [("1", None, "The talks went on."), ("2", None, "They ended."), ("3", None, "Then rain.")]
    assert document.notices == ("no numbered paragraph: split at blank lines, labelled by ordinal",)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\n---\n"])
def test_a_text_that_says_nothing_has_no_paragraph(text: str) -> None:
    assert parse(text).paragraphs == ()
