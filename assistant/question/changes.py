"""The last question asked again with one thing changed: 'in 2007 instead', 'and from Paris?', 'and ¶5?'."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.question.dates import DatePhrase, date_phrases
from assistant.question.focus import Focus, Resolved
from assistant.question.places import post_phrases
from assistant.question.topics import cut_out
from index_store.filters import Filters

_INSTEAD = re.compile(r"\b(?:instead|rather)\b[\s?.!]*$", re.IGNORECASE)
_SAME_AGAIN = re.compile(
    r"\b(?:(?:what|how) about|according to|(?:i|we) (?:mean|meant)|same(?: question| thing)?|once more|again|but|and"
    r"|now|then|from|the|our|only|just)\b",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(
    r"(?:¶+\s*|\bpara(?:graph)?s?\.?\s+)\d{1,3}(?:#\d+)?(?:\s*(?:-|–|to|and)\s*¶?\d{1,3})?(?!\d)", re.IGNORECASE
)
_PREPOSITION = re.compile(r"^(?:In|From|During|After|Before|Since|Between|Until|Till|By|On|Of|For|At|Around)\b")
_OF_A_DOCUMENT = re.compile(r"\s+(?:of|in|from)\s", re.IGNORECASE)


def paragraph_alone(text: str, focus: Focus) -> Resolved | None:
    """'And ¶5?': the last question with another paragraph, or what that one says, of the same document."""
    paragraph = _PARAGRAPH.search(text)
    if not paragraph or not focus.filters or not focus.filters.documents:
        return None
    if re.search(r"[^\W_]", _SAME_AGAIN.sub(" ", _INSTEAD.sub("", cut_out(text, [paragraph.span()])))):
        return None
    before = _PARAGRAPH.search(focus.said)
    question = (
        f"{focus.said[: before.start()]}{paragraph.group()}{focus.said[before.end() :]}"
        if before
        else f"What does {paragraph.group()} say?"
    )
    return Resolved(with_document(question, focus), (), True, focus.filters)


def with_document(text: str, focus: Focus) -> str:
    """The document in force put behind a paragraph that is named without one."""
    paragraph = _PARAGRAPH.search(text)
    documents = focus.filters.documents if focus.filters else ()
    if not paragraph or not documents or _OF_A_DOCUMENT.match(text, paragraph.end()):
        return text
    if any(document.lower() in text.lower() for document in documents):
        return text
    return f"{text[: paragraph.end()]} of {documents[0]}{text[paragraph.end() :]}"


def changes_only(text: str, focus: Focus) -> Resolved | None:
    """'In 2007 instead', 'and from Paris?': the last question with another date or post."""
    dates, posts = list(date_phrases(text)), post_phrases(text)
    if not dates and not posts:
        return None
    rest = cut_out(_INSTEAD.sub("", text), [(d.start, d.end) for d in dates] + [(p.start, p.end) for p in posts])
    if re.search(r"[^\W\d_]{3,}", _SAME_AGAIN.sub(" ", rest)):
        return None
    topic, question, filters = focus.topic, focus.question, focus.filters
    if dates and any(date_phrases(topic)) and not any(date_phrases(question)):
        topic, filters = _dated(topic, filters, dates[0])
    elif dates:
        question, filters = _dated(question, filters, dates[0])
    if posts:
        old = post_phrases(question)
        words = posts[0].words
        question = (
            question[: old[0].start] + words + question[old[0].end :]
            if old
            else f"According to {words}, {_lower(question)}"
        )
        if filters:
            filters = replace(filters, posts=())
    return Resolved(question, (topic,) if topic else (), True, filters)


def _dated(question: str, filters: Filters | None, new: DatePhrase) -> tuple[str, Filters | None]:
    """The question and its filters with another date: where it was one of the filters it stays one."""
    old = list(date_phrases(question))
    words = _PREPOSITION.sub(lambda found: found.group().lower(), new.words)  # it began the follow-up
    if filters and (filters.after or filters.before):
        old = [date for date in old if (date.after, date.before) == (filters.after, filters.before)]
        filters = replace(filters, after=new.after, before=new.before)
    elif not old:
        return f"{question.rstrip(' ?.!')} {words}?", filters
    return f"{question[: old[0].start]}{words}{question[old[0].end :]}" if old else question, filters


def _lower(question: str) -> str:
    return question[:1].lower() + question[1:]
