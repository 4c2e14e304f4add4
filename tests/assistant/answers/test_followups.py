from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.question.followups import focus_after, inherited, resolve
from assistant.question.speakers import still_speaking
from index_store.filters import Filters

ASKED = "What does Ilse Brandt think of the ferry?"


def resolved(question: str, before: str = ASKED, answered: str = "", filters: Filters | None = None) -> str:
    found = resolve(question, focus_after(before, [answered] if answered else [], filters))
    return f"{found.context} {found.asked}".strip()


def test_a_pronoun_gets_the_person_in_focus() -> None:
    assert resolved("When did she visit the northern harbor office?") == (
        "When did Ilse Brandt visit the northern harbor office?"
    )


def test_the_person_an_answer_named_comes_into_focus() -> None:
    asked = resolved("Why did he refuse the harbor contract?", "Who runs the ferry?", "Owen Tarrant runs the ferry.")
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


def test_another_year_instead_changes_just_that() -> None:
    assert resolved("In 2007 instead?", "How many ships came in 2005?") == "How many ships came In 2007?"


def test_another_post_changes_just_that() -> None:
    found = resolved("And according to Embassy Oslo?", "According to Embassy Paris, how many ships came?")
    assert found == "According to Embassy Oslo, how many ships came?"


def test_a_new_topic_drops_the_old_focus() -> None:
    found = resolve("Who owns the copper mine at Tsagaan?", focus_after(ASKED, [], Filters(posts=("Paris",))))
    assert (found.asked, found.context, found.carried, found.filters) == (
        "Who owns the copper mine at Tsagaan?",
        "",
        False,
        None,
    )


def test_filters_stay_in_force_for_a_follow_up() -> None:
    found = resolve("And why does she think so?", focus_after(ASKED, [], Filters(posts=("Paris",))))
    assert found.filters == Filters(posts=("Paris",))


def test_a_follow_up_replaces_only_the_filters_it_sets_itself() -> None:
    carried = Filters(posts=("Paris",), tags=("PHUM",))
    assert inherited(Filters(posts=("Oslo",)), carried) == Filters(posts=("Oslo",), tags=("PHUM",))


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
