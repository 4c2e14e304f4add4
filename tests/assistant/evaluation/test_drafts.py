from __future__ import annotations

from pathlib import Path

from assistant.evaluation.drafts import (
    draft_by_rule,
    draft_questions,
    drafts_yaml,
    is_sound,
    read_proposal,
    starter_yaml,
)
from assistant.evaluation.questions import read_question_set
from index_store.documents import Document, Header, Paragraph
from index_store.parsing import parse

SAMPLES = Path(__file__).parents[3] / "index_store" / "samples"


def document(id: str, *texts: str) -> Document:
    paragraphs = tuple(
        Paragraph(str(place), str(place), place, 0, 1, None, None, text) for place, text in enumerate(texts, 1)
    )
    return Document(id, "cable", Header(), paragraphs, "")


SPOKEN = "Karl Berg, the mayor of Lund, said that the harbor would stay closed until the spring tides."
DATED = "With a bang, the stone bridge over the river was opened to the public on May 3, 2005, after a long delay."


def test_a_reported_claim_gives_a_question_for_who_said_it() -> None:
    made = draft_by_rule(SPOKEN)
    assert made is not None
    assert made[0] == ("who-said-it", "Who said that the harbor would stay closed until the spring tides?", "Berg")


def test_a_date_gives_a_gap_to_fill() -> None:
    made = draft_by_rule(DATED)
    assert made is not None
    kind, question, fact = made[0]
    assert (kind, fact) == ("date", "May 3, 2005")
    assert "____" in question
    assert fact not in question


def test_a_passive_with_a_date_gives_a_question_for_when() -> None:
    made = draft_by_rule("The Kelas Dam was opened with some pomp on May 22, 2004, and its lake was full by spring.")
    assert made is not None
    assert made[0] == ("date", "When was the Kelas Dam opened with some pomp?", "May 22, 2004")


def test_a_deed_with_its_doer_gives_a_question_for_who() -> None:
    made = draft_by_rule("Anna Lind, a fisher, founded a cooperative with some other women of the town.")
    assert made is not None
    assert made[0] == ("name", "Who founded a cooperative with some other women of the town?", "Anna Lind")


def test_a_language_models_lines_are_read() -> None:
    assert read_proposal("**Question:** When did it open?\nAnswer: May 3, 2005.\n") == (
        "by a language model",
        "When did it open?",
        "May 3, 2005",
    )
    assert read_proposal("I can't do that.") is None


def test_a_paragraph_that_lends_itself_to_nothing_gives_no_draft() -> None:
    assert draft_by_rule("Nothing much happened. We wait and see how it goes on from here, as ever.") is None


def test_drafts_take_a_paragraph_of_each_document_before_a_second() -> None:
    documents = [document("A", DATED, SPOKEN), document("B", DATED, SPOKEN)]
    assert {draft.ref.document for draft in draft_questions(documents, 2)} == {"A", "B"}


def test_drafts_are_the_same_each_time() -> None:
    documents = [document("A", DATED, SPOKEN), document("B", DATED, SPOKEN)]
    assert draft_questions(documents, 3) == draft_questions(list(reversed(documents)), 3)


def test_a_language_models_proposal_counts_if_its_answer_stands_in_the_paragraph() -> None:
    (draft,) = draft_questions([document("A", DATED)], 1, lambda text: ("date", "When did it open?", "May 3, 2005"))
    assert draft.question == "When did it open?"


def test_a_language_models_invention_gives_way_to_the_rule() -> None:
    (draft,) = draft_questions([document("A", DATED)], 1, lambda text: ("date", "When did it open?", "June 1911"))
    assert draft.fact == "May 3, 2005"


def test_a_question_that_gives_its_answer_away_is_unsound() -> None:
    assert not is_sound(("date", "Did it open in 2005?", "2005"), DATED)


def test_drafts_are_read_back_as_a_set_with_a_notice(tmp_path: Path) -> None:
    path = tmp_path / "drafts.yaml"
    path.write_text(drafts_yaml(draft_questions([document("A", DATED, SPOKEN)], 2)), encoding="utf-8")
    questions = read_question_set([path])
    assert len(questions.items) == 2
    assert questions.notices == (f"{path}: 2 questions are drafts: edit them and take 'draft' away",)


def test_the_facts_of_drafts_stand_in_their_paragraphs() -> None:
    documents = [parse(path.read_text(encoding="utf-8"), path.stem) for path in sorted(SAMPLES.glob("*.txt"))]
    texts = {(each.id, one.label): one.text for each in documents for one in each.paragraphs}
    drafts = draft_questions(documents, 40)
    assert len(drafts) == 40
    assert all(draft.fact in texts[draft.ref] for draft in drafts)


def test_the_starter_set_is_sound_and_about_the_samples(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text(starter_yaml(), encoding="utf-8")
    questions = read_question_set([path])
    assert questions.notices == ()
    documents = [parse(path.read_text(encoding="utf-8"), path.stem) for path in sorted(SAMPLES.glob("*.txt"))]
    texts = {(each.id, one.label): one.text.casefold() for each in documents for one in each.paragraphs}
    for question in questions.questions:
        known = " ".join(texts[ref] for ref in question.gold)
        assert all(any(way.casefold() in known for way in ways) for ways in question.facts)
