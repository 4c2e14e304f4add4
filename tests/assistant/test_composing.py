from __future__ import annotations

import pytest
from llama_index.core.schema import NodeWithScore

from assistant.answer import THE_DOCUMENTS_DONT_SAY, Answer, Sentence
from assistant.quoting.quoting import citation_of
from assistant.settings import LanguageModelSettings
from assistant.writing.composing import MOSTLY_UNSUPPORTED, SAYS_NOTHING_BUT, let_write
from tests.assistant.claim_cases import PARAGRAPHS, node
from tests.assistant.scripted_server import Script, in_pieces, scripted_server
from tests.assistant.stub_scorer import OverlapScorer

QUESTION = "How much did the strike of January cost the port?"
TRUE = "The strike of January cost the port eleven days of work."
FALSE = "The strike of January cost the port fifteen days of work."
QUOTE = "Dockers' union leader Greta Lundmark said that the strike of January had cost the port eleven days of work."
HITS = [NodeWithScore(node=node(name), score=1.0) for name in PARAGRAPHS]
QUOTED = Answer(
    question=QUESTION,
    sentences=(Sentence(QUOTE, (citation_of(node("strike"), QUOTE),)),),
    notices=("A filter was loosened.",),
    confidence="high",
)


def composed(
    script: Script, question: str = QUESTION, updates: list[Answer] | None = None, **settings: float
) -> Answer:
    with scripted_server(script) as url:
        model = LanguageModelSettings(url=url, context_window=8192, timeout=settings.get("timeout", 20.0))
        on_update = None if updates is None else updates.append
        return let_write(QUOTED, question, HITS, model, OverlapScorer(), OverlapScorer(), limit=5, on_update=on_update)


def test_a_written_answer_takes_the_place_of_the_quotes() -> None:
    answer = composed(Script([TRUE]))
    assert answer.method == "writing"
    assert [(s.text, s.status) for s in answer.sentences] == [(TRUE, "supported")]
    assert answer.citations[0].mark == "[07TALLBERG12 ¶3]"
    assert answer.notices == QUOTED.notices
    assert answer.to_text() == f"{TRUE} [07TALLBERG12 ¶3]"


def test_the_tokens_that_were_read_and_written_are_counted() -> None:
    tokens = composed(Script([TRUE])).details["tokens"]
    assert 0 < tokens["written"] < tokens["read"]


def test_it_is_shown_as_it_grows() -> None:
    updates: list[Answer] = []
    composed(Script(in_pieces(f"{TRUE} Lundmark refused to rule out another walkout.", 9)), updates=updates)
    assert [sentence.text for sentence in updates[0].sentences] == [TRUE]
    assert updates[0].method == "writing"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (Script(status=500), "the error 500"),
        (Script([TRUE], finish=None), "broke off"),
        (Script([TRUE], pause=30), "within 0.5 seconds"),
        (Script(raw=b"nonsense"), "server"),
    ],
    ids=["error", "half stream", "slow", "nonsense"],
)
def test_a_failing_model_leaves_the_quotes_and_a_notice(script: Script, said: str) -> None:
    answer = composed(script, timeout=0.5 if script.pause else 20.0)
    assert answer.sentences == QUOTED.sentences
    assert answer.method == "quoting"
    assert said in answer.notices[-1] or "language model" in answer.notices[-1]
    assert "quotes the documents instead" in answer.notices[-1]


def test_an_answer_mostly_unsupported_gives_way_to_the_quotes() -> None:
    answer = composed(Script([FALSE]))
    assert answer.sentences == QUOTED.sentences
    assert answer.notices[-1] == MOSTLY_UNSUPPORTED
    assert answer.details["written"]["sentences"][0]["reason"]  # type: ignore[index]


def test_one_unsupported_sentence_among_true_ones_is_shown_as_such() -> None:
    answer = composed(Script([f"{TRUE} {FALSE}"]))
    assert [sentence.status for sentence in answer.sentences] == ["supported", "unsupported"]
    assert FALSE not in answer.to_text()


def test_the_documents_dont_say_becomes_a_refusal_with_the_nearest_paragraphs() -> None:
    answer = composed(Script([THE_DOCUMENTS_DONT_SAY]), "Who owns the trawlers that left the port with the salt?")
    assert answer.abstained
    assert answer.to_text() == THE_DOCUMENTS_DONT_SAY
    assert answer.explanation
    assert len(answer.nearest) == 3


def test_a_refusal_is_not_believed_where_the_paragraph_plainly_says_it() -> None:
    answer = composed(Script([THE_DOCUMENTS_DONT_SAY]))
    assert not answer.abstained
    assert answer.sentences == QUOTED.sentences
    assert answer.notices[-1] == SAYS_NOTHING_BUT


def test_what_the_quotes_cite_is_read_first() -> None:
    script = Script([TRUE])
    composed(script)
    assert script.prompt.index("07TALLBERG12 ¶3") < script.prompt.index("07TALLBERG12 ¶2")
