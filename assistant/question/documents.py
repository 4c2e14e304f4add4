"""Documents and paragraphs that a question names: '¶4 of 08MOSCOW436', 'paragraphs 2 and 3 of LA PAZ 1903'."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MRN = re.compile(r"\d{2}[A-Z][A-Z]{2,}\d+(?:_[a-z])?", re.IGNORECASE)
_WORD = re.compile(r"[\w.-]+")
# As cables print a reference: '08 MOSCOW 436', and 'LA PAZ 1903' without the year.
_REFERENCE = re.compile(r"\b(?:\d{2} ?)?(?:[A-Z]{3,}|[A-Z]{2,}(?: [A-Z]{2,}){1,2}) ?\d{1,6}\b")
_NOUN = r"(?:cables?|documents?|telegrams?|messages?|reports?|memo(?:randum)?|no\.|number)"
_NOUN_BEFORE = re.compile(rf"(?:\b(?:the|our|its)\s+)?(?:\b{_NOUN}\s+)+$", re.IGNORECASE)
_LABEL = r"[1-9]\d{0,2}(?:#\d+)?(?![\w.]*\w)(?!\s+(?-i:[A-Z]{2,}))"
_JOIN = r"\s*(?:,\s*(?:and\s+|or\s+)?|\b(?:and|or|to|through)\b|[-–—&])\s*(?:¶\s*)?"
_PARAGRAPHS = re.compile(
    rf"(?:¶+\s*|\bpara(?:graph)?s?\b\.?\s+)(?P<labels>{_LABEL}(?:{_JOIN}{_LABEL})*)", re.IGNORECASE
)
_RANGE = re.compile(r"\b(?:to|through)\b|[-–—]", re.IGNORECASE)
_OF = re.compile(r"\s*,?\s*(?:of|in|from)\s+$", re.IGNORECASE)
_BEHIND = re.compile(r"\s*,?\s*(?:(?:at|in)\s+)?$", re.IGNORECASE)
WIDEST = 20
"""The most paragraphs that 'paragraphs 2 to 9' may span."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a question that name a document, paragraphs, or paragraphs of a document."""

    start: int
    end: int
    documents: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def names_documents(text: str) -> bool:
    """Whether `text` has what may be a document's id; only then the library's ids are needed to read it."""
    mixed = (any(c.isdigit() for c in word) and any(c.isalpha() for c in word) for word in text.split())
    return any(mixed) or bool(_REFERENCE.search(text))


def document_stretches(text: str, ids: Iterable[str] = ()) -> list[Stretch]:
    """Where `text` names documents and paragraphs; a paragraph beside its document stands in one stretch with it."""
    paragraphs = [Stretch(m.start(), m.end(), labels=_labels(m["labels"])) for m in _PARAGRAPHS.finditer(text)]
    found: list[Stretch] = []
    for named in _documents(text, ids):
        before = next((p for p in paragraphs if _OF.fullmatch(text, p.end, named.start)), None)
        behind = next((p for p in paragraphs if _BEHIND.fullmatch(text, named.end, p.start)), None)
        beside = before or behind
        if beside:
            paragraphs.remove(beside)
            start, end = min(beside.start, named.start), max(beside.end, named.end)
            named = Stretch(start, end, named.documents, beside.labels)
        found.append(named)
    return sorted([*found, *paragraphs], key=lambda stretch: stretch.start)


def _documents(text: str, ids: Iterable[str]) -> list[Stretch]:
    """Document ids: those of the library in whatever way they are written, and whatever looks like an MRN."""
    found: dict[int, Stretch] = {}
    if not names_documents(text):
        return []
    known: dict[str, list[str]] = {}
    for id in ids:
        if any(c.isdigit() for c in id):
            known.setdefault(_key(id), []).append(id)
            if _MRN.fullmatch(id):
                known.setdefault(_key(id)[2:], []).append(id)
    for match in () if text.isupper() else _REFERENCE.finditer(text):
        if documents := known.get(_key(match.group())):
            found[match.start()] = _with_noun(text, match.start(), match.end(), tuple(documents))
    for match in _WORD.finditer(text):
        word = match.group().strip(".-")
        start = match.start() + match.group().index(word) if word else match.start()
        if any(stretch.start <= start < stretch.end for stretch in found.values()):
            continue
        documents = known.get(_key(word)) if any(c.isdigit() for c in word) else None
        if documents and any(_key(document) == _key(word) for document in documents):
            found[start] = _with_noun(text, start, start + len(word), tuple(documents))
        elif _MRN.fullmatch(word):
            found[start] = _with_noun(text, start, start + len(word), (word.upper(),))
    return [found[start] for start in sorted(found)]


def _key(id: str) -> str:
    """An id as it is compared: without blanks, and without the noughts before an MRN's number."""
    return re.sub(r"(?<=[A-Z])0+(?=\d)", "", id.upper().replace(" ", ""))


def _with_noun(text: str, start: int, end: int, documents: tuple[str, ...]) -> Stretch:
    noun = _NOUN_BEFORE.search(text[:start])
    return Stretch(noun.start() if noun else start, end, documents)


def _labels(listed: str) -> tuple[str, ...]:
    """'2, 3 and 5' -> 2, 3, 5; '2-4' -> 2, 3, 4."""
    labels = re.findall(r"\d+(?:#\d+)?", listed)
    joins = re.split(r"\d+(?:#\d+)?", listed)[1:-1]
    found = labels[:1]
    for join, one, other in zip(joins, labels, labels[1:], strict=False):
        if _RANGE.search(join) and one.isdigit() and other.isdigit() and 0 < int(other) - int(one) < WIDEST:
            found += [str(number) for number in range(int(one) + 1, int(other))]
        found.append(other)
    return tuple(dict.fromkeys(found))
