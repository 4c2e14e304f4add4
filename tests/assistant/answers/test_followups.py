from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.focus import focus_after
from assistant.question.followups import inherited, resolve
from assistant.question.speakers import still_speaking
from assistant.question.topics import may_be_new, only_names
from index_store.filters import Filters

ASKED = "What does Ilse Brandt think of the ferry?"


def resolved(question: str, before: str = ASKED, answered: str = "", filters: Filters | None = None) -> str:
    found = resolve(question, focus_after(before, [answered] if answered else [], filters))
    return " ".join([*found.contexts[:1], found.asked])


def asked_of(question: str, before: str = ASKED, answered: str = "") -> str:
    return resolve(question, focus_after(before, [answered] if answered else [])).asked


def test_a_pronoun_gets_the_person_in_focus() -> None:
    asked = asked_of("When did she visit the northern harbor office?")
    assert asked == "When did Ilse Brandt visit the northern harbor office?"


def test_the_person_an_answer_named_comes_into_focus() -> None:
    asked = asked_of("Why did he refuse the harbor contract?", "Who runs the ferry?", "Owen Tarrant runs the ferry.")
    assert asked == "Why did Owen Tarrant refuse the harbor contract?"


def test_a_place_or_market_is_no_referent() -> None:
    found = resolved("What is she worried about?", "Who heads the Zaluz market?", "The Zaluz market has a new head.")
    assert found == "Who heads the Zaluz market? What is she worried about?"


def test_a_town_that_tells_where_somebody_works_is_no_referent() -> None:
    found = resolved("Why does he think so slowly?", "What does the mayor in Velograd think of trams?")
    assert found == "What does the mayor in Velograd think of trams? Why does he think so slowly?"


def test_whoever_holds_a_post_somewhere_is_meant_and_not_the_place() -> None:
    asked = "What did the mayor of Upper Velograd say?"
    assert resolved("Was he right?", asked) == f"{asked} Was he right?"
    asked = "Who runs Norsk Brygge?"
    assert (
        resolved("Was he right?", asked, "Norsk Brygge is run by Owen Tarrant.") == f"{asked} Was Owen Tarrant right?"
    )


def test_one_of_several_named_before_is_searched_with_them() -> None:
    asked = "Which yards want the ferry contract?"
    assert resolved("What does the Norwegian one ask?", asked) == f"{asked} What does the Norwegian one ask?"


def test_what_about_another_keeps_what_that_stands_for() -> None:
    before = "What would the bishop do with the bells? How did Brandt react to that?"
    assert resolved("And the mayor?", before) == (
        "What would the bishop do with the bells? How did the mayor react to that?"
    )


def test_and_at_the_head_of_a_question_without_names_goes_on_with_the_topic() -> None:
    assert resolved("And how much is really used?") == f"{ASKED} how much is really used?"


def test_why_alone_is_asked_of_the_last_question() -> None:
    assert resolved("And why?") == f"{ASKED} why?"


def test_what_about_another_person_asks_the_same_of_that_one() -> None:
    assert resolved("What about Owen Tarrant?") == "What does Owen Tarrant think of the ferry?"


def test_what_about_goes_past_a_why_to_what_was_asked() -> None:
    before = f"{ASKED} Why does Ilse Brandt think so?"
    assert resolved("What about Owen Tarrant?", before) == "What does Owen Tarrant think of the ferry?"


@pytest.mark.parametrize(
    "words", ["By how much?", "Tell me more.", "Really?", "Any other reasons?", "The week before?"]
)
def test_a_phrase_that_names_nobody_is_put_for_nobody(words: str) -> None:
    assert resolved(words) == f"{ASKED} {words.rstrip('.?')}{words[-1] if words.startswith('Tell') else '?'}"


def test_a_thing_is_not_put_for_a_person() -> None:
    assert resolved("What about the engine?") == f"{ASKED} The engine?"


def test_a_person_is_not_put_for_a_town() -> None:
    asked = "Who painted the chapel in Velograd?"
    assert resolved("And the sculptor?", asked) == f"{asked} The sculptor?"


def test_what_was_meant_is_put_for_what_was_understood() -> None:
    assert resolved("No, I meant Owen Tarrant.") == "What does Owen Tarrant think of the ferry?"


def test_a_request_for_a_definition_is_a_question_of_its_own() -> None:
    for question in ("Define drift ice", "What is a skerry?", "What does trim mean?", 'What does "trim" mean?'):
        assert not resolve(question, focus_after(ASKED)).carried


@pytest.mark.parametrize(
    ("asked", "other", "expected"),
    [
        ("Why does Deputy Port Minister Ilse Brandt want a toll?", "islanders", "Why does {} want a toll?"),
        ("What does the ministry say about the toll?", "opposition", "What does {} say about the toll?"),
        ("What do fishermen in Larsvik think of it all?", "priests", "What do {} in Larsvik think of it all?"),
        ("How long has harbor director Ilse Brandt lived there?", "mayor", "How long has {} lived there?"),
        ("What do the Turks offer?", "Syrians", "What do {} offer?"),
    ],
)
def test_another_is_put_for_somebody_with_the_title(asked: str, other: str, expected: str) -> None:
    assert resolved(f"And the {other}?", asked) == expected.format(f"the {other}")


