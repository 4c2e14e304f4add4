from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.understanding import Vocabulary, loosened, understand
from assistant.question.variants import expanded
from index_store.filters import Filters

LIBRARY = Vocabulary(
    posts=("Embassy Paris", "Consulate Hamburg", "Embassy Port Lindqvist"),
    documents=frozenset({"08MOSCOW436", "memo-7"}),
)
AT_SEA = Vocabulary(
    posts=("Consulate Hamburg", "Embassy Bern", "Embassy Phnom Penh", "Embassy Tarvos", "Mission UN Nairobi"),
    documents=frozenset({"03TARVOS77", "04TARVOS77", "04TARVOS91", "99PORTLINDQVIST12"}),
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
    ("question", "expected"),
    [
        ("From Tarvos: what do the pilots ask for?", ("from Tarvos",)),
        ("According to Tarvos in 2004, what do the pilots ask for?", ("from Tarvos", "2004")),
        ("What did Tarvos report about the pilots?", ("from Tarvos",)),
        ("What did AmEmbassy Tarvos expect?", ("from Tarvos",)),
        ("What did AmConsul Hamburg expect?", ("from Hamburg",)),
        ("What did Embassy Phnom expect?", ("from Phnom Penh",)),
        ("What did USUN Nairobi think of the fee?", ("from UN Nairobi",)),
        ("What did our mission to the UN in Nairobi think of the fee?", ("from UN Nairobi",)),
        ("What did the US Mission to the UN think of the fee?", ("from UN Nairobi",)),
        ("What did the US mission to the UN in New York think of the fee?", ("from USUN New York",)),
        ("What did the US embassy in Switzerland think of the fee?", ("from Bern",)),
        ("Who speaks in the Tarvos cable?", ("from Tarvos",)),
        ("Who wrote the 2004 Tarvos cable?", ("from Tarvos", "2004")),
    ],
)
def test_a_post_of_the_library_is_read_in_its_usual_names(question: str, expected: tuple[str, ...]) -> None:
    assert understand(question, AT_SEA).chips == expected


@pytest.mark.parametrize(
    "question",
    [
        "What did Tarvos want from Bern?",
        "According to Tarvos officials, who pays the pilots?",
        "According to Warsaw, who pays the pilots?",
        "What did Warsaw report about the pilots?",
        "What did Tarvos report to the UN?",
        "Who in Tarvos reported the theft?",
        "What did the Danish mission to the UN in Nairobi think?",
        "What does paragraph 5 of the treaty say?",
        "What did the UNSC documents say?",
        "What was reported about the storm of 2004?",
        "What was reported to have sunk in 2004?",
        "In 2004, how many boats sank?",
    ],
)
def test_a_place_or_year_that_may_be_no_source_narrows_nothing(question: str) -> None:
    assert understand(question, AT_SEA).chips == ()


def test_a_bare_place_is_no_source_beside_a_post_that_is_named_in_full() -> None:
    question = "According to Consulate Hamburg, what had Tarvos reported on the pilots?"
    assert understand(question, AT_SEA).chips == ("from Hamburg",)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("After May 2004, what was reported on the fee?", ("from 2004-06-01",)),
        ("What was reported about the fee in early 2004?", ("2004-01-01 to 2004-04-30",)),
        ("Which boats are in cables from between 2003 and 2004?", ("2003 to 2004",)),
        ("In its 2004 cable, who does the post blame?", ("2004",)),
        ("In 2004, what did Embassy Tarvos expect?", ("from Tarvos", "2004")),
        ("What did Embassy Tarvos report about the fee in 2004?", ("from Tarvos", "2004")),
        ("What is in cables of the 1990s?", ("1990 to 1999",)),
    ],
)
def test_a_date_of_reports_is_read(question: str, expected: tuple[str, ...]) -> None:
    assert understand(question, AT_SEA).chips == expected


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("EFIS cables on the pilots", ("EFIS",)),
        ("What is in cables with TAGS EFIS?", ("EFIS",)),
        ("cables tagged #EFIS", ("EFIS",)),
        ("cables tagged EFIS, ETRD and EWWT", ("EFIS", "ETRD", "EWWT")),
        ("Which cables concern human rights?", ("PHUM",)),
        ("What do our documents say about foreign trade in Tarvos?", ("ETRD",)),
        ("Which documents say who fishes?", ()),
        ("US cables on the pilots", ()),
    ],
)
def test_tags_are_read_by_code_and_by_meaning(question: str, codes: tuple[str, ...]) -> None:
    assert understand(question, AT_SEA).filters.tags == codes


