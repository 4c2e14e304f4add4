"""Who says or holds what a statement reports, and whether its evidence has the same voice say it.

Also who does what: the one who stands as the doer before the statement's verb must stand so in the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.claims import lists
from assistant.claims.names import Name, Told, common, names
from assistant.claims.words import stem

_SAID_FORMS = lists.items("said")
SAY_STEMS = frozenset(stem(word) for word in _SAID_FORMS) | {"view", "opinion"}
_SAID = re.compile(rf"\b(?:{'|'.join(word.replace('_', ' ') for word in _SAID_FORMS)})\b")
_ACCORDING = re.compile(
    r"\b(?:according to|in the (?:view|opinion|words|eyes|judgment|estimation) of|"
    r"as (?:told|reported|described|explained) by|for)\s+"
    r"(?P<who>[^,;.]+?)(?=,|;|\s+(?:the|that|is|was|were|had|has)\b|\.|$)",
    re.I,
)
_OWN_VIEW = re.compile(
    r"\b(?P<who>[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*)*)['’]s?\s+(?:view|opinion|eyes|words|judgment|assessment|argument|belief|claim)\b"
)
_EMBASSY = re.compile(
    r"\b(?:we|our|us|post|embassy|the embassy|consulate|the consulate|emboffs?|mission|the authors?|the drafters?|"
    r"the cable|comment|the ambassador|u\.?s\.? diplomats?)\b",
    re.I,
)
_EMBASSY_SPEAKS = re.compile(
    r"^\s*(?:in its comment,? )?(?:we|our|post|(?:the |u\.?s\.? |american )*(?:embassy|consulate|mission|"
    r"diplomats?|authors?|drafters?|cable|comment|report)|emboffs?)\b(?!['’ ]+(?:contacts?|sources?|interlocutors?))",
    re.I,
)
_COMMENT = re.compile(r"(?:^|[.\s(])(?:BEGIN\s+)?Comment\s*[:.-]", re.I)
_END_COMMENT = re.compile(r"\bEnd\s+comment\b", re.I)
_PRONOUN = re.compile(r"^\W*(?:he|she|they|it|his|her|their|its|the (?:latter|former))\b", re.I)


_AUXILIARIES = re.compile(
    r"(?:,[^,]{1,60},)?\s*(?:(?:has|have|had|also|then|is|was|will|would|did|does|not|\w+ly|never|even|still)\s+)*"
)
_CAPITALISED = re.compile(r"[A-Z]")


_AS_OTHERS = re.compile(r"\bas\s+(?:[\w.’'-]+\s+){1,4}$")


class Voice(NamedTuple):
    """Who speaks in a sentence."""

    text: str
    """The words that name the speaker; '' where the sentence tells it as a fact."""
    names: tuple[Name, ...]
    embassy: bool
    """Whether it is the post that wrote the document."""


def voice(sentence: str) -> Voice | None:
    """Who says, believes or holds what the sentence reports; None where it names nobody."""
    for pattern in (_ACCORDING, _OWN_VIEW):
        match = pattern.search(sentence)
        if match and (pattern is not _ACCORDING or match[0][:3].lower() != "for" or _person_first(sentence, match)):
            return _voice(match["who"])
    match = next((said for said in _SAID.finditer(sentence) if not _AS_OTHERS.search(sentence[: said.start()])), None)
    if match is None:
        return None
    before = sentence[: match.start()]
    medial = re.search(r",\s*(?P<who>[^,]{2,60}?)\s*$", before)
    if medial and len(before) > len(medial[0]) + 20 and (names(medial["who"]) or _PRONOUN.match(medial["who"])):
        return _voice(medial["who"])
    inverted = re.match(r"\s+(?P<who>[A-Z][\w'’.-]+(?:\s+[A-Z][\w'’.-]+)*)\s*[.,]", sentence[match.end() :])
    if inverted and before.rstrip().endswith((",", "”", '"')):
        return _voice(inverted["who"])
    passive = re.search(r"\b(?:was|were|is|are|been|be|being)\s+(?:\w+ly\s+)?$", before)
    if passive:
        by = re.match(r"[^.;]*?\bby\s+(?P<who>[^,;.]+)", sentence[match.end() :])
        return _voice(by["who"]) if by else None
    spoken = _voice(before)
    if len(spoken.names) == 1 and spoken.names[0].opens and not _AUXILIARIES.fullmatch(before[spoken.names[0].end :]):
        return Voice(spoken.text, (), spoken.embassy)  # 'Set against what he called ...'
    return spoken


_WE = re.compile(r"\b(?:we|our|us|ours)\b", re.I)
_OPENING_EMBASSY = re.compile(
    r"^(?:the |our )?(?:u\.?s\.? |american )?(?:embassy|consulate|mission|post)\b(?!['’])", re.I
)


def as_the_embassy(statement: str, evidence: str) -> str:
    """The statement in the embassy's own words: 'The embassy expects' as 'We expect', where the evidence has 'we'."""
    return _OPENING_EMBASSY.sub("We", statement) if _WE.search(evidence) else statement


