"""Answers, their sentences and citations: plain data, and their JSON and Markdown forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

THE_DOCUMENTS_DONT_SAY = "The documents don't say."

Refusal = Literal["nothing on this topic", "this fact is missing", "this fact is withheld"]
Status = Literal["quoted", "supported", "unsupported"]
Method = Literal["quoting", "writing"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A paragraph that supports a sentence, with the words that do."""

    document: str
    label: str
    printed: str | None
    ordinal: int
    start: int
    end: int
    quote: str
    """Stands verbatim in the paragraph's source text, white space aside."""

    @property
    def mark(self) -> str:
        """What is shown behind a sentence: `[08MOSCOW436 ¶5]`."""
        return f"[{self.document} ¶{self.label}]"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement of an answer."""

    text: str
    citations: tuple[Citation, ...]
    status: Status = "quoted"
    reason: str | None = None
    """Why it counts as unsupported."""
    bold: tuple[tuple[int, int], ...] = ()
    """Spans of `text` that answer the question."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A paragraph that retrieval ranked, best first."""

    document: str
    label: str
    ordinal: int
    start: int
    end: int
    score: float
    text: str = ""
    """The paragraph's own text, for the page; not part of the JSON form."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got: sentences with citations, or a refusal with the nearest paragraphs."""

    question: str
    sentences: tuple[Sentence, ...] = ()
    refusal: Refusal | None = None
    explanation: str | None = None
    """One plain sentence about a refusal: what was looked for and is not there."""
    nearest: tuple[Citation, ...] = ()
    """With a refusal: the paragraphs nearest to the question."""
    retrieved: tuple[Retrieved, ...] = ()
    notices: tuple[str, ...] = ()
    """What the reader must know: a filter that was loosened, a language model that did not answer."""
    filters: tuple[str, ...] = ()
    """The filters that were in force, in plain words, for chips."""
    method: Method = "quoting"
    confidence: str | None = None
    """One plain word for the page."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """Scores and thresholds behind the decisions, for the detail view and the evaluation."""
    seconds: float = 0.0
    stages: Mapping[str, float] = field(default_factory=dict)
    """Seconds by stage: 'keywords', 'vectors', 'rerank', 'compose' ..."""

    @property
    def abstained(self) -> bool:
        """Whether the documents were found not to say."""
        return self.refusal is not None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of supported sentences in the order of first use, each paragraph once."""
        first: dict[tuple[str, str], Citation] = {}
        for sentence in self.sentences:
            if sentence.status != "unsupported":
                for citation in sentence.citations:
                    first.setdefault((citation.document, citation.label), citation)
        return tuple(first.values())

    def to_text(self) -> str:
        """The answer as plain text, each sentence with its marks behind it."""
        if self.abstained:
            return THE_DOCUMENTS_DONT_SAY
        return " ".join(
            " ".join([sentence.text, *(citation.mark for citation in sentence.citations)])
            for sentence in self.sentences
            if sentence.status != "unsupported"
        )

    def to_json(self, id: str | None = None) -> dict[str, Any]:
        """The object that `pilcrow ask --json` prints and `pilcrow eval` writes; see docs/design.md."""
        return {
            "id": id,
            "question": self.question,
            "answer": self.to_text(),
            "abstained": self.abstained,
            "citations": [_fields(c, "document label printed ordinal start end quote") for c in self.citations],
            "retrieved": [_fields(r, "document label ordinal start end score") for r in self.retrieved[:50]],
            "seconds": round(self.seconds, 4),
        }


def _fields(item: object, names: str) -> dict[str, Any]:
    return {name: getattr(item, name) for name in names.split()}
