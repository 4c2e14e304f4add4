"""A server that speaks the OpenAI protocol and says what a script tells it to, rightly or wrongly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Script:
    """What the server does with the next request, and what it was asked."""

    pieces: Sequence[str] = ()
    """The answer's text, a stream event each."""
    finish: str | None = "stop"
    """None: the stream ends without a word of its end."""
    pause: float = 0.0
    """Seconds before each piece."""
    status: int = 200
    raw: bytes | None = None
    """Sent as it is instead of a stream."""
    endless: bool = False
    """Repeats its last piece until nobody listens any more."""
    drop_after: int | None = None
    """Breaks the connection in the middle of a promised body after so many pieces."""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def prompt(self) -> str:
        """All that the last request said to the model."""
        return "\n".join(message["content"] for message in self.asked[-1]["messages"])


class _Handler(BaseHTTPRequestHandler):
    script: Script

    def do_POST(self) -> None:
        script = self.script
        script.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        script.headers.append(dict(self.headers))
        with suppress(BrokenPipeError, ConnectionResetError):  # the other side has heard enough
            self._answer(script)

    def _answer(self, script: Script) -> None:
        self.send_response(script.status)
        plain = script.raw is not None or script.status != 200
        self.send_header("Content-Type", "application/json" if plain else "text/event-stream")
        if script.drop_after is not None:
            self.send_header("Content-Length", "1000000")
        self.end_headers()
        if plain:
            self.wfile.write(script.raw or b'{"error": {"message": "as scripted"}}')
            return
        for sent, piece in enumerate(script.pieces, start=1):
            time.sleep(script.pause)
            self._event({"role": "assistant", "content": piece}, None)
            if sent == script.drop_after:
                return
        while script.endless:
            self._event({"content": script.pieces[-1]}, None)
        if script.finish:
            self._event({}, script.finish)
            self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, delta: dict[str, str], finish: str | None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def scripted_server(script: Script) -> Iterator[str]:
    """Serve `script`; gives the base address."""
    handler = type("Handler", (_Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


def in_pieces(text: str, size: int) -> list[str]:
    """The text cut into pieces of `size` characters, as streams cut: anywhere."""
    return [text[at : at + size] for at in range(0, len(text), size)]
