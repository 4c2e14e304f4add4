"""Whom a question is about: where it names him, and what words name a person or a group."""

from __future__ import annotations

import re
from functools import cache

from assistant.question.names import is_person, names_in
from assistant.question.tables import rows
from assistant.quoting.attribution import speaks

AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)"
_POST_OF = re.compile(
    r"\b(?!(?:think|thought|made?|make|becomes?|became|come|views?|opinion|speak|spoke|praise|words?)\b)[a-z]+ of "
    r"(?:the )?$"
    r"|\b(?:manages?|runs?|heads?|owns?|leads?|chairs?|directs?|operates?|commands?|founded)(?: the)? $"
)
# Whom a question is about: 'Why does *Deputy Mayor Ilse Brandt* want more?', 'What do *the miners* in Oruro say?'
_ACTING = (
    r"(?:say|think|believe|argue|claim|want|expect|propose|suggest|mean|feel|regard|consider|support|oppose|complain"
    r"|react|respond|reply|answer|blame|fear|hope|plan|intend|offer|demand|ask|need|like|prefer|do|have|make|see|call"
    r"|view|judge|reject|refuse|accept|agree|disagree|object|favor|defend|justify|explain|describe|report|promise"
    r"|predict|warn|insist|threaten|get|give|take|pay|know|count|worry|trust|treat|tell|try|seek|hold)"
)
_SUBJECT = re.compile(
    rf"\b{AUXILIARY}\s+(?P<subject>(?:[\w'’.-]+\s+){{0,7}}?[\w'’.-]+)"
    rf"(?P<where>\s+(?:in|at|from|near)(?:\s+[\w'’.-]+){{1,5}}?)?\s+{_ACTING}\b",
    re.IGNORECASE,
)
_NAMED_SUBJECT = re.compile(
    rf"\b(?i:{AUXILIARY})\s+(?P<subject>(?:(?:the\s+)?(?:[a-z-]+\s+){{1,3}})?[A-Z][\w'’-]*\w(?:\s[A-Z][\w'’-]*\w)*)"
    r"(?=\s+[a-z])"
)
_TITLE = re.compile(r"(?:\bthe\s+)?(?:\b[A-Z][\w'’-]*\s+)?\b(?P<role>[\w-]+)\s+$")
MORE = re.compile(r"\s(?:of|in|at|from|for|on|near|by|with|about|against|between|among|to|who|that)\s")
_LED = re.compile(
    r"^(?:according|by|for|to|with|from|of|in|on|at|about|against|after|before|since|not|only|once|than|as|like|without|under"
    r"|over|between|among)\b",
    re.IGNORECASE,
)
_DETERMINERS = frozenset("the a an this that these those all both some any other her his their its our".split())  # noqa: SIM905
_PARTICLES = frozenset("de del da al el ul bin ibn van von der".split())  # noqa: SIM905
_ROLES = re.compile(
    r"\w{2,}(?:[aeiou]list|[^l\W]ist|crat|ician|man|woman|lander|dweller|keeper|maker|holder|worker|owner)s?|\w*(?:wo)?men"
)
_WHERE = re.compile(
    r"\b(?:(?<!according )(?:in|at|to|from|near|around|outside)\s+(?:the\s+)?"
    r"|(?:embassy|consulate(?: general)?|mission|legation)\s+)$",
    re.IGNORECASE,
)


def subject_span(question: str, topic: str) -> tuple[int, int] | None:
    """Where a question names whom it is about, the title included; None where nobody or several are named."""
    people = [
        name
        for name in names_in(question)
        if is_person(name)
        and (" " in name or speaks(name, question))
        and not has_people(name, question)
        and not tells_where(name, question)
    ]
    if len(people) > 1:
        return None
    acting, named = _SUBJECT.search(question), _NAMED_SUBJECT.search(question)
    if acting and is_somebody(acting["subject"]) and not _is_merely_named(acting["subject"]):
        return acting.start("subject"), acting.end("where" if acting["where"] and MORE.search(topic) else "subject")
    if named and is_somebody(named["subject"]) and not _is_merely_named(named["subject"]):
        return named.span("subject")
    if not people:
        return None
    start = question.find(people[0])
    title = _TITLE.search(question[:start])
    return title.start() if title and is_role(title["role"]) else start, start + len(people[0])


def is_somebody(phrase: str) -> bool:
    """Whether words name a person or group: 'Owen Tarrant', 'the mayor of Velograd', 'her husband', 'communists'."""
    words = MORE.split(phrase, maxsplit=1)[0].split()
    while words and words[0].lower() in _DETERMINERS:
        words = words[1:]
    if not words or _LED.match(phrase) or re.search(r"[,;:?]|['’]s?$", phrase):
        return False
    if any(word.lower() in _DETERMINERS for word in words):
        return False
    if not words[-1][0].isupper():
        return is_role(words[-1])
    titles = [word for word in words if not word[0].isupper() and word not in _PARTICLES]
    return not titles or is_role(titles[-1])


def _is_merely_named(phrase: str) -> bool:
    """Whether a country, an organisation or a thing stands there by its name alone: 'Brazil', 'the Havbris'.

    A people does not: 'the Turks'.
    """
    bare = phrase.removeprefix("the ")
    if not all(word[0].isupper() for word in bare.split()) or any(map(is_role, bare.split())):
        return False
    if bare == phrase:
        return not is_person(phrase)
    return is_person(bare) or not bare.endswith("s")


def is_role(word: str) -> bool:
    """Whether a noun says what somebody is, or names a group that acts."""
    word = word.lower()
    return bool(_ROLES.fullmatch(word)) or bool({word, word.removesuffix("s"), re.sub("ies$", "y", word)} & _people())


@cache
def _people() -> frozenset[str]:
    return frozenset(word for cells in rows("people.txt") for word in cells[0].split())


def has_people(name: str, question: str) -> bool:
    """Whether the question speaks of somebody's post there: 'the mayor of Velograd', 'Who runs Norsk Brygge?'"""
    before = question.partition(name)[0]
    return name in question and bool(_POST_OF.search(before))


def tells_where(name: str, text: str) -> bool:
    """Whether a name is only where something was: 'in Velograd', but not 'in Tarrant's view'."""
    before, _, behind = text.partition(name)
    return bool(_WHERE.search(before)) and not re.match(r"['’]s?\b", behind)
