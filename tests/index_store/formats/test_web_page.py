"""Saved web pages."""

from __future__ import annotations

import html
from pathlib import Path

import pytest

from tests.index_store.formats.making import CABLE, document, one, refusals, written

HEADER, BODY = CABLE.split("¶1.")
BODY = "¶1." + BODY
NAVIGATION = "<ul>" + "".join(f"<li><a href='/{n}'>Year {n}</a></li>" for n in range(1966, 2011)) + "</ul>"


def page(*pres: str, title: str = "A viewer", extra: str = "") -> str:
    blocks = "".join(f"<td><pre>{pre}</pre></td>" for pre in pres)
    return f"""<!DOCTYPE html><html><head><title>{title}</title><style>p {{color: red}}</style></head><body>
    <div id="header"><h1>All the cables</h1></div><div class="sidebar">{NAVIGATION}<pre>search tips</pre></div>
    <script>var x = "SUBJECT: no";</script>{extra}<table><tr>{blocks}</tr></table>
    <p>Browse by origin, by year, by tag. Share this page with friends and see more of what there is.</p>
    <pre>Cite this page as: nobody, nowhere</pre></body></html>"""


def test_the_cable_is_what_stands_in_its_pre_blocks(tmp_path: Path) -> None:
    found = document(written(tmp_path / "saved.html", page(html.escape(HEADER), html.escape(BODY))))
    assert found.kind == "cable"
    assert found.header.subject == "HERRING TALKS RESUME"
    assert [p.text for p in found.paragraphs] == [
        "The talks on herring resumed on Monday.",
        "No quota was agreed.",
    ]


def test_entities_and_links_are_read_as_their_text(tmp_path: Path) -> None:
    first = '<a id="par1" href="#par1">&para;1</a>. (C) A &amp; B met <a href="/x">Mr. M&uuml;ller</a>.'
    body = f"{first}\n\n&#182;2. (C) &ldquo;No&rdquo;."
    source = one(written(tmp_path / "a.html", page(HEADER, body)))
    assert source.text.endswith("¶1. (C) A & B met Mr. Müller.\n\n¶2. (C) “No”.")


def test_line_breaks_and_hard_blanks_in_a_pre_are_lines_and_blanks(tmp_path: Path) -> None:
    source = one(written(tmp_path / "a.html", page(HEADER, "¶1. (C) One<br>goes&nbsp;on.")))
    assert source.text.endswith("¶1. (C) One\ngoes on.")


def test_the_id_is_taken_from_the_title_where_the_name_says_nothing(tmp_path: Path) -> None:
    path = written(tmp_path / "saved.html", page(HEADER, BODY, title="Viewing cable 05OSLO12, HERRING"))
    assert document(path).id == "05OSLO12"


def test_the_table_beside_the_cable_gives_what_its_text_lacks(tmp_path: Path) -> None:
    table = """<table><tr><th>Reference ID</th><th>Created</th><th>Classification</th><th>Origin</th></tr>
      <tr><td><a href="#">05OSLO12</a></td><td>2005-03-01 12:30</td><td>CONFIDENTIAL</td><td>Embassy Oslo</td></tr>
      </table>"""
    header = document(written(tmp_path / "saved.html", page("SUBJECT: HERRING", BODY, extra=table))).header
    assert (header.post, header.classification) == ("Embassy Oslo", "CONFIDENTIAL")
    assert header.date is not None
    assert header.date.isoformat() == "2005-03-01T12:30:00+00:00"


ARTICLE = f"""<html><head><title>Dues - The Paper</title></head><body><nav>{NAVIGATION}</nav>
  <header>The Paper</header><h1>Harbour dues</h1><p>The dues
  <b>rose</b> in <a href="/x">spring</a>.</p><h2>Later</h2><ul><li>They fell.</li><li>They rose&nbsp;again.</li></ul>
  <div>Loose words <p>and a paragraph.</p></div><form><p>Subscribe</p></form><footer><p>Imprint</p></footer>
  </body></html>"""


