"""What a question asks for that the evidence must have: sums, dates, names and explained terms."""

from dataclasses import replace
from functools import partial

import pytest
from llama_index.core.schema import NodeWithScore, TextNode

from assistant.question.anchors import has_any_name, lacking_places_and_years, missing_anchors, names_asked
from assistant.question.understanding import understand
from assistant.quoting.evidence import Evidence
from assistant.quoting.expected import expected
from assistant.quoting.sentences import split_sentences
from assistant.refusing import PASSAGE_SHARE, Judgement, LibraryText, Thresholds, judge
from assistant.retrieval.ranking import Ranking
from index_store.filters import Filters


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What is his salary?", ["sum of money"]),
        ("How much did the pumps cost?", ["sum of money"]),
        ("What was the annual budget of the coast guard?", ["sum of money"]),
        ("How much was the ferry insured for?", ["sum of money"]),
        ("How deep is the well?", ["length"]),
        ("How deep was the bank in debt?", []),
        ("How many tons of rice were landed?", ["weight"]),
        ("What share of the catch is theirs?", ["share"]),
        ("In what year was the bridge built?", ["year"]),
        ("When did the governor resign?", ["date"]),
        ("How long did the strike last?", ["length of time"]),
        ("How many hours did they talk?", ["length of time"]),
        ("How old is the governor?", ["age"]),
        ("On what day was the bridge opened?", ["day"]),
        ("How many boats were lost?", ["number"]),
        ("At what rate are boats taxed?", ["rate"]),
        ("Which architect drew the bridge?", ["name"]),
        ("What is the name of the town's doctor?", ["name"]),
        ("Which firms asked for the contract?", ["name"]),
        ("Who opposes the budget?", ["name"]),
        ("Who is the harbor master?", ["name"]),
        ("Who is Ilse Brandt?", []),
        ("Which of these is the people who stayed behind?", []),
        ("Which people stayed behind?", []),
        ("Which farmers stayed behind?", []),
        ("What does the mayor want?", []),
        ("What is the governor's view of the price?", []),
        ("What did she say about the cost of the bridge?", []),
        ("How much gas does the town use?", []),
        ("How much were the owners paid, measured against what the boats were worth?", []),
        ("How far apart are the two about what the bank may lend?", []),
        ("How far does he agree with the governor?", []),
        ("How far apart are the mayor and the governor on the price?", []),
        ("What was the deal called the Harbor Rules?", []),
        ("What did the take-or-pay clause mean?", []),
        ("When exactly did the governor resign?", ["date"]),
    ],
)
def test_a_question_says_what_it_expects(question: str, names: list[str]) -> None:
    assert [kind.name for kind in expected(question)] == names


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
        ("On what day was it opened?", "It was opened on May 3.", "It was opened in May 1971."),
        ("In what year after 1971 was it built?", "It was built in 1984.", "In 1971 there was nothing."),
        (
            "How many boats were lost?",
            "The storm took 14 boats.",
            "The storm of March 3, 1984, cost 14 million dollars.",
        ),
        ("How many boats were lost?", "Several sank.", "They were out for three days."),
        ("How many of the 14 boats were lost?", "Nine of the 14 boats sank.", "The 14 boats met a storm."),
        ("How many boats were lost in 1281?", "Forty boats.", "The storm of 1281 was the worst (see ¶7)."),
        ("At what rate are boats taxed?", "Boats pay 4.5 percent.", "Boats have been taxed since 1971."),
        ("Which architect drew it?", "Ilse Brandt drew the bridge.", "The bridge at Tarvos was drawn in Paris."),
        ("What is the name of its doctor?", "Dr. Brandt is its doctor.", "The German Army sent its doctor."),
        ("Which firms asked for it?", "Tarvos Steel asked for it.", "Two firms asked for it."),
        ("Who opposes it?", "A retired judge opposes it.", "There is a good deal against it."),
        ("Who opposes it?", "THE MAYOR OPPOSES IT.", "It is opposed."),
        ("Who opposes it?", "She told us that it leaks.", "It leaks."),
        ("Who opposes it?", "Brandt shrugged that it leaks.", "They shrugged that it leaks."),
        ("What share is theirs?", "They own a third.", "They own 12 boats."),
        ("On what day was it opened?", "THE MAYOR OPENED IT ON MAY 3 IN THE RAIN.", "THE MAYOR OPENED IT IN RAIN."),
        ("How many million did they set aside?", "They hold another $4.5 million.", "They hold another $450."),
        (
            "What is the name of the envoy?",
            "Harbor Affairs Coordinator Ambassador Ilse Brandt is their envoy.",
            "The Harbor Affairs Office has an envoy.",
        ),
    ],
)
def test_a_text_gives_what_is_expected_or_not(question: str, gives: str, gives_none: str) -> None:
    (kind,) = expected(question)
    assert kind.given(gives, question)
    assert not kind.given(gives_none, question)


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


