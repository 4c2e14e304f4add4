"""Answers and conversations as text that leaves the page: plain, Markdown, HTML, JSON, each with full references."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from assistant.answer import THE_DOCUMENTS_DONT_SAY, Answer, Citation, Sentence
from assistant.history import Conversation
from index_store.documents import Header

Form = Literal["markdown", "html", "json"]
Headers = Callable[[str], Header | None]
"""The header of a document by its id; None where it is no longer in the library."""

SUFFIXES: dict[Form, str] = {"markdown": ".md", "html": ".html", "json": ".json"}
_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|~$&]|^(?=[-+=] |\d+[.)] )", re.MULTILINE)
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 1.05rem/1.6 Charter, Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }}
h2 {{ font-size: 1.15rem; margin-top: 2.5rem; }}
.refs, .when, .note {{ font-size: 0.9rem; color: #57534e; }}
</style>
<h1>{title}</h1>
{body}
</html>
"""


def export(conversation: Conversation, form: Form, headers: Headers) -> str:
    """The whole conversation in one of the forms."""
    if form == "json":
        return json.dumps(conversation_object(conversation, headers), ensure_ascii=False, indent=2) + "\n"
    if form == "html":
        return conversation_html(conversation, headers)
    return conversation_markdown(conversation, headers)


def reference(citation: Citation, headers: Headers) -> str:
    """A full reference in words: document, post, date, subject, paragraph."""
    header = headers(citation.document)
    facts = [citation.document]
    if header is None:
        facts.append("no longer in the library")
    else:
        facts += [header.post] if header.post else []
        facts += [f"{header.date:%-d %B %Y}"] if header.date else []
        facts += [f"“{header.subject}”"] if header.subject else []
    return f"{', '.join(facts)}, ¶{citation.label}"


def references(answer: Answer, headers: Headers) -> list[str]:
    """The references of an answer, each paragraph once, in order of first use."""
    return [reference(citation, headers) for citation in shown_citations(answer)]


def shown_citations(answer: Answer) -> tuple[Citation, ...]:
    """What an answer cites, or for a refusal the nearest paragraphs."""
    return answer.citations or answer.nearest


def answer_plain(answer: Answer, headers: Headers) -> str:
    """An answer to paste anywhere: its text with marks, then the references."""
    listed = [f"{_listed(answer)}:", *(f"- {line}" for line in references(answer, headers))]
    return "\n\n".join([_refused(answer) or answer.to_text(), *(["\n".join(listed)] if len(listed) > 1 else [])])


def answer_markdown(answer: Answer, headers: Headers) -> str:
    """An answer in Markdown: the words that answer in bold, then the references."""
    text = escape_markdown(_refused(answer)) or " ".join(_sentence_markdown(s) for s in _supported(answer))
    listed = [f"{_listed(answer)}:", "", *(f"- {escape_markdown(line)}" for line in references(answer, headers))]
    return "\n\n".join([text, *(["\n".join(listed)] if len(listed) > 2 else [])])


def conversation_markdown(conversation: Conversation, headers: Headers) -> str:
    """A heading for each question, its answer and references below."""
    parts = [f"# {escape_markdown(conversation.title)}"]
    for turn in conversation.turns:
        parts.append(f"## {escape_markdown(' '.join(turn.question.split()))}")
        parts += [f"*{escape_markdown(notice)}*" for notice in turn.answer.notices]
        parts += [answer_markdown(turn.answer, headers), f"Asked on {turn.asked:%-d %B %Y, %H:%M UTC}."]
    return "\n\n".join(parts) + "\n"


def conversation_html(conversation: Conversation, headers: Headers) -> str:
    """One page that needs nothing else."""
    parts: list[str] = []
    for turn in conversation.turns:
        answer = turn.answer
        parts.append(_element("h2", turn.question))
        parts += [_element("p", notice, "note") for notice in answer.notices]
        refused = _refused(answer)
        parts.append(
            _element("p", refused) if refused else f"<p>{' '.join(map(_sentence_html, _supported(answer)))}</p>"
        )
        lines = references(answer, headers)
        if lines:
            items = "".join(_element("li", line) for line in lines)
            parts.append(f'<div class="refs">{_listed(answer)}:<ul>{items}</ul></div>')
        parts.append(_element("p", f"Asked on {turn.asked:%-d %B %Y, %H:%M UTC}.", "when"))
    return _PAGE.format(title=html.escape(conversation.title), body="\n".join(parts))


def conversation_object(conversation: Conversation, headers: Headers) -> dict[str, Any]:
    """The conversation as an object: each turn as `pilcrow ask --json` prints it, with references and feedback."""
    return {
        "title": conversation.title,
        "begun": conversation.begun.isoformat(timespec="seconds"),
        "turns": [
            {
                **turn.answer.to_json(turn.id),
                "asked": turn.asked.isoformat(timespec="seconds"),
                "references": [_reference_object(c, headers) for c in shown_citations(turn.answer)],
                "notices": list(turn.answer.notices),
                "settings": dict(turn.settings),
                "thumb": turn.thumb,
                "comment": turn.comment,
            }
            for turn in conversation.turns
        ],
    }


def file_name(title: str, form: Form) -> str:
    """A file name made of a conversation's title."""
    words = re.findall(r"\w+", title)[:8]
    return ("-".join(words) or "conversation")[:60] + SUFFIXES[form]


def escape_markdown(text: str) -> str:
    """Text so that Markdown shows it as it is."""
    return _MARKDOWN.sub(lambda found: "\\" + found.group(), text)


def _reference_object(citation: Citation, headers: Headers) -> dict[str, Any]:
    header = headers(citation.document) or Header()
    return {
        "document": citation.document,
        "label": citation.label,
        "post": header.post,
        "date": header.date.isoformat() if header.date else None,
        "subject": header.subject,
        "quote": citation.quote,
    }


def _refused(answer: Answer) -> str:
    if not answer.abstained:
        return ""
    return f"{THE_DOCUMENTS_DONT_SAY} {answer.explanation or ''}".strip()


def _listed(answer: Answer) -> str:
    return "Nearest paragraphs" if answer.abstained else "References"


def _supported(answer: Answer) -> Sequence[Sentence]:
    return [sentence for sentence in answer.sentences if sentence.status != "unsupported"]


def _pieces(sentence: Sentence) -> Iterable[tuple[str, bool]]:
    """The sentence's text cut at its bold spans: (piece, bold?)."""
    at = 0
    for start, end in sorted(sentence.bold):
        yield sentence.text[at:start], False
        yield sentence.text[max(at, start) : end], True
        at = max(at, end)
    yield sentence.text[at:], False


def _sentence_markdown(sentence: Sentence) -> str:
    text = "".join(
        _strong(escape_markdown(piece)) if bold else escape_markdown(piece) for piece, bold in _pieces(sentence)
    )
    return " ".join([text, *(escape_markdown(citation.mark) for citation in sentence.citations)])


def _strong(text: str) -> str:
    bare = text.strip()
    return text.replace(bare, f"**{bare}**", 1) if bare else text


def _sentence_html(sentence: Sentence) -> str:
    text = "".join(f"<b>{html.escape(piece)}</b>" if bold else html.escape(piece) for piece, bold in _pieces(sentence))
    return " ".join([text, *(html.escape(citation.mark) for citation in sentence.citations)])


def _element(name: str, text: str, css: str = "") -> str:
    opened = f'<{name} class="{css}">' if css else f"<{name}>"
    return f"{opened}{html.escape(text)}</{name}>"
