"""What of a paragraph can be quoted, and the passage around a sentence that is read with it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.quoting.evidence import one_line
from assistant.quoting.headings import is_run_in_heading
from assistant.quoting.sentences import SentenceSpan, is_bare_title, split_sentences, with_whole_lists


def quotable(text: str) -> list[SentenceSpan]:
    """What can be quoted of a paragraph: its sentences, lists kept whole, without titles; all if nothing else."""
    spans = split_sentences(text)
    first = 1 if spans and is_run_in_heading(spans[0].text) else 0
    return [span for span in with_whole_lists(text, spans[first:]) if not is_bare_title(span.text)] or spans


def under_subject(subject: str, text: str) -> str:
    """A text as the models read it, behind its document's subject."""
    return f"{subject}. {text}".lstrip(". ")


def with_neighbours(sentences: Sequence[str], place: int) -> str:
    """The sentence at `place` with the one before and the one behind it, as far as there are any."""
    return " ".join(sentences[max(0, place - 1) : place + 2])


def all_passages(sentences: Sequence[str]) -> list[str]:
    """The passages that cover a paragraph: every second sentence with its two neighbours, and the last three."""
    places = {*range(1, len(sentences) - 1, 2), max(0, len(sentences) - 2)}
    return [with_neighbours(sentences, place) for place in sorted(places)]


def passages_under(subject: str, text: str) -> list[str]:
    """All passages of a paragraph's text, each behind its document's subject; that alone where no words are."""
    sentences = [one_line(span.text) for span in quotable(text)]
    return [under_subject(subject, passage) for passage in all_passages(sentences or [""])]
