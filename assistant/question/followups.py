"""Follow-up questions without a language model: what a question leaves out is taken from the turns before.

Three things carry over from the last question that stood on its own: what it was about, who was in
focus (the names of question and answer), and the filters. A question that names its own topic drops
all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.question.dates import DatePhrase, date_phrases
from assistant.question.names import common_words, is_person, names_in
from assistant.question.places import post_phrases
from assistant.question.tables import rows
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
    r"^(?:what about|how about|the same for|and for|and of|(?:i|we) (?:mean|meant))\s+(?P<topic>.+?)[\s?.!]*$",
    re.IGNORECASE,
)
# A few words without a verb: 'the mayor', 'really', 'the year after'.
_FRAGMENT = re.compile(r"^(?P<topic>[\w'’.-]+(?: [\w'’.-]+){0,4})[\s?.!]*$")
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)"
_ASKS = re.compile(
    rf"\b{_AUXILIARY}\b|^(?:(?:by|for|to|with|from|of|in|on|at|since|until)\s+)?{_ASKING}\b"
    r"|^(?:tell|define|describe|explain|list|name|summari[sz]e|show|give|compare|quote|find)\b",
    re.IGNORECASE,
)
_TERM = r"(?!(?:it|that|this|he|she|they|these|those)\b)[\w-]+(?: [\w-]+)?"
_DEFINES = re.compile(
    rf"^(?:what(?:['’]s| is| was| are) an? {_TERM}|what (?:does|do|did) (?:an? |the )?{_TERM} mean"
    rf"|what (?:is|was) meant by {_TERM}|define (?:an? |the )?{_TERM})[\s?.!]*$",
    re.IGNORECASE,
)
_INSTEAD = re.compile(r"\b(?:instead|rather)\b[\s?.!]*$", re.IGNORECASE)
_SAME_AGAIN = re.compile(
    r"\b(?:(?:what|how) about|according to|(?:i|we) (?:mean|meant)|same(?: question| thing)?|once more|again|but|and"
    r"|now|then|from|the|our|only|just)\b",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(
    r"(?:¶+\s*|\bpara(?:graph)?s?\.?\s+)\d{1,3}(?:#\d+)?(?:\s*(?:-|–|to|and)\s*¶?\d{1,3})?(?!\d)", re.IGNORECASE
)
_PREPOSITION = re.compile(r"^(?:In|From|During|After|Before|Since|Between|Until|Till|By|On|Of|For|At|Around)\b")
_OF_A_DOCUMENT = re.compile(r"\s+(?:of|in|from)\s", re.IGNORECASE)
# Whom a question is about: 'Why does *Deputy Mayor Ilse Brandt* want more?', 'What do *the miners* in Oruro say?'
_ACTING = (
    r"(?:say|think|believe|argue|claim|want|expect|propose|suggest|mean|feel|regard|consider|support|oppose|complain"
    r"|react|respond|reply|answer|blame|fear|hope|plan|intend|offer|demand|ask|need|like|prefer|do|have|make|see|call"
    r"|view|judge|reject|refuse|accept|agree|disagree|object|favor|defend|justify|explain|describe|report|promise"
    r"|predict|warn|insist|threaten|get|give|take|pay|know|count|worry|trust|treat|tell|try|seek|hold)"
)
_SUBJECT = re.compile(
    rf"\b{_AUXILIARY}\s+(?P<subject>(?:[\w'’.-]+\s+){{0,7}}?[\w'’.-]+)"
    rf"(?P<where>\s+(?:in|at|from|near)(?:\s+[\w'’.-]+){{1,5}}?)?\s+{_ACTING}\b",
    re.IGNORECASE,
)
_NAMED_SUBJECT = re.compile(
    rf"\b(?i:{_AUXILIARY})\s+(?P<subject>(?:(?:the\s+)?(?:[a-z-]+\s+){{1,3}})?[A-Z][\w'’-]*\w(?:\s[A-Z][\w'’-]*\w)*)"
    r"(?=\s+[a-z])"
)
_TITLE = re.compile(r"(?:\bthe\s+)?(?:\b[A-Z][\w'’-]*\s+)?\b(?P<role>[\w-]+)\s+$")
_MORE = re.compile(r"\s(?:of|in|at|from|for|on|near|by|with|about|against|between|among|to|who|that)\s")
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
_FRONTED = re.compile(r"^(?:according to|in|at|from|for|by|during|after|before|since|until|as)\b[^,?]*,", re.IGNORECASE)
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
_STEM = 5
"""Letters in which two words must agree to count as forms of one."""


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
    changed = _paragraph_alone(bare, focus) or _changes_only(bare, focus)
    if changed:
        return changed
    about = _ABOUT.match(bare) or (None if _ASKS.search(bare) else _FRAGMENT.match(bare))
    if about:
        return _about(about["topic"], focus, begins=text.startswith(about["topic"]))
    with_document = _with_document(bare, focus)
    if _stands_alone(with_document, goes_on=bool(_GOES_ON.match(text))):
        return Resolved(text if with_document == bare else with_document, carried=with_document != bare)
    return _with_referents(with_document, focus)


def may_be_new(question: str, focus: Focus, told: str) -> bool:
    """Whether a follow-up may be a new topic after all: it leans on nothing, its words weren't `told`."""
    bare = _OPENING.sub("", " ".join(question.split()))
    if _GOES_ON.match(question.strip()) or not _ASKS.search(bare):
        return False
    if any(pattern.search(bare) for pattern in (_PERSON, _PEOPLE, _THING, _SO)):
        return False
    known = {word[:_STEM].lower() for word in re.findall(r"[^\W\d_]+", f"{focus.question} {told}")}
    words = _content(bare)
    return bool(words) and not any(word[:_STEM].lower() in known for word in words)