@pytest.mark.parametrize(
    "question",
    [
        "Whom did the Viennese firm by the Black Sea pay?",
        "What do the Bengalis ask for each plane?",
        "What did the ousted Viennese executive say?",
        "What did the American-educated minister demand?",
        "Why did trawlers off southwest Africa change their flag?",
        "What did the Muslim cleric ask for?",
        "What did the Secretary-General ask for?",
        "Which minister in Erdogan's cabinet asked for boats?",
    ],
)
def test_what_only_describes_a_place_or_people_is_not_missed(question: str) -> None:
    assert _missing(question, "Director Ilse Brandt asked the mayor of Tarvos for 40 boats.") == []


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is said of bilateral trade with Ukraine?", "Ukraine"),
        ("What did the Greek minister want?", "Greek"),
        ("What did Erdogan want?", "Erdogan"),
        ("Who is to leave Erdogan's cabinet?", "Erdogan"),
        ("What became of the Zurovian's plan?", "Zurovian"),
    ],
)
def test_a_country_or_a_person_that_is_named_is_missed(question: str, name: str) -> None:
    assert _missing(question, "Director Ilse Brandt asked the mayor of Tarvos for 40 boats.") == [name]


@pytest.mark.parametrize(
    "question", ["Erdogan's view of the bridge?", "Ilse Zurov wants what for the bridge?", "What is Erdogan's view?"]
)
def test_a_name_that_begins_the_question_is_missed_where_it_must_be_a_name(question: str) -> None:
    assert len(_missing(question, "The mayor of Tarvos asked for 40 boats.")) == 1


def test_a_word_that_may_have_its_capital_for_beginning_the_question_is_not_missed() -> None:
    assert _missing("Schools in the harbor were closed why?", "The mayor of Tarvos asked for 40 boats.") == []


def _of_romania(text: str) -> TextNode:
    return TextNode(text=text, metadata={"date": "2009-01-14T09:00:00+00:00", "tags": ["ENRG", "RO"]})


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("How many schools were closed in Moldova?", ("Moldova",)),
        ("How many schools were closed in Romania?", ()),
        ("How many schools were closed in 2009?", ()),
        ("How many schools were closed in 2008?", ()),
        ("How many schools were closed in 2006?", ("2006",)),
        ("How many schools were closed in 1991?", ()),
        ("How many schools were closed around 2006?", ()),
        ("How many schools did Hungarians close?", ()),
    ],
)
def test_what_is_told_must_be_about_the_places_and_years_that_are_asked_about(
    question: str, lacking: tuple[str, ...]
) -> None:
    told = _of_romania("Of the 212 schools, 9 are in Hungarian villages; most were shut in 1991, too.")
    assert lacking_places_and_years(question, [told]) == lacking


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("Why need they not bow to Brussels?", ()),
        ("Why need they not bow to Brussels or the Danes?", ("Denmark",)),
        ("Why need they not bow to Belgium?", ("Belgium",)),
        ("Why need they not bow to Vienna?", ("Austria",)),
    ],
)
def test_a_city_may_stand_for_what_sits_there(question: str, lacking: tuple[str, ...]) -> None:
    assert lacking_places_and_years(question, [_of_romania("The EU may send whom it likes under a rule.")]) == lacking


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("How many schools were closed in 2008?", []),
        ("How many schools were closed in 2005?", ["2005"]),
        ("How many schools had been closed by 2005?", []),
    ],
)
def test_a_year_next_to_that_of_the_document_is_not_missed(question: str, missing: list[str]) -> None:
    found = missing_anchors(question, [_of_romania("They shut 212 schools.")], lambda _: 1)
    assert [anchor.text for anchor in found] == missing


def test_a_cable_without_a_date_is_of_the_year_of_its_number() -> None:
    told = TextNode(text="They shut 212 schools.", metadata={"document": "02TARVOS436"})
    assert missing_anchors("How many schools were closed in 2002?", [told], lambda _: 0) == ()
    assert lacking_places_and_years("How many schools were closed in 2006?", [told]) == ("2006",)


def test_what_nobody_dated_may_be_about_any_year() -> None:
    told = TextNode(text="They shut 212 schools in Romania.")
    assert lacking_places_and_years("How many schools were closed in 2006?", [told]) == ()


