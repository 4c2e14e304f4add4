"""What a question names and its answer must have: names, peoples, years and figures that the evidence may lack."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from llama_index.core.schema import BaseNode

from assistant.claims import lists
from assistant.question.names import names_in
from assistant.question.places import countries
from assistant.question.tables import listed, places, rows, variants
from index_store.parsing.dates import full_year

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_YEAR_OF_NUMBER = re.compile(r"(\d\d)[A-Z]{3,}\d+\Z")
_ABOUT = re.compile(r"\b(?:around|about|circa|roughly|nearly|since|before|after|by|until)\s+$", re.IGNORECASE)
_FIGURE = re.compile(r"(?<![\w.,¶])\d{1,3}(?:,\d{3})+(?![\w,])|(?<![\w.,¶])\d{3,}(?![\w,])")
"""Of three digits or more: smaller numbers are days, shares and counts that may be told in words."""
_LEAD = r"""(?:(?:an?|the)\s+)?(?:(?:words?|terms?|expression|phrase|acronym|letters)\s+)?["“'‘]?"""
_TERM = (
    _LEAD + r"(?P<term>(?!(?:it|that|this|he|she|they|these|those)\b)[\w-]+"
    r"(?:\s(?!(?:in|for|to|under|at|on|by|mean|stand|refer)\b)[\w-]+){0,2})"
)
_EXPLAINED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:meant|understood) by {_TERM}",
        rf"\b(?:define|definition of|meaning of) {_TERM}",
        rf"\bwhat (?:does|did|do) {_TERM}[\"”'’]? (?:mean|stand for|refer to)\b(?! (?:by|when|with|that|which)\b)",
        rf"\bwhat(?:['’]s| is| was| are) (?=an? [\w-]+(?: [\w-]+)?\W*\Z){_TERM}",
    )
)
"""How a question asks to have a term explained."""
_DEMONYM = re.compile(r"(?:[a-z](?:ian|ean|an|ese|ish|i)s?|-[a-z]+)$")
"""How a people's name ends, or a compound with one: Bengalis, American-educated. Some persons' names do too, so that
it counts only behind an article or the like."""
_COMPOUND = re.compile(r"^\w+-(?:[a-z]+(?:ed|ing)|born|led|run|built|made|held|won)$")
"""British-educated, Nigerian-brokered: says what somebody or something is like. Not Geun-hye."""
_ARTICLE = re.compile(
    r"\b(?:the|an?|some|two|three|these|those|other|foreign|former)\s+(?:[a-z-]+\s+){0,2}$", re.IGNORECASE
)
_BELONGING = re.compile(
    r"['’]s? (?:[a-z]+ )?(?:cabinet|government|party|regime|administration|team|camp|circle|entourage)\b"
)
_MEMBER = re.compile(
    r"\b(?:minister|member|secretary|official|aide|adviser|man|woman|one|some|deputy)s? (?:in|of|from) $"
)
"""'A minister in Holm's cabinet' says who is meant by whom he serves; the documents may just have the minister."""
_STEM = 4
"""Letters in which two words must agree to count as forms of one: Turkish, Turks."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A name, year, figure or term that the evidence lacks."""

    text: str
    nowhere: bool
    """Whether the whole library lacks it too."""
    firm: bool = True
    """Whether nothing else can stand for it: not so of persons and bodies, which documents call by other names."""


def missing_anchors(asked: str, evidence: Sequence[BaseNode], frequency: Callable[[str], int]) -> tuple[Anchor, ...]:
    """What `asked` names and neither the paragraphs of `evidence` nor their headers have.

    Names, years, figures, and a term that is to be explained.

    `frequency` says in how many paragraphs of the library a word stands. A single word that begins the question is
    passed over, unless it is somebody's ("Gaddafi's view"): it may have its capital only for that. So is a name that
    describes instead of naming, "the Viennese firm by the Black Sea", and a bare office, "the Secretary-General".
    """
    printed = " ".join(_with_header(node) for node in evidence)
    context = printed.lower()
    sent = {_year_sent(node) for node in evidence}
    stems = {word[:_STEM] for word in _WORD.findall(context)}
    found: list[Anchor] = []
    for name in names_asked(asked):
        if _describes(name, asked) or has_any_name(printed, [name], asked):
            continue
        words = _long_words(name)
        firm = any(_same_place(word) for word in [name.lower(), *words])
        found.append(Anchor(name, all(frequency(word) == 0 for word in words), firm))
    for year in _years_of(asked):
        told = year in context or re.search(rf"['’]{year[2:]}\b", context)
        if not told and not any(_is_near(year, other) for other in sent):
            found.append(Anchor(year, frequency(year) == 0))
    term = next((match["term"] for pattern in _EXPLAINED for match in [pattern.search(asked)] if match), "")
    if not all(_stands(word, stems, context) for word in _words_of(term)):
        found.append(Anchor(term, nowhere=True))  # what explains it would use it
    figures = {figure.replace(",", "") for figure in _FIGURE.findall(context)}
    for figure in _FIGURE.findall(asked):
        if not _YEAR.fullmatch(figure) and figure.replace(",", "") not in figures:
            found.append(Anchor(figure, frequency(figure) == 0))
    return tuple(dict.fromkeys(found))


def names_asked(asked: str) -> tuple[str, ...]:
    """What a question names with capitals, but for years, bare offices and a common word at its start."""
    return tuple(
        name
        for name in names_in(asked)
        if _long_words(name)
        and not _only_begins(name, asked)
        and not any(character.isdigit() for character in name)
        and not all(word in lists.items("titles") for word in _WORD.findall(name.lower()))
    )


