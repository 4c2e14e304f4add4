"""Posts and countries that a question names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.question.tables import Place, places

_MISSION = (
    r"(?:(?:am)?embass(?:y|ies)|(?:am)?consulates?(?:[-\s]general)?|amconsul|(?:am)?congen|(?:us)?missions?|legations?"
    r"|interests section|liaison office|posts?)"
)
_PEOPLE = r"(?:diplomats|officials|officers|staff)"
_OURS = r"(?:US|USA|U\.S\.|American|our|the|own|United States)"
_ATTRIBUTED = re.compile(
    r"(?:\baccording to|\b(?:cables?|reports?|reporting|dispatch(?:es)?|telegrams?|messages?|word) (?:from|of|by)"
    r"|\b(?:reported|written|sent|said|judged|told|described|seen|assessed|noted|predicted|expected) (?:from|by)"
    r"|\b(?:did|does|do|has|had|was|were|is|are|for)|\b(?:view|opinion|judgment|judgement|assessment|eyes|words) of"
    r"|^|[,;:?!]|\b(?:and|or|than|with|from|by))\s*$",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"^(?:'s)?\s*(?:say|said|says|report|think|thought|expect|predict|judge|assess|view|see\b|saw|write|wrote|conclude|"
    r"note|believe|recommend|describe|comment|warn|suggest|advise|explain|give|gave|mention|call|consider|list|tell|cite|"
    r"hear|learn|make of|make\b|propose|characteri[sz]e|rate|name|find|found|count|estimate|put\b|attribute)",
    re.IGNORECASE,
)
# 'in the Minsk cable', '¶4 of the Minsk cable', 'the 2007 Minsk cable': it is the cable that is named.
_OF_CABLE = re.compile(r"\b(?:in|of|from|(?:19|20)\d\d)\s+(?:the\s+|our\s+)?$", re.IGNORECASE)
_UN = r"(?:UN|United\s+Nations)"
_UN_POST = re.compile(r"\b(?:US)?UN\b|\bUNVIE\b")
SHORTEST = 5
"""Letters of a post's first word that stand for all of it: 'Embassy Addis'."""


@dataclass(frozen=True, slots=True)
class PostPhrase:
    """Words of a question that name the post which reported."""

    start: int
    end: int
    words: str
    posts: tuple[str, ...]
    firm: bool
    """Whether the question says that the post is the source, rather than a place things happened at."""


@lru_cache(maxsize=8)
def _place_names(known_posts: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Posts by every name, in small letters, that a place goes by; of a country's those of the library, if any."""
    by_name: dict[str, tuple[str, ...]] = {}
    for place in places():
        there = [post for post in place.posts if any(_is_at(known, post) for known in known_posts)]
        if place.code == "UN":
            there += [_bare(post) for post in known_posts if _UN_POST.search(post)]
        for name in (place.country, *place.names):
            by_name.setdefault(name.lower(), tuple(dict.fromkeys(there)) or place.posts)
        for post in place.posts:
            by_name[post.lower()] = (post,)
    bare = [name for name in map(_bare, known_posts) if name]
    for name in bare:
        by_name.setdefault(name.lower(), (name,))
    first = Counter(name.split()[0] for name in bare)
    for name in bare:
        word = name.split()[0]
        if first[word] == 1 and len(word) >= SHORTEST:
            by_name.setdefault(word.lower(), (name,))
    return {name: posts for name, posts in by_name.items() if posts}


def _bare(post: str) -> str:
    """A post's name without what kind of post it is."""
    return re.sub(rf"^(?:the\s+)?(?:US\s*)?{_MISSION}\s+", "", post, flags=re.IGNORECASE).strip()


def _is_at(post: str, place: str) -> bool:
    return post.lower() == place.lower() or post.lower().endswith(f" {place.lower()}")


@lru_cache(maxsize=8)
def _post_pattern(known_posts: tuple[str, ...]) -> re.Pattern[str]:
    name = _any_of(_place_names(known_posts))
    return re.compile(
        rf"\b(?:(?P<ours>{_OURS}\s+)*"
        rf"(?:(?:{_MISSION}\s+to\s+(?:the\s+)?{_UN}(?:\s+agencies)?\s+(?:in|at)|USUN)\s+(?P<un>New\s+York|{name})"
        rf"|(?P<mission>{_MISSION})\s+(?:in\s+|at\s+|to\s+)?(?:the\s+)?(?P<place>{name}))"
        rf"|(?:US|U\.S\.|American|our)\s+{_PEOPLE}\s+in\s+(?P<among>{name})"
        rf"|(?:cables?|reporting|reports|dispatches|telegrams|messages)\s+(?:sent\s+)?from\s+(?P<origin>{name})"
        rf"|(?P<before>{name})(?:'s)?\s+(?P<after>{_MISSION}|cables?|reporting)"
        rf"|(?P<source>{_source_by_place(known_posts)}))\b",
        re.IGNORECASE,
    )


def _source_by_place(known_posts: tuple[str, ...]) -> str:
    """A place that stands for the library's post there: 'From Moscow: ...', 'according to La Paz', 'did Moscow report'.

    As the name of a government a place says the same things, so that only these few forms count; of a country's
    name none does.
    """
    lands = {name.lower() for place in places() for name in (place.country, *place.names)}
    here = {_bare(post).lower() for post in known_posts if _bare(post) != post} - lands
    if not here:
        return "(?!)"
    place = _any_of(here)
    reports = r"\s+(?:also\s+|first\s+)?(?:report|cable)(?:s|e?d)?\b(?!\s+to\b)"
    clause_ends = r"\s*(?:[,;:?!.]|$)|\s+(?:in|of|during|after|before|since)\s+(?:\w+\s+)?(?:19|20)\d\d"
    return (
        rf"(?<=\Afrom\s){place}(?=\s*:)"
        rf"|(?<=\baccording\sto\s){place}(?={clause_ends})"
        rf"|(?:(?<=\bdid\s)|(?<=\bdoes\s)|(?<=\bhas\s)|(?<=\bhad\s)|(?<=\bwhat\s)|(?<=\bas\s)){place}(?={reports})"
    )


def _any_of(names: Iterable[str]) -> str:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first) + ")"


