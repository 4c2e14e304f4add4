"""What a question got, as it is kept in a run's files and read back for metrics and reports.

`results.jsonl` has the row that `pilcrow ask --json` prints too (docs/design.md); `details.jsonl` has, under the
same id, what only the evaluation wants: stages, scores, the statements with what supports them, the gold texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from assistant.answer import Answer
from index_store.documents import ParagraphRef


@dataclass(frozen=True, slots=True)
class CitationCheck:
    """One citation of one statement, looked up in the library."""

    document: str
    label: str
    verbatim: bool
    """The quote stands in the paragraph, white space aside."""
    alone: bool
    """This paragraph alone supports the statement."""
    needed: bool
    """Without this paragraph the statement's other citations don't support it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement that the answer makes, with its citations."""

    text: str
    supported: bool
    """The cited paragraphs, taken together, support it."""
    citations: tuple[CitationCheck, ...] = ()


@dataclass(frozen=True, slots=True)
class Details:
    """What the row of `results.jsonl` does not say about one answer."""

    statements: tuple[Statement, ...] = ()
    withheld: tuple[str, ...] = ()
    """Statements that a language model made and nothing supports: shown struck through, no part of the answer."""
    method: str = "quoting"
    refusal: str | None = None
    explanation: str | None = None
    notices: tuple[str, ...] = ()
    score: float | None = None
    """The higher, the surer the assistant is that the documents answer the question."""
    stages: Mapping[str, float] = field(default_factory=dict)
    tokens: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    """The paragraphs that the report shows, by '08MOSCOW436 ¶5': the gold ones and the cited ones."""

    def to_json(self, id: str) -> dict[str, Any]:
        """A line of `details.jsonl`."""
        return {"id": id, **asdict(self)}

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Details:
        """The inverse of `to_json`."""
        values = {key: value for key, value in row.items() if key != "id"}
        values["statements"] = tuple(
            Statement(
                statement["text"],
                statement["supported"],
                tuple(CitationCheck(**citation) for citation in statement["citations"]),
            )
            for statement in row["statements"]
        )
        for name in ("withheld", "notices"):
            values[name] = tuple(row[name])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Result:
    """One answered question: the row of `results.jsonl` as values, and the details."""

    id: str
    question: str
    answer: str
    abstained: bool
    cited: tuple[ParagraphRef, ...]
    quotes: tuple[str, ...]
    """The quote of each of `cited`."""
    retrieved: tuple[ParagraphRef, ...]
    """Best first, each paragraph once."""
    seconds: float
    details: Details = Details()

    @classmethod
    def from_json(cls, row: Mapping[str, Any], details: Details = Details()) -> Result:
        """From a line of `results.jsonl`, with its details where there are any."""
        return cls(
            id=row["id"],
            question=row["question"],
            answer=row["answer"],
            abstained=row["abstained"],
            cited=tuple(_ref(citation) for citation in row["citations"]),
            quotes=tuple(citation["quote"] for citation in row["citations"]),
            retrieved=tuple(dict.fromkeys(_ref(paragraph) for paragraph in row["retrieved"])),
            seconds=row["seconds"],
            details=details,
        )

    @classmethod
    def of(cls, answer: Answer, id: str, details: Details) -> Result:
        """From an answer just given."""
        return cls.from_json(answer.to_json(id), details)


def _ref(paragraph: Mapping[str, Any]) -> ParagraphRef:
    return ParagraphRef(paragraph["document"], paragraph["label"])