def has_any_name(text: str, names: Sequence[str], asked: str) -> bool:
    """Whether a whole document has one of the names of a question, by a word of it or by another name for it."""
    lower = text.lower()
    stems = {word[:_STEM] for word in _WORD.findall(lower)}
    return any(
        any(_stands(word, stems, lower) for word in [name.lower(), *_long_words(name)])
        or any(_stands_whole(body, text) for body in _seated_at((name,), asked))
        for name in names
    )


def lacking_places_and_years(asked: str, told: Sequence[BaseNode]) -> tuple[str, ...]:
    """The countries and years that `asked` names and none of the paragraphs told from, with its header, is about.

    Stricter than `missing_anchors`: that another paragraph near by has them doesn't make an answer one about them.
    A paragraph may be about a year if it was sent in it, the year before or the year after, or if nobody knows when;
    "around 1900" is no year.
    """
    printed = " ".join(_with_header(node) for node in told)
    contexts = printed.lower()
    codes = {code for node in told for code in node.metadata.get("tags") or ()}
    sent = [_year_sent(node) for node in told]
    lacking = [
        place.country
        for place in countries(asked)
        if place.code not in codes
        and not any(
            re.search(rf"\b{re.escape(name.lower())}", contexts) for name in (place.country, *place.names, *place.posts)
        )
        and not any(_stands_whole(body, printed) for body in _seated_at(place.posts, asked))
    ]
    if all(sent):
        lacking += [
            year
            for year in _years_of(asked)
            if year not in contexts and not any(_is_near(year, other) for other in sent)
        ]
    return tuple(lacking)


def _years_of(asked: str) -> tuple[str, ...]:
    """The years that a question is about, each once; not those of "around 1900", "by 2009"."""
    found = (match.group() for match in _YEAR.finditer(asked) if not _ABOUT.search(asked[: match.start()]))
    return tuple(dict.fromkeys(found))


def _is_near(year: str, sent: str) -> bool:
    """Whether a document sent in the year `sent`, empty if nobody knows it, may tell of `year` without naming it."""
    return bool(sent) and abs(int(year) - int(sent)) <= 1


def _only_begins(name: str, asked: str) -> bool:
    """Whether a name is a single word at the question's start that nothing is said to belong to."""
    return " " not in name and asked.startswith(name) and not asked[len(name) :].startswith(("'s", "’s"))


def _describes(name: str, asked: str) -> bool:
    """Whether a name says whereabouts or of what people somebody is, as whoever hasn't seen the text would put it.

    Regions, seas and faiths by a list; peoples by their ending, "the Viennese firm", "the Bengalis"; whom somebody
    serves, "a minister in Holm's cabinet". Not the countries and peoples of the tables: by what other names the
    documents may call these is known.
    """
    at = asked.find(name)
    if _BELONGING.match(asked[at + len(name) :]) and _MEMBER.search(asked[:at]):
        return True
    if all(word in _regions() for word in _WORD.findall(name.lower())):
        return True
    if _COMPOUND.search(name):
        return True
    if " " in name or not _DEMONYM.search(name) or _same_place(name.lower()):
        return False
    return bool(_ARTICLE.search(asked[:at])) and not asked[at + len(name) :].lstrip().startswith(("'s", "’s"))


def _seated_at(posts: Sequence[str], asked: str) -> list[str]:
    """What sits at those of `posts` that `asked` names: the European Union for Brussels."""
    return [body for city, bodies in _seats() if city in posts and city in asked for body in bodies]


@cache
def _seats() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((city, listed(bodies)) for city, bodies in rows("seats.tsv"))


def _stands_whole(body: str, printed: str) -> bool:
    """Whether a body's name stands in a text as written here or in capitals: no 'UN' in 'under', no 'GOT' in 'got'."""
    return re.search(rf"(?<!\w)(?:{re.escape(body)}|{re.escape(body.upper())})(?!\w)", printed) is not None


@cache
def _regions() -> frozenset[str]:
    return frozenset(word for cells in rows("regions.txt") for word in cells[0].split())


def _long_words(name: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(name) if len(word) > 3 and not word[0].isdigit()]


def _words_of(term: str) -> list[str]:
    return [word for word in _WORD.findall(term.lower()) if len(word) > 2]


def _with_header(node: BaseNode) -> str:
    facts = node.metadata
    header = (facts.get("document"), facts.get("post"), facts.get("date"), facts.get("subject"), facts.get("heading"))
    return " ".join([*(str(fact) for fact in header if fact), str(getattr(node, "text", ""))])


def _year_sent(node: BaseNode) -> str:
    """The year in which a paragraph's document was sent, by its date or else by its number; empty if nobody knows."""
    printed = _YEAR_OF_NUMBER.match(str(node.metadata.get("document") or ""))
    return str(node.metadata.get("date") or "")[:4] or (str(full_year(printed.group(1))) if printed else "")


def _stands(word: str, stems: set[str], context: str) -> bool:
    if word[:_STEM] in stems:
        return True
    others = (*variants().get(word, ()), *_same_place(word))
    return any(re.search(rf"\b{re.escape(other.lower())}", context) for other in others)


@cache
def _same_place(word: str) -> tuple[str, ...]:
    """All names of the country that `word` names or belongs to."""
    for place in places():
        names = (place.country, *place.names, *place.posts)
        if any(word in (name.lower(), f"{name.lower()}s") for name in names):
            return names
    return ()
