"""What every test stands on: a library folder of its own, and nobody's own files or settings."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def folders_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Redirect everything that a user's environment decides; returns the library's folder."""
    for name in list(os.environ):
        if name.startswith("PILCROW_"):
            monkeypatch.delenv(name)
    user = tmp_path_factory.mktemp("user")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(user / name.lower()))
    home = user / "library"
    monkeypatch.setenv("PILCROW_HOME", str(home))
    return home
