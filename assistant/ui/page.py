"""The whole page: its theme and its tabs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gradio as gr

from assistant.conversation import Assistant
from assistant.history import History
from assistant.ui.chat import AskTab
from assistant.ui.conversations import ConversationsPanel
from assistant.ui.evaluate import EvaluateTab
from assistant.ui.library import LISTING, LibraryTab
from assistant.ui.markup import tag
from assistant.ui.model import ModelTab
from assistant.ui.readers import histories_in

STATIC = Path(__file__).parent / "static"
STYLES = ("page.css", "chat.css", "reader.css")
SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
MONO = ("ui-monospace", "Menlo", "Consolas", "DejaVu Sans Mono", "monospace")


def theme() -> gr.themes.Base:
    """Gradio's default look in quiet colours, with the fonts of the person's own machine."""
    return gr.themes.Default(
        primary_hue=gr.themes.colors.slate,
        secondary_hue=gr.themes.colors.slate,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_sm,
        font=SANS,
        font_mono=MONO,
    )


def head() -> str:
    """The page's own styles. In the head, because Gradio scopes what it is given as css to its container."""
    return "".join(f"<style>{(STATIC / name).read_text(encoding='utf-8')}</style>" for name in STYLES)


def build_page(assistant: Assistant, examples: Sequence[str]) -> gr.Blocks:
    """All tabs over one assistant; `examples` are questions that an empty chat offers."""
    page: gr.Blocks
    with gr.Blocks(title="Pilcrow", analytics_enabled=False, fill_height=True, fill_width=True) as page:
        gr.HTML(
            tag("div", tag("span", "¶", aria_hidden="true"), tag("h1", "Pilcrow"), css="masthead"), elem_id="masthead"
        )
        history = History(assistant.settings.home)
        histories = histories_in(assistant.settings.home)
        panel = ConversationsPanel(histories)
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab("Ask", id="ask"):
                ask = AskTab(assistant, histories, panel, examples)
            with gr.Tab("Library", id="library") as library_tab:
                library = LibraryTab(assistant, history)
            with gr.Tab("Evaluate", id="evaluate") as evaluate_tab:
                evaluate = EvaluateTab(assistant)
            with gr.Tab("Settings", id="settings"):
                ModelTab(assistant)
        page.load(panel.refresh, ask.state, panel.outputs, show_progress="hidden")
        gr.on(
            [page.load, evaluate_tab.select],
            evaluate.refresh,
            None,
            evaluate.outputs,
            show_progress="hidden",
        )
        library_tab.select(
            library.rows, library.inputs, library.outputs, show_progress="hidden", concurrency_id=LISTING
        )
    for event in page.fns.values():
        event.api_visibility = "private"  # the page is for people; scripts have `pilcrow ask`
    return page
