"""Whether a question goes on with the topic of the turns before or has one of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.question.dates import MONTH
from assistant.question.focus import Focus
from assistant.question.names import common_words, is_person, names_in
from assistant.question.places import post_phrases
from assistant.question.quoted import quoted_phrases
from assistant.question.subjects import AUXILIARY, is_role, tells_where

_ASKING = r"(?:who|whom|whose|what|when|where|why|how|which)"
OPENING = re.compile(
    r"^(?:and|but|so|or|then|also|ok(?:ay)?|well|now|yes|no|please|thanks?|hm+)\b[\s,.;:!-]*", re.IGNORECASE
)
GOES_ON = re.compile(r"^(?:and|but|so|or)\b", re.IGNORECASE)
FEWEST_WORDS = 2
"""Words with a meaning of their own that make a topic."""
MANY_WORDS = 5
"""Such words of a question that needs no other, though it begins with 'And' or has an 'it'."""
TOPIC_WORDS = 4
"""Such words of a question that has a topic of its own, if it names something new."""
ASKS = re.compile(
    rf"\b{AUXILIARY}\b|^(?:(?:by|for|to|with|from|of|in|on|at|since|until)\s+)?{_ASKING}\b"
    r"|^(?:tell|define|describe|explain|list|name|summari[sz]e|show|give|compare|quote|find)\b",
    re.IGNORECASE,
)
SEVERAL_NAMES = 2
"""New names of which one word less makes a topic: 'Who in Oslo is against the Larsvik ferry?'"""
_NAMES = re.compile(r"[\w'’.-]+(?: [\w'’.-]+){0,4}\?")
_TERM = r"[\"“'‘]?(?!(?:it|that|this|he|she|they|these|those)\b)[\w-]+(?: [\w-]+)?[\"”'’]?"
_DEFINES = re.compile(
    rf"^(?:what(?:['’]s| is| was| are) an? {_TERM}|what (?:does|do|did) (?:an? |the )?{_TERM} mean"
    rf"|what (?:is|was) meant by {_TERM}|define (?:an? |the )?{_TERM})[\s?.!]*$",
    re.IGNORECASE,
)
_LEADS = (
    re.compile(r"(?P<lead>(?:[^\s:.;]+ ){0,9}[^\s:.;]+)(?:[:.;]| [–—-])\s+(?=\S+ \S+ \S+)"),
    re.compile(r"(?P<lead>(?:[^\s,]+ ){0,4}[^\s,]+),\s+(?=\S+ \S+ \S+)"),
)
_BY_THE_WAY = r"^(?:(?:ok(?:ay)?|and|so|well|right)\W+)*"
_ANOTHER = re.compile(
    r"(?<!\bin )\b(?:(?:an?|on|to|quite|let['’]s)\s+)*(?:another|other|new|different|separate|unrelated)\s+"
    r"(?:matter|subject|topic|story|question|thing|affair|issue|case)s?\b(?:\s+now)?"
    r"|\b(?:(?:on|to|now)\s+)*(?:some|any)thing\s+(?:\w+\s+)?(?:else|different)\b"
    r"|\bchang(?:e|ing)\s+(?:of\s+|the\s+)?(?:subject|topic)\b|^unrelated(?:ly)?\b|\bby the way\b"
    rf"|{_BY_THE_WAY}(?:(?:let['’]s\s+|let us\s+)?(?:turn|mov|jump|switch|go)(?:e|ing)?(?:\s+on|\s+over)?\s+to\b"
    r"|(?:now|on|over)\s+(?:to|for)\b|now\s+(?=(?-i:[A-Z]))|(?P<leaving>leaving)\b)",
    re.IGNORECASE,
)
_FRONTED = re.compile(r"^(?:according to|in|at|from|for|by|during|after|before|since|until|as)\b[^,?]*,", re.IGNORECASE)
PERSON = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
PEOPLE = re.compile(r"\b(?:they|them|their|theirs|themselves)\b", re.IGNORECASE)
THING = re.compile(
    r"\b(?:it|its|that|this|these|those|there|the (?:same|former|latter|first|second|last|other)|the \w+ ones?)\b",
    re.IGNORECASE,
)
_THAT_TIME = re.compile(
    rf"\b(?:that|this|the same)\s+(?:time|day|week|month|year|decade|spring|summer|autumn|fall|winter|{MONTH})\b",
    re.IGNORECASE,
)
"""'That November' leans on a date at most, not on what was spoken of."""
SO = re.compile(
    r"\b(?:think|thought|say|said|believe[ds]?|do|did|does) (?:so|that|this)\b|\bwhy (?:not|so|is that|was that)\b",
    re.IGNORECASE,
)
_STEM = 5
"""Letters in which two words must agree to count as forms of one."""


def announced_topic(text: str) -> str | None:
    """A question behind words that announce another topic, without these words: 'Something else: who ...?'"""
    for lead in filter(None, (pattern.match(text) for pattern in _LEADS)):
        cue = _ANOTHER.search(lead["lead"])
        if cue and not ASKS.search(lead["lead"]):
            kept = "" if cue["leaving"] else cut_out(lead["lead"], [cue.span()])
            kept = re.sub(r"^\W+|\W+$|\b(?:and|so|ok(?:ay)?|well|now)\b\W*", " ", kept, flags=re.IGNORECASE).strip()
            return f"{kept}, {text[lead.end() :]}" if kept else text[lead.end() :]
    return None


def names_new(text: str, focus: Focus) -> bool:
    """Whether a question says much and names what the conversation hasn't named: a topic of its own."""
    if _DEFINES.match(text):
        return True
    if _leans(text):
        return False
    known = {word[:_STEM].lower() for word in re.findall(r"\w+", " ".join([focus.said, *focus.names]))}
    names = [*names_in(text), *re.findall(r"\b\d{4}\b", text), *quoted_phrases(text)]
    named = [word for name in names for word in re.findall(r"\w{3,}", name)]
    if not named or len(_content(text)) < (TOPIC_WORDS if len(names) < SEVERAL_NAMES else FEWEST_WORDS + 1):
        return False
    return all(word[:_STEM].lower() not in known for word in named)