def _content(text: str) -> list[str]:
    """The words with a meaning of their own."""
    return [word for word in re.findall(r"[^\W\d_]{3,}", text) if word.lower() not in common_words()]


def _stands_alone(text: str, goes_on: bool = False) -> bool:
    """Whether a question names its own topic and leans on nothing; `goes_on`: it began with 'And' or 'But'."""
    if _PERSON.search(text) or _PEOPLE.search(text) or _SO.search(text):
        return _binds_its_pronoun(text)
    if _DEFINES.match(text):
        return True
    content = _content(text)
    if _THING.search(text):
        return len(content) >= 5 and bool(names_in(text))
    return len(content) >= (5 if goes_on else FEWEST_WORDS) or bool(names_in(text))


def _binds_its_pronoun(text: str) -> bool:
    """Whether a name before the first pronoun is what it stands for: a person's, where it stands for one.

    Not a name that only says where, when or according to which post: 'According to Embassy Oslo, is he right?'
    """
    said = _without_source(text)
    pronoun = min((found.start() for p in (_PERSON, _PEOPLE, _SO) if (found := p.search(said))), default=len(said))
    names = [name for name in names_in(said) if said.find(name) < pronoun]
    person = _PERSON.search(said)
    if not person or person.start() > pronoun:
        return bool(names)
    # 'What did the Norwegian minister say of his talks?': the minister is no earlier person.
    return any(is_person(name) for name in names) or bool(names and any(map(_is_role, said[:pronoun].split())))


def _without_source(text: str) -> str:
    """The question without posts, and without a clause at its head that names no person: where, when."""
    text = _cut(text, [(post.start, post.end) for post in post_phrases(text)])
    fronted = _FRONTED.match(text)
    if not fronted or any(is_person(name) and not _tells_where(name, text) for name in names_in(fronted.group())):
        return text
    return text[fronted.end() :].lstrip()


def _tells_where(name: str, text: str) -> bool:
    """Whether a name is only where something was: 'in Velograd', but not 'in Tarrant's view'."""
    before, _, behind = text.partition(name)
    return bool(_WHERE.search(before)) and not re.match(r"['’]s?\b", behind)


def _with_referents(text: str, focus: Focus) -> Resolved:
    """Pronouns replaced by the person in focus; where that says too little, searched with the last question."""
    replaced = _with_person(text, focus)
    enough = replaced != text and len(_content(replaced)) >= 4 and not _SO.search(text) and not _THING.search(text)
    return Resolved(replaced, "" if enough else _context(focus), True, focus.filters)


def _with_person(text: str, focus: Focus) -> str:
    """The person in focus put for the first pronoun, but not in 'The priest, is he ...?'"""
    person, pronoun = _person_in_focus(focus), _PERSON.search(text)
    if not person or not pronoun:
        return text
    ahead, comma, _ = text[: pronoun.start()].partition(",")
    if comma and _is_somebody(ahead):
        return text
    return f"{text[: pronoun.start()]}{_in_case(pronoun, person)}{text[pronoun.end() :]}"


def _person_in_focus(focus: Focus) -> str | None:
    """The first name that is surely a person's: of two words, or its last word, or beside a word of speech."""
    people = [
        name
        for name in focus.names
        if is_person(name) and not _has_people(name, focus.question) and not _tells_where(name, focus.question)
    ]
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
    asked = re.split(r"(?<=[?])\s+", focus.question)
    last = asked[0] if _SO.search(asked[-1]) else asked[-1]
    slot = _slot(last, topic) if _is_somebody(topic) and not (unsure and topic[:1].isupper()) else None
    topic = _with_person(topic, focus)
    if slot:
        leans = len(asked) > 1 and (_THING.search(last) or _PEOPLE.search(last))
        swapped = f"{last[: slot[0]]}{topic}{last[slot[1] :]}"
        return Resolved(swapped, asked[0] if leans else "", True, focus.filters)
    return Resolved(f"{topic[:1].upper()}{topic[1:]}?", _context(focus), True, focus.filters)


