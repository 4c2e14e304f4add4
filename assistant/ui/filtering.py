"""Taking one filter off: the chips of a question as understood, undone one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from index_store.filters import Filters


def without_chip(filters: Filters, number: int) -> Filters:
    """The filters without the condition that chip `number` (from 0) shows; unchanged where there is no such chip."""
    choices = [replace(filters, documents=_without(filters.documents, each)) for each in filters.documents]
    choices += [replace(filters, labels=_without(filters.labels, each)) for each in filters.labels]
    choices += [replace(filters, posts=())] if filters.posts else []
    choices += [replace(filters, after=None, before=None)] if filters.after or filters.before else []
    choices += [replace(filters, classifications=_without(filters.classifications, c)) for c in filters.classifications]
    choices += [replace(filters, tags=_without(filters.tags, each)) for each in filters.tags]
    return choices[number] if 0 <= number < len(choices) else filters


def filters_in(details: Mapping[str, Any]) -> Filters:
    """The filters that an answer's details say were in force; none where they say nothing."""
    kept = details.get("filters")
    return kept if isinstance(kept, Filters) else Filters()


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(each for each in values if each != value)