def may_be_new(question: str, focus: Focus, told: str) -> bool:
    """Whether a follow-up may be a new topic after all: it leans on nothing, its words weren't `told`."""
    bare = OPENING.sub("", " ".join(question.split()))
    if GOES_ON.match(question.strip()) or not ASKS.search(bare):
        return False
    if _leans(bare):
        return False
    known = {word[:_STEM].lower() for word in re.findall(r"[^\W\d_]+", f"{focus.said} {told}")}
    words = _content(bare)
    return bool(words) and not any(word[:_STEM].lower() in known for word in words)


def _leans(text: str) -> bool:
    """Whether a pronoun stands for what was spoken of before."""
    rest = _THAT_TIME.sub(" ", text)
    return any(pattern.search(rest) for pattern in (PERSON, PEOPLE, THING, SO))


def only_names(question: str) -> bool:
    """Whether a question only names what to tell about: 'The opposition?', 'The mayor of Velograd?'"""
    return _NAMES.fullmatch(question) is not None and not ASKS.search(question) and bool(_content(question))


def _content(text: str) -> list[str]:
    """The words with a meaning of their own."""
    return [word for word in re.findall(r"[^\W\d_]{3,}", text) if word.lower() not in common_words()]


def stands_alone(text: str, goes_on: bool = False) -> bool:
    """Whether a question names its own topic and leans on nothing; `goes_on`: it began with 'And' or 'But'."""
    if PERSON.search(text) or PEOPLE.search(text) or SO.search(text):
        return _binds_its_pronoun(text)
    if _DEFINES.match(text):
        return True
    content = _content(text)
    if THING.search(_THAT_TIME.sub(" ", text)):
        return len(content) >= MANY_WORDS and bool(names_in(text))
    return len(content) >= (MANY_WORDS if goes_on else FEWEST_WORDS) or bool(names_in(text))


def _binds_its_pronoun(text: str) -> bool:
    """Whether a name before the first pronoun is what it stands for: a person's, where it stands for one.

    Not a name that only says where, when or according to which post: 'According to Embassy Oslo, is he right?'
    """
    said = _without_source(text)
    pronoun = min((found.start() for p in (PERSON, PEOPLE, SO) if (found := p.search(said))), default=len(said))
    names = [name for name in names_in(said) if said.find(name) < pronoun]
    person = PERSON.search(said)
    if not person or person.start() > pronoun:
        return bool(names)
    # 'What did the Norwegian minister say of his talks?': the minister is no earlier person.
    return any(is_person(name) for name in names) or bool(names and any(map(is_role, said[:pronoun].split())))


def _without_source(text: str) -> str:
    """The question without posts, and without a clause at its head that names no person: where, when."""
    text = cut_out(text, [(post.start, post.end) for post in post_phrases(text)])
    fronted = _FRONTED.match(text)
    if not fronted or any(is_person(name) and not tells_where(name, text) for name in names_in(fronted.group())):
        return text
    return text[fronted.end() :].lstrip()


def cut_out(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    """The text with a blank for each stretch, given by start and end."""
    for start, end in sorted(stretches, reverse=True):
        text = text[:start] + " " + text[end:]
    return text
