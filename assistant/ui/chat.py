"""The Ask tab: the chat, its events, and the reader beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.answer import Answer
from assistant.conversation import Assistant, Turn
from assistant.ui import messages
from assistant.ui.markup import escape, tag
from assistant.ui.reader import NOTHING_OPEN, document_html
from assistant.ui.streaming import stream
from index_store.documents import ParagraphRef
from index_store.errors import PilcrowError

Turns = tuple[Turn, ...]
SCRIPT = Path(__file__).parent / "static" / "page.js"
WELCOME = tag(
    "div",
    tag("p", "¶", css="pilcrow"),
    tag("p", "Ask your documents.", css="welcome-title"),
    tag("p", "Every sentence of an answer names the paragraph that says so."),
    css="welcome",
)


class AskTab:
    """The components of the Ask tab, and what happens when they are used."""

    def __init__(self, assistant: Assistant, examples: Sequence[str]) -> None:
        self.assistant = assistant
        self.turns = gr.State(())
        with gr.Row(elem_classes="desk"):
            with gr.Column(scale=6, min_width=320, elem_classes="chat-pane"):
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
                )
                with gr.Row(elem_classes="chat-foot"):
                    self.clear = gr.Button("Clear chat", size="sm", variant="secondary", elem_id="clear", min_width=90)
            with gr.Column(scale=5, min_width=320, elem_classes="reader-pane"):
                self.reader = gr.HTML(
                    NOTHING_OPEN,
                    elem_id="reader",
                    js_on_load=SCRIPT.read_text(encoding="utf-8"),
                    server_functions=[peeking(assistant)],
                )
        self._wire()

    def _wire(self) -> None:
        shown = [self.chat, self.box, self.turns, self.reader]
        asked = gr.on([self.box.submit], self.ask, [self.box, self.turns], shown, show_progress="hidden")
        example = self.chat.example_select(self.ask_example, [self.turns], shown, show_progress="hidden")
        self.box.stop(self.stopped, [self.turns], [self.chat, self.box], cancels=[asked, example])
        self.clear.click(self.start_again, None, shown, cancels=[asked, example], show_progress="hidden")
        self.reader.cite(self.cite, [self.turns], [self.reader], show_progress="hidden")

    def ask(self, question: str, turns: Turns) -> Iterator[tuple[Any, ...]]:
        """Show the question at once, then the answer as it grows."""
        if not question.strip():
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        before = messages.messages(turns)
        busy = gr.Textbox(value="", submit_btn=False, stop_btn=True)
        idle = gr.Textbox(submit_btn=True, stop_btn=False)
        yield [*before, messages.asked(question), messages.waiting()], busy, gr.skip(), gr.skip()
        answer: Answer | None = None
        try:
            for answer in stream(lambda update: self.assistant.ask(question, turns, on_update=update)):
                shown = messages.answered(answer, len(turns), done=False)
                so_far = (*turns, Turn(question, answer))
                yield [*before, messages.asked(question), shown], gr.skip(), so_far, gr.skip()
        except PilcrowError as error:
            yield [*before, messages.asked(question), messages.failed(str(error))], idle, turns, gr.skip()
            return
        assert answer is not None
        so_far = (*turns, Turn(question, answer))
        yield messages.messages(so_far), idle, so_far, self._first_citation(answer)

    def ask_example(self, turns: Turns, chosen: gr.SelectData) -> Iterator[tuple[Any, ...]]:
        """Ask an example question."""
        yield from self.ask(chosen.value["text"], turns)

    def stopped(self, turns: Turns) -> tuple[Any, ...]:
        """Show what was ready when the person pressed stop."""
        return messages.messages(turns), gr.Textbox(submit_btn=True, stop_btn=False)

    def start_again(self) -> tuple[Any, ...]:
        """Forget the conversation."""
        return [], gr.Textbox(value="", submit_btn=True, stop_btn=False), (), NOTHING_OPEN

    def cite(self, turns: Turns, pressed: gr.EventData) -> str:
        """Open the document of a mark at its paragraph, with the quoted words marked."""
        cited = messages.cited(turns, pressed.place)
        return self._read(pressed.document, pressed.label, cited.quote if cited else None)

    def _first_citation(self, answer: Answer) -> Any:
        first = next(iter(answer.citations or answer.nearest), None)
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
