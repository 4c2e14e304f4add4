"""Whether an answer keeps who said it.

Definition of the metric `attribution`: it is judged for an answered question that cites a gold paragraph in which
a sentence with one of the question's facts names the speaker ("Deputy Minister Ivanov told ...", "according to
Ivanov"); for "he said" and "in her view" the name is the last one before it in the paragraph. It is 1 if the surname
of such a speaker stands in the answer's text, outside the citation marks, else 0. A speaker named only by an office
counts as not named. The names are read by rule from the gold
paragraphs, not from the answer, so that another answer to the same question is judged by the same names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_REPORTS = (
    "said says told tells argued argues noted notes claimed claims stated states added adds explained explains "
    "stressed stresses believes believed thinks thought confirmed confirms insisted insists complained complains "
    "warned warns reported reports predicted predicts asserted asserts admitted admits acknowledged acknowledges "
    "emphasized emphasised observed observes commented comments remarked replied responded suggested suggests "
    "maintained maintains contended contends opined denied denies described describes expects expected estimated "
    "estimates recalled recalls lamented alleged alleges conceded concedes urged urges expressed promised promises "
    "calls called reckons reckoned rejects rejected praises praised admires admired blames blamed opposes opposed "
    "considers considered doubts doubted fears feared hopes hoped feels felt"
).replace(" ", "|")
_WORD = r"(?:[A-Z][\w'’]*(?:-[A-Z]?[\w'’]+)*)"
_NAME = rf"{_WORD}(?:\s+(?:(?:bin|al|de|van|von|der|el|ben)[\s-])?{_WORD}){{0,5}}"
_BETWEEN = (
    rf"(?:\s+(?:of|at|in|from)\s+(?:the\s+)?{_NAME}){{0,2}}"
    + r"(?:\s*\([^)]{1,60}\))?(?:,[^,.;]{1,90},)?(?:\s+(?:has|had|have|also|then|later|privately|again|further))*"
)
_SPEAKS = re.compile(rf"(?P<name>{_NAME}){_BETWEEN}\s+(?:{_REPORTS})\b")
_ACCORDING = re.compile(rf"[Aa]ccording to (?:the )?(?:[a-z]+ )*(?P<name>{_NAME})")
_PRONOUN = re.compile(rf"\b(?:he|she)(?: also| then)? (?:{_REPORTS})\b|\bin (?:his|her) (?:view|opinion)\b", re.I)
_WHOLE_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,5}}")
_END = re.compile(r"(?<=[.!?])[\"”')\]]*\s+(?=[\"“'(\[]?[A-Z0-9])")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Amb|Sen|Rep|St|No|vs|Jr|Sr)|\b[A-Z])\.$")
# Words that begin with a capital and are no surname: openings of a sentence, and offices.
_OTHERS = """he she it they we you i this that these those who the a an his her their its our one some many most others
    both comment note summary embassy consulate mission post poloff econoff polcouns econcouns emboff emboffs poloffs
    pao charge ambassador dcm minister president premier chairman director general secretary governor mayor deputy
    government ministry parliament party opposition press sources contacts officials another however moreover also
    meanwhile but and when while if as in on at after before"""
_NO_SURNAME = frozenset(_OTHERS.split())


def sentences(text: str) -> list[str]:
    """The text cut after full stops that end a sentence; plain, for judging only."""
    pieces: list[str] = []
    for piece in _END.split(text):
        if pieces and _ABBREVIATION.search(pieces[-1]):
            pieces[-1] = f"{pieces[-1]} {piece}"
        else:
            pieces.append(piece)
    return pieces


def speakers(sentence: str, before: str = "") -> tuple[str, ...]:
    """The surnames of those whom the sentence names as speaking, in order, each once.

    `before` is what stands above it in its paragraph: there the name of "he said" is looked for.
    """
    if sentence.isupper():
        return ()  # nothing tells a name from another word
    found = _surnames(sentence)
    pronoun = None if found else _PRONOUN.search(sentence)
    if pronoun:
        found = _last_named(f"{before} {sentence[: pronoun.start()]}")
    return tuple(dict.fromkeys(found))


def _surnames(text: str) -> list[str]:
    matches = (*_SPEAKS.finditer(text), *_ACCORDING.finditer(text))
    return [surname for match in matches if (surname := _surname(match["name"]))]


def _last_named(text: str) -> list[str]:
    """Who spoke last in the text, or else the first whole name of its last sentence that has one."""
    spoke = _surnames(text)
    if spoke:
        return spoke[-1:]
    whole = (_WHOLE_NAME.findall(sentence)[:1] for sentence in reversed(sentences(text)))
    return next(([surname] for names in whole for name in names if (surname := _surname(name))), [])


def _surname(name: str) -> str | None:
    surname = name.split()[-1].removesuffix("'s").removesuffix("’s")
    return surname if len(surname) > 2 and surname.casefold() not in _NO_SURNAME else None


def attribution_kept(answer: str, facts: Sequence[Sequence[str]], gold_texts: Iterable[str]) -> bool | None:
    """Whether the answer names a speaker whom the fact's own sentence names; None where it names none.

    `answer` is the text without citation marks, `gold_texts` are the gold paragraphs that the answer cites.
    """
    alternatives = [alternative.casefold() for fact in facts for alternative in fact]
    named: set[str] = set()
    for text in gold_texts:
        before = ""
        for sentence in sentences(text):
            if any(alternative in sentence.casefold() for alternative in alternatives):
                named |= {surname.casefold() for surname in speakers(sentence, before)}
            before = f"{before} {sentence}"
    if not named:
        return None
    words = set(re.findall(r"[\w'’-]+", answer.casefold()))
    words |= {part for word in words for part in re.split(r"['’]s$|-", word)}
    return bool(named & words)
