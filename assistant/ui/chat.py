"""The Ask tab: the chat and the reader beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answer import Answer
from assistant.conversation import Assistant, Update
from assistant.history import History, KeptTurn
from assistant.question.understanding import Vocabulary, filters_in_words, understand
from assistant.settings_form import settings_of
from assistant.ui import messages
from assistant.ui.conversations import Chat, ConversationsPanel, Correction, exporting
from assistant.ui.filtering import as_edited, filters_in, without_chip
from assistant.ui.markup import escape, tag
from assistant.ui.reader import NOTHING_OPEN, document_html
from assistant.ui.readers import Histories
from assistant.ui.streaming import stream
from index_store.documents import Header, ParagraphRef
from index_store.errors import PilcrowError
from index_store.filters import Filters

SCRIPT = Path(__file__).parent / "static" / "page.js"
WELCOME = tag(
    "div",
    tag("p", "¶", css="pilcrow"),
    tag("p", "Ask your documents.", css="welcome-title"),
    tag("p", "Every sentence of an answer names the paragraph that says so."),
    css="welcome",
)
IDLE: dict[str, Any] = {"submit_btn": True, "stop_btn": False}
BUSY: dict[str, Any] = {"submit_btn": False, "stop_btn": True}


class AskTab:
    """The components of the Ask tab, and what happens when they are used."""

    def __init__(
        self, assistant: Assistant, histories: Histories, panel: ConversationsPanel, examples: Sequence[str]
    ) -> None:
        self.assistant, self.histories, self.panel = assistant, histories, panel
        self.state = gr.State(Chat())
        self.rated = gr.State("")
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=6, min_width=320, elem_classes="chat-pane"):
                self._chat_pane(examples)
            with gr.Column(scale=5, min_width=320, elem_classes="reader-pane"):
                self.reader = gr.HTML(
                    NOTHING_OPEN,
                    elem_id="reader",
                    js_on_load=SCRIPT.read_text(encoding="utf-8"),
                    server_functions=[peeking(assistant), exporting(histories, self.header)],
                )
        self._wire()

    def _chat_pane(self, examples: Sequence[str]) -> None:
        self.chat = gr.Chatbot(
            show_label=False,
            container=False,
            elem_id="chat",
            height=None,
            layout="bubble",
            placeholder=WELCOME,
            examples=[{"text": question} for question in examples],
            buttons=[],
            feedback_options=None,
            latex_delimiters=[],
            autoscroll=False,
            group_consecutive_messages=False,
        )
        with gr.Row(visible=False, elem_classes="comment") as self.comment_row:
            self.comment = gr.Textbox(
                show_label=False,
                label="Comment",
                container=False,
                placeholder="What was right or wrong? Kept with the answer.",
                elem_id="comment",
                submit_btn="Save",
            )
        self.within = gr.HTML(visible=False, elem_id="within")
        with gr.Row(elem_classes="ask-row"):
            self.box = gr.Textbox(
                show_label=False,
                label="Question",
                container=False,
                placeholder="Ask a question …",
                lines=1,
                max_lines=6,
                submit_btn=True,
                autofocus=True,
                elem_id="question",
                scale=1,
            )
            self.clear = gr.Button("Clear chat", variant="secondary", elem_id="clear", size="sm", min_width=90, scale=0)

    def _wire(self) -> None:
        shown = [self.chat, self.box, self.state, self.reader]
        quiet: dict[str, Any] = {"show_progress": "hidden"}
        running = [
            self.box.submit(self.submit, [self.box, self.state], shown, **quiet),
            self.chat.example_select(self.ask_example, [self.state], shown, **quiet),
            self.reader.unfilter(self.unfilter, [self.state], shown, **quiet),
        ]
        self.box.stop(self.withdraw, [self.state], shown, cancels=running, **quiet)
        self.clear.click(lambda: self.show(Chat()), None, shown, cancels=running, **quiet)
        self.panel.new.click(lambda: self.show(Chat()), None, shown, cancels=running, **quiet)
        self.reader.open(self.open, None, shown, cancels=running, **quiet)
        self.reader.cite(self.cite, [self.state], [self.reader], **quiet)
        self.reader.correct(self.correct, [self.state], [self.box, self.state], **quiet)
        self.reader.widen(self.widen, [self.state], [self.state], **quiet)
        rating = [self.chat, self.state, self.comment_row, self.comment, self.rated]
        self.reader.rate(self.rate, [self.state], rating, **quiet)
        self.comment.submit(self.say, [self.comment, self.rated, self.state], rating, **quiet)
        self.panel.title.submit(self.rename, [self.panel.title, self.state], self.panel.outputs, **quiet)
        self.panel.really.click(self.forget, [self.state], shown, cancels=running, **quiet)
        # The list follows whatever conversation is shown, and the line above the box what is corrected there.
        self.state.change(self.panel.refresh, [self.state], self.panel.outputs, **quiet)
        self.state.change(self.corrected_within, [self.state], [self.within], **quiet)

    def submit(self, question: str, chat: Chat, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Ask what stands in the box; where that is a correction, within what the question was searched within."""
        yield from self.ask(question, chat, request, correcting=chat.correcting)

    def ask(
        self,
        question: str,
        chat: Chat,
        request: gr.Request,
        filters: Filters | None = None,
        place: int | None = None,
        correcting: Correction | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """Show the question at once, then the answer as it grows; keep it when it is whole.

        `place`: how many of the turns came before the question, where it is asked again; otherwise all of them did.
        """

        def work(update: Update) -> Answer:
            within = self._within(question, correcting) if correcting else filters
            return self.assistant.ask(question, chat.history[:place], filters=within, on_update=update)

        if not question.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        before = [*messages.messages(chat.turns, self.header), messages.asked(question)]
        asking = replace(chat, asking=question)
        yield [*before, messages.waiting()], gr.Textbox(value="", **BUSY), asking, gr.skip()
        answer: Answer | None = None
        try:
            for answer in stream(work):
                yield [*before, messages.answered(answer, len(chat.turns))], gr.skip(), gr.skip(), gr.skip()
        except PilcrowError as error:
            yield [*before, messages.failed(error)], gr.Textbox(value=question, **IDLE), chat, gr.skip()
            return
        assert answer is not None
        if place is not None:
            answer = replace(answer, details={**answer.details, "turns_before": place})
        chat = self._keep(chat, question, answer, self.histories(request))
        whole = messages.messages(chat.turns, self.header)
        yield whole, gr.Textbox(**IDLE), chat, self._first_citation(answer)

    def ask_example(self, chat: Chat, chosen: gr.SelectData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Ask an example question."""
        yield from self.ask(chosen.value["text"], chat, request)

    def unfilter(self, chat: Chat, pressed: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        """Ask a question again where it was first asked, this time without one of its filters."""
        turn, number = (int(part) for part in pressed.place.split("/"))
        asked = chat.turns[turn]
        filters = without_chip(filters_in(asked.answer.details), number)
        yield from self.ask(asked.question, chat, request, filters, asked.answer.details.get("turns_before", turn))

    def correct(self, chat: Chat, pressed: gr.EventData) -> tuple[Any, ...]:
        """Put the question as it was understood into the box, and keep what it was searched within."""
        answer = chat.turns[int(pressed.place)].answer
        text, filters = messages.understood_as(answer) or answer.question, filters_in(answer.details)
        return gr.Textbox(value=text), replace(chat, correcting=Correction(text, filters) if filters else None)

    def widen(self, chat: Chat, pressed: gr.EventData) -> Chat:
        """Take one filter off the question that is being corrected."""
        now = chat.correcting
        if now is None:
            return chat
        return replace(chat, correcting=replace(now, filters=without_chip(now.filters, int(pressed.place))))

    def corrected_within(self, chat: Chat) -> Any:
        """The line above the box: what the corrected question will be searched within."""
        shown = filters_in_words(chat.correcting.filters) if chat.correcting and not chat.asking else ()
        return gr.HTML(messages.chips("Search only ", shown, "widen"), visible=bool(shown))

    def show(self, chat: Chat) -> tuple[Any, ...]:
        """A conversation as it is kept, nothing running."""
        shown = messages.messages(chat.turns, self.header)
        return shown, gr.Textbox(value="", **IDLE), chat, NOTHING_OPEN if not chat.turns else gr.skip()

    def withdraw(self, chat: Chat) -> tuple[Any, ...]:
        """Stop: what was not whole is not kept, and its question is back in the box."""
        shown, _, chat_, reader = self.show(replace(chat, asking=""))
        return shown, gr.Textbox(value=chat.asking, **IDLE), chat_, reader

    def open(self, pressed: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Open a kept conversation."""
        return self.show(self.panel.opened(pressed.place, request))

    def rename(self, title: str, chat: Chat, request: gr.Request) -> tuple[Any, ...]:
        """Give the open conversation another title."""
        if chat.conversation and title.strip():
            self.histories(request).rename(chat.conversation, title)
        return self.panel.refresh(chat, request)

    def forget(self, chat: Chat, request: gr.Request) -> tuple[Any, ...]:
        """Delete the open conversation and show an empty one."""
        if chat.conversation:
            self.histories(request).delete(chat.conversation)
        return self.show(Chat())

    def rate(self, chat: Chat, pressed: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Keep a thumb, or take it back; a comment can follow."""
        number, thumb = pressed.place.split("/")
        turn = chat.turns[int(number)]
        given = None if turn.thumb == thumb else thumb
        self.histories(request).rate(turn.id, given, turn.comment if given else None)
        return self._rated(chat, turn.id, request, ask_why=given is not None)

    def say(self, comment: str, turn_id: str, chat: Chat, request: gr.Request) -> tuple[Any, ...]:
        """Keep the comment that goes with a thumb."""
        turn = next((each for each in chat.turns if each.id == turn_id), None)
        if turn is not None:
            self.histories(request).rate(turn.id, turn.thumb, comment.strip() or None)
        return self._rated(chat, turn_id, request, ask_why=False)

    def cite(self, chat: Chat, pressed: gr.EventData) -> str:
        """Open the document of a mark at its paragraph, with the quoted words marked."""
        cited = messages.cited(chat.turns, pressed.place)
        return self._read(pressed.document, pressed.label, cited.quote if cited else None)

    def header(self, document: str) -> Header | None:
        """A document's header for references; None where it is no longer in the library."""
        try:
            return self.assistant.store.document(document).header
        except PilcrowError:
            return None

    def _keep(self, chat: Chat, question: str, answer: Answer, history: History) -> Chat:
        """The conversation with one more turn, kept in the history where that can be written."""
        settings = settings_of(answer, self.assistant.settings)
        id, conversation = "", chat.conversation
        try:
            conversation = conversation or history.begin()
            id = history.add(conversation, question, answer, settings)
        except PilcrowError as error:
            gr.Warning(escape(f"The answer is shown, but not kept: {error}"))
        turn = KeptTurn(id, datetime.now(UTC), question, answer, settings)
        return Chat(conversation, (*chat.turns, turn))

    def _within(self, question: str, correcting: Correction) -> Filters:
        """What a corrected question is searched within: as before, but for what the correction itself says."""
        known = self.assistant.store.vocabulary()
        vocabulary = Vocabulary(known.posts, known.tags, self.assistant.store.ids())
        before, after = (understand(text, vocabulary).filters for text in (correcting.text, question))
        return as_edited(correcting.filters, before, after)

    def _rated(self, chat: Chat, turn_id: str, request: gr.Request, *, ask_why: bool) -> tuple[Any, ...]:
        if chat.conversation:
            chat = replace(self.panel.opened(chat.conversation, request), correcting=chat.correcting)
        comment = next((turn.comment for turn in chat.turns if turn.id == turn_id), None)
        shown = messages.messages(chat.turns, self.header)
        return shown, chat, gr.Row(visible=ask_why), gr.Textbox(value=comment or ""), turn_id

    def _first_citation(self, answer: Answer) -> Any:
        first = next(iter(answer.citations), None)
        return self._read(first.document, first.label, first.quote) if first else gr.skip()

    def _read(self, document: str, label: str | None, quote: str | None) -> str:
        try:
            return document_html(self.assistant.store.document(document), label, quote)
        except PilcrowError as error:
            return tag("p", escape(str(error)), css="notice")


def peeking(assistant: Assistant) -> Callable[[list[str]], dict[str, str]]:
    """The function that page.js calls for what is shown when the pointer rests on a mark."""

    def peek(named: list[str]) -> dict[str, str]:
        ref = ParagraphRef(*named)
        try:
            return {"title": str(ref), "text": assistant.store.paragraph(ref).text}
        except PilcrowError as error:
            return {"title": str(ref), "text": str(error)}

    return peek
