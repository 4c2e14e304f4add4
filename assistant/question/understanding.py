"""What a question asks for, worked out by rules: filters said in words, parts, and what it wants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.question.dates import date_phrases, stretch_in_words
from assistant.question.names import common_words
from assistant.question.parts import own_words, split_parts, tells_later
from assistant.question.sources import read_sources, without
from assistant.question.speakers import speakers_in
from assistant.question.tables import tag_meanings
from assistant.question.topics import ASKS
from assistant.question.wants import Want, wants
from index_store.filters import Filters


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the library knows that helps to read a question."""

    posts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    documents: frozenset[str] = frozenset()
    paragraphs: Callable[[str], Iterable[str]] = lambda _word: ()
    """The texts of some paragraphs that have a word."""


CONDITIONS = (
    ("labels",),
    ("after", "before"),
    ("tags",),
    ("classifications", "caveats"),
    ("posts",),
    ("speakers",),
    ("documents",),
)
"""The fields of filters that are loosened together, in the order in which they are."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked, searched on its own."""

    text: str
    filters: Filters = field(default_factory=Filters)
    asked: str = ""
    """What its sentences are to answer, without the context that a follow-up is searched with."""
    wordings: tuple[str, ...] = ()
    """How it is put to search and models, the most telling first."""
    in_context: str = ""
    """How it is put to the model of inference."""
    person: str = ""
    """Who is meant by it, as the answer to the part before says."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood."""

    original: str
    text: str
    """The question that stands on its own: what is searched."""
    asked: str = ""
    """What sentences are to answer: `text` without the context that a follow-up is searched with."""
    topic: str = ""
    """The earlier question that opened the topic of a follow-up."""
    whole: str = ""
    """`text` with the words that only say where to look."""
    filters: Filters = field(default_factory=Filters)
    """What the question says its sources are: searched within, and loosened only where nothing there answers."""
    leaning: Filters = field(default_factory=Filters)
    """Years and countries that it merely names: paragraphs that fit are preferred a little."""
    wordings: tuple[str, ...] = ()
    """How it is put to search and models, the most telling first: a follow-up alone and behind earlier questions.

    Alone it isn't drawn to what answered the question before; behind them it stays with the matter.
    """
    in_context: str = ""
    """The same behind all of them: how it is put to the model of inference, which learnt from dialogues."""
    parts: tuple[Part, ...] = ()
    wants: frozenset[Want] = frozenset()
    told: frozenset[str] = frozenset()
    """Sentences that the turn before quoted."""
    cited: tuple[str, ...] = ()
    """Documents that earlier turns cited for the same topic."""
    only_paragraphs: bool = False
    """Whether it asks for nothing but the paragraphs that its filters name: they are quoted as they go on."""

    @property
    def chips(self) -> tuple[str, ...]:
        """The filters in plain words."""
        return filters_in_words(self.filters)

    def searched_within(self, filters: Filters) -> Understood:
        """The same question with filters given from outside."""
        parts = tuple(replace(part, filters=filters) for part in self.parts)
        only_paragraphs = self.only_paragraphs and bool(filters.labels)
        return replace(self, filters=filters, parts=parts, only_paragraphs=only_paragraphs)


def loosened(understood: Understood) -> Iterator[Understood]:
    """The question with fewer and fewer of its conditions, the last time without any; a date goes before a post."""
    for names in CONDITIONS:
        lifted: dict[str, Any] = {name: getattr(Filters(), name) for name in names}
        wider = replace(understood.filters, **lifted)
        if wider != understood.filters:
            parts = tuple(replace(part, filters=replace(part.filters, **lifted)) for part in understood.parts)
            only_paragraphs = understood.only_paragraphs and bool(wider.labels)
            understood = replace(understood, filters=wider, parts=parts, only_paragraphs=only_paragraphs)
            yield understood


