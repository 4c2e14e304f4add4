"""What a question says of its sources: filters, what it leans to, and the words that only say where to look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.question.dates import DatePhrase, date_phrases
from assistant.question.documents import Stretch, document_stretches
from assistant.question.markings import marked
from assistant.question.places import PostPhrase, countries, post_phrases
from assistant.question.tags import DOCUMENT_NOUN, tags_said
from index_store.filters import Filters

# A date after these is when something was reported: 'cables of 2005', 'Embassy Paris say in 2005', 'dated June 2006'.
_REPORTED = re.compile(
    rf"(?:\b{DOCUMENT_NOUN}|\b(?:(?:am)?embassy|consulate|mission|legation)(?:\s+[\w.']+){{0,3}}"
    r"|\b(?:reported|reporting|wrote|written|sent|dated|filed|cabled))\s*$",
    re.IGNORECASE,
)
_CABLE = re.compile(r"\s+(?:cables?|telegrams?|dispatch(?:es)?)\b", re.IGNORECASE)
# 'What was reported about the dam in late 2006?', 'After June 2008, what was reported?': no other verb has the date.
_WAS_REPORTED = r"(?:is|are|was|were|has been|have been|had been)\s+(?:reported|cabled)\b(?!\s+(?:to|that|as)\b)"
_ABOUT = r"(?:about|on|of|from|by|regarding|concerning)"
_REPORTED_ABOUT = re.compile(rf"\b(?:what|which\s+[\w ]{{1,30}}?)\s+{_WAS_REPORTED}\s+{_ABOUT}\b", re.IGNORECASE)
_THEN_REPORTED = re.compile(rf"\s*,?\s*(?:what|which\s+[\w ]{{1,30}}?)\s+{_WAS_REPORTED}", re.IGNORECASE)
_REPORTS_ABOUT = re.compile(rf"\s+(?:report|cable)\s+{_ABOUT}\b", re.IGNORECASE)
_DID = r"(?:do|does|did|has|had)\s+(?:(?:the|our)\s+)?"
_DOES = re.compile(rf"\b{_DID}$", re.IGNORECASE)
_THEN_DID = re.compile(rf"\s*,?\s*(?:what|how|why)\s+{_DID}", re.IGNORECASE)
_WITHIN = re.compile(r"(?:in|during|after|before|since|between|from)\b", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|or|to|versus|vs\.?)\s+(?:in\s+)?", re.IGNORECASE)
_HEAD = re.compile(r"\W*(?:and\s+|but\s+)?", re.IGNORECASE)
_SOURCE_LEAD = re.compile(
    r"(?:,\s*)?\b(?:according to|as (?:reported|seen) (?:by|from)"
    r"|in (?:the )?(?:view|opinion|judgment|judgement|words|eyes) of"
    rf"|in {DOCUMENT_NOUN} (?:from|of|by)|in|from|of|by)\s+(?:the\s+|our\s+)?(?:US\s+|U\.S\.\s+|American\s+)?$",
    re.IGNORECASE,
)
_DATE_LEAD = re.compile(r"(?:in|from|during|of|dated|after|before|since|between|until|by|on)\b", re.IGNORECASE)
_OF_ITS_CABLE = re.compile(r"\s+(?:of|in|from)\s+(?:[\w.'’]+\s+){0,3}$", re.IGNORECASE)
# What is left of a question that only wants to read a paragraph.
_SHOWING = frozenset(
    "a about an and are can cite contain contains content contents could did do does exactly from full give have i in"  # noqa: SIM905
    " is it me of please print quote quoted read reads s say says said see sentence sentences show stand stands state"
    " states stood tell text that the there to us was we were what whole word words wording would written you cable"
    " cables document documents telegram message report paragraph paragraphs".split()
)


@dataclass(frozen=True, slots=True)
class Cut:
    """Words that only say where to look, and what stands for them in what is searched."""

    start: int
    end: int
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a question says of its sources."""

    filters: Filters
    leaning: Filters
    cuts: tuple[Cut, ...] = ()
    only_paragraphs: bool = False
    """Whether it asks for nothing but the paragraphs that it names."""


