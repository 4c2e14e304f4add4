"""What a question asks for, worked out by rules: filters said in words, parts, and what it wants."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from assistant.question.dates import date_phrases, stretch_in_words
from assistant.question.names import common_words
from assistant.question.parts import split_parts
from assistant.question.places import countries, post_phrases
from assistant.question.tables import tag_meanings
from assistant.question.wants import Want, wants
from index_store.filters import Filters

_DOCUMENT_NOUN = r"(?:cables?|documents?|reports?|telegrams?|messages?|dispatch(?:es)?|reporting|paragraphs?)"
_LEVEL = r"(unclassified|confidential|top secret|secret)"
_CLASSIFICATIONS = (
    re.compile(rf"\b{_LEVEL}\s+{_DOCUMENT_NOUN}\b", re.IGNORECASE),
    re.compile(
        rf"\b{_DOCUMENT_NOUN}\s+(?:that (?:is|are|were)\s+)?(?:classified|marked)\s+(?:as\s+)?{_LEVEL}\b", re.IGNORECASE
    ),
)
_MRN = re.compile(r"\d{2}[A-Z][A-Z]{2,}\d+(?:_[a-z])?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?:¶\s*|\bpara(?:graph|\.)?\s+)(\d{1,3}(?:#\d+)?)\b", re.IGNORECASE)
_TAGGED = re.compile(
    r"\b(?:tagged(?:\s+(?:with|as))?|with (?:the )?tags?|tags?)\s+(?P<code>[A-Z]{2,4})\b"
    rf"|{_DOCUMENT_NOUN}\s+(?:about|on|concerning)\s+(?P<topic>[\w /'-]+)"
    r"|\babout (?P<about>[\w /'-]+)"
)
_TOPIC_ENDS = r"(?:$|\b(?= (?:in|from|of|during|after|before|since|and|between|by)\b))"
# A date after these is when something was reported: 'cables of 2005', 'Embassy Paris say in 2005', 'dated June 2006'.
_REPORTED = re.compile(
    rf"(?:\b{_DOCUMENT_NOUN}|\b(?:embassy|consulate|mission|legation)(?:\s+[\w.']+){{0,3}}"
    r"|\b(?:reported|reporting|wrote|written|sent|dated|filed|cabled))\s*$",
    re.IGNORECASE,
)
_SOURCE_LEAD = re.compile(
    r"(?:,\s*)?\b(?:according to|as (?:reported|seen) (?:by|from)|in (?:the )?(?:view|opinion|judgment|words) of"
    rf"|in {_DOCUMENT_NOUN} (?:from|of|by)|in|from|of|by)\s+(?:the\s+|our\s+)?(?:US\s+|U\.S\.\s+|American\s+)?$",
    re.IGNORECASE,
)
_DATE_LEAD = re.compile(r"(?:in|from|during|of|dated|after|before|since|between|until|by|on)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the library knows that helps to read a question."""

    posts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked, searched on its own."""

    text: str
    filters: Filters = field(default_factory=Filters)
    asked: str = ""
    """What its sentences are to answer, without the context that a follow-up is searched with."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood."""

    original: str
    text: str
    """The question that stands on its own: what is searched."""
    asked: str = ""
    """What sentences are to answer: `text` without the context that a follow-up is searched with."""
    whole: str = ""
    """`text` with the words that only say where to look."""
    filters: Filters = field(default_factory=Filters)
    """What the question says its sources are: searched within, and loosened only where nothing there answers."""
    leaning: Filters = field(default_factory=Filters)
    """Years and countries that it merely names: paragraphs that fit are preferred a little."""
    parts: tuple[Part, ...] = ()
    wants: frozenset[Want] = frozenset()
    told: frozenset[str] = frozenset()
    """Sentences that the turn before quoted."""

    @property
    def chips(self) -> tuple[str, ...]:
        """The filters in plain words."""
        return filters_in_words(self.filters)

    def searched_within(self, filters: Filters) -> Understood:
        """The same question with filters given from outside."""
        parts = tuple(replace(part, filters=filters) for part in self.parts)
        return replace(self, filters=filters, parts=parts)


def understand(question: str, vocabulary: Vocabulary | None = None, context: str = "") -> Understood:
    """Understand a question; `context`: an earlier question that a follow-up is searched together with.

    Never fails: what isn't understood is searched as it stands.
    """
    vocabulary = vocabulary or Vocabulary()
    whole = " ".join(question.split())
    firm, leaning, drop = _read_filters(whole, vocabulary)
    asked = _without(whole, drop)
    if context:
        leaning = _read_filters(f"{context} {whole}", vocabulary)[1]
    parts = tuple(
        Part(f"{context} {part}".strip(), _filters_of_part(part, firm, vocabulary), part) for part in split_parts(asked)
    )
    return Understood(
        original=question,
        text=f"{context} {asked}".strip(),
        asked=asked,
        filters=firm,
        leaning=leaning,
        parts=parts,
        wants=wants(asked),
        whole=f"{context} {whole}".strip(),
    )


_PRONOUN = re.compile(r"she|they|him|them|his|hers?|its|theirs?|this|that|these|those|one", re.IGNORECASE)
_ENOUGH_WORDS = 2


