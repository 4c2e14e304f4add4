"""What a question asks for that the evidence must have: measures and explained terms."""

import pytest
from llama_index.core.schema import TextNode

from assistant.question.anchors import missing_anchors
from assistant.question.quantities import measures_asked


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What is his salary?", ["sum of money"]),
        ("How much did the pumps cost?", ["sum of money"]),
        ("What was the annual budget of the coast guard?", ["sum of money"]),
        ("How much was the ferry insured for?", ["sum of money"]),
        ("How deep is the well?", ["length"]),
        ("How many tons of rice were landed?", ["weight"]),
        ("What share of the catch is theirs?", ["share"]),
        ("In what year was the bridge built?", ["year"]),
        ("When did the governor resign?", ["date"]),
        ("How long did the strike last?", ["length of time"]),
        ("How many hours did they talk?", ["length of time"]),
        ("How old is the governor?", ["age"]),
        ("Who opposes the budget?", []),
        ("What is the governor's view of the price?", []),
        ("What did she say about the cost of the bridge?", []),
        ("How much gas does the town use?", []),
        ("How far does he agree with the governor?", []),
    ],
)
def test_a_question_says_which_measure_it_wants(question: str, names: list[str]) -> None:
    assert [measure.name for measure in measures_asked(question)] == names


@pytest.mark.parametrize(
    ("question", "gives", "gives_none"),
    [
        ("What is his salary?", "He is paid 300 dollars a month.", "He is a man of 50."),
        ("How much did it cost?", "It cost $3 million.", "It was bought in March."),
        ("How deep is the well?", "They dug for 40 meters.", "They dug 3 wells."),
        ("How many tons were landed?", "Nine hundred tons.", "Nine hundred boxes."),
        ("In what year was it built?", "It has stood since 1971.", "It was built on a rainy day in May."),
        ("When did she resign?", "She left on May 3.", "She left because of the scandal."),
        ("How long did it last?", "The strike was over within two weeks.", "The strike was over."),
        ("What share is theirs?", "They own a third.", "They own 12 boats."),
    ],
)
def test_a_text_gives_a_measure_or_none(question: str, gives: str, gives_none: str) -> None:
    (measure,) = measures_asked(question)
    assert measure.given.search(gives)
    assert not measure.given.search(gives_none)


def _missing(question: str, text: str) -> list[str]:
    return [anchor.text for anchor in missing_anchors(question, [TextNode(text=text)], lambda _: 1)]


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("What is meant by soft loans in the agreement?", "soft loans"),
        ("What does the word demurral mean to the bank?", "demurral"),
        ("Define force majeure.", "force majeure"),
        ("What is a cordon sanitaire?", "cordon sanitaire"),
        ("What do the letters QRT stand for?", "QRT"),
    ],
)
def test_a_term_to_be_explained_must_stand_in_the_evidence(question: str, term: str) -> None:
    assert term in _missing(question, "The bank has opened a branch.")
    assert _missing(question, f"By {term} the bank means a promise.") == []


@pytest.mark.parametrize(
    "question", ["What did he mean?", "What does the governor mean by that?", "What is a good day like?", "Who left?"]
)
def test_what_asks_for_no_term_misses_none(question: str) -> None:
    assert _missing(question, "The bank has opened a branch.") == []
