from __future__ import annotations

from llama_index.core.schema import TextNode

from assistant.question.understanding import understand
from assistant.quoting.choosing import choose
from assistant.quoting.evidence import Evidence
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