def read_sources(text: str, posts: Iterable[str] = (), documents: Iterable[str] = ()) -> Sources:
    """What `text` says of its sources; `posts` and `documents`: those of the library."""
    named = [phrase for phrase in post_phrases(text, posts) if phrase.firm]
    stretches = document_stretches(text, documents)
    ids = tuple(dict.fromkeys(id for stretch in stretches for id in stretch.documents))
    labelled = [stretch for stretch in stretches if ids or _is_of_a_cable(text, stretch, named)]
    dates = list(date_phrases(text))
    reported: list[DatePhrase] = []
    for when in dates:
        goes_on = reported and _AND.fullmatch(text, reported[-1].end, when.start)
        if goes_on or _is_when_reported(text, when, named):
            reported.append(when)
    merely_named = next((when for when in dates if when not in reported), None)
    after, before = _hull(reported)
    marks = marked(text)
    filters = Filters(
        documents=ids,
        posts=tuple(dict.fromkeys(post for phrase in named for post in phrase.posts)),
        after=after,
        before=before,
        classifications=marks.classifications,
        caveats=marks.caveats,
        tags=tags_said(text),
        labels=tuple(dict.fromkeys(label for stretch in labelled for label in stretch.labels)),
    )
    leaning = Filters(
        posts=tuple(post for place in countries(text) for post in place.posts),
        tags=tuple(place.code for place in countries(text)),
        after=merely_named.after if merely_named else None,
        before=merely_named.before if merely_named else None,
    )
    cuts = [cut for phrase in named for cut in _clause(text, phrase.start, phrase.end)]
    if len(reported) == 1 and _DATE_LEAD.match(reported[0].words):  # of several each may belong to a part
        cuts += _clause(text, reported[0].start, reported[0].end)
    if marks.words:
        start, end = marks.words
        # 'in secret cables from Minsk' is one clause
        cuts.append(Cut(start, max([end, *(phrase.end for phrase in named if start <= phrase.start < end)])))
    if len(ids) == 1:  # two are compared by their names
        cuts += [cut for stretch in stretches for cut in _document_cut(text, stretch)]
    spans = [
        *((phrase.start, phrase.end) for phrase in named),
        *((when.start, when.end) for when in reported),
        *((stretch.start, stretch.end) for stretch in stretches),
    ]
    return Sources(filters, leaning, tuple(cuts), bool(filters.labels) and _only_shows(text, spans))


def _is_of_a_cable(text: str, stretch: Stretch, posts: Sequence[PostPhrase]) -> bool:
    """Whether paragraphs are said to be of a post's cable: 'para. 4 of the Minsk cable'."""
    return any(
        phrase.start > stretch.end and _OF_ITS_CABLE.fullmatch(text, stretch.end, phrase.start) for phrase in posts
    )


def _is_when_reported(text: str, when: DatePhrase, posts: Sequence[PostPhrase]) -> bool:
    """Whether a date says when something was reported, rather than when it happened."""
    if _REPORTED.search(text[: when.start]) or _CABLE.match(text, when.end):
        return True
    if any(text[phrase.end : when.start].isspace() for phrase in posts):
        return True  # 'according to La Paz in 2007'
    if any(text[when.end : phrase.start].isspace() and "cable" in phrase.words.lower() for phrase in posts):
        return True  # 'the 2007 Minsk cable'
    if not _WITHIN.match(when.words):
        return False
    if _HEAD.fullmatch(text, 0, when.start):
        then = text[when.end :]
        return bool(_THEN_REPORTED.match(then)) or any(_THEN_DID.fullmatch(text, when.end, p.start) for p in posts)
    if re.search(r"\w", text[when.end :]):
        return False
    asked = (phrase for phrase in posts if _DOES.search(text[: phrase.start]))
    return bool(_REPORTED_ABOUT.search(text)) or any(_REPORTS_ABOUT.match(text, phrase.end) for phrase in asked)


def _hull(dates: Sequence[DatePhrase]) -> tuple[datetime | None, datetime | None]:
    """The stretch that all the dates lie in."""
    after = [when.after for when in dates]
    before = [when.before for when in dates]
    return (
        min((moment for moment in after if moment), default=None) if None not in after else None,
        max((moment for moment in before if moment), default=None) if None not in before else None,
    )


def _clause(text: str, start: int, end: int) -> list[Cut]:
    """The stretch around a source's name that can be left out of what is searched, if it is a clause of its own."""
    lead = _SOURCE_LEAD.search(text[:start])
    if lead:
        return [Cut(lead.start(), end)]
    if _DATE_LEAD.match(text[start:end]):
        return [Cut(start, end)]
    return []


def _document_cut(text: str, stretch: Stretch) -> list[Cut]:
    """A document's id says nothing of the topic: left out as a clause, else its kind stands for it."""
    clause = _clause(text, stretch.start, stretch.end)
    if clause or not stretch.documents:
        return clause
    return [Cut(stretch.start, stretch.end, "the paragraph" if stretch.labels else "the document")]


def _only_shows(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether nothing but words of showing is left without what names the sources."""
    rest = text
    for start, end in sorted(spans, reverse=True):
        rest = rest[:start] + " " + rest[end:]
    return all(word in _SHOWING for word in re.findall(r"[^\W_]+", rest.lower()))


def without(text: str, cuts: Iterable[Cut]) -> str:
    """The question without what only says where to look, tidied; all of it where too little would be left."""
    pieces, at = [], 0
    for cut in sorted(cuts, key=lambda cut: cut.start):
        pieces += [text[at : cut.start], cut.instead if cut.start >= at else ""]  # they may overlap
        at = max(at, cut.end)
    kept = " ".join(" ".join([*pieces, text[at:]]).split())
    kept = re.sub(r"\s+([,?.;!])", r"\1", re.sub(r"^[\s,;:]+", "", kept))
    kept = re.sub(r",(?=[?.!])|,(?=,)", "", kept).strip()
    if len(re.findall(r"\w+", kept)) < 3:
        return text
    return kept[0].upper() + kept[1:]
