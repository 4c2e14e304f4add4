"""Small files made by the tests, and short ways to read them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from index_store.documents import Document
from index_store.formats import SourceText, Unreadable, read_sources, to_document

CABLE = """FM AMEMBASSY OSLO
TO SECSTATE WASHDC

C O N F I D E N T I A L OSLO 000012

SIPDIS

E.O. 12958: DECL: 01/01/2015
TAGS: PREL, NO
SUBJECT: HERRING TALKS RESUME

¶1. (C) The talks on herring resumed on Monday.

¶2. (C) No quota was agreed.
"""


def texts(path: Path, exclude: Sequence[str] = ()) -> list[SourceText]:
    """Everything that was read; fails on what was not."""
    found = list(read_sources([path], exclude=exclude))
    assert all(isinstance(item, SourceText) for item in found), found
    return [item for item in found if isinstance(item, SourceText)]


def refusals(path: Path) -> list[Unreadable]:
    return [item for item in read_sources([path]) if isinstance(item, Unreadable)]


def one(path: Path) -> SourceText:
    (found,) = texts(path)
    return found


def document(path: Path) -> Document:
    return to_document(one(path))


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def dump(rows: Iterable[Sequence[str]]) -> str:
    """Rows as the CSV of cables writes them."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, escapechar="\\", doublequote=False, lineterminator="\n")
    writer.writerows(rows)
    return out.getvalue()


def row(number: int, body: str = "1. (C) The talks went on.\n\n2. (C) They ended.", **changes: str) -> list[str]:
    """One row of that CSV."""
    fields = {
        "number": str(number),
        "date": "12/28/1966 18:48",
        "id": f"66OSLO{number}",
        "origin": "Embassy Oslo",
        "classification": "CONFIDENTIAL",
        "references": "66STATE106|66BERN7",
        "header": "P 281848Z DEC 66\nFM AMEMBASSY OSLO",
        "body": body,
    }
    return list({**fields, **changes}.values())


def pdf(*pages: Sequence[tuple[str, float, float]]) -> bytes:
    """A PDF whose pages show lines of (text, height on the page, size of type)."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "\n".join(
            f"BT /F1 {size} Tf 72 {height} Td ({text.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj ET"
            for text, height, size in lines
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
        f"startxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")
