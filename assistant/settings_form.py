"""What decided an answer as plain data: the version, the settings, the thresholds, the models. Never a key."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from assistant.answer import Answer
from assistant.refusing import thresholds
from assistant.settings import LanguageModelSettings, Settings
from index_store.weights import SHA256, identity

_SERVER = re.compile(r"(?P<scheme>https?://)(?:[^/?#]*@)?(?P<host>[^/?#]*)")


def pilcrow_version() -> str:
    """The installed version; empty in a source tree that was never installed."""
    try:
        return version("pilcrow")
    except PackageNotFoundError:
        return ""


def settings_json(settings: Settings) -> dict[str, Any]:
    """The settings that decide an answer with the calibrated thresholds, without the key and the folder."""
    shown = replace(settings, language_model=replace(settings.language_model, key=None))
    whole: dict[str, Any] = {"version": pilcrow_version(), "thresholds": asdict(thresholds())}
    return whole | {name: value for name, value in asdict(shown).items() if name not in {"home", "chroma_url"}}


def settings_of(answer: Answer, settings: Settings) -> dict[str, Any]:
    """What the history keeps beside an answer that was made with `settings`.

    `models` has the SHA-256 of each model's weights; `language_model` is null where none was set.
    """
    return {
        "method": answer.method,
        **settings_json(settings),
        "language_model": _language_model(settings.language_model),
        "models": {name: identity(name) for name in SHA256},
    }


def _language_model(settings: LanguageModelSettings) -> dict[str, Any] | None:
    """The language model without its key, which may stand in the address too: of that only the server is kept."""
    if not settings.url:
        return None
    server = _SERVER.match(settings.url)
    shown = {name: value for name, value in asdict(settings).items() if name != "key"}
    return shown | {"url": server["scheme"] + server["host"] if server else ""}
