"""Makes a follow-up question stand on its own by a language model, and checks that it added nothing.

Names, numbers and dates of the rewriting must stand in the conversation or in the question; what the question
itself names must still be there. A rewriting that fails is not used: the rules of `assistant.question.followups` are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.claims.dates import dates
from assistant.claims.names import Told, names
from assistant.claims.numbers import Quantity, quantities
from assistant.settings import LanguageModelSettings
from assistant.writing.draft import read_draft
from assistant.writing.language_model import stream
from index_store.errors import LanguageModelFailed
from prompts.loader import load

LONGEST = 120
"""Tokens."""
TURNS = 3
"""How many turns before are shown to the model."""
LONGEST_TURN = 600
"""Characters of an earlier answer."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What became of an attempt at rewriting."""

    text: str | None = None
    """None where there is none that can be used."""
    failure: LanguageModelFailed | None = None
    """The server's failure: then it need not be asked again for this question."""


def try_rewrite(question: str, history: Sequence[tuple[str, str]], settings: LanguageModelSettings) -> Rewritten:
    """As `rewrite`, within a quarter of the time for an answer, and without raising."""
    try:
        return Rewritten(rewrite(question, history, replace(settings, timeout=settings.timeout / 4)))
    except LanguageModelFailed as failure:
        return Rewritten(failure=failure)


def rewrite(question: str, history: Sequence[tuple[str, str]], settings: LanguageModelSettings) -> str | None:
    """The question standing on its own, or None where the model's rewriting can't be used.

    `history` has the turns before as (question, answer) texts, the oldest first. Raises LanguageModelFailed.
    """
    if not history:
        return None
    shown = [f"Q: {_line(asked)}\nA: {_line(answered)[:LONGEST_TURN]}" for asked, answered in history[-TURNS:]]
    messages = load("rewrite", history="\n".join(shown), question=_line(question))
    written = "".join(piece.text for piece in stream(messages, settings, longest=LONGEST))
    rewritten = _question(written)
    if (
        rewritten is None
        or _line(rewritten) == _line(question)
        or added(rewritten, question, history)
        or lost(rewritten, question)
    ):
        return None
    return rewritten


def added(rewritten: str, question: str, history: Sequence[tuple[str, str]]) -> list[str]:
    """Names, numbers and dates of the rewriting that stand neither in the question nor in the conversation."""
    known = " . ".join([question, *(text for turn in history for text in turn)])
    told = Told(known)
    found = [name.text for name in names(rewritten) if not told.has(name) and not name.opens]
    known_dates = dates(known)
    found += [
        when.text
        for when in dates(rewritten)
        if not any((d.year, d.month, d.day) == (when.year, when.month, when.day) for d in known_dates)
        and not _pieced(when.text, known)
    ]
    known_numbers = {q.value for q in _numbers(known)}
    return found + [q.text for q in _numbers(rewritten) if q.value not in known_numbers]


def lost(rewritten: str, question: str) -> list[str]:
    """Names, numbers and dates of the question that the rewriting dropped."""
    told = Told(rewritten)
    found = [name.text for name in names(question) if not name.opens and not told.has(name)]
    kept = {(d.year, d.month, d.day) for d in dates(rewritten)}
    found += [
        d.text for d in dates(question) if (d.year, d.month, d.day) not in kept and not _pieced(d.text, rewritten)
    ]
    numbers = {q.value for q in _numbers(rewritten)}
    return found + [q.text for q in _numbers(question) if q.value not in numbers]


def _numbers(text: str) -> list[Quantity]:
    return [q for q in quantities(text, [(d.start, d.end) for d in dates(text)]) if q.kind != "ordinal"]


def _pieced(text: str, known: str) -> bool:
    """Whether a date is put together of words that are there: 'in May' and '2007'."""
    words = known.lower().replace(",", " ").split()
    return all(piece.strip(".,?") in {word.strip(".,?") for word in words} for piece in text.lower().split())


def _question(written: str) -> str | None:
    """The one question that the model wrote; None if it wrote something else."""
    sentences = read_draft(written, finished=True)
    asked = [sentence.text.strip("\"'“”") for sentence in sentences if sentence.text.rstrip("\"'”").endswith("?")]
    return asked[0] if len(asked) == 1 and len(asked[0]) <= 400 else None


def _line(text: str) -> str:
    return " ".join(text.split())
