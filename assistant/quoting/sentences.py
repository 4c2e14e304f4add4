"""Sentences of a paragraph, each a verbatim slice of its text.

The boundaries are those of Punkt (Kiss and Strunk, "Unsupervised Multilingual Sentence Boundary
Detection", 2006) with its English model, which llama-index-core carries, and with the abbreviations
that cables use. What Punkt can't know is put right after it: list items begin a sentence, a blank line
in mid-sentence ends none.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from index_store.errors import WeightsMissing

_BULLET = re.compile(r"(?:^|(?<=\s))(?:--+|[-*•·○▪])\s+(?=\S)")
_ITEM_LINE = re.compile(r"\n\s*(?:--+|[-*•·○▪]|\(?(?:[a-zA-Z]|\d{1,2}|[ivx]{2,4})[.)])\s+(?=\S)")
_ENDS = re.compile(r"""[.!?:;]["'”’)\]]*$""")
_NUMBERED_ITEM = re.compile(r"\(?(?:[a-zA-Z]|\d{1,2})[.)]\s+\S")
LONGEST_LIST = 700
FEWEST_WORDS = 3
_BARE_TITLE = re.compile(
    r"^\W*(?:(?:begin|end|action|key|of)?\s*(?:summary|comment|note|points?|text)[\s.:,]*)+(?:and\s+)?$", re.IGNORECASE
)
_OMITTED_BEFORE = re.compile(r"\A[.\s]+(?=[^\W\d_])")
_OMITTED_BEHIND = re.compile(r"(?<=[.!?])(?:\s+\.)+\Z")
_LONE_INITIAL = re.compile(r"(?:^|\s)(?:[A-Z]\.)+$")


class SentenceSpan(NamedTuple):
    """A sentence as a slice of its paragraph's text."""

    start: int
    end: int
    text: str
    """`paragraph[start:end]`, verbatim."""


def abbreviations() -> set[str]:
    """The abbreviations of data/abbreviations.txt."""
    text = (resources.files("assistant.data") / "abbreviations.txt").read_text(encoding="utf-8")
    return {word for line in text.splitlines() if not line.startswith("#") for word in line.split()}


@cache
def _tokenizer() -> Any:
    """Punkt with the English model's four files, which are plain text (tab-separated where they have columns)."""
    from importlib.util import find_spec

    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    package = find_spec("llama_index.core")  # found, not imported: that takes seconds
    if package is None or package.origin is None:
        raise WeightsMissing("The package llama-index-core, which carries the sentence model, is not installed.")
    folder = Path(package.origin).parent / "_static/nltk_cache/tokenizers/punkt_tab/english"

    def rows(name: str) -> list[list[str]]:
        return [line.split("\t") for line in (folder / name).read_text(encoding="utf-8").splitlines() if line]

    model = PunktParameters()
    model.abbrev_types = {row[0] for row in rows("abbrev_types.txt")} | abbreviations()
    model.sent_starters = {row[0] for row in rows("sent_starters.txt")}
    model.collocations = {(row[0], row[1]) for row in rows("collocations.tab")}
    for word, context in rows("ortho_context.tab"):
        model.ortho_context[word] = int(context)
    return PunktSentenceTokenizer(model)


def split_sentences(text: str) -> list[SentenceSpan]:
    """The sentences of `text` in order, without the white space and the marks of omission ('. . .') between them."""
    spans: list[SentenceSpan] = []
    for start, end in _joined(text, _cut_at_items(text, _punkt_spans(text))):
        piece = text[start:end]
        start += len(piece) - len(_OMITTED_BEFORE.sub("", piece.lstrip()))
        end -= len(piece) - len(_OMITTED_BEHIND.sub("", piece.rstrip()))
        if end > start:
            spans.append(SentenceSpan(start, end, text[start:end]))
    return spans


def with_whole_lists(text: str, spans: list[SentenceSpan], longest: int = LONGEST_LIST) -> list[SentenceSpan]:
    """The sentences with each list joined to the one that opens it ('She asked for the following:').

    A list that would make a sentence longer than `longest` characters stays in pieces.
    """
    joined: list[SentenceSpan] = []
    for span in spans:
        opening = joined[-1] if joined else span
        opens = joined and (opening.text.endswith(":") or _has_items(opening.text))
        if opens and _is_item(span.text) and span.end - opening.start <= longest:
            joined[-1] = SentenceSpan(opening.start, span.end, text[opening.start : span.end])
            continue
        joined.append(span)
    return joined


def _is_item(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBERED_ITEM.match(text))


def _has_items(text: str) -> bool:
    _, colon, rest = text.partition(":")
    return bool(colon) and _is_item(rest.strip())


def is_bare_title(text: str) -> bool:
    """Whether a sentence is no more than a title: 'Summary.', 'End comment.', 'Money.'"""
    return bool(_BARE_TITLE.match(text)) or len(text.split()) < FEWEST_WORDS


def _punkt_spans(text: str) -> list[tuple[int, int]]:
    return [(int(start), int(end)) for start, end in _tokenizer().span_tokenize(text)]


def _cut_at_items(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut before list items that begin a line."""
    cuts = [match.start() + 1 for match in _ITEM_LINE.finditer(text)]
    cut: list[tuple[int, int]] = []
    for start, end in spans:
        inner = [at for at in cuts if start < at < end]
        edges = [start, *inner, end]
        cut.extend(pairwise(edges))
    return cut


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what was cut wrongly: after a lone initial, before a small letter, around a bare list mark."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        piece = text[start:end].strip()
        if joined and piece:
            before = text[joined[-1][0] : joined[-1][1]].rstrip()
            item = _ITEM_LINE.match(text, start - 1) or _BULLET.match(piece)
            goes_on = piece[0].islower() and not item and not before.endswith(("!", "?"))
            bare_mark = re.fullmatch(r"(?:--+|[-*•·]|\(?[A-Za-z0-9]{1,3}[.)])", before)
            if goes_on or bare_mark or (_LONE_INITIAL.search(before) and not before.endswith(("U.S.", "U.N."))):
                joined[-1] = (joined[-1][0], end)
                continue
            if not any(c.isalnum() for c in piece):
                joined[-1] = (joined[-1][0], end)
                continue
        joined.append((start, end))
    return joined
