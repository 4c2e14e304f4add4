from __future__ import annotations

import pytest
from llama_index.core.schema import NodeWithScore, TextNode

from assistant.question.anchors import missing_anchors
from assistant.question.names import is_person, names_in
from assistant.question.understanding import understand
from assistant.quoting.attribution import is_comment, referent_inserted
from assistant.quoting.choosing import with_referents
from assistant.quoting.evidence import Evidence
from assistant.quoting.quoting import compose, gather_evidence
from assistant.quoting.reasons import gives_reason
from assistant.quoting.sentences import SentenceSpan
from assistant.quoting.stance import side_taken
from assistant.retrieval.hybrid import mixed
from assistant.retrieval.ranking import Ranking, interleaved, leant, preferring_comments, preferring_later, with_near
from index_store.documents import ParagraphRef
from index_store.filters import Filters
from index_store.store import Hit
from tests.assistant.stub_scorer import OverlapScorer

ONE, TWO, THREE = (ParagraphRef("08PARIS1", label) for label in "123")


def node(label: str, text: str = "", **facts: object) -> TextNode:
    return TextNode(id_=f"08PARIS1¶{label}", text=text, metadata={"document": "08PARIS1", "label": label, **facts})


def hits(*labels: str) -> list[NodeWithScore]:
    return [NodeWithScore(node=node(label), score=-float(place)) for place, label in enumerate(labels)]


def test_a_name_that_has_something_is_not_who_the_pronoun_means() -> None:
    before = "Steel Workers' Association chair Ilse Brandt opposes the bridge."
    assert referent_inserted("She wrote to the mayor.", before) == "She [Ilse Brandt] wrote to the mayor."


def test_what_an_office_is_of_is_no_part_of_a_name() -> None:
    assert names_in("Minister of Fisheries Ilse Brandt met the mayor.")[1:] == ["Ilse Brandt"]


def test_the_mix_weighs_normalised_scores() -> None:
    ranked = mixed([Hit(ONE, 20.0), Hit(TWO, 10.0)], [Hit(TWO, 0.9), Hit(THREE, 0.5)], 0.35)
    assert [(ref, round(score, 2)) for ref, score in ranked] == [(TWO, 0.65), (ONE, 0.35), (THREE, 0.0)]


def test_one_empty_list_leaves_the_other_its_full_weight() -> None:
    assert mixed([], [Hit(ONE, 0.4)], 0.35) == [(ONE, 1.0)]
    assert mixed([Hit(ONE, 3.0)], [], 0.35) == [(ONE, 1.0)]


def test_rankings_of_parts_take_turns() -> None:
    ranked = interleaved([hits("1", "2", "3"), hits("4", "1"), hits("5")])
    assert [hit.node.metadata["label"] for hit in ranked] == ["1", "4", "5", "2", "3"]


def test_a_paragraph_of_the_year_in_question_gains_a_little() -> None:
    from datetime import UTC, datetime

    old, fitting = node("1", date="1999-01-01T00:00:00+00:00"), node("2", date="2005-05-01T00:00:00+00:00")
    ranked = leant(
        [NodeWithScore(node=old, score=1.0), NodeWithScore(node=fitting, score=0.5)],
        Filters(after=datetime(2005, 1, 1, tzinfo=UTC), before=datetime(2006, 1, 1, tzinfo=UTC)),
        1.0,
    )
    assert ranked[0].node is fitting


def test_what_came_afterwards_is_looked_for_in_later_documents() -> None:
    early, late = node("1", date="1999-01-01T00:00:00+00:00"), node("2", date="2005-05-01T00:00:00+00:00")
    ranked = preferring_later(
        [NodeWithScore(node=early, score=2.0), NodeWithScore(node=late, score=0.0)], "1999-01-01T00:00:00+00:00", 3.0
    )
    assert ranked[0].node is late


def test_the_posts_own_comment_comes_first_for_what_a_post_thought_and_last_for_what_a_person_said() -> None:
    told, comment = node("1", "Brandt said that the quay is too short."), node("2", "Comment: Brandt is right.")
    both = [NodeWithScore(node=told, score=0.0), NodeWithScore(node=comment, score=0.0)]
    assert [hit.node for hit in preferring_comments(both, 2.0)] == [comment, told]
    assert [hit.node for hit in preferring_comments(both[::-1], -2.0)] == [told, comment]


