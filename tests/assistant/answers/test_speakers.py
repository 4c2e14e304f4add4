"""Who is read from a question as the one whose words it asks for."""

from __future__ import annotations

import pytest

from assistant.cli import build_parser
from assistant.commands.ask import chosen_filters
from assistant.question.speakers import speakers_in
from assistant.question.understanding import Vocabulary, understand
from index_store.filters import Filters

TEXTS = (
    "Harbor director Ilse Brandt said that the quay is too short. Brandt blames the mayor.",
    "Energy Minister Rahal told Econoff that gas is dear. Nordgas said nothing.",
    "JUDGE OKEKE DENIED THE APPEAL. TENANTS OF PELLWORM STREET WERE GLAD.",
    "Owen Tarrant, a schoolteacher, opposes the sale.",
    "Under the headline 'Enough' the Larsvik Gazette comments:",
)


def paragraphs(word: str) -> list[str]:
    return [text for text in TEXTS if word.lower() in text.lower()]


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What did Ilse Brandt say about the quay?", "Ilse Brandt"),
        ("What did Brandt, a retired director, think of the mayor?", "Brandt"),
        ("what does director Brandt herself believe", "Brandt"),
        ("How does Harbor Director Ilse Brandt explain the delay?", "Ilse Brandt"),
        ("According to Brandt, who is to blame?", "Brandt"),
        ("Who is to blame, according to the harbor director Ilse Brandt?", "Ilse Brandt"),
        ("In Brandt's words, how long is the quay?", "Brandt"),
        ("In the view of Mr. Rahal, is gas dear?", "Rahal"),
        ("What's Tarrant's opinion of the sale?", "Tarrant"),
        ("Tell me what Tarrant said about the sale", "Tarrant"),
        ("What was said by Owen Tarrant about January?", "Owen Tarrant"),
        ("Why did Okeke deny the appeal?", "Okeke"),
    ],
)
def test_a_person_whose_words_are_asked_for_is_the_speaker(question: str, speaker: str) -> None:
    assert speakers_in(question, paragraphs) == (speaker,)


@pytest.mark.parametrize(
    "question",
    [
        "Who said of Brandt that she is too strict?",
        "What do the islanders say about Ilse Brandt?",
        "Who told Brandt about the quay?",
        "Who is Ilse Brandt?",
        "How did the mayor answer to what Brandt said?",
        "What did the aide of Ilse Brandt say?",
        "According to Brandt's deputy, who is to blame?",
        "When was the sum claimed by Brandt paid?",
    ],
)
def test_who_is_spoken_of_is_no_speaker(question: str) -> None:
    assert speakers_in(question, paragraphs) == ()


@pytest.mark.parametrize(
    "question",
    [
        "What did Ulrika Stromberg say about the quay?",  # nowhere in the library
        "What did Nordgas say about the price?",
        "What did Turkey say about the dam?",
        "What does the Labor Party think of the sale?",
        "What did Embassy Oslo report?",
        "In Moscow's view, is gas dear?",
        "According to Pellworm, who was glad?",
        "What did the Larsvik Gazette say about the sale?",  # its words stand in the paragraph behind its name
    ],
)
def test_only_a_person_whom_the_library_names_is_a_speaker(question: str) -> None:
    assert speakers_in(question, paragraphs) == ()


@pytest.mark.parametrize(
    "question",
    [
        "What did Brandt and the mayor say about the quay?",
        "How did Brandt's view differ from that of Tarrant?",
        "What did Brandt say in 2005, and what came of it?",
    ],
)
def test_where_others_words_are_asked_for_too_nobody_is_the_speaker(question: str) -> None:
    assert speakers_in(question, paragraphs) == ()


def test_only_the_part_that_asks_for_somebodys_words_is_narrowed_to_them() -> None:
    understood = understand("Who owns the ferry, and what did Brandt say?", Vocabulary(paragraphs=paragraphs))
    assert understood.chips == ("said by Brandt",)
    assert [part.filters.speakers for part in understood.parts] == [(), ("Brandt",)]


def test_speakers_and_paragraphs_are_flags() -> None:
    words = ["ask", "Why?", "--speaker", "Ilse  Brandt", "--document", "05OSLO412", "--paragraph", "¶2"]
    expected = Filters(documents=("05OSLO412",), labels=("2",), speakers=("Ilse Brandt",))
    assert chosen_filters(build_parser("ask").parse_args(words)) == expected


def test_a_classification_and_its_captions_are_flags() -> None:
    words = ["ask", "Why?", "--classification", "secret", "--caveat", "noforn"]
    expected = Filters(classifications=("SECRET",), caveats=("NOFORN",))
    assert chosen_filters(build_parser("ask").parse_args(words)) == expected
