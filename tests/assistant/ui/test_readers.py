"""Whose conversations a request is about."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.answer import Answer
from assistant.ui.readers import COOKIE, cookie_for, histories_in
from assistant.ui.server import is_own

ANNA, BELA = "a" * 32, "b" * 32


def request(client: str | None, cookie: str | None = None, session: str = "page") -> Any:
    return SimpleNamespace(
        client=SimpleNamespace(host=client) if client else None,
        cookies={COOKIE: cookie} if cookie is not None else {},
        session_hash=session,
    )


def titles(home: Path, asking: Any) -> list[str]:
    return [each.title for each in histories_in(home)(asking).conversations()]


def keep(home: Path, asking: Any, question: str) -> None:
    history = histories_in(home)(asking)
    history.add(history.begin(), question, Answer(question))


def test_each_browser_on_another_machine_has_its_own_conversations(tmp_path: Path) -> None:
    keep(tmp_path, request("10.0.0.7", ANNA), "What does Anna ask?")
    keep(tmp_path, request("10.0.0.8", BELA), "What does Bela ask?")
    keep(tmp_path, request("127.0.0.1"), "What is asked here?")
    assert titles(tmp_path, request("10.0.0.7", ANNA)) == ["What does Anna ask?"]
    assert titles(tmp_path, request("10.0.0.9", BELA)) == ["What does Bela ask?"]
    assert titles(tmp_path, request("::1", ANNA)) == ["What is asked here?"]


@pytest.mark.parametrize("cookie", [None, "", "../../../etc", "A" * 32, ANNA + "a", ANNA + "\n"])
def test_without_a_good_cookie_conversations_last_as_long_as_the_page(tmp_path: Path, cookie: str | None) -> None:
    keep(tmp_path, request("10.0.0.7", cookie, "one page"), "What is asked?")
    assert titles(tmp_path, request("10.0.0.7", cookie, "one page")) == ["What is asked?"]
    assert titles(tmp_path, request("10.0.0.7", cookie, "another page")) == []
    assert [each.parent for each in tmp_path.rglob("history.sqlite")] == list((tmp_path / "readers").iterdir())


def test_a_browser_gets_its_cookie_once_and_none_on_the_machine_itself() -> None:
    given = cookie_for("10.0.0.7", "")
    assert given is not None
    assert "HttpOnly" in given
    assert cookie_for("10.0.0.7", given.split(";")[0] + "; other=1") is None
    assert cookie_for("10.0.0.7", f"{COOKIE}=forged; other=1") is not None
    assert cookie_for("10.0.0.7", "no=\x00cookie;;=") is not None
    assert cookie_for("127.0.0.1", "") is None
    assert cookie_for("10.0.0.7", "") != given


def test_only_an_address_of_the_machine_itself_is_its_own() -> None:
    assert is_own("127.0.0.1")
    assert is_own("localhost")
    assert not is_own("0.0.0.0")
    assert not is_own("::")
