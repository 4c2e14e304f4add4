"""What is kept of the settings with each answer."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from assistant.answer import Answer
from assistant.commands.ask import keep
from assistant.history import History
from assistant.settings import LanguageModelSettings, RetrievalSettings, Settings
from assistant.settings_form import settings_of

ANSWER = Answer("Who sells the ferry?", method="writing")
SERVER = LanguageModelSettings(url="https://anna:hush@models.test:8080/v1?token=hush", model="small", key="hush")


def test_what_decided_an_answer_is_kept(tmp_path: Path) -> None:
    kept = settings_of(ANSWER, Settings(home=tmp_path, retrieval=RetrievalSettings(rerank=7), language_model=SERVER))
    assert kept["method"] == "writing"
    assert kept["retrieval"]["rerank"] == 7
    assert {"topic", "sentence", "missing"} <= kept["thresholds"].keys()
    assert all(len(weights) >= 64 for weights in kept["models"].values())
    assert kept["language_model"]["model"] == "small"
    assert "version" in kept
    assert json.loads(json.dumps(kept)) == kept


def test_a_key_is_not_kept_even_where_it_stands_in_the_address(tmp_path: Path) -> None:
    kept = settings_of(ANSWER, Settings(home=tmp_path, language_model=SERVER))
    assert "hush" not in json.dumps(kept)
    assert "key" not in kept["language_model"]
    assert kept["language_model"]["url"] == "https://models.test:8080"


def test_without_a_language_model_none_is_kept(tmp_path: Path) -> None:
    assert settings_of(ANSWER, Settings(home=tmp_path))["language_model"] is None


def test_the_command_line_keeps_the_settings_with_question_and_answer(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, language_model=SERVER)
    keep(cast(Any, SimpleNamespace(settings=settings)), ANSWER)
    conversation = History(tmp_path).conversation("command-line")
    assert conversation is not None
    assert conversation.turns[0].settings == settings_of(ANSWER, settings)
    assert b"hush" not in (tmp_path / "history.sqlite").read_bytes()
