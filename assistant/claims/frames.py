"""Who does what: a sentence as clauses, each with its subject and what is said of it.

No grammar is needed for that much: a clause ends at a comma, semicolon or conjunction, its subject is what stands
before its first verb, a clause that begins with its verb has the subject of the one before, and names beside a
subject between commas belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.claims import lists
from assistant.claims.speakers import SAY_STEMS
from assistant.claims.verbs import BE, finite, finite_at, is_auxiliary, is_past
from assistant.claims.words import Word, words

_CALENDAR = frozenset(lists.items("no_names"))
_BREAK = re.compile(r"[,;:()]|--|—|[.!?](?=\s|$)")
_WORDS = lists.kinds("function_words")
_CONJUNCTIONS, _RELATIVES, _PREPOSITIONS = (_WORDS[kind] for kind in ("conjunction", "relative", "preposition"))
_PRONOUNS, _DETERMINERS, _NOT = (_WORDS[kind] for kind in ("pronoun", "determiner", "denial"))
_ASIDE = 3
"""Words of 'he said' or 'Tsend observed dryly' between commas."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A clause: who, and the rest from its verb on."""

    subject: tuple[Word, ...]
    said: tuple[Word, ...]
    """The verb and what follows it."""
    passive: bool
    pronoun: str
    """'he' and the like where the subject is only that, else ''."""

    @property
    def denied(self) -> bool:
        """Whether it is denied: 'did not sign', 'never said'."""
        return any(word.lower in _NOT or word.lower.endswith("n't") for word in self.said[:4])

    @property
    def verb(self) -> Word | None:
        """The first telling word, as a rule the verb."""
        return next((word for word in self.said if word.counts), None)


def frames(sentence: str) -> list[Frame]:
    """The clauses of a sentence, in order."""
    found: list[Frame] = []
    waiting: list[Word] = []
    fresh = False
    pieces = _segments(sentence)
    for segment, begins in pieces:
        if begins:
            fresh, waiting = True, []
        at = finite_at(segment)
        if at is None:
            if fresh:
                waiting.extend(segment)
            else:
                _add_on(found, waiting, segment)
            continue
        aside = (
            not begins
            and at > 0
            and segment[at].stem in SAY_STEMS
            and at == len(segment) - 1
            and len(segment) <= _ASIDE
        )
        if aside and (waiting or found) and segment is not pieces[-1][0]:
            # 'The young fish, he says, are caught': what follows goes on with the fish.
            found.insert(len(found) if waiting else len(found) - 1, _frame(segment[:at], segment[at:]))
            continue
        fresh = False
        subject = _after_preposition(segment[:at])
        if subject and (subject[0].lower in _RELATIVES or (len(subject) == 1 and subject[0].lower == "that")):
            subject = list(waiting)  # what 'which' stands for is not told where a verb came before
        elif not [word for word in subject if word.lower not in ("also", "then", "not", "never", "to", "still")]:
            subject = waiting or (list(found[-1].subject) if found else [])
            waiting = []
        else:
            subject = [*waiting, *subject] if waiting and not _opens(waiting) else subject
            waiting = []
        found.append(_frame(subject, segment[at:]))
    return found


def _add_on(found: list[Frame], waiting: list[Word], segment: Sequence[Word]) -> None:
    """A piece without a verb: a name put beside, or more of what was said."""
    if found and (segment[0].lower in _PREPOSITIONS or not waiting) and not _new_subject(segment, found):
        last = found[-1]
        found[-1] = Frame(last.subject, (*last.said, *segment), last.passive, last.pronoun)
    elif found and _new_subject(segment, found):
        verb = [word for word in found[-1].said[:2] if is_auxiliary(word) or word.counts][:2]
        name = [segment[0]] if segment[0].lower not in _DETERMINERS else list(segment[:2])
        found.append(_frame(name, [*verb, *segment[len(name) :]]))
    else:
        waiting.extend(segment)


def _new_subject(segment: Sequence[Word], found: Sequence[Frame]) -> bool:
    """'..., Milic a bypass': a name with another object of the same verb."""
    return (
        len(segment) >= 3
        and segment[0].text[0].isupper()
        and segment[1].lower in ("a", "an", "the", "one", "no")
        and bool(found[-1].subject) and found[-1].subject[0].text[0].isupper()
    )  # fmt: skip


def _opens(row: Sequence[Word]) -> bool:
    """Whether it is no name beside a subject but how and when it was: 'In 1997', 'by contrast'."""
    return bool(row) and row[0].lower in _PREPOSITIONS


def _after_preposition(row: Sequence[Word]) -> list[Word]:
    """The subject without how and when it was, if no comma parts them: 'According to the union the miners'."""
    if not row or row[0].lower not in _PREPOSITIONS:
        return list(row)
    if len(row) > 2 and row[1].lower in _CALENDAR:
        return list(row[2:])
    starts = [
        at for at in range(2, len(row))
        if (row[at].lower in _DETERMINERS or row[at].lower in _PRONOUNS) and row[at - 1].lower not in _PREPOSITIONS
    ]  # fmt: skip
    return list(row[starts[-1] :]) if starts else list(row)


def _segments(sentence: str) -> list[tuple[list[Word], bool]]:
    """The words between breaks, and whether a sentence of its own begins there, as after a semicolon.

    A conjunction begins a piece of its own, 'and' only before a subject or verb.
    """
    row = words(sentence)
    found: list[tuple[list[Word], bool]] = []
    piece: list[Word] = []
    begins = True
    for index, word in enumerate(row):
        broken = _BREAK.search(sentence, row[index - 1].end, word.start) if index else None
        conjunction = word.lower in _CONJUNCTIONS or (word.lower in ("and", "that") and _clause_follows(row, index))
        relative = word.lower in _RELATIVES or (
            word.lower == "that" and index + 1 < len(row) and finite(row, index + 1)
        )
        conjunction = conjunction and not relative
        if piece and (broken or conjunction or relative):
            found.append((piece, begins))
            piece = []
            begins = conjunction or (broken is not None and broken[0] in ";:")
        if conjunction:
            begins = True
            continue
        if not piece and word.lower in ("and", "or") and broken:
            continue
        piece.append(word)
    if piece:
        found.append((piece, begins))
    return found


def _clause_follows(row: Sequence[Word], at: int) -> bool:
    """Whether 'and' joins clauses: a verb comes next, or soon behind a subject."""
    if at + 1 >= len(row) or at == 0:
        return False
    after = row[at + 1]
    if row[at].lower == "that":
        return any(finite(row[at + 1 :], i) for i in range(1, min(7, len(row) - at - 1)))
    if is_auxiliary(after) or (is_past(after) and after.text.islower()):
        return True
    if after.lower in _PRONOUNS or after.lower in _DETERMINERS or after.text[0].isupper():
        return any(finite(row[at + 1 :], i) for i in range(1, min(6, len(row) - at - 1)))
    return finite(row, at + 1)


def _frame(subject: Sequence[Word], said: Sequence[Word]) -> Frame:
    lead = list(said[:3])
    passive = any(word.lower in BE for word in lead) and any(is_past(word) for word in said[1:4])
    telling = [word for word in subject if word.lower not in ("and", "also", "then")]
    pronoun = telling[0].lower if len(telling) == 1 and telling[0].lower in _PRONOUNS else ""
    return Frame(tuple(subject), tuple(said), passive, pronoun)