def test_another_is_not_put_for_a_ship_or_country() -> None:
    for asked in ("How much wine did the Havbris bring in May?", "What does Brazil say about the toll?"):
        assert resolved("And the captain?", asked) == f"{asked} The captain?"


def test_her_before_what_she_has_becomes_a_possessive() -> None:
    bought = asked_of("Who bought her shipyard shares in autumn?")
    assert bought == "Who bought Ilse Brandt's shipyard shares in autumn?"
    assert asked_of("Who told her the northern harbor news?") == "Who told Ilse Brandt the northern harbor news?"


@pytest.mark.parametrize(
    "lead", ["According to Embassy Oslo,", "In Denmark's view,", "And in Velograd,", "After the talks in 2004,"]
)
def test_a_name_that_only_tells_the_source_place_or_time_is_no_referent(lead: str) -> None:
    found = resolve(f"{lead} was she right?", focus_after(ASKED))
    assert found.carried
    assert "was Ilse Brandt right?" in found.asked


def test_a_country_is_no_referent_of_he() -> None:
    asked = resolve("Does Denmark support him?", focus_after("What does Owen Tarrant think of the ferry?")).asked
    assert asked == "Does Denmark support Owen Tarrant?"


def test_a_person_named_before_a_pronoun_is_its_referent() -> None:
    for question in ("What did Owen Tarrant say of his letter?", "Why did the Danish envoy publish his letter?"):
        assert asked_of(question) == question


def test_whoever_stands_ahead_of_a_question_is_meant_by_its_pronoun() -> None:
    assert resolved("And the priest, what does he want?") == f"{ASKED} the priest, what does he want?"


def test_another_year_instead_asks_only_the_last_question_again() -> None:
    found = resolve("in 2007 instead", focus_after("How many ships came in 2005?", topic="Who runs the ferry?"))
    assert (found.asked, found.contexts) == ("How many ships came in 2007?", ("Who runs the ferry?",))


def test_another_year_instead_is_put_into_the_topic_where_that_has_the_year() -> None:
    found = resolve("in 2007 instead", focus_after("How many ships came?", topic="Who ran the ferry in 2005?"))
    assert (found.asked, found.contexts) == ("How many ships came?", ("Who ran the ferry in 2007?",))


def test_whoever_the_last_question_names_comes_before_whoever_the_first_did() -> None:
    focus = focus_after("What did Owen Tarrant say?", topic="Who is Ilse Brandt?")
    assert resolve("And why does he think so?", focus).asked == "why does Owen Tarrant think so?"


def test_another_year_instead_changes_just_that() -> None:
    assert resolved("In 2007 instead?", "How many ships came in 2005?") == "How many ships came in 2007?"


@pytest.mark.parametrize("question", ["In 2007 instead?", "Same question for 2007", "Again, but in 2007"])
def test_another_year_instead_changes_the_filter_where_the_year_was_one(question: str) -> None:
    in_2005 = Filters(posts=("Paris",), after=datetime(2005, 1, 1, tzinfo=UTC), before=datetime(2006, 1, 1, tzinfo=UTC))
    found = resolve(question, focus_after(ASKED, [], in_2005))
    assert (found.contexts, found.asked) == ((), ASKED)
    assert found.filters == Filters(
        posts=("Paris",), after=datetime(2007, 1, 1, tzinfo=UTC), before=datetime(2008, 1, 1, tzinfo=UTC)
    )


def test_another_paragraph_is_one_of_the_document_asked_about() -> None:
    of_a_document = Filters(documents=("05OSLO412",), labels=("4",))
    before = "What does ¶4 of 05OSLO412 say about the toll?"
    assert resolved("And ¶5?", before, "", of_a_document) == "What does ¶5 of 05OSLO412 say about the toll?"
    assert resolved("And ¶5?", "Who sold the ferry?", "", of_a_document) == "What does ¶5 of 05OSLO412 say?"


def test_a_paragraph_named_in_a_follow_up_takes_the_document_along() -> None:
    of_a_document = Filters(documents=("05OSLO412",))
    found = resolve("What does paragraph 3 say about the island school?", focus_after(ASKED, [], of_a_document))
    assert (found.asked, found.carried) == ("What does paragraph 3 of 05OSLO412 say about the island school?", True)


def test_a_paragraph_of_another_cable_stays_that() -> None:
    found = resolve("And ¶2 of 08LAPAZ1903?", focus_after(ASKED, [], Filters(documents=("05OSLO412",))))
    assert found.asked == "And ¶2 of 08LAPAZ1903?"


def test_a_short_question_may_be_new_if_its_words_were_not_told() -> None:
    focus = focus_after(ASKED)
    assert may_be_new("How many miners?", focus, "The ferry lost 12 million.")
    assert not may_be_new("How many miners?", focus, "A miner bought the ferry.")
    assert not may_be_new("And how many miners?", focus, "")
    assert not may_be_new("How many miners want it?", focus, "")