def _judged(
    question: str,
    text: str,
    scores: list[float],
    header: TextNode | None = None,
    *,
    told: str = "",
    speaker: str = "",
    nowhere: bool = False,
    says: float | None = None,
    at: int = 0,
    passage: float | None = None,
    paragraph: float = 5.0,
    whole: str = "",
) -> Judgement:
    """What is said of a question whose chosen sentences are those of `text`, in their order.

    Of these the one `at` was read by the model of inference, with the logit `says`, and `passage` is their paragraph's.
    """
    node = (header or TextNode(metadata={"document": "07TEST1"})).model_copy(update={"text": text})
    spans = split_sentences(text)
    chosen = [
        Evidence(node, place, span, score, score, says=says if place == at else None)
        for place, (span, score) in enumerate(zip(spans, scores, strict=True))
    ]
    stages = {"cross": paragraph} | ({} if passage is None else {"inference": passage})
    ranking = Ranking((NodeWithScore(node=node, score=paragraph),), {node.node_id: stages})
    understood = replace(understand(question), told=frozenset([told] if told else []))
    understood = understood.searched_within(Filters(speakers=(speaker,) if speaker else ()))
    library = LibraryText(lambda _: 0 if nowhere else 1, lambda _: whole)
    return judge(understood, ranking, chosen, library, Thresholds(-9.0, -9.0, -9.0, -2.0))


def test_what_no_sentence_says_is_refused() -> None:
    question, text = "Who paid for the new quay?", "Ilse Brandt opened the new quay."
    assert _judged(question, text, [4.0], says=-2.1).refusal == "this fact is missing"
    assert _judged(question, text, [4.0], says=-1.9).refusal is None
    assert _judged(question, text, [4.0]).refusal is None


@pytest.mark.parametrize(("at", "says"), [(0, -1.0), (1, -1.0), (2, None)])
def test_one_of_the_two_sentences_that_lead_is_enough_to_say_what_is_asked(at: int, says: float | None) -> None:
    text = "Who paid was asked often. The owners paid for the new quay. It is of stone."
    judged = _judged("Who paid for the new quay?", text, [4.0, 3.0, 2.0], says=-1.0, at=at)
    assert (judged.refusal, judged.says) == (None, says)


def test_the_best_passage_counts_with_what_the_sentences_say() -> None:
    judged = partial(_judged, "Who paid for the new quay?", "The owners paid for the new quay.", [4.0], says=-2.1)
    assert judged().refusal == judged(passage=-2.1).refusal == "this fact is missing"
    assert judged(passage=-1.0).refusal is None
    assert (judged(passage=-1.0).says or 0.0) == pytest.approx((1 - PASSAGE_SHARE) * -2.1 + PASSAGE_SHARE * -1.0)


def test_a_sentence_that_says_what_is_asked_answers_however_it_scores() -> None:
    judged = partial(_judged, "Who paid for the new quay?", "The owners paid for the new quay.", [-9.5], paragraph=-1.0)
    assert judged().refusal == "this fact is missing"
    assert judged(says=-0.1).refusal == "this fact is missing"
    assert judged(says=0.1).refusal is None


def test_confidence_goes_by_what_the_model_of_inference_makes_of_the_best_sentence() -> None:
    question, text = "Who paid for the new quay?", "The owners paid for the new quay."
    confidence = [_judged(question, text, [4.0], says=says).confidence for says in (-0.1, 0.1, 2.1)]
    assert confidence == ["low", "fair", "good"]
    assert _judged(question, text, [4.0], says=0.6).sureness == 0.6
    assert _judged(question, text, [4.0]).sureness == 4.0


def test_of_a_follow_up_the_sentences_need_say_less() -> None:
    told = "Ilse Brandt opened the new quay."
    assert _judged("Who paid for it?", "The owners paid for the new quay.", [4.0], says=-3.0, told=told).refusal is None


def test_of_a_named_speaker_the_sentences_need_say_less() -> None:
    judged = partial(_judged, "What did Ilse Brandt say of the quay?", "The quay is old, Ilse Brandt said.", [4.0])
    assert judged(says=-3.0).refusal == "this fact is missing"
    assert judged(says=-3.0, speaker="Ilse Brandt").refusal is None


def test_a_question_about_another_country_than_what_was_found_is_refused_by_its_name() -> None:
    found = _judged("How many schools were closed in Moldova?", "They shut 212 schools.", [6.0], _of_romania(""))
    assert (found.refusal, found.missing) == ("this fact is missing", ("Moldova",))
    assert "Moldova" in (found.explanation or "")


def test_what_surely_says_it_answers_though_another_country_is_named_but_only_with_low_confidence() -> None:
    judged = partial(_judged, "How many schools were closed in Moldova?", "They shut 212 schools.", [6.0])
    assert judged(_of_romania(""), says=0.9).refusal == "this fact is missing"
    sure = judged(_of_romania(""), says=1.1)
    assert (sure.refusal, sure.confidence, sure.missing) == (None, "low", ("Moldova",))


