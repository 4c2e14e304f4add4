"""The filters of a question as understood: one taken off, or all kept while the question is corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from index_store.filters import Filters

_TOGETHER = {"labels": "documents", "before": "after"}
"""Fields that make one condition with another."""


def without_chip(filters: Filters, number: int) -> Filters:
    """The filters without the condition that chip `number` (from 0) shows; unchanged where there is no such chip."""
    choices = [replace(filters, documents=_without(filters.documents, each)) for each in filters.documents]
    choices += [replace(filters, labels=_without(filters.labels, each)) for each in filters.labels]
    choices += [replace(filters, posts=())] if filters.posts else []
    choices += [replace(filters, speakers=())] if filters.speakers else []
    choices += [replace(filters, after=None, before=None)] if filters.after or filters.before else []
    choices += [replace(filters, classifications=_without(filters.classifications, c)) for c in filters.classifications]
    choices += [replace(filters, caveats=_without(filters.caveats, each)) for each in filters.caveats]
    choices += [replace(filters, tags=_without(filters.tags, each)) for each in filters.tags]
    return choices[number] if 0 <= number < len(choices) else filters


def as_edited(filters: Filters, before: Filters, after: Filters) -> Filters:
    """The filters, but for the conditions that an edit of the question changed: its words said `before`, now `after`.

    So a post that is written into a question takes the place of the one that it was searched within.
    """
    names = [field.name for field in fields(Filters)]
    changed = {_TOGETHER.get(name, name) for name in names if getattr(before, name) != getattr(after, name)}
    return replace(filters, **{name: getattr(after, name) for name in names if _TOGETHER.get(name, name) in changed})


def filters_in(details: Mapping[str, Any]) -> Filters:
    """The filters that an answer's details say were in force; none where they say nothing."""
    kept = details.get("filters")
    return kept if isinstance(kept, Filters) else Filters()


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(each for each in values if each != value)