def test_another_post_changes_just_that() -> None:
    found = resolved("And according to Embassy Oslo?", "According to Embassy Paris, how many ships came?")
    assert found == "According to Embassy Oslo, how many ships came?"


def test_a_new_topic_drops_the_old_focus() -> None:
    found = resolve("Who owns the copper mine at Tsagaan?", focus_after(ASKED, [], Filters(posts=("Paris",))))
    assert (found.asked, found.contexts, found.carried, found.filters) == (
        "Who owns the copper mine at Tsagaan?",
        (),
        False,
        None,
    )


@pytest.mark.parametrize(
    "question", ["Who in Damascus is against the Kelas project?", "What does the phrase 'white season' mean to miners?"]
)
def test_two_new_names_or_new_words_in_quotation_marks_make_a_topic(question: str) -> None:
    assert not resolve(question, focus_after(ASKED)).carried
    assert resolve("Who in Damascus is against it?", focus_after(ASKED)).carried


def test_that_month_does_not_tie_a_question_to_the_old_focus() -> None:
    found = resolve("How many tons of copper were found at Tsagaan that November?", focus_after(ASKED))
    assert not found.carried
    assert resolve("How many tons of that copper were found at Tsagaan?", focus_after(ASKED)).carried


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Another matter: who owns the mine?", "who owns the mine?"),
        ("Changing the subject, who owns the mine?", "who owns the mine?"),
        ("By the way, who owns the mine?", "who owns the mine?"),
        ("OK, now to Mongolia: who owns the mine?", "Mongolia, who owns the mine?"),
        ("Mongolia, 1994, a quite different story: who owns the mine?", "Mongolia, 1994, who owns the mine?"),
        ("Something else. Who owns the mine?", "Who owns the mine?"),
        ("Leaving Denmark: who owns the mine?", "who owns the mine?"),
    ],
)
def test_words_that_announce_another_topic_drop_the_old_one_and_are_not_searched(question: str, asked: str) -> None:
    found = resolve(question, focus_after(ASKED, [], Filters(posts=("Paris",))))
    assert (found.asked, found.contexts, found.carried, found.filters) == (asked, (), False, None)


@pytest.mark.parametrize(
    "question",
    [
        "Is there another matter: who owns the mine?",
        "On the other hand, who owns the mine?",
        "Who owns the new story?",
        "In another case, who was sentenced?",
        "Those who go to sea: what do they want?",
    ],
)
def test_words_that_only_look_like_another_topic_announce_none(question: str) -> None:
    assert resolve(question, focus_after(ASKED)).asked == question


def test_a_question_that_names_nothing_new_is_read_behind_those_before() -> None:
    first = focus_after("Who runs the ferry?")
    assert resolve("How much did the new pier cost?", first).contexts == ("Who runs the ferry?",)
    later = focus_after("How much did the new pier cost?", topic="Who runs the ferry?")
    found = resolve("Did the fishermen agree?", later)
    assert found.contexts == ("Who runs the ferry?", "How much did the new pier cost?")


def test_filters_stay_in_force_for_a_follow_up() -> None:
    found = resolve("And why does she think so?", focus_after(ASKED, [], Filters(posts=("Paris",))))
    assert found.filters == Filters(posts=("Paris",))


def test_a_follow_up_replaces_only_the_filters_it_sets_itself() -> None:
    carried = Filters(posts=("Paris",), tags=("PHUM",))
    assert inherited(Filters(posts=("Oslo",)), carried) == Filters(posts=("Oslo",), tags=("PHUM",))


def test_a_classification_takes_the_place_of_the_one_before_and_of_its_captions() -> None:
    carried = Filters(classifications=("SECRET",), caveats=("NOFORN",), tags=("PHUM",))
    own = Filters(classifications=("UNCLASSIFIED",))
    assert inherited(own, carried) == Filters(classifications=("UNCLASSIFIED",), tags=("PHUM",))


def test_a_speaker_is_carried_until_somebody_else_is_asked_for() -> None:
    carried = Filters(speakers=("Ilse Brandt",), tags=("PHUM",))
    assert inherited(Filters(), still_speaking(carried, "The price?")) == carried
    assert still_speaking(carried, "And when was Brandt told?") == carried
    assert still_speaking(carried, "What did the mayor reply?") == Filters(tags=("PHUM",))


def test_the_first_question_is_left_as_it_is() -> None:
    assert resolve("And why?", focus_after("")).asked == "And why?"


@given(st.text(max_size=120), st.text(max_size=120))
def test_no_follow_up_makes_it_fail(before: str, question: str) -> None:
    assert isinstance(resolve(question, focus_after(before, [before])).asked, str)


@pytest.mark.parametrize(
    ("question", "names"),
    [("The opposition?", True), ("The mayor of Velograd?", True), ("Who is he?", False), ("Is it?", False)],
)
def test_a_follow_up_may_only_name_what_to_tell_about(question: str, names: bool) -> None:
    assert only_names(question) is names
