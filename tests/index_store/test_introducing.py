"""How a paragraph leads over to the next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index_store.introducing import LONGEST, introduction, leads_over
from index_store.nodes import paragraph_node
from index_store.parsing import parse
from tests.index_store.cables import cable

PRESS = cable(
    '1. The weekly "Garagum" gave its first page to the pipeline. Under the headline "Whose gas?" it writes:\n\n'
    '2. "Nobody has asked the shepherds."\n\n'
    "3. The embassy has no view.\n"
)


def test_a_paragraph_that_ends_in_a_colon_introduces_the_next() -> None:
    assert introduction("It sells. The paper comments:") == "It sells. The paper comments:"


def test_a_colon_within_quotation_marks_or_before_them_ends_it_too() -> None:
    assert leads_over('He added: "as follows:"')
    assert not leads_over("He added: nothing.")


def test_a_paragraph_that_says_all_it_says_introduces_nothing() -> None:
    assert introduction("The paper comments: nobody asked.") == ""


def test_of_a_long_paragraph_the_last_sentences_introduce() -> None:
    text = f"{'The first sentence is long. ' * 40}Excerpts follow:"
    said = introduction(text)
    assert said.startswith("The first")
    assert said.endswith("Excerpts follow:")
    assert len(said) <= LONGEST


def test_a_sentence_keeps_the_quotation_mark_that_ends_it() -> None:
    said = introduction(f'{"The first sentence is long. " * 20}He said "no." The paper comments:')
    assert said.endswith('He said "no." The paper comments:')


def test_a_node_knows_what_introduces_it_and_embeds_its_own_text_alone() -> None:
    document = parse(PRESS, "06ASHGABAT42")
    first, second, third = (paragraph_node(document, one) for one in document.paragraphs)
    assert second.metadata["introduced"].endswith('Under the headline "Whose gas?" it writes:')
    assert first.metadata["introduced"] is third.metadata["introduced"] is None
    assert "headline" not in second.get_content("embed")


@given(st.text())
def test_any_text_has_an_introduction_no_longer_than_allowed(text: str) -> None:
    said = introduction(text)
    assert len(said) <= LONGEST
    assert leads_over(text) or not said
