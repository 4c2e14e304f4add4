"""A question that asks several things -> its parts, each a question that can be searched alone."""

from __future__ import annotations

import re

from assistant.question.comparisons import ASKING, DOES, sides

_CUT = re.compile(
    rf"(?:[?;]\s+(?:and\s+)?|,?\s+(?:and|but)\s+(?:also\s+)?)(?={ASKING}\b)"
    rf"|,\s+(?:and|but)\s+(?={DOES}\s+(?:he|she|it|they|that|this|these|those|there|the|any)\b)",
    re.IGNORECASE,
)
# 'and why?', 'and on what grounds?' ask no second thing: the reason stands beside what was asked.
_BARE_REASON = re.compile(
    r"(?:and\s+|but\s+)?(?:why(?:\s+(?:so|not))?|(?:for|on)\s+(?:what|which)\s+(?:reasons?|grounds))\W*", re.IGNORECASE
)
_LEANS = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|this|that|these|those|then|so)\b", re.IGNORECASE)
# Whoever the part has named before may be the one who has it: 'what did Choque say of his demand?'
_OWN_POSSESSIVE = re.compile(r"(?P<name>(?<=\s)[A-Z][\w'’-]+\b.*?\b(?:who|which|that)\b.*?)\b(?:his|its|their)\b")
_LATER = re.compile(
    r"\b(?:later|(?:years?|months?|decades?) on|in the end|eventually|finally|afterwards?|since then|by then|in fact"
    r"|actually|really|turn(?:s|ed)? out|c[ao]me (?:of|true)|became of|proved?|by (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# 'The old bridge at Velm: who built it, and what did it cost?'
_LEAD = re.compile(
    rf"(?:[^?:]{{8,}}:|(?!(?:{ASKING}|{DOES})\b)[^?:]{{8,}}?(?: [-–—]|,))(?=\s(?:{ASKING}|{DOES})\b)", re.IGNORECASE
)
MOST = 4


def split_parts(question: str) -> list[str]:
    """The parts in their order; the question itself where it asks one thing."""
    pieces = [piece.strip() for piece in _CUT.split(question) if piece and piece.strip(" ?.!,;")]
    parts: list[str] = []
    for piece in pieces:
        if parts and _BARE_REASON.fullmatch(piece):
            continue  # the want 'reason' says it
        part = piece.rstrip(" ?;,.!") + "?"
        if parts and ((lead := _lead(parts[0])) or _leans(part)):
            part = f"{lead or parts[0]} {part}"
        parts.append(part)
    parts = [apart for part in parts for apart in sides(part)]
    return list(dict.fromkeys(parts))[:MOST] if len(parts) > 1 else [question]


def own_words(part: str, first: str) -> str:
    """A later part without what it has of the first one: that itself, or what leads it in."""
    if part.startswith(first):
        return part.removeprefix(first).strip()
    lead = _lead(first)
    return part.removeprefix(lead).strip() if lead else part


def _lead(part: str) -> str:
    """What leads a part in, with its mark; empty where nothing does."""
    lead = _LEAD.match(part)
    return lead.group() if lead else ""


def tells_later(part: str) -> bool:
    """Whether a part asks what came afterwards: 'what came of it?', 'and two years later?'"""
    return bool(_LATER.search(part))


def _leans(part: str) -> bool:
    """Whether a part needs the one before: it names nothing ('why?', 'what was settled later?') or says 'it'."""
    words = [word for word in re.findall(r"[^\W\d_]+", part) if not re.fullmatch(ASKING, word, re.IGNORECASE)]
    if not any(word[0].isupper() for word in words):
        return True
    return bool(_LEANS.search(_OWN_POSSESSIVE.sub(r"\g<name>", part)))