def understand(question: str, vocabulary: Vocabulary | None = None, contexts: Sequence[str] = ()) -> Understood:
    """Understand a question; `contexts`: earlier questions behind which a follow-up is read.

    Never fails: what isn't understood is searched as it stands.
    """
    vocabulary = vocabulary or Vocabulary()
    whole = " ".join(question.split())
    said = read_sources(whole, vocabulary.posts, vocabulary.documents)
    firm = replace(said.filters, speakers=speakers_in(whole, vocabulary.paragraphs))
    leaning = said.leaning
    asked = whole if said.only_paragraphs else without(whole, said.cuts)
    context = contexts[0] if contexts else ""
    if context:
        leaning = read_sources(f"{context} {whole}", vocabulary.posts, vocabulary.documents).leaning
    texts = split_parts(asked)
    within = _filters_of_parts(whole, texts, firm, vocabulary)
    parts = tuple(
        Part(f"{context} {part}".strip(), filters, part, _wordings(part, contexts), behind(contexts, part))
        for part, filters in zip(texts, within, strict=True)
    )
    return Understood(
        original=question,
        text=f"{context} {asked}".strip(),
        asked=asked,
        topic=context,
        filters=firm,
        leaning=leaning,
        wordings=_wordings(asked, contexts),
        in_context=behind(contexts, asked),
        parts=parts,
        wants=wants(asked),
        whole=f"{context} {whole}".strip(),
        only_paragraphs=said.only_paragraphs,
    )


def behind(earlier: Sequence[str], question: str) -> str:
    """A question behind those that it goes on from, each once and with its mark."""
    return " ".join([*dict.fromkeys(f"{one.rstrip(' ?.!')}?" for one in earlier), question])


_PRONOUN = re.compile(r"she|they|him|them|his|hers?|its|theirs?|this|that|these|those|one", re.IGNORECASE)
_ENOUGH_WORDS = 2


def _wordings(asked: str, contexts: Sequence[str]) -> tuple[str, ...]:
    """The question alone, if it says enough (a noun does: 'The opposition?'), and behind each of its contexts."""
    words = [word for word in re.findall(r"[^\W\d_]{3,}", asked) if word.lower() not in common_words()]
    telling = sum(not _PRONOUN.fullmatch(word) for word in words)
    enough = telling >= _ENOUGH_WORDS or (telling == len(words) == 1 and not ASKS.search(asked))
    behind = tuple(f"{context} {asked}" for context in contexts)
    return (asked, *behind) if enough or not behind else behind


def _filters_of_parts(question: str, parts: Sequence[str], whole: Filters, vocabulary: Vocabulary) -> list[Filters]:
    """Each part is searched in the sources that it names itself, where it names any of several.

    A part that asks what came later, or names a date, isn't held to that of the part before. They are read from the
    question as it was asked: `parts` lack the words that only say where to look.
    """
    if len(parts) < 2:
        return [whole]
    asked = split_parts(question)
    if len(asked) != len(parts):
        asked = list(parts)
    own = [asked[0], *(own_words(part, asked[0]) for part in asked[1:])]
    return [_filters_of_part(part, whole, vocabulary, later=number > 0) for number, part in enumerate(own)]


def _filters_of_part(part: str, whole: Filters, vocabulary: Vocabulary, *, later: bool) -> Filters:
    """The whole question's filters, of its sources and dates those of the part; `later`: it isn't the first part."""
    own = read_sources(part, vocabulary.posts, vocabulary.documents).filters
    marked = own.classifications or own.caveats
    after, before = whole.after, whole.before
    if (after or before) and (own.after or own.before):
        after, before = own.after, own.before
    elif later and (tells_later(part) or any(date_phrases(part))):
        after = before = None
    return replace(
        whole,
        posts=tuple(post for post in own.posts if post in whole.posts) or whole.posts,
        documents=tuple(id for id in own.documents if id in whole.documents) or whole.documents,
        classifications=own.classifications if marked else whole.classifications,
        caveats=own.caveats if marked else whole.caveats,
        after=after,
        before=before,
        speakers=speakers_in(part, vocabulary.paragraphs) if whole.speakers else (),
    )


def filters_in_words(filters: Filters) -> tuple[str, ...]:
    """Each condition as a chip says it."""
    chips = [*filters.documents, *(f"¶{label}" for label in filters.labels)]
    if filters.posts:
        chips.append("from " + " or ".join(filters.posts))
    if filters.speakers:
        chips.append("said by " + " or ".join(filters.speakers))
    if filters.after or filters.before:
        chips.append(stretch_in_words(filters.after, filters.before))
    chips += [*(level.capitalize() for level in filters.classifications), *filters.caveats]
    meanings = tag_meanings()
    chips += [f"{code} ({meanings[code][0]})" if code in meanings else code for code in filters.tags]
    return tuple(chips)
