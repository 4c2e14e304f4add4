from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Retrieved, Sentence
from assistant.history import History
from index_store.errors import LibraryDamaged, LibraryNotWritable

CITED = Citation("08PARIS1", "2", "2", 2, 10, 40, "The bridge is shut.")
ANSWER = Answer(
    "Is the bridge open?",
    sentences=(Sentence("The bridge is shut.", (CITED,), bold=((4, 10),)),),
    retrieved=(Retrieved("08PARIS1", "2", 2, 10, 40, 1.5, "The bridge is shut."),),
    filters=("from Paris",),
    details={"understood": "Is the bridge open?", "scores": (1, 2)},
)


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "library")


def test_a_turn_comes_back_as_it_was_kept(history: History) -> None:
    conversation = history.begin()
    history.add(conversation, ANSWER.question, ANSWER, {"rerank": 20})
    kept = history.conversation(conversation)
    assert kept is not None
    turn = kept.turns[0]
    assert (turn.question, turn.settings) == (ANSWER.question, {"rerank": 20})
    assert turn.answer.sentences == ANSWER.sentences
    assert turn.answer.to_json() == ANSWER.to_json()
    assert turn.answer.details == {"understood": "Is the bridge open?", "scores": [1, 2]}


def test_a_conversation_is_named_after_its_first_question(history: History) -> None:
    conversation = history.begin()
    history.add(conversation, "Is the   bridge open?", ANSWER)
    history.add(conversation, "And now?", ANSWER)
    assert [(c.title, c.turns) for c in history.conversations()] == [("Is the bridge open?", 2)]


def test_a_renamed_conversation_keeps_its_name(history: History) -> None:
    conversation = history.begin("Bridges")
    history.rename(conversation, "Bridges of Paris")
    history.add(conversation, "Is the bridge open?", ANSWER)
    assert [c.title for c in history.conversations()] == ["Bridges of Paris"]


def test_deleting_a_conversation_deletes_its_turns(history: History) -> None:
    gone, kept = history.begin("gone"), history.begin("kept")
    turn = history.add(gone, "Is the bridge open?", ANSWER)
    history.rate(turn, "up")
    history.delete(gone)
    assert history.conversation(gone) is None
    assert [c.id for c in history.conversations()] == [kept]
    assert history.rated() == []


def test_feedback_is_kept_with_question_and_answer(history: History) -> None:
    turn = history.add(history.begin(), "Is the bridge open?", ANSWER)
    history.rate(turn, "down", "it is open again")
    [rated] = history.rated()
    assert (rated.id, rated.thumb, rated.comment) == (turn, "down", "it is open again")
    history.rate(turn, None)
    assert history.rated() == []


def test_the_conversation_changed_last_stands_first(history: History) -> None:
    first, second = history.begin("first"), history.begin("second")
    history.add(first, "Is the bridge open?", ANSWER)
    assert [c.id for c in history.conversations()] == [first, second]


def test_reading_a_history_that_is_not_there_makes_no_file(history: History, tmp_path: Path) -> None:
    assert history.conversations() == []
    assert not (tmp_path / "library").exists()


def test_preferences_are_kept(history: History) -> None:
    history.prefer("language model", {"url": None})
    assert history.preference("language model") == {"url": None}
    assert history.preference("unknown", 3) == 3


def test_a_damaged_history_is_named(tmp_path: Path) -> None:
    (tmp_path / "history.sqlite").write_text("no database at all " * 100)
    with pytest.raises(LibraryDamaged, match=r"history\.sqlite"):
        History(tmp_path).conversations()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file in the way")
    with pytest.raises(LibraryNotWritable, match=r"history\.sqlite"):
        History(tmp_path / "library").begin()


def test_a_conversation_begun_by_a_turn_takes_the_title_given(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.add("command-line", "Who?", Answer("Who?"), title="Asked at the command line")
    history.add("command-line", "Why?", Answer("Why?"), title="Asked at the command line")
    (summary,) = history.conversations()
    assert (summary.title, summary.turns) == ("Asked at the command line", 2)


@pytest.mark.parametrize("settings", [None, {"method": "quoting", "model": "default"}])
def test_a_turn_with_few_settings_or_none_is_still_read(history: History, settings: dict[str, str] | None) -> None:
    conversation = history.begin()
    history.add(conversation, "Is the bridge open?", ANSWER, settings)
    kept = history.conversation(conversation)
    assert kept is not None
    assert kept.turns[0].settings == (settings or {})
