"""A sentence of a paragraph as evidence, and when two say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from llama_index.core.schema import BaseNode

from assistant.quoting.sentences import SentenceSpan

NEAR_DUPLICATE = 0.7
# Not `pro- and anti-dumping`, where the hyphen stands for the next word's end; `went - and came` has a dash.
_HYPHEN_AT_LINE_END = re.compile(r"(?:(?<=[^\W\d_])|(?<=[A-Z]\.))- (?=[^\W\d_])(?!(?i:and|or|nor|to|but)\b)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a paragraph with how well it answers."""

    node: BaseNode
    place: int
    """0 for the paragraph's first sentence."""
    span: SentenceSpan
    alone: float
    """The cross-encoder's logit of the sentence under its document's subject."""
    score: float
    """All things considered."""
    part: int = 0
    says: float | None = None
    """The model of inference's logit of the sentence under its document's subject; None where it wasn't read so."""

    @property
    def key(self) -> tuple[str, int]:
        """Names the sentence."""
        return self.node.node_id, self.place


def one_line(text: str) -> str:
    """The text with each run of white space as one blank."""
    return " ".join(text.split())


def rejoined(text: str) -> str:
    """A text on one line without the blank in words that were hyphenated where a line ended: 'open- ended'."""
    return _HYPHEN_AT_LINE_END.sub("-", text)


def text_of(node: BaseNode) -> str:
    """The paragraph's own text."""
    return str(getattr(node, "text", ""))


def read_behind(node: BaseNode) -> str:
    """What the models read a sentence of a paragraph behind: its document's subject, and what introduces it."""
    facts = (node.metadata.get(name) for name in ("subject", "introduced"))
    return ". ".join(str(fact).rstrip(". ") for fact in facts if fact)


def says_the_same(item: Evidence, other: Evidence) -> bool:
    """Whether two are one sentence, or nearly the same words."""
    if item.key == other.key:
        return True
    return overlap(set(item.span.text.lower().split()), set(other.span.text.lower().split())) >= NEAR_DUPLICATE


def overlap(one: set[str], other: set[str]) -> float:
    """Shared words by the words of the shorter text."""
    return len(one & other) / max(1, min(len(one), len(other)))
