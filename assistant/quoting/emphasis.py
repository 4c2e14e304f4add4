"""The words of a sentence that answer the question: what the page sets in bold."""

from __future__ import annotations

import re
from collections.abc import Collection

from assistant.question.dates import MONTHS
from assistant.question.names import is_person, names_in
from assistant.quoting.attribution import speaks

_UNIT = r"(?:percent|per cent|%|million|billion|thousand|trillion)"
_NUMBER = re.compile(rf"(?:USD|US\$|EUR|[$€£])?\s?\b\d[\d,.]*\d?\b(?:\s?{_UNIT})?(?:\s+[a-z]{{3,}})?")
_WORDED = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|half|a third|a quarter|hundreds?"
    r"|thousands?)(?:\s+[a-z]{3,})?\b",
    re.IGNORECASE,
)
_MONTH = "(?:" + "|".join(month.capitalize() for month in MONTHS) + ")"
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?|{_MONTH}(?:\s+\d{{4}})?|(?:19|20)\d\d)\b"
)
_REASON = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|in order to|so that|thanks to|for fear)\b[^.;]{3,120}\b", re.IGNORECASE
)

_WHO = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)


def telling_spans(text: str, question: str, wants: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Spans of `text`, in order and without overlap, of the kind that the question wants and doesn't say itself."""
    spans: list[tuple[int, int]] = []
    if "date" in wants:
        spans += [match.span() for match in _DATE.finditer(text)]
    if "number" in wants:
        spans += [match.span() for pattern in (_NUMBER, _WORDED) for match in pattern.finditer(text)]
    if "reason" in wants:
        spans += [match.span() for match in _REASON.finditer(text)]
    if "person" in wants:
        names = persons_in(text, question) if _WHO.search(question) else fresh_names(text, question)
        spans += [match.span() for name in names[:2] for match in [re.search(re.escape(name), text)] if match]
    return _apart(text, [span for span in spans if text[slice(*span)].strip().lower() not in question.lower()])


def fresh_names(text: str, question: str) -> list[str]:
    """The names in `text` that the question doesn't say."""
    asked = question.lower()
    return [name for name in names_in(text) if name.lower() not in asked and not _merely_first(name, text)]


def persons_in(text: str, question: str) -> list[str]:
    """Those of the fresh names that may be a person's."""
    return [name for name in fresh_names(text, question) if is_person(name) and not _is_place_or_title(name, text)]


def _merely_first(name: str, text: str) -> bool:
    """Whether a lone word may have its capital only for beginning the sentence: 'Rumors went round'.

    Not one that is said who it is: 'Brandt, 47, a nurse', 'Brandt, who leads the strike'.
    """
    if " " in name or not text.startswith(name) or speaks(name, text):
        return False
    return re.match(r",\s+(?:\d\d,|(?:an?|the|who|whose)\s)", text[len(name) :]) is None


def _is_place_or_title(name: str, text: str) -> bool:
    """Whether a name stands where a place does ('the works at Lozova') or in quotation marks, as a newspaper's."""
    if any(name in quoted for quoted in re.findall(r'"[^"]*"|“[^”]*”', text)):
        return True
    lead = r"(?:in|at|near|outside|around|through|across|(?:government|city|town|state|people|capital) of)"
    return re.search(rf"\b{lead}\s+{re.escape(name)}\b", text) is not None


def _apart(text: str, spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        start += len(text[start:end]) - len(text[start:end].lstrip())
        end -= len(text[start:end]) - len(text[start:end].rstrip())
        if start < end and (not kept or start >= kept[-1][1]):
            kept.append((start, end))
    return tuple(kept)
