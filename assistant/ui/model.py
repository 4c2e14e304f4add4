"""The Settings tab: which language model writes the answers, if any."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import gradio as gr

from assistant.conversation import Assistant
from assistant.settings import LanguageModelSettings
from assistant.ui.markup import escape, tag
from assistant.ui.readers import is_here

ABOUT = (
    "Without a language model answers are quoted from the documents, and nothing leaves this machine. With one, "
    "it writes the answer, and every sentence is checked against the paragraphs; your question and the paragraphs "
    "found are sent to its server. Any server that speaks the OpenAI protocol will do: Ollama, llama.cpp, vLLM, "
    "LM Studio or a hosted one."
)
KEPT = (
    "This holds until Pilcrow is stopped. To keep it, set PILCROW_LLM_URL, PILCROW_LLM_MODEL and PILCROW_LLM_KEY "
    "before it is started."
)


class ModelTab:
    """The components of the Settings tab; what is set holds for everyone who uses this server."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        now = assistant.settings.language_model
        with gr.Column(elem_classes="settings"):
            gr.HTML(tag("h2", "Language model") + tag("p", escape(ABOUT)))
            self.state = gr.HTML(self.described, elem_id="model-state")
            self.url = gr.Textbox(
                now.url or "", label="Server's address", placeholder="http://127.0.0.1:11434/v1", elem_id="model-url"
            )
            self.model = gr.Textbox(now.model, label="Model", elem_id="model-name")
            self.key = gr.Textbox(
                label="Key, if the server wants one", type="password", placeholder="none", elem_id="model-key"
            )
            self.timeout = gr.Number(now.timeout, label="Seconds to wait for an answer", minimum=1, maximum=3600)
            with gr.Row():
                self.use = gr.Button("Use this model", variant="primary", size="sm", elem_id="model-on")
                self.off = gr.Button("Quote instead", size="sm", elem_id="model-off")
            gr.HTML(tag("p", escape(KEPT), css="quiet"))
        fields = [self.url, self.model, self.key, self.timeout]
        self.use.click(self.turn_on, fields, [self.state, self.key], show_progress="hidden")
        self.off.click(self.turn_off, None, self.state, show_progress="hidden")

    def described(self) -> str:
        """What answers now."""
        now = self.assistant.settings.language_model
        said = f"Answers are written by the model {now.model} at {now.url}." if now.url else "Answers are quoted."
        return tag("p", tag("b", escape(said)))

    def turn_on(self, url: str, model: str, key: str, timeout: float, request: gr.Request) -> tuple[Any, ...]:
        """Let a language model write the answers from the next question on."""
        url, before = (url or "").strip(), self.assistant.settings.language_model
        if not is_here(request):  # others must not redirect what is sent out
            return self._refused("The language model can be set only on the machine that runs Pilcrow."), gr.skip()
        if not url.startswith(("http://", "https://")):
            return self._refused("The address must begin with http:// or https://."), gr.skip()
        wanted = replace(
            before,
            url=url,
            model=(model or "").strip() or LanguageModelSettings().model,
            key=(key or "").strip() or (before.key if before.url == url else None),
            timeout=float(timeout or before.timeout),
        )
        self._set(wanted)
        if not listens(url):
            return self._refused("Nothing answers there at the moment; until it does, answers are quoted."), ""
        return self.described(), ""

    def turn_off(self, request: gr.Request) -> str:
        """Quote from the next question on."""
        if not is_here(request):
            return self._refused("The language model can be set only on the machine that runs Pilcrow.")
        self._set(replace(self.assistant.settings.language_model, url=None, key=None))
        return self.described()

    def _set(self, wanted: LanguageModelSettings) -> None:
        self.assistant.settings = replace(self.assistant.settings, language_model=wanted)

    def _refused(self, reason: str) -> str:
        return self.described() + tag("p", escape(reason), css="notice")


def listens(url: str, patience: float = 2.0) -> bool:
    """Whether anything takes connections at an address of http or https, within so many seconds."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), patience).close()
    except (OSError, ValueError):
        return False
    return True