def test_without_a_cable_paragraphs_and_points_are_the_page_without_its_navigation(tmp_path: Path) -> None:
    found = document(written(tmp_path / "a.html", ARTICLE))
    assert found.header.subject == "Harbour dues"
    assert [(p.heading, p.text) for p in found.paragraphs] == [
        (None, "The dues rose in spring."),
        ("Later", "They fell."),
        ("Later", "They rose again."),
        ("Later", "Loose words"),
        ("Later", "and a paragraph."),
    ]


def test_a_counting_list_shows_its_numbers(tmp_path: Path) -> None:
    content = "<ol><li>Open the pass.</li><li><p>Close the port.</p></li><li value='5'>Wait.</li></ol>"
    assert one(written(tmp_path / "a.html", content)).text == "1. Open the pass.\n\n2. Close the port.\n\n5. Wait."


def test_a_numbered_judgment_keeps_its_numbers(tmp_path: Path) -> None:
    content = "<main>" + "".join(f"<p>{n}. The court finds thing {n}.</p>" for n in range(1, 6)) + "</main>"
    found = document(written(tmp_path / "a.html", content))
    assert [p.label for p in found.paragraphs] == ["1", "2", "3", "4", "5"]


def test_a_page_that_declares_its_encoding_is_read_by_it(tmp_path: Path) -> None:
    content = "<html><head><meta charset='windows-1251'></head><body><p>Переговоры начались.</p></body></html>"
    assert one(written(tmp_path / "a.html", content.encode("cp1251"))).text == "Переговоры начались."


def test_a_page_saved_as_text_is_still_a_page(tmp_path: Path) -> None:
    assert one(written(tmp_path / "a.txt", ARTICLE)).format == "HTML"


def test_rows_of_a_table_are_lines(tmp_path: Path) -> None:
    content = "<p>See:</p><table><tr><th>Port</th><th>Dues</th></tr><tr><td>Oslo</td><td>5</td></tr></table>"
    assert one(written(tmp_path / "a.html", content)).text == "See:\n\nPort | Dues\n\nOslo | 5"


@pytest.mark.parametrize("content", ["<html></html>", "<html><body><script>x()</script></body></html>"])
def test_a_page_without_text_is_refused(tmp_path: Path, content: str) -> None:
    assert refusals(written(tmp_path / "a.html", content))[0].reason.startswith("a page without text")


def test_a_page_nested_beyond_reason_ends_well(tmp_path: Path) -> None:
    content = "<html><body>" + "<div>" * 50_000 + "words" + "</div>" * 50_000 + "</body></html>"
    written(tmp_path / "a.html", content)
    written(tmp_path / "b.html", "<p>Words.</p>")
    assert one(tmp_path / "b.html").text == "Words."
    assert refusals(tmp_path) or one(tmp_path / "a.html").text


def test_points_inside_points_are_told_from_them(tmp_path: Path) -> None:
    content = "<ol><li>Open.<ol><li>First the gate.</li><li>Then the pass.</li></ol></li><li>Close.</li></ol>"
    found = document(written(tmp_path / "a.html", content))
    assert [(p.label, p.text) for p in found.paragraphs] == [
        ("1", "Open.\n\n(1) First the gate.\n\n(2) Then the pass."),
        ("2", "Close."),
    ]


def test_a_list_amid_prose_does_not_number_the_page(tmp_path: Path) -> None:
    content = "<p>One thing.</p><p>Two things.</p><ol><li>Open.</li><li>Close.</li></ol><p>Three things.</p>"
    found = document(written(tmp_path / "a.html", content))
    assert (found.kind, [p.label for p in found.paragraphs]) == ("prose", ["1", "2", "3", "4", "5"])


def test_quotations_between_numbered_paragraphs_stay_in_them(tmp_path: Path) -> None:
    quotation = "<blockquote><p>Quoted words.</p></blockquote>"
    content = "".join(f"<p>{n}. The court quotes.</p>{quotation}" for n in range(1, 5))
    found = document(written(tmp_path / "a.html", content))
    assert [(p.label, p.text) for p in found.paragraphs] == [
        (str(n), "The court quotes.\n\nQuoted words.") for n in range(1, 5)
    ]
