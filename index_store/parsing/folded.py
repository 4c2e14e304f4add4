"""Why a number sign was folded back into the paragraph around it, in one plain clause."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from index_store.parsing.lines import Line
from index_store.parsing.signs import Sign

_MONTH = re.compile(r"\b(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*\s*\Z", re.IGNORECASE)
_REFERENCE = re.compile(r"\b(?:PARAS?|PARAGRAPHS?|REF|REFTEL|ARTICLES?|SECTIONS?|ANNEX|PAGES?)\s*\Z", re.IGNORECASE)


def why_folded(sign: Sign, lines: Sequence[Line], heads: Collection[int]) -> str:
    """What a sign that starts no paragraph most likely is."""
    number = sign.numbers[0] if sign.numbers else 0
    before = ""
    for index in range(sign.line - 1, max(-1, sign.line - 8), -1):
        if not lines[index].blank and index not in heads:
            before = lines[index].text
            break
    if 1900 <= number <= 2099:
        what = "a wrapped year"
    elif _MONTH.search(before):
        what = "a wrapped day"
    elif _REFERENCE.search(before):
        what = "a wrapped reference"
    else:
        what = "a wrapped figure or a point of a list"
    return f"{what}, no paragraph starts here"
