"""The model of inference reads the best paragraphs, and puts those first that answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.schema import NodeWithScore, TextNode

from assistant.question.understanding import understand
from assistant.quoting.passages import all_passages
from assistant.quoting.quoting import gather_evidence
from assistant.retrieval.inference import CloseReader
from assistant.retrieval.ranking import Ranking
from assistant.retrieval.rerank import CrossEncoderScorer

QUESTION = "How many trucks did Norway send to the camp?"
ANSWERS = "Norway sent 14 trucks to the camp in May. The drivers went home in June."
COMES_NEAR = "Norway sent nurses to the camp in May. Denmark promised 30 trucks."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("weights")


@pytest.fixture(scope="module")
def scorer(home: Path) -> CrossEncoderScorer:
    return CrossEncoderScorer.load(home)


@pytest.fixture(scope="module")
def inference(home: Path) -> CrossEncoderScorer:
    return CrossEncoderScorer.load(home, "inference_en")


def hits(*texts: str) -> list[NodeWithScore]:
    """Nodes for the texts, each a tenth worse than the one before."""
    return [
        NodeWithScore(node=TextNode(text=text, id_=text, metadata={"subject": "HELP FOR THE CAMP"}), score=-place / 10)
        for place, text in enumerate(texts)
    ]


@pytest.mark.model
def test_a_paragraph_that_answers_is_put_before_one_that_comes_near(inference: CrossEncoderScorer) -> None:
    reader = CloseReader(inference)
    ranked = reader.postprocess_nodes(hits(COMES_NEAR, ANSWERS), query_str=QUESTION)
    assert [hit.node.node_id for hit in ranked] == [ANSWERS, COMES_NEAR]
    assert reader.scores[ANSWERS] > reader.scores[COMES_NEAR]


@pytest.mark.model
def test_paragraphs_that_are_not_read_stay_below_in_their_order(inference: CrossEncoderScorer) -> None:
    reader = CloseReader(inference, top=1)
    ranked = reader.postprocess_nodes(hits("Nothing of it.", ANSWERS, COMES_NEAR), query_str=QUESTION)
    assert [hit.node.node_id for hit in ranked] == ["Nothing of it.", ANSWERS, COMES_NEAR]
    scores = [hit.score or 0.0 for hit in ranked]
    assert scores == sorted(scores, reverse=True)
    assert list(reader.scores) == ["Nothing of it."]


@pytest.mark.model
def test_a_paragraph_without_words_is_read_as_saying_nothing(inference: CrossEncoderScorer) -> None:
    ranked = CloseReader(inference).postprocess_nodes(hits("", ANSWERS), query_str=QUESTION)
    assert [hit.node.node_id for hit in ranked] == [ANSWERS, ""]


@pytest.mark.model
def test_a_follow_up_is_read_behind_the_questions_that_it_goes_on_from(inference: CrossEncoderScorer) -> None:
    def logit(question: str, in_context: str = "") -> float:
        reader = CloseReader(inference, in_context=in_context)
        reader.postprocess_nodes(hits(ANSWERS), query_str=question)
        return reader.scores[ANSWERS]

    follow_up = "And how many trucks?"
    in_context = f"Did Norway send nurses? {follow_up}"
    assert logit(follow_up, in_context) == logit(in_context)
    assert logit(follow_up, in_context) != logit(follow_up)


@pytest.mark.model
@pytest.mark.parametrize("in_context", ["", "Did Norway send nurses? How many trucks did it send?"])
def test_the_best_of_all_passages_of_a_paragraph_counts(inference: CrossEncoderScorer, in_context: str) -> None:
    rest = "The camp lies by a river. It rained all month. The road was closed. Nobody came."
    reader = CloseReader(inference, in_context=in_context)
    reader.postprocess_nodes(hits(f"{rest} {ANSWERS}", rest), query_str=QUESTION)
    first, other = reader.scores.values()
    assert first > other


@pytest.mark.model
def test_the_sentence_that_answers_gains_on_one_that_only_shares_the_question_s_words(
    scorer: CrossEncoderScorer, inference: CrossEncoderScorer
) -> None:
    understood = understand(QUESTION)
    ranking = Ranking(tuple(hits(f"{COMES_NEAR} {ANSWERS}")), {}, ())

    def lead(of: CrossEncoderScorer | None) -> float:
        score = {item.span.text: item.score for item in gather_evidence(understood, ranking, scorer, None, of)}
        return score["Norway sent 14 trucks to the camp in May."] - score["Denmark promised 30 trucks."]

    assert lead(inference) > lead(None)


@pytest.mark.model
def test_sentences_that_the_model_of_inference_has_not_read_say_so(scorer: CrossEncoderScorer) -> None:
    ranking = Ranking(tuple(hits(ANSWERS)), {}, ())
    assert all(item.says is None for item in gather_evidence(understand(QUESTION), ranking, scorer, None))


@given(st.integers(1, 12))
def test_all_passages_of_a_paragraph_have_each_of_its_sentences_and_at_most_three(count: int) -> None:
    sentences = [f"s{place}" for place in range(count)]
    passages = [passage.split() for passage in all_passages(sentences)]
    assert {sentence for passage in passages for sentence in passage} == set(sentences)
    assert all(len(passage) == min(count, 3) for passage in passages)
    assert len({tuple(passage) for passage in passages}) == len(passages)
