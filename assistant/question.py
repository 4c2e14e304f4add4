"""What a question asks for, worked out by rules: what it is searched with, its parts, what it wants."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from index_store.filters import Filters


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it was understood."""

    original: str
    text: str
    """The question that stands on its own: what is searched and scored."""
    filters: Filters = field(default_factory=Filters)
    chips: tuple[str, ...] = ()
    """The filters in plain words."""
    parts: tuple[str, ...] = ()
    """What is asked one by one; (text,) where there is one thing asked."""
    wants_reason: bool = False
    wants_list: bool = False


_WHY = re.compile(
    r"\b(?:why|how come|what (?:was|were|is|are) (?:the|his|her|their) (?:reasons?|motives?|grounds?)|"
    r"for what reasons?|what reasons?|what explains|because of what)\b",
    re.IGNORECASE,
)


def understand(question: str) -> Understood:
    """Understand a question that stands alone."""
    text = " ".join(question.split())
    return Understood(original=question, text=text, parts=(text,), wants_reason=bool(_WHY.search(text)))
