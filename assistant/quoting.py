"""Composes an answer from quoted sentences: no language model, every word stands in a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from llama_index.core.schema import BaseNode, NodeWithScore

from assistant.answer import Citation, Sentence
from assistant.question import Understood
from assistant.rerank import CrossEncoderScorer
from assistant.sentences import SentenceSpan, split_sentences

PARAGRAPHS_READ = 4
_EMPTY_SENTENCE = re.compile(
    r"^\W*(?:(?:begin|end|action|key)?\s*(?:summary|comment|note|points?)[\s.:]*)+$", re.IGNORECASE
)
_OTHER_SPEAKER = re.compile(
    r"\b(?:said|told|stated|argued|claimed|noted|added|praised|stressed|insisted|opined|commented)\b"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a paragraph with how well it answers."""

    node: BaseNode
    rank: int
    """0 for a sentence of the best paragraph."""
    place: int
    """0 for the paragraph's first sentence."""
    span: SentenceSpan
    score: float


def citation_of(node: BaseNode, quote: str) -> Citation:
    """The citation of a paragraph's node for words that stand in it."""
    facts = node.metadata
    return Citation(
        document=str(facts["document"]),
        label=str(facts["label"]),
        printed=facts.get("printed"),
        ordinal=int(facts["ordinal"]),
        start=int(facts["start"]),
        end=int(facts["end"]),
        quote=quote,
    )


def one_line(text: str) -> str:
    """The text with each run of white space as one blank."""
    return " ".join(text.split())


def gather_evidence(
    question: str, ranked: Sequence[NodeWithScore], scorer: CrossEncoderScorer, paragraphs: int = PARAGRAPHS_READ
) -> list[Evidence]:
    """Every sentence of the first `paragraphs` with its score, in the order of the text."""
    found: list[Evidence] = []
    for rank, hit in enumerate(ranked[:paragraphs]):
        spans = [span for span in split_sentences(text_of(hit.node)) if not _EMPTY_SENTENCE.match(span.text)]
        scores = scorer.score(question, [one_line(span.text) for span in spans])
        found += [
            Evidence(hit.node, rank, place, span, score)
            for place, (span, score) in enumerate(zip(spans, scores, strict=True))
        ]
    return found


def text_of(node: BaseNode) -> str:
    """The paragraph's own text."""
    return str(getattr(node, "text", ""))


def compose(understood: Understood, evidence: Sequence[Evidence], limit: int) -> tuple[Sentence, ...]:
    """The answer's sentences: the most telling one first, then its reason or what else answers."""
    if not evidence:
        return ()
    best = max(evidence, key=lambda e: e.score - 0.5 * e.rank)
    chosen = [best]
    if "reason" in understood.wants:
        chosen += _what_follows(best, evidence, limit=2)
    else:
        floor = max(best.score - 3.0, 0.0)
        others = [e for e in evidence if e is not best and e.score >= floor]
        chosen += sorted(others, key=lambda e: -e.score)[:2]
    return tuple(_sentence(e) for e in _grouped(chosen)[:limit])


def _what_follows(claim: Evidence, evidence: Sequence[Evidence], limit: int) -> list[Evidence]:
    """The sentences after a claim until somebody else has the word."""
    following: list[Evidence] = []
    for other in evidence:
        if other.node is claim.node and other.place > claim.place and len(following) < limit:
            if _OTHER_SPEAKER.search(other.span.text):
                break
            following.append(other)
    return following


def _grouped(chosen: Sequence[Evidence]) -> list[Evidence]:
    """By paragraph in the order of their best sentence; in a paragraph in the order of the text."""
    order = list(dict.fromkeys(e.node.node_id for e in chosen))
    best = chosen[0]
    rest = sorted((e for e in chosen if e is not best), key=lambda e: (order.index(e.node.node_id), e.place))
    return [best, *rest]


def _sentence(evidence: Evidence) -> Sentence:
    text = one_line(evidence.span.text)
    return Sentence(text=text, citations=(citation_of(evidence.node, text),))
