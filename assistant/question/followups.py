"""Follow-up questions without a language model: what a question leaves out is taken from the turns before.

Three things carry over from the last question that stood on its own: what it was about, who was in
focus (the names of question and answer), and the filters. A question that names its own topic drops
all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.question.dates import DatePhrase, date_phrases
from assistant.question.names import common_words, is_person, names_in
from assistant.question.places import post_phrases
from assistant.quoting.attribution import speaks
from index_store.filters import Filters

_ASKING = r"(?:who|whom|whose|what|when|where|why|how|which)"
_OPENING = re.compile(
    r"^(?:and|but|so|or|then|also|ok(?:ay)?|well|now|yes|no|please|thanks?|hm+)\b[\s,.;:!-]*", re.IGNORECASE
)
_POST_OF = re.compile(
    r"\b(?!(?:think|thought|made?|make|becomes?|became|come|views?|opinion|speak|spoke|praise|words?)\b)[a-z]+ of "
    r"(?:the )?$"
    r"|\b(?:manages?|runs?|heads?|owns?|leads?|chairs?|directs?|operates?|commands?|founded)(?: the)? $"
)
_GOES_ON = re.compile(r"^(?:and|but|so|or)\b", re.IGNORECASE)
FEWEST_WORDS = 2
"""Words with a meaning of their own that make a topic."""
_ABOUT = re.compile(
    r"^(?:what about|how about|the same for|and for|and of)\s+(?P<topic>.+?)[\s?.!]*$",
    re.IGNORECASE,
)
_AND_WHOM = re.compile(
    r"^(?P<topic>(?:the |her |his |their |its |of |for |in )?[\w'’.-]+(?: [\w'’.-]+){0,3})[\s?.!]*$", re.IGNORECASE
)
_VERB_OF_A_QUESTION = r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)\b"
_INSTEAD = re.compile(r"\b(?:instead|rather)\b[\s?.!]*$", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_PEOPLE = re.compile(r"\b(?:they|them|their|theirs|themselves)\b", re.IGNORECASE)
_THING = re.compile(
    r"\b(?:it|its|that|this|these|those|there|the (?:same|former|latter|first|second|last|other)|the \w+ ones?)\b",
    re.IGNORECASE,
)
_SO = re.compile(
    r"\b(?:think|thought|say|said|believe[ds]?|do|did|does) (?:so|that|this)\b|\bwhy (?:not|so|is that|was that)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Focus:
    """What a conversation is about, after a turn."""

    question: str = ""
    """The last question, as it stood on its own."""
    names: tuple[str, ...] = ()
    """The names in question and answer, the most likely referent of a pronoun first."""
    filters: Filters | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made to stand on its own."""

    asked: str
    """The question itself, pronouns for persons replaced."""
    context: str = ""
    """An earlier question that it has to be searched together with; empty where it says enough itself."""
    carried: bool = False
    """Whether anything was taken from the turn before."""
    filters: Filters | None = None
    """Filters carried over from the turn before, for conditions that the question doesn't set itself."""


def focus_after(question: str, answered: Sequence[str] = (), filters: Filters | None = None) -> Focus:
    """The focus after `question`, which stands on its own, was answered by the sentences `answered`.

    The names of the answer's first sentence stand before those of the question when the question asked
    for a person; otherwise the question's own come first.
    """
    asked, told = names_in(question), names_in(answered[0]) if answered else []
    wants_person = re.match(r"\s*(?:and\s+)?(?:who|whom|which)\b", question, re.IGNORECASE)
    ordered = [*told, *asked] if wants_person else [*asked, *told]
    return Focus(question, tuple(dict.fromkeys(ordered)), filters)


def resolve(question: str, focus: Focus) -> Resolved:
    """`question` made to stand on its own by the focus of the turn before."""
    text = " ".join(question.split())
    if not focus.question:
        return Resolved(text)
    bare = _OPENING.sub("", text).strip() or text
    changed = _changes_only(bare, focus)
    if changed:
        return changed
    about = _ABOUT.match(bare) or _AND_WHOM.match(bare) if not _is_question(bare) or _ABOUT.match(bare) else None
    if about:
        return _about(about["topic"], focus)
    if _stands_alone(bare, goes_on=bool(_GOES_ON.match(text))):
        return Resolved(text)
    return _with_referents(bare, focus)


def _is_question(text: str) -> bool:
    """Whether the words make a question of their own, rather than a mere name or topic."""
    return bool(re.search(_VERB_OF_A_QUESTION, text, re.IGNORECASE)) or bool(
        re.match(rf"{_ASKING}\b", text, re.IGNORECASE)
    )


def _stands_alone(text: str, goes_on: bool = False) -> bool:
    """Whether a question names its own topic and leans on nothing; `goes_on`: it began with 'And' or 'But'."""
    if _PERSON.search(text) or _PEOPLE.search(text) or _SO.search(text):
        return bool(names_in(text)) and not _leans_from_the_start(text)
    words = re.findall(r"[^\W\d_]{3,}", text)
    content = [word for word in words if word.lower() not in common_words()]
    if _THING.search(text):
        return len(content) >= 5 and bool(names_in(text))
    return len(content) >= (5 if goes_on else FEWEST_WORDS) or bool(names_in(text))