def test_what_was_cited_before_is_read_again_wherever_it_ranks() -> None:
    ranked = with_near(hits("1", "2", "3", "4"), hits("9", "2"), 3)
    assert [hit.node.metadata["label"] for hit in ranked] == ["1", "2", "9", "3", "4"]


def test_a_pronoun_gets_the_person_named_before() -> None:
    before = "Harbor director Ilse Brandt met Econoff. The bank said no."
    assert referent_inserted("She was angry.", before) == "She [Ilse Brandt] was angry."


def test_he_said_in_mid_sentence_gets_its_speaker() -> None:
    found = referent_inserted("The printer, she contended, was broke.", "Ilse Brandt met Econoff.")
    assert found == "The printer, she [Ilse Brandt] contended, was broke."


def test_peoples_and_towns_beside_he_said_leave_it_open_who_spoke() -> None:
    found = referent_inserted("Poles had burnt Velograd, she said.", "Ilse Brandt met Econoff.")
    assert found == "Poles had burnt Velograd, she [Ilse Brandt] said."


def _evidence(*sentences: str) -> list[Evidence]:
    text, start, found = " ".join(sentences), 0, []
    paragraph = node("1", text=text, ordinal=1, start=0, end=len(text))
    for place, sentence in enumerate(sentences):
        found.append(Evidence(paragraph, place, SentenceSpan(start, start + len(sentence), sentence), 0.0, 0.0))
        start += len(sentence) + 1
    return found


def test_a_sentence_about_it_or_them_comes_behind_the_one_that_says_what_they_are() -> None:
    bows, them, owner = _evidence("The bows came from Velograd.", "They are made of ash.", "The owner is Ilse Brandt.")
    assert with_referents([them, owner], [bows, them, owner], 5) == [bows, them, owner]
    assert with_referents([owner, them], [bows, them, owner], 2) == [owner]
    assert with_referents([them, owner, bows], [bows, them, owner], 5) == [bows, them, owner]


@pytest.mark.parametrize(
    ("sentence", "before"),
    [
        ("It was cold.", "Ilse Brandt left."),
        ("She was angry.", "The Skarn Bank was shut."),
        ("Brandt was angry.", "Owen Tarrant left."),
    ],
)
def test_no_referent_is_made_up(sentence: str, before: str) -> None:
    assert referent_inserted(sentence, before) == sentence


@pytest.mark.parametrize(
    "other",
    [
        "the Golden Pheasant had closed",
        "the Frente Nuevo was divided",
        "Kurdish DTP deputies stayed away",
        "a Brigadier General had come",
        "Velograd Fuels was in debt",
    ],
)
def test_an_inn_a_party_a_rank_or_a_firm_is_no_referent(other: str) -> None:
    found = referent_inserted("She was angry.", f"Ilse Brandt told Econoff about it. It was known that {other}.")
    assert found == "She [Ilse Brandt] was angry."


def test_names_are_read_by_their_capitals() -> None:
    assert names_in("According to Ilse Brandt's letter, the Bank of Oslo lent J. B. Hale nothing.") == [
        "Ilse Brandt",
        "Bank",
        "Oslo",
        "J. B. Hale",
    ]
    assert names_in("ALL OF THIS IS IN CAPITALS") == []


def test_places_offices_and_acronyms_are_no_persons() -> None:
    assert is_person("Ilse Brandt")
    assert is_person("Prime Minister Brandt")
    assert is_person("Danish Fisheries Coordinator Ambassador Ilse Brandt")
    assert not is_person("B-W Greens")
    assert not any(
        is_person(name)
        for name in ("Foreign Minister", "Foreign Ministry", "Paris", "Turkish", "NATO", "Skarn Bank", "Ministry")
    )


def test_a_reason_is_told_from_its_announcement() -> None:
    assert gives_reason("It was shut because of the frost.")
    assert not gives_reason("They left for different reasons.")


def test_for_and_against_are_told_apart() -> None:
    assert side_taken("Who supports the sale?", "Tarrant opposes the sale.") == -1
    assert side_taken("Who is against the sale?", "Brandt favors the sale.") == -1
    assert side_taken("Who supports the sale?", "Brandt favors the sale, Tarrant is against it.") >= 0
    assert side_taken("Who bought the ship?", "Tarrant opposes the sale.") >= 0


