"""What is asked when a filter is taken off or a question is corrected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import gradio as gr
import pytest

from assistant.answer import Answer
from assistant.conversation import Turn
from assistant.history import KeptTurn
from assistant.settings import Settings
from assistant.settings_form import settings_of
from assistant.ui.chat import AskTab
from assistant.ui.conversations import Chat, ConversationsPanel
from assistant.ui.readers import histories_in
from index_store.filters import Filters

REQUEST = cast(gr.Request, SimpleNamespace(client=SimpleNamespace(host="127.0.0.1"), cookies={}, session_hash=None))
IN_OSLO = Filters(posts=("Embassy Oslo",))


@dataclass
class Asked:
    question: str
    history: tuple[str, ...]
    filters: Filters | None


@dataclass
class Recorder:
    """Stands for the assistant: answers nothing, remembers what it was asked."""

    settings: Settings
    asked: list[Asked] = field(default_factory=list)
    store: Any = field(
        default_factory=lambda: SimpleNamespace(
            vocabulary=lambda: SimpleNamespace(posts=("Embassy Oslo", "Embassy Paris"), tags=()), ids=frozenset
        )
    )

    def ask(self, question: str, history: Sequence[Turn], *, filters: Filters | None, on_update: Any) -> Answer:
        self.asked.append(Asked(question, tuple(turn.question for turn in history), filters))
        return answer(question, filters or Filters())


def answer(question: str, filters: Filters = IN_OSLO, understood: str = "") -> Answer:
    return Answer(question, details={"understood": understood or question, "filters": filters})


def chat_of(*answers: Answer) -> Chat:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Chat(None, tuple(KeptTurn(str(n), now, each.question, each, {}) for n, each in enumerate(answers)))


@pytest.fixture
def recorder(tmp_path: Path) -> Recorder:
    return Recorder(Settings(home=tmp_path))


@pytest.fixture
def tab(recorder: Recorder) -> AskTab:
    histories = histories_in(recorder.settings.home)
    with gr.Blocks():
        return AskTab(cast(Any, recorder), histories, ConversationsPanel(histories), [])


def pressed(place: object) -> gr.EventData:
    return cast(gr.EventData, SimpleNamespace(place=str(place)))


def chat_after(steps: Any) -> Chat:
    """The conversation that a handler leaves when it is done."""
    *_, last = steps
    return cast(Chat, last[2])


NETS, WHY, DAM = answer("Who cut the nets?"), answer("And why did he do so?"), answer("Who paid for the dam?")


def test_a_filter_of_an_earlier_turn_is_taken_off_among_the_turns_before_it(tab: AskTab, recorder: Recorder) -> None:
    chat = chat_after(tab.unfilter(chat_of(NETS, WHY, DAM), pressed("1/0"), REQUEST))
    assert recorder.asked == [Asked(WHY.question, (NETS.question,), Filters())]
    assert [turn.question for turn in chat.turns] == [NETS.question, WHY.question, DAM.question, WHY.question]


def test_a_question_asked_again_is_asked_a_third_time_where_it_first_stood(tab: AskTab, recorder: Recorder) -> None:
    chat = chat_after(tab.unfilter(chat_of(NETS, WHY, DAM), pressed("1/0"), REQUEST))
    tab_chat = chat_after(tab.unfilter(chat, pressed("3/0"), REQUEST))
    assert recorder.asked[-1].history == (NETS.question,)
    assert len(tab_chat.turns) == 5


def test_the_page_keeps_the_settings_with_question_and_answer(tab: AskTab, recorder: Recorder) -> None:
    chat = chat_after(tab.submit("Who cut the nets?", Chat(), REQUEST))
    kept = tab.histories(REQUEST).conversation(chat.conversation or "")
    assert kept is not None
    assert kept.turns[0].settings == settings_of(kept.turns[0].answer, recorder.settings)


LED = answer("According to Embassy Oslo, who leads the poll?", understood="Who leads the poll?")


def corrected(tab: AskTab, *answers: Answer) -> tuple[str, Chat]:
    """What stands in the box, and the conversation, after a press on "Correct this" at the last answer."""
    chat = chat_of(*answers)
    box, chat = tab.correct(chat, pressed(len(chat.turns) - 1))
    return box.value, chat


def test_a_corrected_question_is_searched_within_what_the_first_was(tab: AskTab, recorder: Recorder) -> None:
    text, chat = corrected(tab, LED)
    assert text == "Who leads the poll?"
    after = chat_after(tab.submit(text, chat, REQUEST))
    assert recorder.asked[0].filters == IN_OSLO
    assert after.correcting is None


def test_what_the_corrected_words_say_of_where_to_search_holds(tab: AskTab, recorder: Recorder) -> None:
    _, chat = corrected(tab, LED)
    list(tab.submit("According to Embassy Paris, who leads the poll?", chat, REQUEST))
    within = recorder.asked[0].filters
    assert within is not None
    assert [post.split()[-1] for post in within.posts] == ["Paris"]


def test_a_filter_can_be_taken_off_before_a_corrected_question_is_asked(tab: AskTab, recorder: Recorder) -> None:
    text, chat = corrected(tab, LED)
    chat = tab.widen(chat, pressed("0"))
    list(tab.submit(text, chat, REQUEST))
    assert recorder.asked[0].filters == Filters()


def test_a_question_that_was_not_corrected_says_itself_where_to_search(tab: AskTab, recorder: Recorder) -> None:
    list(tab.submit("Who cut the nets?", chat_of(LED), REQUEST))
    assert recorder.asked[0].filters is None


def test_an_answer_rated_meanwhile_leaves_the_correction_as_it_is(tab: AskTab) -> None:
    _, chat = corrected(tab, chat_after(tab.submit("Who cut the nets?", Chat(), REQUEST)).turns[0].answer, LED)
    _, rated, *_ = tab.rate(chat, pressed("0/up"), REQUEST)
    assert rated.correcting == chat.correcting