def _person_first(sentence: str, match: re.Match[str]) -> bool:
    """'For X, Belarus is ...' gives X's view; 'for' elsewhere doesn't."""
    return not sentence[: match.start()].strip() and bool(names(match["who"])) and match.end() < len(sentence)


def _voice(words_of_speaker: str) -> Voice:
    who = words_of_speaker.strip()
    return Voice(who, tuple(names(who)), _EMBASSY_SPEAKS.match(who) is not None)


def in_comment(text: str, at: int, heading: str | None) -> bool:
    """Whether the sentence at `at` of a paragraph is the post's own comment."""
    opened = closed = -1
    for match in _COMMENT.finditer(text, 0, at + 12):
        if text[: match.start() + 1].rstrip().lower().endswith("end"):
            continue
        opened = match.start()
    for match in _END_COMMENT.finditer(text, 0, at):
        closed = match.start()
    if opened > closed:
        return True
    return opened < 0 and bool(heading) and re.match(r"\W*comment\b", heading or "", re.I) is not None


def disagreements(statement: str, sentences: Sequence[str], at: int, *, comment: bool) -> tuple[str, ...]:
    """Why the statement's speaker is not the one of the evidence.

    `sentences` are those of the paragraph, `at` the index of the one that says what the statement says,
    `comment` whether that one stands in the post's comment.
    """
    claimed = voice(statement)
    if claimed is None:
        return ()
    told = _voice_of(sentences, at)
    if claimed.embassy:
        if comment or (told is None or told.embassy or _EMBASSY.search(sentences[at])):
            return ()
        return (f"the paragraph has {_short(told)} say this, not the embassy",) if told.names else ()
    if not any(not (name.opens and common(name.parts[0])) for name in claimed.names):
        return ()
    if comment and not (told and told.names) and not _spoken_of(claimed, sentences[at]):
        return ("this is the embassy's comment, not what was said to it",)
    if told is None or not told.text or _spoken_of(claimed, told.text):
        return ()
    if not told.names:
        return ()
    return (f"the paragraph has {_short(told)} say this",)


def _spoken_of(claimed: Voice, text: str) -> bool:
    told = Told(text)
    return any(told.has(name) for name in claimed.names)


def _short(told: Voice) -> str:
    return told.names[-1].text if told.names else told.text


def _voice_of(sentences: Sequence[str], at: int) -> Voice | None:
    """The speaker of a sentence; a pronoun stands for the last who was named before it."""
    spoken = voice(sentences[at])
    if spoken is not None and spoken.names:
        return spoken
    carried = spoken is not None or _PRONOUN.match(sentences[at]) is not None
    for index in range(at - 1, max(-1, at - 4), -1):
        before = voice(sentences[index])
        if before is not None and before.names:
            return before
        if carried:
            named = [name for name in names(sentences[index]) if not name.opens or len(name.parts) > 1]
            if named:
                return Voice(sentences[index], tuple(named), False)
    return spoken
