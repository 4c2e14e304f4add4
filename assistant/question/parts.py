"""A question that asks several things -> its parts, each a question that can be searched alone."""

from __future__ import annotations

import re

_ASKING = r"(?:who|whom|whose|what|when|where|why|how|which|for what|on what|in what|by whom|to whom|with whom)"
_DOES = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could)"
_CUT = re.compile(
    rf"(?:[?;]\s+(?:and\s+)?|,?\s+(?:and|but)\s+(?:also\s+)?)(?={_ASKING}\b)"
    rf"|,\s+(?:and|but)\s+(?={_DOES}\s+(?:he|she|it|they|that|this|these|those|there|the|any)\b)",
    re.IGNORECASE,
)
# 'and why?', 'and on what grounds?' ask no second thing: the reason stands beside what was asked.
_BARE_REASON = re.compile(
    r"(?:and\s+|but\s+)?(?:why(?:\s+(?:so|not))?|(?:for|on)\s+(?:what|which)\s+(?:reasons?|grounds))\W*", re.IGNORECASE
)
_LEANS = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|this|that|these|those|then|so)\b", re.IGNORECASE)
# Whoever the part has named before may be the one who has it: 'what did Choque say of his demand?'
_OWN_POSSESSIVE = re.compile(r"(?P<name>(?<=\s)[A-Z][\w'’-]+\b.*?\b(?:who|which|that)\b.*?)\b(?:his|its|their)\b")
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
_SIDE = r"(?:[\w'’-]+\s+){0,6}?[\w'’-]+"
_AGREE = r"(?:differ|disagree|agree|compare|contrast)(?:s|d|ed)?"
# 'How do the miners and the owners differ about pay?', 'How did her account differ from his?', 'Contrast A with B.'
_BOTH_DIFFER = re.compile(
    rf"\b{_DOES}\s+(?P<one>{_SIDE})\s+and\s+(?P<two>{_SIDE})(?=\s+(?:each\s+|both\s+)?{_AGREE}\b)", re.IGNORECASE
)
_FROM = re.compile(
    rf"\b{_DOES}\s+(?P<one>[^,]{{3,80}}?)\s+(?:differ(?:s|ed)?\s+from|compare(?:s|d)?\s+(?:with|to|against))\s+"
    r"(?P<two>[^?.;]{3,80})",
    re.IGNORECASE,
)
_TOLD_TO = re.compile(
    r"^(?:please\s+)?(?:compare|contrast)\s+(?P<one>.{3,80}?)\s+(?:with|to|and|against)\s+(?P<two>[^?.;]{3,80})",
    re.IGNORECASE,
)
# 'dealt with the miners and with the owners'
_SAME_LEAD = re.compile(
    r"\b(?P<lead>with|by|from|on|about|against|for|to)\s+(?P<one>[^,?.;]{3,60}?)\s+and\s+(?P=lead)\s+"
    r"(?P<two>(?:(?!\s[-–—]\s)[^?.;]){3,80})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\bbetween\s+(?P<one>{_SIDE})\s+and\s+(?P<two>{_SIDE})(?=\s*[?.,;]|$)", re.IGNORECASE)
# 'the captain's', 'that of the miners': what it is that they have was said on the other side.
_ELLIPTIC = re.compile(r"['’]s?$|^(?:that|those|his|hers|its|theirs)\b", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:later|(?:years?|months?|decades?) on|in the end|eventually|finally|afterwards?|since then|by then|in fact"
    r"|actually|really|turn(?:s|ed)? out|c[ao]me (?:of|true)|became of|proved?|by (?:19|20)\d\d)\b",
    re.IGNORECASE,
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
        if parts and _leans(part):
            part = f"{parts[0]} {part}"
        parts.append(part)
    parts = [apart for part in parts for apart in _compared(part)]
    return list(dict.fromkeys(parts))[:MOST] if len(parts) > 1 else [question]


def _compared(part: str) -> list[str]:
    """A comparison of two as a question about each."""
    if not _COMPARED.search(part):
        return [part]
    pair = _YEARS.search(part) or _PAIR.search(part)
    if pair:
        return [f"{part[: pair.start()]}{pair[name]}{part[pair.end() :]}" for name in ("one", "two")]
    sides = (pattern.search(part) for pattern in (_SAME_LEAD, _BOTH_DIFFER, _TOLD_TO, _FROM, _BETWEEN))
    found = next((match for match in sides if match), None)
    if not found:
        return [part]
    lead, tail = part[: found.start("one")], part[found.end("two") :]
    one, two = (f"{lead}{found[name]}{tail}" for name in ("one", "two"))
    return [one, f"{part} {found['two'].strip()}?" if _ELLIPTIC.search(found["two"].strip()) else two]


def tells_later(part: str) -> bool:
    """Whether a part asks what came afterwards: 'what came of it?', 'and two years later?'"""
    return bool(_LATER.search(part))


def _leans(part: str) -> bool:
    """Whether a part needs the one before: it names nothing ('why?', 'what was settled later?') or says 'it'."""
    words = [word for word in re.findall(r"[^\W\d_]+", part) if not re.fullmatch(_ASKING, word, re.IGNORECASE)]
    if not any(word[0].isupper() for word in words):
        return True
    return bool(_LEANS.search(_OWN_POSSESSIVE.sub(r"\g<name>", part)))
