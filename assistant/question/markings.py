"""Classifications and captions that a question says its sources have: 'secret cables', 'in NOFORN reports'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.question.tags import DOCUMENT_NOUN

_LEVEL = r"(?:unclassified|confidential|top\s+secret|secret)"
_CAPTION = r"(?:NOFORN|NF|EXDIS|NODIS|LIMDIS|STADIS)"
_MARKS = (
    rf"(?:{_LEVEL}|{_CAPTION})\b"
    rf"(?:(?:\s*(?://?|,)\s*|\s+(?:(?:and|or)\s+)?)(?:{_LEVEL}|{_CAPTION}|SENSITIVE|SIPDIS)\b)*"
)
_DETERMINER = r"(?:(?:an?|all|any|some|the|our|these|those)\s+(?:(?:of\s+)?(?:the|our|these|those)\s+)?)?"
_MARKED = re.compile(
    rf"(?<![\w-])(?P<before>{_MARKS})\s+(?:(?:US|U\.S\.|American|diplomatic|embassy)\s+){{0,2}}(?P<noun>{DOCUMENT_NOUN})\b"
    rf"|\b(?P<kind>{DOCUMENT_NOUN})(?P<behind>\s+(?:(?:that|which)\s+(?:is|are|was|were)\s+)?"
    rf"(?:classified|marked)\s+(?:as\s+)?{_MARKS})",
    re.IGNORECASE,
)
_CABLES = re.compile(r"(?:cable|telegram)s?", re.IGNORECASE)
# One report that is 'the' or 'a' secret report is what others wrote, and what the question is about.
_ONE = re.compile(r"document|report|message|paragraph", re.IGNORECASE)
_THE_ONE = re.compile(r"\b(?:the|an?)\s+$", re.IGNORECASE)
# 'In Minsk cables marked secret'
_WHOSE = re.compile(r"(?<=\s)(?:[A-Z\d][\w.]*\s+){1,3}$")
_HEAD = re.compile(rf"\W*(?:(?:and|but)\s+)?{_DETERMINER}", re.IGNORECASE)
_HEADING = re.compile(r"\s*[:;,–—]|\s+(?:about|on|regarding|concerning)\s+(?=[^?]*(?:[:;,]|\s[-–—])\s)", re.IGNORECASE)
_CLAUSE_LEAD = re.compile(
    rf"(?:,\s*)?\b(?:according to|as (?:reported|told|described) in|in|from|within|among|across|throughout)\s+"
    rf"{_DETERMINER}$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:[:;?.]|^\W*(?:please\s+)?(?:show|give|tell|find|list|quote|compare|contrast|summari[sz]e|search)"
    r"|\b(?:(?:show|give|tell|find) (?:me|us)|(?:is|are|was|were) there|who (?:wrote|drafted|signed)"
    r"|(?:which|how many|most|number|gist|summary|contents?) of"
    r"|(?:described|reported|said|named|mentioned|quoted|called) by))"
    rf"\s+{_DETERMINER}$",
    re.IGNORECASE,
)
_ASKED = re.compile(rf"\b(?:which|what|how many|do|does|did|has|have|had)\s+{_DETERMINER}$", re.IGNORECASE)
_SAY = re.compile(
    r"(?:\s+(?:about|on|from|of|in)\b[^?]*?)?\s+(?:ever\s+|also\s+)?(?:are there|say|said|tell|told|report|mention|name"
    r"|note|describe|explain|give|list|show|reveal|contain|cite|quote|call|claim|conclude|discuss|cover|deal"
    r"|have to say|speak|suggest|warn|predict|expect|judge|make of|see\b|think|know|blame|differ)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Marked:
    """How a question says that its sources are marked."""

    classifications: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    words: tuple[int, int] | None = None
    """Where the words begin and end that say so and nothing else; None of several, which are compared or of parts."""


def marked(text: str) -> Marked:
    """What `text` says of its sources; nothing where it only tells of secrecy: 'Who stole the secret documents?'"""
    found = list(_MARKED.finditer(text))
    sources = [words for match in found if (words := _saying_where(text, match))]
    if not sources:
        return Marked()
    said = " ".join(match["before"] or match["behind"] for match in found)
    caveats = ["NOFORN" if caveat == "NF" else caveat for caveat in _all(_CAPTION, said)]
    return Marked(_all(_LEVEL, said), tuple(dict.fromkeys(caveats)), sources[0] if len(found) == 1 else None)


def _all(marks: str, said: str) -> tuple[str, ...]:
    found = re.findall(rf"\b{marks}\b", said, re.IGNORECASE)
    return tuple(dict.fromkeys(" ".join(mark.upper().split()) for mark in found))


def _saying_where(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The stretch that only says where to look: a clause, a heading or the marks alone; None for a topic."""
    ahead, behind = text[: match.start()], text[match.end() :]
    noun = match["noun"] or match["kind"]
    if _ONE.fullmatch(noun) and _THE_ONE.search(ahead):
        return None
    if match["behind"]:
        ahead = _WHOSE.sub("", ahead)
    if lead := _CLAUSE_LEAD.search(ahead):
        return lead.start(), match.end()
    at_head = _HEAD.fullmatch(ahead)
    if at_head and (heading := _HEADING.match(behind)):
        return match.start(), match.end() + heading.end()
    asked = _ASKED.search(ahead) and (_CABLES.fullmatch(noun) or _SAY.match(behind))
    return match.span("before" if match["before"] else "behind") if at_head or asked or _LEAD.search(ahead) else None
