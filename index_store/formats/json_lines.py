"""JSON Lines: one document a line, `{"id": ..., "text": ..., and header facts}`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from index_store.documents import Header
from index_store.formats.facts import read_header
from index_store.formats.plain import DOCUMENT_BYTES, clean
from index_store.formats.refusal import Refusal
from index_store.formats.source import Input, Item, SourceText, Unreadable

LONGEST_ID = 200
NOT_JSON_LINES = 'no JSON Lines: each line must be an object such as {"id": "...", "text": "..."}'
GIVE_UP_AFTER = 20
"""Lines without one good document among them after which the file is taken for something else."""


def read_json_lines(source: Input) -> Iterator[Item]:
    """Line after line; a bad one is refused by itself."""
    pending: list[Item] = []
    good = False
    for number, line in _lines(source):
        origin = f"{source.origin}#{number}"
        try:
            item = _record(origin, f"{source.stem}-{number}", line)
        except Refusal as refusal:
            pending.append(Unreadable(origin, str(refusal)))
            if not good and len(pending) >= GIVE_UP_AFTER:
                raise Refusal(NOT_JSON_LINES) from None
            if not good:
                continue
        else:
            good = True
            pending.append(item)
        yield from pending
        pending = []
    yield from pending
    if not good and not pending:
        raise Refusal("empty file: nothing to read")


def _lines(source: Input) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines that are not blank; None for one that is too long."""
    number = 0
    while line := source.stream.readline(DOCUMENT_BYTES + 1):
        number += 1
        if len(line) > DOCUMENT_BYTES and not line.endswith(b"\n"):
            while rest := source.stream.readline(2**20):
                if rest.endswith(b"\n"):
                    break
            yield number, None
        elif number == 1 and line.startswith(b"\xef\xbb\xbf"):
            yield number, line[3:]
        elif line.strip():
            yield number, line


def _record(origin: str, stem: str, line: bytes | None) -> SourceText:
    if line is None:
        raise Refusal(f"a line of more than {DOCUMENT_BYTES // 2**20} MB, too large for one document: split it")
    try:
        value = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise Refusal("this line is not UTF-8: save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise Refusal(f"this line is no JSON (character {error.pos + 1}): {error.msg}") from None
    except (ValueError, RecursionError):
        raise Refusal("this line is no JSON that can be read: its numbers or its nesting go too far") from None
    if not isinstance(value, dict):
        raise Refusal('this line is no object: write {"id": "...", "text": "..."}')
    text = value.get("text")
    if not isinstance(text, str) or not text.strip():
        raise Refusal('this object has no "text": give it the document\'s text')
    header, notices = read_header(value)
    kind = value.get("kind")
    return SourceText(
        origin,
        clean(text),
        stem,
        document_id=_id(value),
        kind=kind if kind in ("cable", "numbered", "prose") else None,
        header=header if header != Header() else None,
        notices=notices,
    )


def _id(value: dict[str, Any]) -> str | None:
    given = value.get("id")
    if given is None:
        return None
    name = " ".join(clean(str(given)).split()) if isinstance(given, str | int) and not isinstance(given, bool) else ""
    if not name or len(name) > LONGEST_ID or not name.isprintable():
        raise Refusal(f'its "id" is not usable: give it a short text of at most {LONGEST_ID} characters')
    return name