@pytest.mark.parametrize(
    ("question", "documents", "labels"),
    [
        ("Who speaks in 04 TARVOS 91?", ["04TARVOS91"], []),
        ("Who speaks in TARVOS 91?", ["04TARVOS91"], []),
        ("Who speaks in TARVOS 77?", ["03TARVOS77", "04TARVOS77"], []),
        ("Who speaks in 99 PORT LINDQVIST 0012?", ["99PORTLINDQVIST12"], []),
        ("Who fished at TARVOS 350 years ago?", [], []),
        ("Who fished at Tarvos 91 years ago?", [], []),
        ("Who speaks in ¶¶2-4 of 04TARVOS91?", ["04TARVOS91"], ["2", "3", "4"]),
        ("Who speaks in paragraphs 2 and 3 of TARVOS 91?", ["04TARVOS91"], ["2", "3"]),
        ("Who speaks in 04TARVOS91, paras 2, 5 and 7#2?", ["04TARVOS91"], ["2", "5", "7#2"]),
        ("Who speaks in ¶4 and 04 TARVOS 91?", ["04TARVOS91"], ["4"]),
        ("Who speaks in para. 4 of the Tarvos cable?", [], ["4"]),
        ("According to Embassy Tarvos, what does paragraph 5 of the treaty forbid?", [], []),
    ],
)
def test_documents_and_paragraphs_are_read(question: str, documents: list[str], labels: list[str]) -> None:
    filters = understand(question, AT_SEA).filters
    assert sorted(filters.documents) == documents
    assert list(filters.labels) == labels


@pytest.mark.parametrize(
    ("question", "expected", "searched"),
    [
        ("Secret cables about tolls: what was agreed?", ("Secret",), "Tolls: what was agreed?"),
        ("Secret cables about the tolls", ("Secret",), "Cables about the tolls"),
        ("What do confidential cables say about the port?", ("Confidential",), "What do cables say about the port?"),
        ("What do cables marked secret say about the port?", ("Secret",), "What do cables say about the port?"),
        ("In unclassified cables, who pays the pilots?", ("Unclassified",), "Who pays the pilots?"),
        ("Who pays the pilots, according to the secret cables?", ("Secret",), "Who pays the pilots?"),
        (
            "In top secret reports from Tarvos, who pays the pilots?",
            ("from Tarvos", "Top secret"),
            "Who pays the pilots?",
        ),
        ("In secret and confidential cables, who is paid?", ("Secret", "Confidential"), "Who is paid?"),
        ("In the secret cable 04TARVOS91, who fishes there?", ("04TARVOS91", "Secret"), "Who fishes there?"),
    ],
)
def test_a_classification_of_the_sources_is_a_filter_and_is_not_searched(
    question: str, expected: tuple[str, ...], searched: str
) -> None:
    understood = understand(question, AT_SEA)
    assert (understood.chips, understood.text) == (expected, searched)


@pytest.mark.parametrize(
    ("question", "expected", "searched"),
    [
        ("NOFORN cables about the port: who paid?", ("NOFORN",), "The port: who paid?"),
        ("Who is paid most in noforn reports?", ("NOFORN",), "Who is paid most?"),
        ("What do SECRET//NOFORN cables say of tolls?", ("Secret", "NOFORN"), "What do cables say of tolls?"),
        ("What do confidential/NF cables say of tolls?", ("Confidential", "NOFORN"), "What do cables say of tolls?"),
        ("What do SECRET//SIPDIS cables say of tolls?", ("Secret",), "What do cables say of tolls?"),
    ],
)
def test_a_caption_of_the_sources_is_a_filter_and_is_not_searched(
    question: str, expected: tuple[str, ...], searched: str
) -> None:
    understood = understand(question, AT_SEA)
    assert (understood.chips, understood.text) == (expected, searched)


@pytest.mark.parametrize(
    "question",
    [
        "Who signed the secret treaty?",
        "Why was the report confidential?",
        "Why was the report on the port classified secret?",
        "Why was the report marked confidential?",
        "Who stole the secret documents?",
        "Who leaked the secret cables?",
        "Did the pilots give confidential documents to the mayor?",
        "What did the confidential report say about the wreck?",
        "Which secret messages were carried by the pilots?",
        "What does NOFORN mean?",
        "In non-confidential cables, who pays the pilots?",
    ],
)
def test_secrecy_that_a_question_only_tells_of_narrows_nothing(question: str) -> None:
    understood = understand(question, AT_SEA)
    assert (understood.chips, understood.text) == ((), question)


def test_each_part_keeps_to_the_classification_that_it_names() -> None:
    question = "What do secret cables say about tolls, and what do unclassified cables say about the pilots?"
    assert [part.filters.classifications for part in understand(question).parts] == [("SECRET",), ("UNCLASSIFIED",)]


@pytest.mark.parametrize(
    "question",
    [
        "How do secret cables differ from unclassified cables about tolls?",
        "Compare secret reports about tolls with unclassified reports.",
        "In secret cables and unclassified reports, who is paid?",
    ],
)
def test_classifications_named_apart_are_all_searched_within_and_stay_in_what_is_searched(question: str) -> None:
    understood = understand(question)
    assert (understood.chips, understood.text) == (("Secret", "Unclassified"), question)


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("In cable 04TARVOS91, who fishes there?", "Who fishes there?"),
        ("Who fishes there, according to ¶4 of 04TARVOS91?", "Who fishes there?"),
        ("What does 04TARVOS91 say about the fee?", "What does the document say about the fee?"),
        ("What does ¶4 of 04TARVOS91 say about the fee?", "What does the paragraph say about the fee?"),
        ("In the eyes of Embassy Tarvos, who fishes most?", "Who fishes most?"),
    ],
)
def test_what_names_a_document_or_post_is_left_out_of_what_is_searched(question: str, searched: str) -> None:
    assert understand(question, AT_SEA).text == searched


