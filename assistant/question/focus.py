"""What a conversation is about after a turn, and a question that was made to stand on its own by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.question.names import names_in
from index_store.filters import Filters


@dataclass(frozen=True, slots=True)
class Focus:
    """What a conversation is about, after a turn."""

    question: str = ""
    """The last question, pronouns for persons replaced."""
    topic: str = ""
    """The question that opened the topic, where that was an earlier one."""
    names: tuple[str, ...] = ()
    """The names in question and answer, the most likely referent of a pronoun first."""
    filters: Filters | None = None

    @property
    def said(self) -> str:
        """Both questions."""
        return f"{self.topic} {self.question}".strip()


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made to stand on its own."""

    asked: str
    """The question itself, pronouns for persons replaced."""
    contexts: tuple[str, ...] = ()
    """Earlier questions that it is read behind: the one that opened the topic, and the last. None for a new topic."""
    carried: bool = False
    """Whether anything was taken from the turn before."""
    filters: Filters | None = None
    """Filters carried over from the turn before, for conditions that the question doesn't set itself."""


def focus_after(question: str, answered: Sequence[str] = (), filters: Filters | None = None, topic: str = "") -> Focus:
    """The focus after `question` of the topic that `topic` opened was answered by the sentences `answered`.

    The names of the answer's first sentence stand before those of the question when the question asked
    for a person; otherwise the question's own come first.
    """
    asked, told = [*names_in(question), *names_in(topic)], names_in(answered[0]) if answered else []
    wants_person = re.match(r"\s*(?:and\s+)?(?:who|whom|which)\b", question, re.IGNORECASE)
    ordered = [*told, *asked] if wants_person else [*asked, *told]
    return Focus(question, topic, tuple(dict.fromkeys(ordered)), filters)
