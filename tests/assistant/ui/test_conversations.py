"""The drawer's list of conversations."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.history import History
from assistant.ui import conversations
from assistant.ui.conversations import Chat, listed


def test_the_open_conversation_is_marked(tmp_path: Path) -> None:
    history = History(tmp_path)
    one, _ = history.begin("Nets"), history.begin("Dams <b>")
    html = listed(history, Chat(one))
    assert html.count("aria-current") == 1
    assert "<b>" not in html


def test_what_is_kept_but_not_listed_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "LISTED", 2)
    history = History(tmp_path)
    for number in range(5):
        history.begin(f"Nets {number}")
    html = listed(history, Chat())
    assert html.count("<li>") == 2
    assert "3 older ones" in html
