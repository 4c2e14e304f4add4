"""Whether a statement tells of the matter, or only of the text: 'The document is a report about the dam'."""

from __future__ import annotations

import re

_TEXT = re.compile(
    r"\b(?:the|this|that|these|those|our)\s+(?:(?:given|above|provided|cited|numbered|first|second|third|last)\s+)*"
    r"(?P<text>documents?|texts?|passages?|paragraphs?|articles?|excerpts?|contexts?)\b",
    re.I,
)


def disagreements(statement: str, evidence: str) -> tuple[str, ...]:
    """Why the statement is about the text that the evidence stands in; none if the evidence speaks of one too."""
    match = _TEXT.search(statement)
    if match is None or re.search(rf"\b{match['text'].rstrip('s')}", evidence, re.I):
        return ()
    return (f"it speaks of “{match[0].lower()}”, not of what that tells",)
