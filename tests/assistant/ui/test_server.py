"""Starting the server."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from assistant.settings import Settings
from assistant.ui.server import port_problem, serve, shown


def test_a_port_in_use_is_one_line_and_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve(Settings(tmp_path / "library"), "127.0.0.1", port) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"port {port} is in use" in said
    assert not (tmp_path / "library").exists()


def test_a_port_that_is_free_is_no_problem() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert port_problem("127.0.0.1", port) is None


def test_an_address_of_no_machine_is_told() -> None:
    assert port_problem("no.such.host.invalid", 7860) is not None
    assert port_problem("127.0.0.1", 99999) is not None


def test_an_address_is_shown_as_a_browser_takes_it() -> None:
    assert shown("0.0.0.0") == "127.0.0.1"
    assert shown("::1") == "[::1]"
    assert shown("127.0.0.1") == "127.0.0.1"
