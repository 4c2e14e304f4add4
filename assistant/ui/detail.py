"""The detail view of an answer: how the question was understood, candidates, checks, time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answer import Answer
from assistant.ui.markup import escape, table, tag


def detail_html(answer: Answer) -> str:
    """A closed `<details>` with everything that led to the answer."""
    parts = []
    if answer.retrieved:
        rows = [
            (str(n), escape(f"{each.document} ¶{each.label}"), escape(f"{each.score:.3f}"))
            for n, each in enumerate(answer.retrieved[:20], start=1)
        ]
        parts += [tag("h4", "Candidates"), table(("", "Paragraph", "Score"), rows)]
    for name, value in answer.details.items():
        parts += [tag("h4", escape(_words(name))), value_html(value)]
    if answer.stages:
        times = [(escape(name), escape(f"{1000 * seconds:.0f} ms")) for name, seconds in answer.stages.items()]
        times.append(("all", escape(f"{1000 * answer.seconds:.0f} ms")))
        parts += [tag("h4", "Time"), table(("Stage", "Time"), times)]
    return tag("details", tag("summary", "How this answer came about"), *parts, css="detail")


def value_html(value: Any) -> str:
    """Plain data as a table, a list or text."""
    if isinstance(value, Mapping):
        return table(("", ""), [(escape(_words(str(k))), value_html(v)) for k, v in value.items()]) if value else "none"
    if isinstance(value, Sequence) and not isinstance(value, str):
        if value and all(isinstance(item, Mapping) for item in value):
            keys = list(dict.fromkeys(key for item in value for key in item))
            return table(
                [_words(str(k)) for k in keys], [[value_html(item.get(k, "")) for k in keys] for item in value]
            )
        return ", ".join(value_html(item) for item in value) if value else "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return escape(f"{value:.3f}" if isinstance(value, float) else str(value))


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