@pytest.mark.parametrize(
    ("question", "only"),
    [
        ("¶4 of 04TARVOS91", True),
        ("What does ¶4 of 04TARVOS91 say?", True),
        ("Show me paragraphs 2 and 3 of TARVOS 91, please", True),
        ("Quote para. 4 of the Tarvos cable", True),
        ("What does ¶4 of 04TARVOS91 say about the fee?", False),
        ("Why, in ¶4 of 04TARVOS91?", False),
        ("What does 04TARVOS91 say?", False),
    ],
)
def test_a_question_may_ask_for_a_paragraph_and_nothing_else(question: str, only: bool) -> None:
    understood = understand(question, AT_SEA)
    assert understood.only_paragraphs is only
    assert not understood.searched_within(Filters()).only_paragraphs


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("What did Embassy Tarvos predict in 2003 and what had come of it by 2004?", [2003, None]),
        ("What did Embassy Tarvos say in 2003, and what did it say in 2004?", [2003, None]),
        ("What did Embassy Tarvos predict in 2003, and when was that?", [2003, 2003]),
        ("How did Embassy Tarvos's reporting in 2003 and 2004 differ?", [2003, 2004]),
    ],
)
def test_a_date_binds_the_part_that_names_it(question: str, years: list[int | None]) -> None:
    parts = understand(question, AT_SEA).parts
    assert [part.filters.after.year if part.filters.after else None for part in parts] == years
    assert {part.filters.posts for part in parts} == {("Tarvos",)}


def test_filters_are_loosened_one_condition_at_a_time_the_date_first() -> None:
    understood = understand("According to Embassy Tarvos in 2003, what did the pilots want and why?", AT_SEA)
    wider = list(loosened(understood))
    assert [one.chips for one in wider] == [("from Tarvos",), ()]
    assert [{part.filters for part in one.parts} for one in wider] == [{one.filters} for one in wider]


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


@pytest.mark.parametrize("why", ["and why?", "but why not?", "and on what grounds?", "and for what reason?"])
def test_a_bare_why_is_no_part_but_wants_the_reason(why: str) -> None:
    understood = understand(f"Who supports the bridge, {why}")
    assert [part.text for part in understood.parts] == [f"Who supports the bridge, {why}"]
    assert "reason" in understood.wants


def test_a_bare_why_between_two_questions_goes_with_the_first() -> None:
    parts = understand("What does Ilse Brandt ask for, and why, and what does Owen Tarrant offer?").parts
    assert [part.text for part in parts] == ["What does Ilse Brandt ask for?", "what does Owen Tarrant offer?"]


def test_a_why_that_asks_something_else_is_a_part() -> None:
    parts = understand("Who supports the bridge, and why was the ferry sold?").parts
    assert len(parts) == 2


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
        ("How do Brandt's and Tarrant's reasons for the sale differ?", "reason"),
        ("Name the owner's grounds for closing it.", "reason"),
        ("What terms does the bank set?", "list"),
        ("Which owners welcomed the sale?", "list"),
    ],
)
def test_what_a_question_wants_is_read_from_its_words(question: str, want: str) -> None:
    assert want in understand(question).wants


@pytest.mark.parametrize(
    "question", ["Which bus is late?", "What does Brandt's boat cost?", "Which press reported it?"]
)
def test_a_word_that_merely_ends_like_several_asks_for_no_list(question: str) -> None:
    assert "list" not in understand(question).wants


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


def test_a_follow_up_that_says_enough_is_read_alone_and_behind_its_context() -> None:
    before, asked = "Who runs the ferry?", "What does the new captain object to?"
    assert understand(asked, contexts=[before]).wordings == (asked, f"{before} {asked}")


def test_a_follow_up_that_says_little_is_read_only_behind_its_context() -> None:
    before = "Who runs the ferry?"
    for asked in ("And why did she leave?", "Who gave it to them?"):
        assert understand(asked, contexts=[before]).wordings == (f"{before} {asked}",)


def test_a_follow_up_is_read_behind_the_first_question_of_the_topic_and_the_last() -> None:
    first, last, asked = "Who runs the ferry?", "Who built the new pier?", "What did the council pay for it?"
    found = understand(asked, contexts=[first, last])
    assert found.wordings == (asked, f"{first} {asked}", f"{last} {asked}")
    assert found.in_context == f"{first} {last} {asked}"


def test_each_part_of_a_follow_up_is_read_behind_its_context() -> None:
    found = understand("Who paid for the pier? When was the pier opened?", contexts=["Who runs the ferry?"])
    assert [part.wordings[-1] for part in found.parts] == [
        "Who runs the ferry? Who paid for the pier?",
        "Who runs the ferry? Who paid for the pier? When was the pier opened?",
    ]
