"""A question that asks several things -> its parts, each a question that can be searched alone."""

from __future__ import annotations

import re

_ASKING = r"(?:who|whom|whose|what|when|where|why|how|which|for what|on what|in what|by whom|to whom|with whom)"
_CUT = re.compile(rf"(?:[?;]\s+(?:and\s+)?|,?\s+(?:and|but)\s+(?:also\s+)?)(?={_ASKING}\b)", re.IGNORECASE)
_LEANS = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|this|that|these|those|then|so)\b", re.IGNORECASE)
_FEW_WORDS = 4
_NAME = r"(?:the\s+)?(?:[A-Z][\w'’.-]*(?:\s+(?:of|the|de|al|bin|van)\s+[A-Z][\w'’.-]*|\s+[A-Z][\w'’.-]*)*)"
_COMPARED = re.compile(
    r"\b(?:compare[ds]?|differ(?:s|ed|ence|ences)?|contrast(?:s|ed)?|agree[ds]?|disagree[ds]?|versus|vs\.?|both"
    r"|as opposed to|in common|similar(?:ly)?|unlike)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"\b(?:(?:both|between)\s+)?(?P<one>{_NAME})(?:\s+and\s+|\s+versus\s+|\s+vs\.?\s+)(?P<two>{_NAME})")
_YEARS = re.compile(
    r"\b(?P<one>(?:19|20)\d\d)\s+(?:and|or|to|versus|compared (?:to|with))\s+(?:in\s+)?(?P<two>(?:19|20)\d\d)\b"
)
MOST = 4


def split_parts(question: str) -> list[str]:
    """The parts in their order; the question itself where it asks one thing."""
    pieces = [piece.strip() for piece in _CUT.split(question) if piece and piece.strip(" ?.!,;")]
    parts: list[str] = []
    for piece in pieces:
        part = piece.rstrip(" ?;,.!") + "?"
        if parts and _leans(part):
            part = f"{parts[0]} {part}"
        parts.append(part)
    parts = [apart for part in parts for apart in _compared(part)]
    return list(dict.fromkeys(parts))[:MOST] if len(parts) > 1 else [question]


def _compared(part: str) -> list[str]:
    """A comparison of two names as a question about each."""
    if not _COMPARED.search(part):
        return [part]
    pair = _YEARS.search(part) or _PAIR.search(part)
    if not pair:
        return [part]
    return [f"{part[: pair.start()]}{pair[name]}{part[pair.end() :]}" for name in ("one", "two")]


def _leans(part: str) -> bool:
    """Whether a part can't be understood without the one before: 'why?', 'what had happened by 2009?'"""
    words = [word for word in re.findall(r"[^\W\d_]+", part) if not re.fullmatch(_ASKING, word, re.IGNORECASE)]
    named = any(word[0].isupper() for word in words)
    return bool(_LEANS.search(part)) or (not named and len(words) < _FEW_WORDS)
