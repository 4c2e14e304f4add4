"""Answers as plain dictionaries and back, whole: what the history keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import datetime
from typing import Any

from assistant.answer import Answer, Citation, Retrieved, Sentence
from index_store.filters import Filters


def to_form(answer: Answer) -> dict[str, Any]:
    """Everything of an answer in types that JSON has; the texts of retrieved paragraphs are left out."""
    bare = replace(answer, retrieved=tuple(replace(found, text="") for found in answer.retrieved), details={})
    return {**asdict(bare), "details": _plain(answer.details)}


def from_form(form: Mapping[str, Any]) -> Answer:
    """The answer that `to_form` wrote; fields that this version doesn't know are passed over."""
    known = {field.name for field in fields(Answer)}
    values = {name: value for name, value in form.items() if name in known}
    values["sentences"] = tuple(
        Sentence(
            **{
                **sentence,
                "citations": tuple(Citation(**cited) for cited in sentence["citations"]),
                "bold": tuple((start, end) for start, end in sentence["bold"]),
            }
        )
        for sentence in form.get("sentences", ())
    )
    values["nearest"] = tuple(Citation(**cited) for cited in form.get("nearest", ()))
    values["retrieved"] = tuple(Retrieved(**found) for found in form.get("retrieved", ()))
    for name in ("notices", "filters"):
        values[name] = tuple(form.get(name, ()))
    if isinstance(details := values.get("details"), Mapping) and isinstance(details.get("filters"), Mapping):
        values["details"] = {**details, "filters": _filters(details["filters"])}
    return Answer(**values)


def _filters(form: Mapping[str, Any]) -> Filters:
    """Filters that were written as a dictionary, dates in ISO 8601."""
    values: dict[str, Any] = {field.name: form[field.name] for field in fields(Filters) if form.get(field.name)}
    for name, value in values.items():
        values[name] = datetime.fromisoformat(value) if name in ("after", "before") else tuple(value)
    return Filters(**values)


def _plain(value: Any) -> Any:
    """`value` in types that JSON has; what has none is written as text."""
    if isinstance(value, Filters):
        return _plain(asdict(value))
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
