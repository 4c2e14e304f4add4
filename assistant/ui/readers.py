"""Whose conversations a request is about.

Who sits at the machine that runs Pilcrow has the conversations of its library, with those of the command line.
Each browser on another machine has its own, known by a cookie: people who share a server don't read each other's
questions. This keeps apart, it doesn't guard: there is no sign-in.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
import secrets
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assistant.history import History

if TYPE_CHECKING:
    import gradio as gr  # the server sets the environment before it is imported

Histories = Callable[["gr.Request"], History]
COOKIE: Final = "pilcrow_reader"
_A_YEAR: Final = 365 * 24 * 3600
_NAME = re.compile(r"[0-9a-f]{32}")


def is_here(request: gr.Request) -> bool:
    """Whether a request comes from the machine that runs the server."""
    return is_loopback(request.client.host if request.client else "")


def is_loopback(host: str) -> bool:
    """Whether this is the address of the machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def histories_in(home: Path) -> Histories:
    """Gives the history that a request may read and write."""

    def history(request: gr.Request) -> History:
        return History(home if is_here(request) else home / "readers" / _reader(request))

    return history


def cookie_for(client: str, cookies: str) -> str | None:
    """The `Set-Cookie` that a browser on another machine gets with its first page; None where it needs none.

    client: the browser's address. cookies: what it sent.
    """
    try:
        known = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        known = None
    if is_loopback(client) or (known and _NAME.fullmatch(known.value)):
        return None
    return f"{COOKIE}={secrets.token_hex(16)}; Path=/; Max-Age={_A_YEAR}; HttpOnly; SameSite=Lax"


def _reader(request: gr.Request) -> str:
    """The name in the cookie; for a browser that keeps none, one that lasts as long as its page is open."""
    name = str(request.cookies.get(COOKIE, ""))
    if _NAME.fullmatch(name):
        return name
    return hashlib.blake2b(str(request.session_hash).encode(), digest_size=16).hexdigest()