def _slot(question: str, topic: str) -> tuple[int, int] | None:
    """Where a question names whom it is about, the title included; None where nobody or several are named."""
    people = [
        name
        for name in names_in(question)
        if is_person(name)
        and (" " in name or speaks(name, question))
        and not _has_people(name, question)
        and not _tells_where(name, question)
    ]
    if len(people) > 1:
        return None
    acting, named = _SUBJECT.search(question), _NAMED_SUBJECT.search(question)
    if acting and _is_somebody(acting["subject"]) and not _is_merely_named(acting["subject"]):
        return acting.start("subject"), acting.end("where" if acting["where"] and _MORE.search(topic) else "subject")
    if named and _is_somebody(named["subject"]) and not _is_merely_named(named["subject"]):
        return named.span("subject")
    if not people:
        return None
    start = question.find(people[0])
    title = _TITLE.search(question[:start])
    return title.start() if title and _is_role(title["role"]) else start, start + len(people[0])


def _is_somebody(phrase: str) -> bool:
    """Whether words name a person or group: 'Owen Tarrant', 'the mayor of Velograd', 'her husband', 'communists'."""
    words = _MORE.split(phrase, maxsplit=1)[0].split()
    while words and words[0].lower() in _DETERMINERS:
        words = words[1:]
    if not words or _LED.match(phrase) or re.search(r"[,;:?]|['’]s?$", phrase):
        return False
    if any(word.lower() in _DETERMINERS for word in words):
        return False
    if not words[-1][0].isupper():
        return _is_role(words[-1])
    titles = [word for word in words if not word[0].isupper() and word not in _PARTICLES]
    return not titles or _is_role(titles[-1])


def _is_merely_named(phrase: str) -> bool:
    """Whether a country, an organisation or a thing stands there by its name alone: 'Brazil', 'the Havbris'.

    A people does not: 'the Turks'.
    """
    bare = phrase.removeprefix("the ")
    if not all(word[0].isupper() for word in bare.split()) or any(map(_is_role, bare.split())):
        return False
    if bare == phrase:
        return not is_person(phrase)
    return is_person(bare) or not bare.endswith("s")


def _is_role(word: str) -> bool:
    """Whether a noun says what somebody is, or names a group that acts."""
    word = word.lower()
    return bool(_ROLES.fullmatch(word)) or bool({word, word.removesuffix("s"), re.sub("ies$", "y", word)} & _people())


@cache
def _people() -> frozenset[str]:
    return frozenset(word for cells in rows("people.txt") for word in cells[0].split())


def _paragraph_alone(text: str, focus: Focus) -> Resolved | None:
    """'And ¶5?': the last question with another paragraph, or what that one says, of the same document."""
    paragraph = _PARAGRAPH.search(text)
    if not paragraph or not focus.filters or not focus.filters.documents:
        return None
    if re.search(r"[^\W_]", _SAME_AGAIN.sub(" ", _INSTEAD.sub("", _cut(text, [paragraph.span()])))):
        return None
    before = _PARAGRAPH.search(focus.question)
    question = (
        f"{focus.question[: before.start()]}{paragraph.group()}{focus.question[before.end() :]}"
        if before
        else f"What does {paragraph.group()} say?"
    )
    return Resolved(_with_document(question, focus), "", True, focus.filters)


def _with_document(text: str, focus: Focus) -> str:
    """The document in force put behind a paragraph that is named without one."""
    paragraph = _PARAGRAPH.search(text)
    documents = focus.filters.documents if focus.filters else ()
    if not paragraph or not documents or _OF_A_DOCUMENT.match(text, paragraph.end()):
        return text
    if any(document.lower() in text.lower() for document in documents):
        return text
    return f"{text[: paragraph.end()]} of {documents[0]}{text[paragraph.end() :]}"


def _changes_only(text: str, focus: Focus) -> Resolved | None:
    """'In 2007 instead', 'and from Paris?': the last question with another date or post."""
    dates, posts = list(date_phrases(text)), post_phrases(text)
    if not dates and not posts:
        return None
    rest = _cut(_INSTEAD.sub("", text), [(d.start, d.end) for d in dates] + [(p.start, p.end) for p in posts])
    if re.search(r"[^\W\d_]{3,}", _SAME_AGAIN.sub(" ", rest)):
        return None
    question, filters = focus.question, focus.filters
    if dates:
        question, filters = _dated(question, filters, dates[0])
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


def _dated(question: str, filters: Filters | None, new: DatePhrase) -> tuple[str, Filters | None]:
    """The question and its filters with another date: where it was one of the filters it stays one."""
    old = list(date_phrases(question))
    words = _PREPOSITION.sub(lambda found: found.group().lower(), new.words)  # it began the follow-up
    if filters and (filters.after or filters.before):
        old = [date for date in old if (date.after, date.before) == (filters.after, filters.before)]
        filters = replace(filters, after=new.after, before=new.before)
    elif not old:
        return f"{question.rstrip(' ?.!')} {words}?", filters
    return f"{question[: old[0].start]}{words}{question[old[0].end :]}" if old else question, filters


def _cut(text: str, stretches: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(stretches, reverse=True):
        text = text[:start] + " " + text[end:]
    return text


def _lower(question: str) -> str:
    return question[:1].lower() + question[1:]


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