def to_answer(asked: str, text: str) -> str:
    """What paragraphs and sentences are read against: a follow-up alone if it says enough, else with its context.

    They are found by its context too, but the question before would draw those forward that answered it.
    """
    words = [word for word in re.findall(r"[^\W\d_]{3,}", asked) if word.lower() not in common_words()]
    return asked if sum(not _PRONOUN.fullmatch(word) for word in words) >= _ENOUGH_WORDS else text


def _read_filters(text: str, vocabulary: Vocabulary) -> tuple[Filters, Filters, list[tuple[int, int]]]:
    """Firm filters, mere leanings, and the stretches of the question that only say where to look."""
    drop: list[tuple[int, int]] = []
    documents = _documents(text, vocabulary, drop)
    labels = tuple(match.group(1) for match in _PARAGRAPH.finditer(text)) if documents else ()
    posts: list[str] = []
    for phrase in post_phrases(text, vocabulary.posts):
        if phrase.firm:
            posts += phrase.posts
            drop += _source_clause(text, phrase.start, phrase.end)
    after = before = None
    near_after = near_before = None
    for when in date_phrases(text):
        if _REPORTED.search(text[: when.start]):
            after, before = when.after, when.before
            drop += _source_clause(text, when.start, when.end)
        elif near_after is None and near_before is None:
            near_after, near_before = when.after, when.before
    levels = (match.group(1).upper() for pattern in _CLASSIFICATIONS for match in pattern.finditer(text))
    firm = Filters(
        documents=documents,
        posts=tuple(dict.fromkeys(posts)),
        after=after,
        before=before,
        classifications=tuple(dict.fromkeys(levels)),
        tags=_tags(text),
        labels=labels,
    )
    leaning = Filters(
        posts=tuple(post for place in countries(text) for post in place.posts),
        tags=tuple(place.code for place in countries(text)),
        after=near_after,
        before=near_before,
    )
    return firm, leaning, drop


def _documents(text: str, vocabulary: Vocabulary, drop: list[tuple[int, int]]) -> tuple[str, ...]:
    """Document ids that stand in the question: those of the library, and whatever looks like an MRN."""
    known = {document.upper(): document for document in vocabulary.documents}
    found = []
    for match in re.finditer(r"[\w.-]+", text):
        word = match.group().strip(".-")
        if word.upper() in known and any(c.isdigit() for c in word):
            found.append(known[word.upper()])
        elif _MRN.fullmatch(word):
            found.append(word.upper())
    return tuple(dict.fromkeys(found))


def _tags(text: str) -> tuple[str, ...]:
    meanings = tag_meanings()
    codes = _codes_by_meaning()
    found: list[str] = []
    for match in _TAGGED.finditer(text):
        if match["code"]:
            found += [match["code"]] if match["code"] in meanings else []
            continue
        topic = (match["topic"] or match["about"] or "").strip().lower()
        code = next(
            (code for meaning, code in codes if re.match(f"(?:the )?{re.escape(meaning)}{_TOPIC_ENDS}", topic)), None
        )
        # 'about human rights' after a verb of saying names what was said, not what the cable is filed under.
        if code and (match["topic"] or "view" not in wants(text[: match.start()])):
            found.append(code)
    return tuple(dict.fromkeys(found))


@cache
def _codes_by_meaning() -> tuple[tuple[str, str], ...]:
    """Subject codes by meaning in small letters, the longest meaning first; countries are no subject."""
    pairs = [(meaning.lower(), code) for code, cells in tag_meanings().items() if len(code) == 4 for meaning in cells]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


def _source_clause(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch around a source's name that can be left out of what is searched, if it is a clause of its own."""
    lead = _SOURCE_LEAD.search(text[:start])
    if lead:
        return [(lead.start(), end)]
    if _DATE_LEAD.match(text[start:end]):
        return [(start, end)]
    return []


def _without(text: str, drop: list[tuple[int, int]]) -> str:
    """The question without the stretches, tidied; the whole question where too little would be left."""
    kept = text
    for start, end in sorted(drop, reverse=True):
        kept = kept[:start] + " " + kept[end:]
    kept = re.sub(r"\s+([,?.;!])", r"\1", re.sub(r"^[\s,;:]+", "", " ".join(kept.split())))
    kept = re.sub(r",(?=[?.!])|,(?=,)", "", kept).strip()
    if len(re.findall(r"\w+", kept)) < 3:
        return text
    return kept[0].upper() + kept[1:]


def _filters_of_part(part: str, whole: Filters, vocabulary: Vocabulary) -> Filters:
    """Where a question names several sources, each part is searched in the sources it names itself."""
    if len(whole.posts) < 2 and len(whole.documents) < 2:
        return whole
    own = _read_filters(part, vocabulary)[0]
    return replace(
        whole,
        posts=own.posts or whole.posts,
        documents=own.documents or whole.documents,
    )


def filters_in_words(filters: Filters) -> tuple[str, ...]:
    """Each condition as a chip says it."""
    chips = [*filters.documents, *(f"¶{label}" for label in filters.labels)]
    if filters.posts:
        chips.append("from " + " or ".join(filters.posts))
    if filters.after or filters.before:
        chips.append(stretch_in_words(filters.after, filters.before))
    chips += [level.capitalize() for level in filters.classifications]
    meanings = tag_meanings()
    chips += [f"{code} ({meanings[code][0]})" if code in meanings else code for code in filters.tags]
    return tuple(chips)
