"""Starting and stopping the page's server."""

from __future__ import annotations

import errno
import os
import socket
import sys
from typing import Any

from assistant.settings import Settings
from assistant.ui.readers import cookie_for, is_loopback
from index_store.mirror import writable

# What the page may load, told to the browser too: nothing but what this server sends.
# Gradio's own scripts need eval and inline styles.
CONTENT_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)


SHARED = (
    "Whoever reaches this address can read the library, add to it and remove from it: there is no sign-in. "
    "Each browser has its own conversations."
)


class PageHeaders:
    """ASGI middleware: every page carries the policy, and the first one names the browser it goes to."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Add the header to responses; pass everything else on."""

        cookie = _cookie(scope)

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", []),
                    *([(b"set-cookie", cookie.encode())] if cookie else []),
                    (b"content-security-policy", CONTENT_POLICY.encode()),
                    (b"referrer-policy", b"no-referrer"),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _cookie(scope: Any) -> str | None:
    """The cookie to set with the page itself; its other requests come at once and would each get another."""
    if scope["type"] != "http" or scope["path"] != "/":
        return None
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    return cookie_for((scope.get("client") or ("",))[0], sent.decode("latin-1"))


def serve(settings: Settings, host: str, port: int) -> int:
    """Serve the page until Ctrl-C; returns the exit status: 1 where the port can't be had."""
    problem = port_problem(host, port)
    if problem:
        print(f"pilcrow: {problem}", file=sys.stderr)
        return 1
    # Before Gradio is imported: it reads these as it loads.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    if writable(settings.home):  # else the system's folder for temporary files
        os.environ.setdefault("GRADIO_TEMP_DIR", str(settings.home / "uploads"))
    print("Loading the models ...", flush=True)
    from starlette.middleware import Middleware

    from assistant.conversation import Assistant
    from assistant.ui.examples import example_questions
    from assistant.ui.page import STATIC, build_page, head, theme

    with Assistant.open(settings) as assistant:
        if not assistant.store.is_empty():
            assistant.ask("What is known?")  # loads every model, so that nobody waits for them in the page
        page = build_page(assistant, example_questions(assistant.store))
        page.queue(default_concurrency_limit=4)
        try:
            page.launch(
                server_name=host,
                server_port=port,
                prevent_thread_lock=True,
                quiet=True,
                share=False,
                inbrowser=False,
                ssr_mode=False,
                mcp_server=False,
                pwa=False,
                enable_monitoring=False,
                run_history=False,
                footer_links=[],
                favicon_path=STATIC / "favicon.svg",
                theme=theme(),
                head=head(),
                app_kwargs={
                    "docs_url": None,
                    "redoc_url": None,
                    "openapi_url": None,
                    "middleware": [Middleware(PageHeaders)],
                },
            )
        except OSError as error:
            print(f"pilcrow: can't listen on {host} port {port}: {error}", file=sys.stderr)
            return 1
        print(f"Pilcrow is at http://{shown(host)}:{port} (Ctrl-C stops it)", flush=True)
        if not is_own(host):
            print(SHARED, flush=True)
        try:
            page.block_thread()
        finally:
            page.close(verbose=False)
    return 0


def port_problem(host: str, port: int) -> str | None:
    """Why nothing can listen there, in one line; None where it can."""
    if not 0 < port < 65536:
        return f"{port} is no port: choose one from 1 to 65535 with --port"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return f"port {port} is in use: stop what listens there, or choose another with --port"
        return f"can't listen on {host} port {port}: {error.strerror or error}"
    return None


def is_own(host: str) -> bool:
    """Whether only this machine reaches what listens at this address."""
    try:
        return all(is_loopback(str(address[4][0])) for address in socket.getaddrinfo(host, None))
    except OSError:
        return False


def shown(host: str) -> str:
    """The address as a browser takes it."""
    return "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host
