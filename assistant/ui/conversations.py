"""The kept conversations: listed beside the page, reopened, renamed, deleted, exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import gradio as gr

from assistant.conversation import Turn
from assistant.export import Form, Headers, export, file_name
from assistant.history import History, KeptTurn
from assistant.ui.markup import action, address, escape, tag
from assistant.ui.readers import Histories
from index_store.filters import Filters

LISTED = 200


@dataclass(frozen=True, slots=True)
class Correction:
    """A question that stands in the box to be corrected."""

    text: str
    """As it was put there."""
    filters: Filters
    """What it was searched within; its words don't say so any more."""


@dataclass(frozen=True, eq=False)
class Chat:
    """What one browser tab shows: the conversation that is open (None: not begun) and its turns.

    Compared by identity: Gradio asks whether a state has changed.
    """

    conversation: str | None = None
    turns: tuple[KeptTurn, ...] = ()
    asking: str = ""
    """The question whose answer is not whole yet."""
    correcting: Correction | None = None

    @property
    def history(self) -> tuple[Turn, ...]:
        """The turns as the assistant takes them."""
        return tuple(Turn(turn.question, turn.answer) for turn in self.turns)


class ConversationsPanel:
    """The drawer on the left."""

    def __init__(self, histories: Histories) -> None:
        self.histories = histories
        with gr.Sidebar(open=False, width=290, elem_id="conversations", label="Conversations"):
            self.new = gr.Button("New conversation", size="sm", variant="secondary", elem_id="new")
            with gr.Group(visible=False, elem_classes="conversation-open") as self.open_group:
                self.title = gr.Textbox(
                    label="Title of the open conversation", max_lines=2, elem_id="conversation-title"
                )
                self.forms = gr.HTML("", elem_classes="conversation-export")
                self.delete = gr.Button("Delete this conversation", size="sm", variant="secondary", elem_id="delete")
                with gr.Row(visible=False, elem_classes="confirm") as self.confirm:
                    self.really = gr.Button("Delete it", size="sm", variant="stop", min_width=60, elem_id="delete-it")
                    self.keep = gr.Button("Keep it", size="sm", variant="secondary", min_width=60)
            self.list = gr.HTML(elem_classes="conversation-list")
        self.delete.click(lambda: gr.Row(visible=True), None, self.confirm, show_progress="hidden")
        self.keep.click(lambda: gr.Row(visible=False), None, self.confirm, show_progress="hidden")

    @property
    def outputs(self) -> list[gr.components.Component | gr.blocks.BlockContext]:
        """What `refresh` fills."""
        return [self.list, self.open_group, self.title, self.forms, self.confirm]

    def refresh(self, chat: Chat, request: gr.Request) -> tuple[object, ...]:
        """The list, and what can be done with the conversation that is open."""
        history = self.histories(request)
        kept = history.conversation(chat.conversation) if chat.conversation else None
        forms = [
            action(name, "export", chat.conversation, form, css="action")
            for name, form in (("Markdown", "markdown"), ("HTML", "html"), ("JSON", "json"))
        ]
        return (
            listed(history, chat),
            gr.Group(visible=kept is not None),
            kept.title if kept else "",
            tag("p", "Save as ", *forms) if kept else "",
            gr.Row(visible=False),
        )

    def opened(self, id: str, request: gr.Request) -> Chat:
        """The kept conversation of this id; an empty one where it is gone."""
        kept = self.histories(request).conversation(id)
        return Chat(kept.id, kept.turns) if kept else Chat()


def listed(history: History, chat: Chat) -> str:
    """All conversations as links, the newest first."""
    kept = history.conversations()
    rows = []
    for each in kept[:LISTED]:
        now = {"aria_current": "true"} if each.id == chat.conversation else {}
        when = tag("span", f"{each.changed:%-d %b %Y}", css="when")
        link = tag(
            "a", escape(each.title or "No title"), when, href=address("do", "open", each.id), role="button", **now
        )
        rows.append(tag("li", link))
    if not rows:
        return tag("p", "What you ask is kept here.", css="quiet")
    older = len(kept) - len(rows)
    return tag("ul", *rows) + (tag("p", f"{older:,} older ones are kept but not listed.", css="quiet") if older else "")


def exporting(histories: Histories, headers: Headers) -> Callable[[list[str], gr.Request], dict[str, str] | None]:
    """The function that page.js calls to save a conversation as a file."""

    def exported(wanted: list[str], request: gr.Request) -> dict[str, str] | None:
        id, form = wanted
        kept = histories(request).conversation(id)
        if kept is None or form not in ("markdown", "html", "json"):
            return None
        form = cast(Form, form)
        return {"name": file_name(kept.title, form), "text": export(kept, form, headers)}

    return exported
