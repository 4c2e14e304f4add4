"""The subject of a cable: `SUBJECT: RUSSIA-BELARUS RELATIONS`, wrapped over lines and followed by anything."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index_store.parsing.headlines import IN_LINE_PAGE_HEAD, Label, above_labels, in_line_label, is_page_head, label_of
from index_store.parsing.lines import Line

_STARTS_PARAGRAPH = re.compile(
    r"\s*(?:¶\s*\d{1,2}\.|Q\s*\d{1,2}\.|\(?\d{1,2}[.,)]{1,2}\s*\(?[A-Z(]|\d{1,2}\s*\([A-Z/]{1,6}\))"
)
_IN_LINE_PARAGRAPH = re.compile(
    r"\s(?:¶\s*\d{1,2}\.|1\.\s*\((?:C|S|U|SBU|[CS]//?NF|SBU/NF|LOU)\)|1\.\s+SUMMARY"
    r"|\((?:C|S|U|SBU|[CS]//?NF)\)\s+(?:1\.|Classified\b))"
)
_IN_LINE_REF = re.compile(r"\b(?i:REF(?:S|TELS?|\(S\)|[ \-][A-Z])?\s*:)|(?<=[A-Za-z])REF:(?=\s+[A-Z\d])")
"""Also where the blank before it was lost: `VISIT TO EGYPTREF: CAIRO 493`."""
_MARKED_LINE = re.compile(r"\s*\((?:C|S|U|SBU|[CS]//?NF|SBU//?NF|LOU)\)\s", re.IGNORECASE)
_RULE = re.compile(r"[-=_*]{4,}")
_HEADINGS = re.compile(
    r"(?:EXECUTIVE |INTRODUCTION AND )?(?:SUMMARY|COMMENT|INTRODUCTION|BACKGROUND|KEY POINTS|ACTION REQUEST|"
    r"OVERVIEW|PARTICIPANTS|BEGIN|TEXT)\b.*",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"\s*(?:This (?:is|cable|message)|ATT(?:N|ENTION)\s*:|QUOTE\s*:?\s*$|For\s.*\bfrom\b"
    r"|(?:DEPT|STATE|POSTS?|DEPARTMENT)\s+(?:FOR|PASS)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:[,\-:/&]|\b(?:THE|OF|IN|ON|AND|TO|FOR|WITH|FROM|BY|A|AN|AT|AS|ITS|OR|BUT|IS|ARE))\s*$", re.I)
FULL_LINE = 60
"""A line that the next word would have made this long may have been wrapped."""


class Subject(NamedTuple):
    """The subject on one line, and the offset behind it."""

    subject: str | None
    end: int


def subject_of(top: Sequence[Line]) -> Subject:
    """Read the subject: the first label SUBJECT (or SUBJ) that says something."""
    for index, line in enumerate(top):
        label = _label(line.text)
        if label is not None:
            found = _follow(top, index, label)
            if found.subject:
                return found
    return Subject(None, 0)


def _label(text: str) -> Label | None:
    found = in_line_label(text, ("SUBJECT",))
    if found is None or not text[: found.start].strip():
        return found
    if ":" not in text[found.start : found.end]:
        return None
    return found if label_of(text) in ("EO", "TAGS") or text[: found.start].isupper() else None


def _follow(top: Sequence[Line], index: int, label: Label) -> Subject:
    parts: list[str] = []
    start = label.end
    end = top[index].start + label.end
    while index < len(top):
        line = top[index]
        text, cut = _cut(line.text[start:] if start else line.text)
        if text.strip():
            parts.append(text)
            end = line.start + start + len(text)
        if cut:
            break
        start = 0
        following = _next(top, index, parts)
        if following is None:
            break
        index = following
    words = " ".join(" ".join(parts).split())
    return Subject(" ".join(words.replace("¶", "").split()) or None, end)


def _next(top: Sequence[Line], index: int, parts: Sequence[str]) -> int | None:
    """The line on which the subject goes on, if it does: the next one, or the one behind a gap or page head."""
    gap = False
    for following in range(index + 1, len(top)):
        line = top[following]
        if line.blank or is_page_head(line.text):
            if gap and following - index > 6:
                return None
            gap = True
            continue
        numbered = _STARTS_PARAGRAPH.match(line.text) is not None and not above_labels(top, following)
        if (
            numbered
            or _ends_subject(line.text)
            or _underlined(top, following)
            or _turns_to_prose(" ".join(parts), line.text)
        ):
            return None
        if not gap or not parts or (_between_heads(top, index, following) and line.text.isupper()):
            return following
        return following if _goes_on_over_gap(parts, top, following) else None
    return None


def _between_heads(top: Sequence[Line], index: int, following: int) -> bool:
    """Whether nothing but a page head parts two lines: no blank line above it, and none below."""
    return is_page_head(top[index + 1].text) and is_page_head(top[following - 1].text)


def _goes_on_over_gap(parts: Sequence[str], top: Sequence[Line], following: int) -> bool:
    """Over a blank line a subject goes on only where it is plainly unfinished, and in the same capitals.

    A line that filled its width may be unfinished; but then what follows must not be a heading: alone
    above a rule or the first paragraph.
    """
    before, after = parts[-1].rstrip(), _cut(top[following].text)[0].strip()
    if not after or _HEADINGS.fullmatch(after) or before.endswith((".", "?", "!")):
        return False
    below = next((line for line in top[following + 1 : following + 4] if not line.blank), None)
    if below and below.ruled:
        return False
    whole = " ".join(parts)
    if (_GOES_ON.search(before) or whole.count('"') % 2 == 1) and (after.isupper() or not whole.isupper()):
        return True
    heads_paragraph = below is not None and _STARTS_PARAGRAPH.match(below.text) is not None
    full = len(before) + (9 if len(parts) == 1 else 0) + 1 + len(after.split()[0]) >= FULL_LINE
    return full and after.isupper() and not heads_paragraph


def _ends_subject(text: str) -> bool:
    return bool(
        label_of(text) not in (None, "SUBJECT", "ADDRESS")
        or _MARKED_LINE.match(text)
        or _RULE.match(text.strip())
        or (len(text) < 40 and _HEADINGS.fullmatch(text.strip()) and len(text.split()) < 3)
        or _INSTRUCTION.match(text)
    )


def _underlined(top: Sequence[Line], index: int) -> bool:
    """Whether the rule below a line is its own, not the upper one of the next heading's two."""
    rules = [line.ruled for line in top[index + 1 : index + 4]]
    return bool(rules) and rules[0] and rules != [True, False, True]


def _turns_to_prose(subject: str, text: str) -> bool:
    """Whether a subject in capitals is followed by a line in small letters that begins anew."""
    small = sum(character.islower() for character in text)
    return subject.isupper() and len(subject) > 12 and text.strip()[:1].isupper() and small > 0.5 * len(text)


def _cut(text: str) -> tuple[str, bool]:
    """The part of a line that is subject, and whether something else followed on it."""
    starts = [
        match.start()
        for pattern in (_IN_LINE_PARAGRAPH, IN_LINE_PAGE_HEAD, _IN_LINE_REF, _RULE)
        for match in [pattern.search(text)]
        if match
    ]
    label = in_line_label(text, ("CLASSIFIED", "EO", "REASON"))
    if label and label.start:
        starts.append(label.start)
    lettered = re.search(r"\sREFS?\s+\(?[A-Z][.)]\s", text)
    if lettered:
        starts.append(lettered.start())
    return (text[: min(starts)], True) if starts else (text, False)
