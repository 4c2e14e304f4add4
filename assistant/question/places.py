"""Posts and countries that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from assistant.question.tables import Place, places

_MISSION = r"(?:embass(?:y|ies)|consulates?(?:[-\s]general)?|missions?|legations?|interests section|posts?)"
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
    """Posts by every name, in small letters, that a place goes by."""
    by_name: dict[str, tuple[str, ...]] = {}
    for place in places():
        for name in (place.country, *place.names):
            by_name.setdefault(name.lower(), place.posts)
        for post in place.posts:
            by_name[post.lower()] = (post,)
    for post in known_posts:
        bare = re.sub(rf"^(?:the\s+)?(?:US\s*)?{_MISSION}\s+", "", post, flags=re.IGNORECASE).strip()
        if bare:
            by_name.setdefault(bare.lower(), (bare,))
    return {name: posts for name, posts in by_name.items() if posts}


@lru_cache(maxsize=8)
def _post_pattern(known_posts: tuple[str, ...]) -> re.Pattern[str]:
    names = sorted(_place_names(known_posts), key=len, reverse=True)
    name = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(
        rf"\b(?:(?P<ours>{_OURS}\s+)*(?P<mission>{_MISSION})\s+(?:in\s+|at\s+|to\s+)?(?:the\s+)?(?P<place>{name})"
        rf"|(?:US|U\.S\.|American|our)\s+{_PEOPLE}\s+in\s+(?P<among>{name})"
        rf"|(?:cables?|reporting|reports|dispatches|telegrams|messages)\s+(?:sent\s+)?from\s+(?P<origin>{name})"
        rf"|(?P<before>{name})(?:'s)?\s+(?P<after>{_MISSION}|cables?|reporting))\b",
        re.IGNORECASE,
    )


def post_phrases(text: str, known_posts: Iterable[str] = ()) -> list[PostPhrase]:
    """The posts that `text` names as such: 'Embassy Paris', 'our consulate in Hamburg', 'cables from Moscow'."""
    known = tuple(sorted(known_posts))
    found = []
    for match in _post_pattern(known).finditer(text):
        name = match["place"] or match["among"] or match["origin"] or match["before"]
        if match["mission"] and not match["ours"] and _of_another_country(text[: match.start()]):
            continue
        if match["before"] and not _is_post(name, known) and not match["after"].lower().startswith(("cable", "report")):
            continue  # 'the Danish embassy' is Denmark's own
        firm = bool(
            match["among"]
            or match["origin"]
            or _ATTRIBUTED.search(re.sub(rf"\s*\b(?:{_OURS}\s+)+$", " ", text[: match.start()], flags=re.IGNORECASE))
            or _REPORTS.match(text[match.end() :])
        )
        posts = _place_names(known)[" ".join(name.lower().split())]
        found.append(PostPhrase(match.start(), match.end(), match.group(), posts, firm))
    return found


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
