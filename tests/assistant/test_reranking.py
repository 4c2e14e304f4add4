"""Which of the candidates are read closely: the most similar, and what stands around these in their documents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llama_index.core.schema import BaseNode, NodeWithScore, TextNode

from assistant.retrieval.late_interaction import TokenMemory
from assistant.retrieval.rerank import Reranker, best_beside
from tests.assistant.stub_scorer import OverlapScorer

QUESTION = "smelter closed zinc"


class OverlapTokens(TokenMemory):
    """A stand-in for late interaction that needs no weights: the share of the question's words, from 0 to 1."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere"), encoder=None)  # type: ignore[arg-type]

    def similarities(self, question: str, texts: Sequence[str]) -> list[float]:
        return [(logit + 10.0) / 20.0 for logit in OverlapScorer().score(question, texts)]


def node(document: str, label: str, text: str) -> TextNode:
    return TextNode(id_=f"{document}¶{label}", text=text, metadata={"document": document, "label": label})


CLOSED = node("03ODDA1", "1", "The smelter closed when zinc fell.")
MEN = node("03ODDA1", "2", "It cost 214 men their work.")
ELSEWHERE = node("04OSLO9", "1", "A smelter is for sale.")


def ranked(found: Sequence[TextNode], around: Sequence[BaseNode] = (), top: int = 1) -> list[str]:
    hits = [NodeWithScore(node=one, score=1.0 - place / 10) for place, one in enumerate(found)]
    reranker = Reranker(OverlapScorer(), OverlapTokens(), late=20, top=top, around=lambda _nodes: around)  # type: ignore[arg-type]
    return [hit.node.node_id for hit in reranker.postprocess_nodes(hits, query_str=QUESTION)]


def test_the_most_similar_candidate_is_read_first() -> None:
    assert ranked([ELSEWHERE, CLOSED])[0] == CLOSED.node_id


def test_a_paragraph_that_was_not_found_is_compared_where_one_beside_it_was() -> None:
    assert ranked([ELSEWHERE, CLOSED], around=[CLOSED, MEN]) == [CLOSED.node_id, ELSEWHERE.node_id, MEN.node_id]


def test_around_is_asked_of_the_paragraphs_of_a_few_documents_only() -> None:
    asked: list[str] = []

    def around(nodes: Sequence[BaseNode]) -> list[BaseNode]:
        asked.extend(one.metadata["document"] for one in nodes)
        return []

    many = [node(f"03ODDA{number}", "1", "The smelter closed.") for number in range(7)]
    hits = [NodeWithScore(node=one, score=1.0) for one in many]
    Reranker(OverlapScorer(), OverlapTokens(), around=around).postprocess_nodes(hits, query_str=QUESTION)  # type: ignore[arg-type]
    assert len(set(asked)) == 5


def test_no_paragraph_is_ranked_twice() -> None:
    assert sorted(ranked([ELSEWHERE, CLOSED, MEN], around=[CLOSED, MEN], top=3)) == sorted(
        [CLOSED.node_id, MEN.node_id, ELSEWHERE.node_id]
    )


def test_of_equally_similar_paragraphs_that_is_read_first_whose_document_has_a_better_one() -> None:
    alone, beside = node("04OSLO9", "1", "The smelter."), node("03ODDA1", "2", "The smelter.")
    assert ranked([alone, beside, CLOSED], top=2)[:2] == [CLOSED.node_id, beside.node_id]


def test_a_paragraph_counts_the_best_other_one_of_its_document() -> None:
    hits = [NodeWithScore(node=one, score=0.0) for one in (CLOSED, MEN, ELSEWHERE)]
    similar = {CLOSED.node_id: 0.9, MEN.node_id: 0.6, ELSEWHERE.node_id: 0.7}
    assert best_beside(hits, similar) == {CLOSED.node_id: 0.7, MEN.node_id: 0.9, ELSEWHERE.node_id: 0.7}