def test_a_sentence_on_the_side_asked_for_is_known() -> None:
    assert side_taken("Who supports the sale?", "Brandt favors the sale.") == 1
    assert side_taken("Who supports the sale?", "Brandt wants it sold.") == 1
    assert side_taken("Who is against the sale?", "Tarrant would never approve it.") == 1
    assert side_taken("Who bought the ship?", "Brandt favors the sale.") == 0
    assert side_taken("Who supports the sale?", "The ship was sold.") == 0


def test_what_somebody_does_not_want_is_told_from_what_somebody_wants() -> None:
    assert side_taken("Who does not want the mill reopened?", "Brandt wants the mill reopened.") == -1
    assert side_taken("Who supports the sale?", "Tarrant does not support the sale.") == -1
    assert side_taken("Who wants the mill reopened?", "The fishermen didn't want it to be reopened.") == -1
    assert side_taken("Who does not want the mill reopened?", "The fishermen do not want it to be reopened.") >= 0
    assert side_taken("Who opposes the sale?", "Brandt wants a guarantee before the sale.") >= 0
    assert side_taken("Who supports the sale?", "Brandt does not want the sale put off.") >= 0


def test_who_wants_the_very_thing_is_not_against_it() -> None:
    question = "Who is against the ferry sale and why?"
    assert side_taken(question, "Brandt wants a ferry sale because the pier is old.") == -1
    assert side_taken(question, "Brandt wants the ferry sale.") == -1
    assert side_taken(question, "Brandt wants the ferry sale put off.") == 0
    assert side_taken(question, "Brandt wants the sale money shared.") == 0


def test_praise_of_something_else_takes_no_side() -> None:
    question = "Who supports the sale of the ferry?"
    assert side_taken(question, "Brandt praised the new mayor for his patience.") == 0
    assert side_taken(question, "Tarrant refused to give his name, and the sale went on.") == 0
    assert side_taken(question, "Brandt praised the mayor's sale.") == 1
    assert side_taken(question, "Brandt welcomed it warmly.") == 1
    assert side_taken(question, "The sale was welcomed by Brandt.") == 1


def test_against_takes_a_side_only_where_it_tells_what_somebody_is() -> None:
    question = "Who is against the sale?"
    assert side_taken(question, "Tarrant spoke up against the sale.") == 1
    assert side_taken(question, "With Tarrant for once against, it was a short meeting.") == 1
    assert side_taken(question, "Tarrant has a grievance against his captain.") == 0
    assert side_taken("Who supports the sale?", "The price is low, set against what the ferry cost.") == 0


def test_who_does_not_object_is_not_against_it() -> None:
    assert side_taken("Who is against the sale?", "Tarrant does not object to the sale as such.") == 0
    assert side_taken("Who supports the sale?", "Tarrant would not oppose the sale.") == 0


def test_a_wish_in_a_relative_clause_asks_for_no_side() -> None:
    question = "What does Brandt ask of the firms that want to run the ferry?"
    assert side_taken(question, "Two firms want it.") == 0
    assert side_taken("What do those who want the ferry say?", "Two firms want the ferry.") == 1


def test_what_is_wanted_may_be_what_is_asked_for() -> None:
    assert side_taken("What does Brandt want?", "He wants a third lamp at the pier.") == 1


def test_in_his_opinion_gets_its_person() -> None:
    before = "The engineer Owen Tarrant looked at the pier."
    assert referent_inserted("In his opinion it holds.", before) == "In his [Owen Tarrant] opinion it holds."
    assert referent_inserted("In his opinion Ilse Brandt is right.", before) == "In his opinion Ilse Brandt is right."


def test_the_pronoun_means_who_does_something_before_a_firm_that_is_only_named() -> None:
    before = "Ilse Brandt praised the ferry. The engine which Haldor Wessel delivered in May has saved much oil."
    assert referent_inserted("She did not say how much.", before) == "She [Ilse Brandt] did not say how much."


def test_who_is_only_named_is_meant_where_nobody_does_anything() -> None:
    before = "The letter was signed by the engineer Owen Tarrant."
    assert referent_inserted("He has left.", before) == "He [Owen Tarrant] has left."


