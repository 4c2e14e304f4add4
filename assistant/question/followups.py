"""Follow-up questions without a language model: what a question leaves out is taken from the turns before.

Three things carry over: what the conversation is about (the question that opened the topic, and the last), who is in
focus (the names of question and answer), and the filters. A question that announces another topic, or names its own,
drops all of them.
"""

from __future__ import annotations

import re

from assistant.question.changes import changes_only, paragraph_alone, with_document
from assistant.question.focus import Focus, Resolved
from assistant.question.names import is_person
from assistant.question.subjects import has_people, is_somebody, subject_span, tells_where
from assistant.question.topics import (
    ASKS,
    GOES_ON,
    OPENING,
    PEOPLE,
    PERSON,
    SO,
    THING,
    announced_topic,
    names_new,
    stands_alone,
)
from assistant.quoting.attribution import speaks
from index_store.filters import Filters

_ABOUT = re.compile(
    r"^(?:what about|how about|the same for|and for|and of|(?:i|we) (?:mean|meant))\s+(?P<topic>.+?)[\s?.!]*$",
    re.IGNORECASE,
)
# A few words without a verb: 'the mayor', 'really', 'the year after'.
_FRAGMENT = re.compile(r"^(?P<topic>[\w'’.-]+(?: [\w'’.-]+){0,4})[\s?.!]*$")
# 'her wells', but not 'gave her wells', 'met her in', 'met her.'
_HER = re.compile(
    r"\bher(?=\s+(?!(?:the|an?|to|in|on|at|of|for|from|by|with|about|after|before|and|or|but|as|if|so|not|that|this"
    r"|there|then|now|when|while|why|how|what|because|into|out|up|down|off|again|back|more|much|any|some)\b)[^\W\d_])",
    re.IGNORECASE,
)
_GIVES = re.compile(
    r"\b(?:give|gave|given|tell|told|make|made|let|help|helped|see|saw|seen|hear|heard|offer|offered|pay|paid|owe|owed"
    r"|show|shown|showed|send|sent|cost|call|called|ask|asked)\s+$",
    re.IGNORECASE,
)


def resolve(question: str, focus: Focus) -> Resolved:
    """`question` made to stand on its own by the focus of the turn before."""
    text = " ".join(question.split())
    if not focus.question:
        return Resolved(text)
    if announced := announced_topic(text):
        return Resolved(announced)
    bare = OPENING.sub("", text).strip() or text
    changed = paragraph_alone(bare, focus) or changes_only(bare, focus)
    if changed:
        return changed
    about = _ABOUT.match(bare) or (None if ASKS.search(bare) else _FRAGMENT.match(bare))
    if about:
        return _about(about["topic"], focus, begins=text.startswith(about["topic"]))
    located = with_document(bare, focus)
    if located != bare and stands_alone(located):
        return Resolved(located, carried=True)
    if not stands_alone(bare, goes_on=bool(GOES_ON.match(text))):
        return Resolved(_with_focus(located, focus), _contexts(focus), True, focus.filters)
    if names_new(bare, focus):
        return Resolved(text)
    return Resolved(text, _contexts(focus), True)  # it may well be asked of the same matter


def _with_focus(text: str, focus: Focus) -> str:
    """The person in focus put for the first pronoun."""
    person = _person_in_focus(focus)
    return with_person(text, person) if person else text


def with_person(text: str, person: str) -> str:
    """A person put for the first pronoun, but not in 'The priest, is he ...?'"""
    pronoun = PERSON.search(text)
    if not pronoun:
        return text
    ahead, comma, _ = text[: pronoun.start()].partition(",")
    if comma and is_somebody(ahead):
        return text
    return f"{text[: pronoun.start()]}{_in_case(pronoun, person)}{text[pronoun.end() :]}"


def _person_in_focus(focus: Focus) -> str | None:
    """The first name that is surely a person's: of two words, or its last word, or beside a word of speech."""
    people = [
        name
        for name in focus.names
        if is_person(name) and not has_people(name, focus.said) and not tells_where(name, focus.said)
    ]
    whole = [name for name in people if " " in name]
    for name in people:
        if name in whole or any(name == other.split()[-1] for other in whole) or speaks(name, focus.said):
            return name
    return None


def _contexts(focus: Focus) -> tuple[str, ...]:
    """The question that opened the topic, and the last."""
    return tuple(dict.fromkeys(piece.rstrip(" ?.!") + "?" for piece in (focus.topic or focus.question, focus.question)))


def _in_case(pronoun: re.Match[str], name: str) -> str:
    """The name as the pronoun stood: 'his' and 'her' before what somebody has with a possessive s."""
    text, word = pronoun.string, pronoun.group().lower()
    has = word in ("his", "hers") or (
        word == "her" and _HER.match(text, pronoun.start()) and not _GIVES.search(text[: pronoun.start()])
    )
    return f"{name}'s" if has else name


def _about(topic: str, focus: Focus, begins: bool) -> Resolved:
    """'What about X?': the last question asked of X, put for whom it was about; else both searched together.

    `begins`: the topic begins what was asked, so that its first capital tells nothing.
    """
    topic = topic.strip(" ,;?!.")
    unsure = begins and " " not in topic and not any(topic in name.split() for name in focus.names)
    asked = re.split(r"(?<=[?])\s+", focus.said)
    last = asked[0] if SO.search(asked[-1]) else asked[-1]
    slot = subject_span(last, topic) if is_somebody(topic) and not (unsure and topic[:1].isupper()) else None
    topic = _with_focus(topic, focus)
    if slot:
        leans = len(asked) > 1 and (THING.search(last) or PEOPLE.search(last))
        swapped = f"{last[: slot[0]]}{topic}{last[slot[1] :]}"
        return Resolved(swapped, (asked[0],) if leans else (), True, focus.filters)
    return Resolved(f"{topic[:1].upper()}{topic[1:]}?", _contexts(focus), True, focus.filters)


def inherited(own: Filters, carried: Filters) -> Filters:
    """A follow-up's own filters, and those carried over for conditions that it doesn't set itself."""
    dated = own.after or own.before
    marked = own.classifications or own.caveats
    return Filters(
        documents=own.documents or carried.documents,
        posts=own.posts or carried.posts,
        after=own.after if dated else carried.after,
        before=own.before if dated else carried.before,
        classifications=own.classifications if marked else carried.classifications,
        caveats=own.caveats if marked else carried.caveats,
        tags=own.tags or carried.tags,
        labels=own.labels,
        speakers=own.speakers or carried.speakers,
    )
