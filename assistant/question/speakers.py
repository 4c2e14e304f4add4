"""The persons whose words or views a question asks for: 'What did Nabil Haffar say ...?', 'in Haffar's view'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.question.names import is_person, names_in
from assistant.question.parts import tells_later
from assistant.question.wants import ROLE, wants
from index_store.filters import Filters, has_word, surname

_DOES = r"(?:do|does|did|would|could|can|will)"
_SAY = (
    r"(?:say|tell|think|believe|feel|see|argue|claim|explain|justify|describe|suggest|complain|note|add|state|stress"
    r"|insist|comment|assert|expect|predict|hope|fear|doubt|warn|observe|remark|reply|respond|answer|admit|acknowledge"
    r"|concede|emphasi[sz]e|contend|maintain|confirm|report|deny|recall|mention|recount|declare|announce|criticize"
    r"|judge|assess|regard|consider|view|account for|put it|make of)"
)
_SAID = (
    r"(?:said|says|told|tells|thought|thinks|believed|believes|argued|argues|claimed|claims|explained|explains"
    r"|described|describes|reported|reports|put it|puts it)"
)
_VIEW = r"(?:views?|opinion|words|judge?ment|eyes|assessment|estimation|explanation|argument|account|version|telling)"
_TITLE = rf"(?:(?!party|company|firm|bank|name)(?:{ROLE})|Mr|Mrs|Ms|Dr)\b\.?"
# What may stand between 'did' and a name: 'the deputy energy minister', 'Mr.', but not 'the head of'.
_NO_OFFICE = r"(?:of|in|at|for|from|to|by|and|or|is|was|are|were|who|that)\b"
_OFFICE = rf"(?:(?:(?:the|an?)\s+)?(?:(?!{_NO_OFFICE})[\w-]+\s+){{0,3}}{_TITLE}\s+)?"
_BEFORE_NAME = re.compile(rf"^(?:(?:What|Who|How|Where)['’]s|(?:.*\s)?{_TITLE})\s+", re.IGNORECASE)
_BESIDE = r"(?:,[^,?]{1,80},)?\s+(?:(?:himself|herself|also|then|first|\w+ly)\s+)*"
# Not 'with what Haffar said', which asks for somebody's answer to it.
_WHAT = r"(?:^|[,;:]\s+|\b(?:me|us|and|list|give|summari[sz]e)\s+)(?:what|how|why|whom?)\s+"
_ACCORDING = rf"(?:according to|as (?:told|put|reported|described|explained|seen) by|in the {_VIEW} of)\s+"
_HAS = rf"(?:^|[,;:]\s+|\b(?:in|by|to|is|was|were|are|what['’]s|{_DOES})\s+)"


def speakers_in(question: str, paragraphs: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The persons named as those who said what is asked for, as far as the library knows them.

    `paragraphs`: the texts of some paragraphs that have a word. None where the question also asks what others said
    or what came afterwards, as it does when it compares.
    """
    if tells_later(question) or "comparison" in wants(question):
        return ()
    names = dict.fromkeys(_BEFORE_NAME.sub("", name) for name in names_in(question))
    return tuple(name for name in names if _is_asked(name, question) and _is_known(name, paragraphs(surname(name))))


def _is_asked(name: str, question: str) -> bool:
    who = rf"{_OFFICE}{re.escape(name)}"
    ways = (
        rf"\b{_DOES}\s+{who}{_BESIDE}{_SAY}\b",
        rf"{_WHAT}{who}{_BESIDE}(?:(?:had|has)\s+)?{_SAID}\b",
        rf"\b{_ACCORDING}{who}\b(?!['’]|\s+(?:and|or)\b)",
        rf"{_HAS}{who}['’]s?\s+(?:own\s+)?{_VIEW}\b",
        rf"\b(?:is|was|were)\s+(?:said|told|explained|argued|claimed)\s+by\s+{who}\b(?!['’]|\s+(?:and|or)\b)",
        rf"\bas\s+{who}\s+{_SAID}\b",
    )
    return any(re.search(way, question, re.IGNORECASE) for way in ways)


def _is_known(name: str, texts: Iterable[str]) -> bool:
    """Whether the library knows a person of this name: by a title or, if the question has no other, a first name."""
    last = surname(name)
    having = [" ".join(text.split()) for text in texts if has_word(text, last)]
    if not having or not is_person(name) or re.fullmatch(ROLE, name, re.IGNORECASE):
        return False
    titled = re.compile(rf"\b{_TITLE}\s+(?:[\w.-]+\s+){{0,2}}{re.escape(last)}\b", re.IGNORECASE)
    return " " in name or any(titled.search(text) or _has_first_name(last, text) for text in having)


def _has_first_name(last: str, text: str) -> bool:
    return any(" " in name and name.endswith(last) and is_person(name) for name in names_in(text))


def still_speaking(carried: Filters, question: str) -> Filters:
    """The filters carried over to a follow-up: without the speakers where it asks what somebody else does.

    'And about the price?' goes on with them, 'What did the minister reply?' doesn't.
    """
    of_another = re.search(rf"\b(?i:{_DOES}|is|was|are|were|has|had)\s+(?:(?i:the|an?|our)\s|[A-Z])", question)
    named = any(has_word(question, surname(name)) for name in carried.speakers)
    return replace(carried, speakers=()) if of_another and not named else carried