def test_what_likely_says_it_answers_though_a_person_or_body_of_the_question_is_told_otherwise() -> None:
    judged = partial(_judged, "Whom does the Fund's man in Tarvos blame?", "The IMF's envoy blames the bank.", [-9.5])
    assert judged(says=-0.6).refusal == "this fact is missing"
    assert (judged(says=-0.4).refusal, judged(says=-0.4).confidence) == (None, "low")


def test_a_person_whom_another_paragraph_of_the_cable_names_is_not_missing() -> None:
    judged = partial(_judged, "How much does Sorley want for the mill?", "The owner asks 4 million.", [-9.5], says=-0.6)
    assert judged(whole="Ewan Sorley bought it in 1990.").missing == ()
    assert judged(whole="Ewan Sorley bought it in 1990.").refusal is None
    assert judged(whole="The mill was bought in 1990.").missing == ("Sorley",)


def test_a_country_that_only_another_paragraph_of_the_cable_names_is_missing_all_the_same() -> None:
    judged = partial(_judged, "How many schools were closed in Moldova?", "They shut 212 schools.", [6.0])
    assert judged(_of_romania(""), whole="Moldova was spoken of.").missing == ("Moldova",)


@pytest.mark.parametrize(
    "question",
    ["Which British-educated priest opened the quay?", "What does the Turkish title mean that the priest was given?"],
)
def test_what_only_describes_is_not_missing(question: str) -> None:
    assert not set(_missing(question, "The priest opened the quay.")) & {"British-educated", "Turkish title"}


def test_a_name_with_a_hyphen_is_a_name() -> None:
    assert _missing("What did Geun-hye tell the priest?", "The priest opened the quay.") == ["Geun-hye"]


def test_a_city_that_stands_for_what_sits_there_is_not_missing() -> None:
    assert _missing("Why did Brussels send inspectors?", "The EU sent inspectors to count the boats.") == []
    assert _missing("Why did Brussels send inspectors?", "The county sent inspectors.") == ["Brussels"]


def test_a_name_that_stands_nowhere_is_missed_unless_a_sentence_answers_very_well() -> None:
    question, text = "Which works did the minister in Zurovia shut?", "The state's minister shut the Skarn Works."
    assert _judged(question, text, [4.0], nowhere=True).refusal == "this fact is missing"
    assert _judged(question, text, [6.0], nowhere=True).refusal is None


def test_a_date_that_only_a_worse_sentence_has_is_not_the_one_asked_for() -> None:
    text = "Brandt resigned in a rage. The ferry was sold on May 3."
    assert _judged("On what day did Brandt resign?", text, [6.0, 4.0]).refusal == "this fact is missing"
    assert _judged("On what day did Brandt resign?", text, [6.0, 5.5]).refusal is None


def test_a_follow_ups_date_may_stand_in_a_worse_sentence() -> None:
    text = "Brandt resigned in a rage. The ferry was sold on May 3."
    assert _judged("On what day?", text, [6.0, 4.0], told="The ferry was sold.").refusal is None


def test_a_name_may_stand_in_a_worse_sentence() -> None:
    text = "The ferry was sold by an old hand. Ilse Brandt is the owner."
    assert _judged("Which owner sold the ferry?", text, [6.0, 4.0]).refusal is None


def test_a_question_of_two_things_is_answered_though_one_of_them_is_about_another_year() -> None:
    question = "How many schools were closed in 2009, and how many had opened by 2019?"
    assert _judged(question, "They shut 212 schools.", [6.0], _of_romania("")).refusal is None


def test_one_side_of_a_comparison_is_told_though_the_other_is_not_found() -> None:
    question = "Romania and Moldova: did each of them close schools?"
    assert _judged(question, "They shut 212 schools.", [6.0], _of_romania("")).refusal is None


def test_a_blacked_out_answer_is_withheld_wherever_it_stands_among_what_is_told() -> None:
    text = "The meter stands at Lozova. It is read at dawn. The engineer who copied it, [NAME REMOVED], has a family."
    assert _judged("Which engineer copied the meter?", text, [3.0, -8.0, 1.0]).refusal == "this fact is withheld"


def test_what_a_question_names_is_told_by_its_capitals() -> None:
    asked = "When did Minister Ilse Brandt tell the Prime Minister of the fund at Larsvik in 2005?"
    assert names_asked(asked) == ("Minister Ilse Brandt", "Larsvik")
    assert names_asked("Brandt opened what?") == ()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ilse Brandt", "BRANDT OPENED THE QUAY."),
        ("Turkey", "The Turks left."),
        ("Russia", "The Soviets left."),
        ("Brussels", "The EU paid for it."),
    ],
)
def test_a_document_has_a_name_in_any_form(name: str, text: str) -> None:
    assert has_any_name(text, [name], f"What of {name}?")
    assert not has_any_name("The quay is of stone.", [name], f"What of {name}?")
