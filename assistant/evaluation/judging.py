"""Looking an answer up in the library: what supports its statements, and whether its quotes stand there.

A statement is supported by paragraphs if it stands in them word for word, white space, case and punctuation at its
ends aside, after taking out what was put in, in square brackets (a referent, "Embassy's comment"); parts between
omission marks (...) are looked up one by one. A statement in a language model's own words counts as supported where the
program's own check said so: no second model judges it, so for written answers the two citation metrics tell how
the answer fares by the program's own rules, and the quotes and facts tell the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.answer import Answer, Citation, Sentence
from assistant.evaluation.metrics import text_without_marks
from assistant.evaluation.questions import Question
from assistant.evaluation.results import CitationCheck, Details, Statement
from index_store.documents import ParagraphRef

Texts = Callable[[ParagraphRef], Sequence[str]]
"""The texts of a paragraph in which a quote may stand: its own, and its span of the source; () if it isn't there."""

_INSERTED = re.compile(r"\[[^\[\]]*\]")
_OMITTED = re.compile(r"(?:\.\s?){3,}|…")


def details_of(question: Question, answer: Answer, texts: Texts) -> Details:
    """Everything about an answer that the metrics and the report want beyond its row."""
    shown = [sentence for sentence in answer.sentences if sentence.status != "unsupported"]
    refs = [*question.gold, *(ParagraphRef(cited.document, cited.label) for cited in answer.citations)]
    looked_up = {str(ref): found[0] for ref in refs if (found := texts(ref))}
    tokens = answer.details.get("tokens")
    return Details(
        statements=tuple(_statement(sentence, texts) for sentence in shown),
        withheld=tuple(sentence.text for sentence in answer.sentences if sentence.status == "unsupported"),
        method=answer.method,
        refusal=answer.refusal,
        explanation=answer.explanation,
        notices=answer.notices,
        score=_score(answer),
        stages=dict(answer.stages),
        tokens=dict(tokens) if isinstance(tokens, dict) else {},
        texts=looked_up,
    )


def _score(answer: Answer) -> float | None:
    """The assistant's own confidence where it gives one, else the score of the paragraph ranked first."""
    if "confidence_score" in answer.details:
        score = answer.details["confidence_score"]
        return float(score) if isinstance(score, int | float) else None
    return answer.retrieved[0].score if answer.retrieved else None


def _statement(sentence: Sentence, texts: Texts) -> Statement:
    passages = [texts(ParagraphRef(cited.document, cited.label)) for cited in sentence.citations]
    if sentence.status == "quoted":
        supported = _supports(sentence.text, passages)
        alone = [_supports(sentence.text, [passage]) for passage in passages]
        others = [_supports(sentence.text, passages[:place] + passages[place + 1 :]) for place in range(len(passages))]
    else:
        supported = bool(passages)
        alone, others = [True] * len(passages), [len(passages) > 1] * len(passages)
    checks = tuple(
        CitationCheck(cited.document, cited.label, _verbatim(cited, passage), single, supported and not rest)
        for cited, passage, single, rest in zip(sentence.citations, passages, alone, others, strict=True)
    )
    return Statement(sentence.text, supported, checks)


def _supports(statement: str, passages: Sequence[Sequence[str]]) -> bool:
    """Whether each part of the statement stands in one of the passages."""
    known = [_plain(text) for passage in passages for text in passage]
    raw = [" ".join(text.split()) for passage in passages for text in passage]

    def standing(match: re.Match[str]) -> str:
        """A redaction in brackets stands in the passage; what was put in by the program does not."""
        return match[0] if any(match[0] in text for text in raw) else " "

    text = _INSERTED.sub(standing, text_without_marks(statement))
    parts = [plain for part in _OMITTED.split(text) if (plain := _plain(part))]
    return bool(parts) and all(any(part in text for text in known) for part in parts)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _verbatim(cited: Citation, passage: Sequence[str]) -> bool:
    quote = " ".join(cited.quote.split())
    return bool(quote) and any(quote in " ".join(text.split()) for text in passage)
