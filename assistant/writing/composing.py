"""Lets a language model write the answer that was quoted, and falls back on the quotes where it can't be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from llama_index.core.schema import NodeWithScore, TextNode

from assistant.answer import THE_DOCUMENTS_DONT_SAY, Answer, Citation, Sentence
from assistant.citations import Scorer, Verdict
from assistant.claims.passages import Claim, Prepared, place
from assistant.quoting.quoting import citation_of
from assistant.settings import LanguageModelSettings
from assistant.writing.writing import Written, write
from index_store.errors import LanguageModelFailed

PARAGRAPHS = 8
"""How many the model reads at most, its context permitting."""
NEAREST = 3
PLAIN_COVERAGE = 0.8
PLAIN_SCORE = 8.0
"""With these two a refusal is overruled for 24 in 100 answerable and 8 in 100 unanswerable questions of SQuAD 2.0,
each asked of its own paragraph (600 questions); with a score of 5 it was 52 and 40."""
QUOTED_INSTEAD = "The answer below quotes the documents instead."
MOSTLY_UNSUPPORTED = f"Most of what the language model wrote is not supported by the paragraphs. {QUOTED_INSTEAD}"
SAYS_NOTHING_BUT = (
    f"The language model found no answer (“{THE_DOCUMENTS_DONT_SAY}”), but these sentences say what was asked."
)
NO_ANSWER_FOUND = (
    "The language model found no answer in the nearest paragraphs, and no sentence of theirs says it plainly."
)


def let_write(
    quoted: Answer,
    question: str,
    hits: Sequence[NodeWithScore],
    settings: LanguageModelSettings,
    scorer: Scorer,
    statements: Scorer,
    *,
    limit: int,
    on_update: Callable[[Answer], None] | None = None,
) -> Answer:
    """The answer written by the language model, or `quoted` with a notice that says why not.

    `question` stands on its own. `hits` are the ranked paragraphs; those that `quoted` cites are read first.
    Never fails for the language model's sake.
    """
    nodes = _to_read(quoted, hits)

    def show(sentences: tuple[Sentence, ...]) -> None:
        if on_update:
            on_update(replace(quoted, sentences=sentences, method="writing", confidence=None))

    try:
        written = write(question, nodes, settings, scorer, statements, limit=limit, on_update=show)
    except LanguageModelFailed as failure:
        return _with_notice(quoted, f"{failure} {QUOTED_INSTEAD}")
    details = {**quoted.details, "written": _details(written), "tokens": dict(written.tokens)}
    quoted = replace(quoted, details=details)
    if written.refused:
        return _refused(quoted, question, nodes, scorer)
    if written.mostly_unsupported:
        return _with_notice(quoted, MOSTLY_UNSUPPORTED)
    return replace(quoted, sentences=written.sentences, method="writing", notices=(*quoted.notices, *written.notices))


def _to_read(quoted: Answer, hits: Sequence[NodeWithScore]) -> list[TextNode]:
    """The best paragraphs, those that are cited before the others."""
    cited = {(citation.document, citation.label) for citation in quoted.citations}
    nodes = [hit.node for hit in hits if isinstance(hit.node, TextNode)]
    nodes.sort(key=lambda node: (node.metadata["document"], node.metadata["label"]) not in cited)  # else as ranked
    return nodes[:PARAGRAPHS]


def _refused(quoted: Answer, question: str, nodes: Sequence[TextNode], scorer: Scorer) -> Answer:
    """Respect the model's refusal, unless the paragraphs plainly say all that the question names."""
    if plainly_said(question, quoted, nodes, scorer):
        return _with_notice(quoted, SAYS_NOTHING_BUT)
    nearest: tuple[Citation, ...] = tuple(citation_of(node, node.text) for node in nodes[:NEAREST])
    return replace(
        quoted,
        sentences=(),
        refusal="this fact is missing",
        explanation=NO_ANSWER_FOUND,
        nearest=nearest,
        method="writing",
        confidence="fair",
    )


def plainly_said(question: str, quoted: Answer, nodes: Sequence[TextNode], scorer: Scorer) -> bool:
    """Whether a quoted answer stands against a refusal: one passage bears out nearly the whole question."""
    claim = Claim.of(question)
    passage = max((place(claim, Prepared(node)) for node in nodes), key=lambda found: found.coverage)
    if not quoted.sentences or passage.coverage < PLAIN_COVERAGE:
        return False
    return scorer.score(question, [passage.text])[0] >= PLAIN_SCORE


def _with_notice(quoted: Answer, notice: str) -> Answer:
    return replace(quoted, notices=(*quoted.notices, notice))


def _details(written: Written) -> dict[str, object]:
    """What the detail view shows of the model's answer: each sentence with its checks."""
    return {
        "refused": written.refused,
        "sentences": [
            {"sentence": sentence.text, "status": sentence.status, "reason": sentence.reason, **_checks(verdict)}
            for sentence, verdict in zip(written.sentences, written.verdicts, strict=True)
        ],
    }


def _checks(verdict: Verdict) -> dict[str, object]:
    return {**verdict.checks, "paragraphs": [support.citation.mark for support in verdict.support]}