def told(*chosen: Evidence) -> list[str]:
    return [sentence.text for sentence in compose(understand("What does she want?"), chosen)]


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("Harbor-\nmaster fees rose.", "Harbor-master fees rose."),
        ("The Haldor-\nWessel works shut.", "The Haldor-Wessel works shut."),
        ("The U.S.-\nled fleet sailed.", "The U.S.-led fleet sailed."),
        ("The pro-\nand anti-ferry parties met.", "The pro- and anti-ferry parties met."),
        ("A two-\nTO THREE-year lease ran out.", "A two- TO THREE-year lease ran out."),
        ("The ferry -\na new one - sailed.", "The ferry - a new one - sailed."),
        ("The ferry--\na new one--sailed.", "The ferry-- a new one--sailed."),
        ("Pier 5-\nNorth was shut.", "Pier 5- North was shut."),
    ],
)
def test_a_word_hyphenated_at_a_lines_end_is_put_together_in_the_sentence_but_not_in_the_quote(
    printed: str, shown: str
) -> None:
    [sentence] = compose(understand("What happened?"), [_evidence(printed)[0]])
    assert sentence.text == shown
    assert sentence.citations[0].quote == " ".join(printed.split())


def test_a_pronoun_that_leads_gets_its_person_though_the_sentence_before_is_told_later() -> None:
    brandt, wish = _evidence("Ilse Brandt runs the ferry.", "She wants a third boat.")
    assert told(wish, brandt) == ["She [Ilse Brandt] wants a third boat.", "Ilse Brandt runs the ferry."]
    assert told(brandt, wish) == ["Ilse Brandt runs the ferry.", "She wants a third boat."]


def test_a_pronoun_gets_its_person_where_the_sentence_before_names_nobody() -> None:
    _, ferry, wish, reason = _evidence(
        "Ilse Brandt runs the ferry.", "The ferry is full in summer.", "She wants a third boat.", "She has the money."
    )
    assert told(ferry, wish, reason)[1:] == ["She [Ilse Brandt] wants a third boat.", "She has the money."]


def test_a_comment_ends_where_it_says_so() -> None:
    text = "He left. Comment: We doubt it. End comment. He came back."
    assert not is_comment(node("1", text), 0)
    assert is_comment(node("1", text), text.index("We doubt"))
    assert not is_comment(node("1", text), text.index("He came"))
    assert is_comment(node("1", "We doubt it.", heading="Comment"))


def test_what_a_newspaper_comments_is_no_comment_of_the_posts() -> None:
    text = 'Under the headline "Shut," the paper comments:\n\n"The mayor broke his word. He must go."'
    assert not is_comment(node("1", text), text.index("He must"))
    text = 'The mayor said "no." (Embassy comment: He broke his word. He must go.)'
    assert is_comment(node("1", text), text.index("He must"))


def test_a_people_counts_as_named_by_its_country_or_post() -> None:
    evidence = [node("1", "The minister left.", post="Embassy Ankara", date="2005-05-01T00:00:00+00:00")]
    assert missing_anchors("What did the Turkish minister do in 2005?", evidence, lambda word: 9) == ()


def test_names_and_years_that_the_evidence_lacks_are_missing() -> None:
    evidence = [node("1", "The minister left.", post="Embassy Ankara")]
    found = missing_anchors("What did the Greek minister do in 1999?", evidence, lambda word: 0)
    assert [(anchor.text, anchor.nowhere) for anchor in found] == [("Greek", True), ("1999", True)]


def test_a_figure_that_the_evidence_lacks_is_missing_however_it_is_written() -> None:
    evidence = [node("1", "The fine was 140,000 crowns, and 250 ships paid it.")]
    found = missing_anchors("Who paid 140000 crowns for 250 ships and 1,900 for boats in 08OSLO436?", evidence, len)
    assert [anchor.text for anchor in found] == ["1,900"]


def test_a_sentence_that_only_announces_what_follows_scores_less_than_one_that_tells() -> None:
    understood = understand("What does the Courier write of the ferry?")
    told, announced = (
        gather_evidence(
            understood,
            Ranking((NodeWithScore(node=node("1", f"The Courier writes of the ferry{end}"), score=0.0),)),
            OverlapScorer(),  # type: ignore[arg-type]
            None,
            None,
        )[0].score
        for end in (".", ":")
    )
    assert announced < told