def post_phrases(text: str, known_posts: Iterable[str] = ()) -> list[PostPhrase]:
    """The posts that `text` names as such: 'Embassy Paris', 'our consulate in Hamburg', 'cables from Moscow'."""
    known = tuple(sorted(known_posts))
    found: list[PostPhrase] = []
    by_place: list[PostPhrase] = []
    for match in _post_pattern(known).finditer(text):
        name = match["un"] or match["place"] or match["among"] or match["origin"] or match["before"] or match["source"]
        if (match["mission"] or match["un"]) and not match["ours"] and _of_another_country(text[: match.start()]):
            continue
        of_cable = bool(match["before"]) and match["after"].lower().startswith(("cable", "report"))
        if match["before"] and not of_cable and not _is_post(name, known):
            continue  # 'the Danish embassy' is Denmark's own
        firm = bool(
            match["among"]
            or match["origin"]
            or match["source"]
            or (of_cable and _OF_CABLE.search(text[: match.start()]))
            or _ATTRIBUTED.search(re.sub(rf"\s*\b(?:{_OURS}\s+)+$", " ", text[: match.start()], flags=re.IGNORECASE))
            or _REPORTS.match(text[match.end() :])
        )
        posts = _un_posts(name, known) if match["un"] else _place_names(known)[_key(name)]
        phrase = PostPhrase(match.start(), match.end(), match.group(), posts, firm)
        (by_place if match["source"] else found).append(phrase)
    # Where a post is named in full, a bare place is the government there, or a post that this one tells of.
    return found if any(phrase.firm for phrase in found) else sorted([*found, *by_place], key=lambda p: p.start)


def _key(name: str) -> str:
    return " ".join(name.lower().split())


def _un_posts(place: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """The post to the United Nations at a place, as the library calls it; else whatever post is there."""
    of_library = tuple(_bare(post) for post in known if _UN_POST.search(post) and _is_at(post, _key(place)))
    return of_library or _place_names(known).get(_key(place), (f"USUN {place}",))


def countries(text: str) -> list[Place]:
    """The countries that `text` names, in the order of the table; the United States are named too often to tell."""
    return [place for place, pattern in _country_patterns() if pattern.search(text)]


@lru_cache(maxsize=1)
def _country_patterns() -> list[tuple[Place, re.Pattern[str]]]:
    return [
        (
            place,
            re.compile(
                r"\b(?:" + "|".join(re.escape(name) for name in (place.country, *place.names, *place.posts)) + r")s?\b"
            ),
        )
        for place in places()
        if place.code not in ("US", "UN", "EUN", "NATO")
    ]


def _is_post(name: str, known: tuple[str, ...]) -> bool:
    """Whether `name` is the place of a post rather than a country or its people."""
    return any(name.lower() == post.lower() for place in places() for post in place.posts) or any(
        post.lower().endswith(name.lower()) for post in known
    )


def _of_another_country(before: str) -> bool:
    """Whether the words before 'embassy' say that it is not an American one."""
    last = re.search(r"([A-Z][a-z]+)\s*$", before)
    return last is not None and any(
        last.group(1) in (place.country, *place.names) for place in places() if place.code != "US"
    )
