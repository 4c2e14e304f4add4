"""Reads a prompt and fills in its blanks."""

from __future__ import annotations

import re
from importlib import resources
from typing import Literal, NamedTuple

_BLANK = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_ROLE = re.compile(r"^# (system|user)\s*$", re.MULTILINE)


class Message(NamedTuple):
    """One message to a language model."""

    role: Literal["system", "user"]
    text: str


def load(name: str, **values: object) -> list[Message]:
    """The messages of prompts/`name`.md with each {{ blank }} replaced by its value.

    A line `# system` or `# user` begins a message. What a value says is never read as a blank or as a role.
    Raises KeyError where blanks and values are not the same.
    """
    text = (resources.files("prompts") / f"{name}.md").read_text(encoding="utf-8")
    blanks = set(_BLANK.findall(text))
    if blanks != values.keys():
        raise KeyError(f"prompt {name!r} has the blanks {sorted(blanks)}, not {sorted(values)}")
    pieces = _ROLE.split(text)[1:]
    return [
        Message("system" if role == "system" else "user", _BLANK.sub(lambda blank: str(values[blank[1]]), body.strip()))
        for role, body in zip(pieces[::2], pieces[1::2], strict=True)
    ]
