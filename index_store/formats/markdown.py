"""Markdown: the text as it stands, with the facts of a front matter and the headings known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index_store.documents import Header
from index_store.formats.blocks import Aside
from index_store.formats.facts import read_header
from index_store.formats.plain import DOCUMENT_BYTES, decode
from index_store.formats.source import Input, Item, SourceText, read_whole

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n((?:[A-Za-z_][\w -]*:.*\r?\n|[ \t]+.*\r?\n|- .*\r?\n)*)---[ \t]*(?:\r?\n|\Z)")
FACT = re.compile(r"(?m)^([A-Za-z_][\w -]*):(.*)$")
HEADING = re.compile(r"(?m)^ {0,3}(#{1,6})[ \t]+(\S[^\r\n]*)")
NOT_A_LINE_BREAK = re.compile(r"[^\r\n]")


def read_markdown(source: Input) -> Iterator[Item]:
    """One document; its front matter is blanked, not cut, so that spans fit the file."""
    text, notices = decode(read_whole(source, DOCUMENT_BYTES))
    facts: dict[str, str] = {}
    if front := FRONT_MATTER.match(text):
        facts = {name.lower(): value.strip("\"'[] \t\r") for name, value in FACT.findall(front[1])}
        text = NOT_A_LINE_BREAK.sub(" ", front.group()) + text[front.end() :]
    headings = tuple(Aside(found.start(), found.end(), heading=True) for found in HEADING.finditer(text))
    first = HEADING.search(text)
    header, more = read_header(facts)
    yield SourceText(
        source.origin,
        text,
        source.stem,
        document_id=facts.get("id") or None,
        header=header if header != Header() else None,
        title=first[2].rstrip("# \t") if first and len(first[1]) == 1 else None,
        notices=(*notices, *more),
        asides=headings,
    )
