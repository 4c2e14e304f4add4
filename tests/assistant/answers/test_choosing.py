from __future__ import annotations

import pytest
from llama_index.core.schema import NodeWithScore, TextNode

from assistant.question.understanding import understand
from assistant.quoting.choosing import choose
from assistant.quoting.evidence import Evidence
from assistant.quoting.quoting import FAR, asks_for_several, not_far_behind
from assistant.quoting.sentences import SentenceSpan


def paragraph(label: str, *sentences: tuple[str, float], part: int = 0) -> list[Evidence]:
    """A paragraph's sentences with their scores."""
    text = " ".join(sentence for sentence, _ in sentences)
    node = TextNode(id_=f"08PARIS1¶{label}", text=text, metadata={"document": "08PARIS1", "label": label})
    found: list[Evidence] = []
    for place, (sentence, score) in enumerate(sentences):
        start = text.index(sentence)
        found.append(Evidence(node, place, SentenceSpan(start, start + len(sentence), sentence), score, score, part))
    return found


def told(question: str, *paragraphs: list[Evidence], limit: int = 5) -> list[str]:
    evidence = [item for each in paragraphs for item in each]
    return [item.span.text for item in choose(understand(question), evidence, limit)]


def test_a_side_of_a_comparison_is_told_with_its_own_second_sentence() -> None:
    lamps = ("The council bought new lamps in spring.", -6.0)
    miners = [("The miners ask for nine crowns an hour.", 5.0), ("They want it from the first of May.", 3.0)]
    owners = [("The owners offer seven crowns an hour.", 5.0), ("They would pay it after the harvest.", 3.0)]
    found = told(
        "How do the miners and the owners differ about pay?",
        paragraph("1", *miners),
        paragraph("3", lamps),
        paragraph("2", *owners, part=1),
        limit=4,
    )
    assert found == [text for text, _ in (*miners, *owners)]


def test_each_claim_that_is_hardly_worse_is_told_with_its_reason() -> None:
    found = told(
        "Why do the captains shun the harbor?",
        paragraph("1", ("Captain Brandt shuns the harbor.", 5.0), ("She fears the frost.", -20.0)),
        paragraph("2", ("Captain Tarrant shuns it too.", 3.0), ("He left because of the fees.", -20.0)),
        paragraph("3", ("The harbor has a lighthouse.", 2.0), ("It is red.", -20.0)),
    )
    assert found[:4] == [
        "Captain Brandt shuns the harbor.",
        "She fears the frost.",
        "Captain Tarrant shuns it too.",
        "He left because of the fees.",
    ]


def test_what_follows_a_claim_without_going_on_is_no_reason() -> None:
    found = told(
        "Why does Brandt shun the harbor?",
        paragraph("1", ("Brandt shuns the harbor.", 5.0), ("The fair was held in May.", -20.0)),
        paragraph("2", ("The harbor freezes.", 1.0)),
    )
    assert found == ["Brandt shuns the harbor.", "The harbor freezes."]


def test_reasons_that_are_announced_follow() -> None:
    found = told(
        "Why does Brandt shun the harbor?",
        paragraph("1", ("Brandt shuns the harbor for two reasons.", 5.0), ("The piers are rotten.", -20.0)),
    )
    assert found == ["Brandt shuns the harbor for two reasons.", "The piers are rotten."]


FERRY = paragraph(
    "1",
    ("Ilse Brandt supports the ferry line.", 9.0),
    ("Brandt said that the ferry is safe.", 6.0),
    ("The ferry line has two boats.", 5.0),
)


def test_who_is_for_it_is_answered_with_each_speaker_before_more_of_the_first() -> None:
    others = paragraph("2", ("Owen Tarrant said that he hopes for more boats.", -1.0))
    found = told("Who supports the ferry line?", FERRY, others, limit=2)
    assert found == ["Ilse Brandt supports the ferry line.", "Owen Tarrant said that he hopes for more boats."]


def test_a_speaker_far_behind_is_told_who_names_what_sides_are_asked_about() -> None:
    far = paragraph("2", ("Owen Tarrant argued that the ferry line pays.", -20.0), ("Marta Lund said no word.", -15.0))
    found = told("Who supports the ferry line?", FERRY, far, limit=5)
    assert "Owen Tarrant argued that the ferry line pays." in found
    assert "Marta Lund said no word." not in found


def test_who_is_only_named_where_somebody_else_told_us_is_no_speaker() -> None:
    rumor = ("When Owen Tarrant came we were told that the ferry line is to be closed.", -20.0)
    assert rumor[0] not in told("Who supports the ferry line?", FERRY, paragraph("2", rumor))


def test_each_speaker_is_told_with_the_reason_where_reasons_are_asked_for() -> None:
    far = paragraph(
        "2",
        ("Habit led Owen Tarrant to his support for the ferry line.", -20.0),
        ("The road is bad because of the frost.", -26.0),
    )
    assert far[1].span.text in told("Who supports the ferry line and why?", FERRY, far)
    assert far[1].span.text not in told("Who supports the ferry line?", FERRY, far)


def test_who_takes_the_side_asked_for_needs_no_word_of_speech() -> None:
    far = paragraph("2", ("Habit led Owen Tarrant to his support for the ferry line.", -20.0))
    assert "Habit led Owen Tarrant to his support for the ferry line." in told(
        "Who supports the ferry line?", FERRY, far
    )


def test_who_speaks_for_the_other_side_is_no_other_speaker() -> None:
    against = paragraph("2", ("Owen Tarrant said that he opposes the ferry line.", -10.0))
    assert not any("Tarrant" in text for text in told("Who supports the ferry line?", FERRY, against, limit=3))


def test_who_did_it_is_answered_by_score_alone() -> None:
    others = paragraph("2", ("Owen Tarrant said that he saw nothing.", 4.0))
    found = told("Who painted the ferry?", FERRY, others, limit=3)
    assert not any("Tarrant" in text for text in found)


def test_the_best_paragraph_goes_on_as_long_as_its_sentences_answer_best() -> None:
    harbor = [
        ("No boat leaves after dark.", 5.0),
        ("Nets are mended on the quay.", 4.0),
        ("Every skipper pays two crowns.", 3.0),
        ("Foreigners ask the master first.", 2.0),
    ]
    found = told(
        "Describe the harbor rules.", paragraph("1", *harbor), paragraph("2", ("Lamps were bought in spring.", -3.0))
    )
    assert found[:4] == [sentence for sentence, _ in harbor]


def test_paragraphs_far_behind_the_best_one_are_not_read() -> None:
    scores = {"1": 6.0, "2": 6.0 - FAR, "3": 5.9 - FAR}
    hits = [NodeWithScore(node=TextNode(id_=label), score=score) for label, score in scores.items()]
    assert [hit.node.node_id for hit in not_far_behind(hits)] == ["1", "2"]
    assert not_far_behind([]) == []


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Who supports the new quay and why?", True),
        ("List the rules of the harbor.", True),
        ("How do the miners and the owners differ about pay?", True),
        ("When was the quay built?", False),
        ("Who built the quay?", False),
    ],
)
def test_what_asks_for_several_may_be_answered_by_paragraphs_far_apart(question: str, several: bool) -> None:
    assert asks_for_several(understand(question)) is several
