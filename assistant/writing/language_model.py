"""A language model behind a server that speaks the OpenAI protocol: its words as they come, within a time.

Whatever goes wrong becomes LanguageModelFailed with a plain reason, so that the caller can answer without it.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from assistant.settings import LanguageModelSettings
from index_store.errors import LanguageModelFailed
from prompts.loader import Message

if TYPE_CHECKING:
    from llama_index.llms.openai_like import OpenAILike

_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class Piece(NamedTuple):
    """The next words of an answer."""

    text: str
    finish: str | None
    """'stop' or 'length' with the last piece."""


def stream(
    messages: Sequence[Message], settings: LanguageModelSettings, *, longest: int, deadline: float | None = None
) -> Generator[Piece, None, None]:
    """The model's answer to `messages`, piece by piece, of at most `longest` tokens.

    `deadline` is a time of time.monotonic; by default `settings.timeout` seconds from now. Closing the iterator
    ends the request. Raises LanguageModelFailed.
    """
    if deadline is None:
        deadline = time.monotonic() + settings.timeout
    pieces: queue.Queue[Piece | Exception | None] = queue.Queue()
    enough = threading.Event()
    # The library can only wait for each piece, not for the whole: so it waits in a thread, and the clock is here.
    threading.Thread(
        target=_read, args=(messages, settings, longest, pieces, enough), name="language model", daemon=True
    ).start()
    try:
        yield from _in_time(pieces, settings, deadline)
    finally:
        enough.set()


def _in_time(
    pieces: queue.Queue[Piece | Exception | None], settings: LanguageModelSettings, deadline: float
) -> Iterator[Piece]:
    finished = False
    while True:
        try:
            piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise LanguageModelFailed(
                f"The language model did not finish its answer within {settings.timeout:g} seconds."
            ) from None
        if isinstance(piece, Exception):
            raise LanguageModelFailed(reason(piece, settings)) from piece
        if piece is None:
            break
        finished = finished or piece.finish is not None
        yield piece
    if not finished:
        raise LanguageModelFailed("The language model's server broke off in the middle of the answer.")


def _read(
    messages: Sequence[Message],
    settings: LanguageModelSettings,
    longest: int,
    pieces: queue.Queue[Piece | Exception | None],
    enough: threading.Event,
) -> None:
    """Put each piece of the answer into `pieces`, then None; an error instead of either."""
    try:
        from llama_index.core.base.llms.types import ChatMessage

        with _http_client(settings) as http:
            model = _model(settings, longest, http)
            for response in model.stream_chat([ChatMessage(role=m.role, content=m.text) for m in messages]):
                if enough.is_set():
                    return
                pieces.put(Piece(response.delta or "", _finish(response.raw)))
        pieces.put(None)
    except Exception as error:  # whatever a foreign server makes the libraries raise is told, never lost in a thread
        pieces.put(error)


def _model(settings: LanguageModelSettings, longest: int, http: Any) -> OpenAILike:
    """The model as LlamaIndex sees it. Nothing is taken from the environment: no other service's key is sent."""
    import openai
    from llama_index.llms.openai_like import OpenAILike

    key = settings.key or "none"
    client = openai.OpenAI(
        api_key=key, base_url=settings.url, max_retries=0, timeout=settings.timeout, http_client=http
    )
    client.organization = client.project = None
    options: dict[str, Any] = {
        "model": settings.model,
        "api_base": settings.url,
        "api_key": key,
        "context_window": settings.context_window,
        "is_chat_model": True,
        "max_tokens": longest,
        "temperature": 0.0,
        "max_retries": 0,
        "timeout": settings.timeout,
        "openai_client": client,
    }
    return OpenAILike(**options)


def _http_client(settings: LanguageModelSettings) -> Any:
    """A client that asks a proxy of the environment only for servers elsewhere."""
    import httpx

    elsewhere = urlsplit(settings.url or "").hostname not in _THIS_MACHINE
    return httpx.Client(timeout=settings.timeout, trust_env=elsewhere)


def _finish(raw: Any) -> str | None:
    choices = getattr(raw, "choices", None)
    reason = getattr(choices[0], "finish_reason", None) if choices else None
    return str(reason) if reason else None


def reason(error: Exception, settings: LanguageModelSettings) -> str:
    """What went wrong with the server, in one plain line that says what to do."""
    import httpx
    import openai

    where = settings.url or ""
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return f"The language model at {where} did not answer within {settings.timeout:g} seconds."
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return f"The language model's server at {where} does not accept the key."
    if isinstance(error, openai.NotFoundError):
        return f"The server at {where} has no model “{settings.model}”, or its address does not end in /v1."
    if isinstance(error, openai.RateLimitError):
        return f"The language model's server at {where} has too much to do: it asks to come back later."
    if isinstance(error, openai.APIStatusError):
        return f"The language model's server at {where} answered with the error {error.status_code}."
    if isinstance(error, openai.APIConnectionError | httpx.ConnectError):
        return f"The language model's server at {where} can't be reached: is it running?"
    if isinstance(error, httpx.TransportError):
        return "The language model's server broke off in the middle of the answer."
    return f"What the server at {where} sends is not the OpenAI protocol."
