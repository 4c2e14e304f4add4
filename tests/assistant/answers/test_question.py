from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.understanding import Vocabulary, to_answer, understand
from assistant.question.variants import expanded

LIBRARY = Vocabulary(
    posts=("Embassy Paris", "Consulate Hamburg", "Embassy Port Lindqvist"),
    documents=frozenset({"08MOSCOW436", "memo-7"}),
)

WORDS = tuple(
    "who and why did Embassy Paris in 2005 say about human rights ¶4 of 08MOSCOW436 ? , cables tagged PHUM the".split()  # noqa: SIM905
)


def chips(question: str) -> tuple[str, ...]:
    return understand(question, LIBRARY).chips


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("According to Embassy Paris, what did the minister want?", ("from Paris",)),
        ("What did our consulate in Hamburg report?", ("from Hamburg",)),
        ("What did the U.S. embassy in Tashkent think of the vote?", ("from Tashkent",)),
        ("What do cables from Moscow say about gas?", ("from Moscow",)),
        ("What did Embassy Port Lindqvist expect?", ("from Port Lindqvist",)),
        ("According to Embassy Paris in 2005, what did the minister want?", ("from Paris", "2005")),
        ("What did Embassy Paris say in 2005 about the ban?", ("from Paris", "2005")),
        ("What is in the cables of June 2008?", ("June 2008",)),
        ("In 08MOSCOW436, who is the editor?", ("08MOSCOW436",)),
        ("What does ¶4 of 08moscow436 say?", ("08MOSCOW436", "¶4")),
        ("What does memo-7 say?", ("memo-7",)),
        ("What do confidential cables say about the port?", ("Confidential",)),
        ("cables tagged PHUM", ("PHUM (human rights)",)),
        ("Show me cables about internal politics", ("PGOV (internal governmental affairs)",)),
    ],
)
def test_a_filter_said_in_words_is_read(question: str, expected: tuple[str, ...]) -> None:
    assert chips(question) == expected


@pytest.mark.parametrize(
    "question",
    [
        "How many soldiers did Turkey have in 2005?",
        "Who attacked the Danish embassy in Islamabad?",
        "Who bombed the US embassy in Nairobi?",
        "What did the minister say about human rights?",
        "Which gas comes from Moscow?",
        "Who keeps a secret?",
        "What happened after June 2008?",
    ],
)
def test_what_only_names_a_place_or_time_narrows_nothing(question: str) -> None:
    assert chips(question) == ()


def test_a_year_that_is_merely_named_is_leant_to() -> None:
    leaning = understand("How many soldiers did Turkey have in 2005?").leaning
    assert leaning.after is not None
    assert leaning.after.year == 2005
    assert "Ankara" in leaning.posts
    assert "TU" in leaning.tags


def test_the_source_is_left_out_of_what_is_searched() -> None:
    assert understand("According to Embassy Paris in 2005, what did the minister want?").text == (
        "What did the minister want?"
    )


def test_who_and_why_are_two_parts() -> None:
    parts = understand("Who supports the bridge and why?").parts
    assert [part.text for part in parts] == ["Who supports the bridge?", "Who supports the bridge? why?"]


def test_a_comparison_of_two_posts_is_searched_post_by_post() -> None:
    parts = understand("How did Embassy Ankara and Embassy Paris differ over the treaty?").parts
    assert [part.filters.posts for part in parts] == [("Ankara",), ("Paris",)]


@pytest.mark.parametrize(
    ("question", "sides"),
    [
        (
            "How do the miners and the owners differ about pay?",
            ["How do the miners differ about pay?", "How do the owners differ about pay?"],
        ),
        (
            "How did the mayor's account differ from the bishop's report?",
            ["How did the mayor's account?", "How did the bishop's report?"],
        ),
        (
            "Contrast the old fare with what trams cost now.",
            ["Contrast the old fare?", "Contrast what trams cost now?"],
        ),
        (
            "Compare how the court dealt with the old rule on trams and with the ban on cheap bread.",
            [
                "Compare how the court dealt with the old rule on trams?",
                "Compare how the court dealt with the ban on cheap bread?",
            ],
        ),
        (
            "How did her account differ from the mayor's?",
            ["How did her account?", "How did her account differ from the mayor's? the mayor's?"],
        ),
    ],
)
def test_each_side_of_a_comparison_is_searched(question: str, sides: list[str]) -> None:
    assert [part.text for part in understand(question).parts] == sides


def test_a_part_that_names_nothing_takes_the_part_before_along() -> None:
    parts = understand("What did the harbor fund cost in 1998, and what was paid in the end?").parts
    assert parts[1].text == "What did the harbor fund cost in 1998? what was paid in the end?"


def test_a_part_that_says_whom_its_pronoun_means_stands_alone() -> None:
    parts = understand("What did the miners win, and what did Choque tell the clerk who came for his list?").parts
    assert parts[1].text == "what did Choque tell the clerk who came for his list?"


def test_what_is_compared_behind_a_comma_is_no_side() -> None:
    question = "What did the kings make of their kingdom, compared with their lands in France?"
    assert [part.text for part in understand(question).parts] == [question]


def test_a_yes_or_no_question_behind_another_is_a_part() -> None:
    parts = understand("What had Ilse Brandt asked for, and did she get it?").parts
    assert [part.text for part in parts] == [
        "What had Ilse Brandt asked for?",
        "What had Ilse Brandt asked for? did she get it?",
    ]


def test_one_thing_asked_is_one_part() -> None:
    assert [part.text for part in understand("What do bread and salt cost?").parts] == ["What do bread and salt cost?"]


@pytest.mark.parametrize(
    ("question", "want"),
    [
        ("Why was the bridge shut?", "reason"),
        ("How many ships came?", "number"),
        ("When did the ship sink?", "date"),
        ("Who sank it?", "person"),
        ("What did he think of it?", "view"),
        ("Which ships were lost?", "list"),
        ("How do the two plans differ?", "comparison"),
    ],
)
def test_what_a_question_wants_is_read_from_its_words(question: str, want: str) -> None:
    assert want in understand(question).wants


def test_acronyms_are_written_out_for_the_keyword_search() -> None:
    assert "Ministry of Foreign Affairs" in expanded("What did the MFA say?")
    assert "Lukashenka" in expanded("Who met Lukashenko?")


def test_small_words_are_no_acronyms() -> None:
    assert expanded("Is there a map of it?") == "Is there a map of it?"


@given(st.text(max_size=300))
def test_no_question_makes_it_fail(question: str) -> None:
    understood = understand(question, LIBRARY)
    assert understood.original == question
    assert understood.parts


@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=14,
    )
)
def test_words_of_questions_in_any_order_are_understood(words: list[str]) -> None:
    understand(" ".join(words), LIBRARY)


def test_a_follow_up_that_says_enough_is_read_for_by_itself() -> None:
    before = "Who runs the ferry?"
    alone, bare = "What does the new captain object to?", "And why did she leave?"
    assert to_answer(alone, f"{before} {alone}") == alone
    assert to_answer(bare, f"{before} {bare}") == f"{before} {bare}"
    assert to_answer("Who gave it to them?", f"{before} Who gave it to them?").startswith(before)