def _leans_from_the_start(text: str) -> bool:
    """Whether a pronoun comes before every name of the question."""
    pronoun = min(
        (found.start() for found in (p.search(text) for p in (_PERSON, _PEOPLE, _SO)) if found), default=len(text)
    )
    name = next((text.find(name) for name in names_in(text)), len(text))
    return pronoun < name


def _with_referents(text: str, focus: Focus) -> Resolved:
    """Pronouns replaced by the person in focus; where that says too little, searched with the last question."""
    person = _person_in_focus(focus)
    replaced = _PERSON.sub(lambda match: _in_case(match.group(), person), text, count=1) if person else text
    content = [word for word in re.findall(r"[^\W\d_]{3,}", replaced) if word.lower() not in common_words()]
    enough = replaced != text and len(content) >= 4 and not _SO.search(text) and not _THING.search(text)
    return Resolved(replaced, "" if enough else _context(focus), True, focus.filters)


def _person_in_focus(focus: Focus) -> str | None:
    """The first name that is surely a person's: of two words, or its last word, or beside a word of speech."""
    people = [name for name in focus.names if is_person(name) and not _has_people(name, focus.question)]
    whole = [name for name in people if " " in name]
    for name in people:
        if name in whole or any(name == other.split()[-1] for other in whole) or speaks(name, focus.question):
            return name
    return None


def _has_people(name: str, question: str) -> bool:
    """Whether the question speaks of somebody's post there: 'the mayor of Velograd', 'Who runs Norsk Brygge?'"""
    before = question.partition(name)[0]
    return name in question and bool(_POST_OF.search(before))


def _context(focus: Focus) -> str:
    """The last question; of one that had a context itself, the first and the last of its questions."""
    asked = [piece for piece in re.split(r"(?<=[?])\s+", focus.question) if piece]
    kept = asked if len(asked) < 3 else [asked[0], asked[-1]]
    return " ".join(piece.rstrip(" ?.!") + "?" for piece in kept)


def _in_case(pronoun: str, name: str) -> str:
    return f"{name}'s" if pronoun.lower() in ("his", "hers") else name


def _about(topic: str, focus: Focus) -> Resolved:
    """'What about X?': the last question asked of X, put for its name where it has one of the same kind."""
    topic = topic.strip(" ,;?!.")
    asked = re.split(r"(?<=[?])\s+", focus.question)
    last = asked[0] if _SO.search(asked[-1]) else asked[-1]
    people = [name for name in names_in(last) if is_person(name)]
    if len(people) == 1:
        leans = len(asked) > 1 and (_THING.search(last) or _PEOPLE.search(last))
        return Resolved(last.replace(people[0], topic, 1), asked[0] if leans else "", True, focus.filters)
    return Resolved(f"{topic[:1].upper()}{topic[1:]}?", _context(focus), True, focus.filters)


def _changes_only(text: str, focus: Focus) -> Resolved | None:
    """'In 2007 instead', 'and from Paris?': the last question with another date or post."""
    dates, posts = list(date_phrases(text)), post_phrases(text)
    if not dates and not posts:
        return None
    rest = _cut(_INSTEAD.sub("", text), [(d.start, d.end) for d in dates] + [(p.start, p.end) for p in posts])
    if re.findall(
        r"[^\W\d_]{3,}",
        re.sub(r"\b(?:what|how) about\b|\b(?:according to|from|the|our|only|just|same)\b", " ", rest, flags=re.I),
    ):
        return None
    question, filters = focus.question, focus.filters
    old_dates = list(date_phrases(question))
    if dates:
        question = _swapped(question, old_dates, dates[0])
        if filters:
            filters = replace(filters, after=None, before=None)
    if posts:
        old = post_phrases(question)
        words = posts[0].words
        question = (
            question[: old[0].start] + words + question[old[0].end :]
            if old
            else f"According to {words}, {_lower(question)}"
        )
        if filters:
            filters = replace(filters, posts=())
    return Resolved(question, "", True, filters)


def _swapped(question: str, old: Sequence[DatePhrase], new: DatePhrase) -> str:
    if old:
        return question[: old[0].start] + new.words + question[old[0].end :]
    return f"{question.rstrip(' ?.!')} {new.words}?"


def _cut(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(stretches, reverse=True):
        text = text[:start] + " " + text[end:]
    return text


def _lower(question: str) -> str:
    return question[:1].lower() + question[1:]


def inherited(own: Filters, carried: Filters) -> Filters:
    """A follow-up's own filters, and those carried over for conditions that it doesn't set itself."""
    dated = own.after or own.before
    return Filters(
        documents=own.documents or carried.documents,
        posts=own.posts or carried.posts,
        after=own.after if dated else carried.after,
        before=own.before if dated else carried.before,
        classifications=own.classifications or carried.classifications,
        tags=own.tags or carried.tags,
        labels=own.labels,
        speakers=own.speakers or carried.speakers,
    )
