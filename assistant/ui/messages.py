"""One question and its answer as messages of the chat."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import THE_DOCUMENTS_DONT_SAY, Answer, Citation, Sentence
from assistant.export import Headers, answer_markdown, answer_plain
from assistant.history import KeptTurn
from assistant.ui.detail import detail_html
from assistant.ui.markup import action, address, escape, tag, with_spans
from index_store.errors import EmptyLibrary, PilcrowError

Message = dict[str, str]


def messages(turns: Sequence[KeptTurn], headers: Headers) -> list[Message]:
    """The whole conversation for gr.Chatbot."""
    shown: list[Message] = []
    for number, turn in enumerate(turns):
        shown += [asked(turn.question), answered(turn.answer, number, [toolbar_html(turn, number, headers)])]
    return shown


def asked(question: str) -> Message:
    """The person's message."""
    return {"role": "user", "content": tag("div", escape(question.strip()).replace("&#10;", "<br>"), css="question")}


def answered(answer: Answer, turn: int, toolbar: Sequence[str] = ()) -> Message:
    """An answer, whole with its toolbar, or as far as it is ready without."""
    body = refusal_html(answer, turn) if answer.abstained else sentences_html(answer, turn)
    notices = [tag("p", escape(notice), css="notice") for notice in answer.notices]
    foot = [*toolbar, detail_html(answer, turn)] if toolbar else [tag("p", "Reading …", css="waiting")]
    about = [understood_html(answer, turn), chips_html(answer, turn)]
    return {"role": "assistant", "content": tag("div", *about, *notices, body, *foot, css="answer")}


def waiting() -> Message:
    """What stands in the answer's place until its first sentence is ready."""
    return {
        "role": "assistant",
        "content": tag("div", tag("p", "Looking through the documents …", css="waiting"), css="answer"),
    }


def failed(error: PilcrowError) -> Message:
    """An answer's place where there is none: the reason in one line."""
    return {"role": "assistant", "content": tag("div", tag("p", escape(reason(error)), css="notice"), css="answer")}


def reason(error: Exception) -> str:
    """What is wrong and what to do about it in the page."""
    if isinstance(error, EmptyLibrary):
        return "The library is empty: add documents in the Library tab."
    return str(error)


def sentences_html(answer: Answer, turn: int) -> str:
    """The sentences one after another, each with its marks; unsupported ones struck through."""
    if not answer.sentences:
        return ""
    return tag("p", " ".join(_sentence(s, turn, n) for n, s in enumerate(answer.sentences)), css="sentences")


def refusal_html(answer: Answer, turn: int) -> str:
    """The plain refusal, why, and the nearest paragraphs."""
    parts = [tag("p", escape(THE_DOCUMENTS_DONT_SAY), css="refusal")]
    if answer.explanation:
        parts.append(tag("p", escape(answer.explanation), css="explanation"))
    if answer.nearest:
        items = [
            tag("li", escape(_shortened(citation.quote)), " ", mark_html(citation, turn, "nearest", n))
            for n, citation in enumerate(answer.nearest)
        ]
        parts += [tag("p", "The nearest paragraphs:", css="explanation"), tag("ul", *items, css="nearest")]
    return "".join(parts)


def mark_html(citation: Citation, turn: int, part: object, number: int) -> str:
    """The small mark behind a sentence: a link that opens the paragraph."""
    return tag(
        "a",
        escape(citation.mark.strip("[]")),
        css="mark",
        href=address("cite", citation.document, citation.label, turn, part, number),
        role="button",
    )


def cited(turns: Sequence[KeptTurn], place: str) -> Citation | None:
    """The citation that a mark's place (`turn/sentence/number`) names; None where there is none."""
    turn, part, number = [*place.split("/"), "", "", ""][:3]
    try:
        answer = turns[int(turn)].answer
        citations = answer.nearest if part == "nearest" else answer.sentences[int(part)].citations
        return citations[int(number)]
    except (ValueError, IndexError):
        return None


def toolbar_html(turn: KeptTurn, number: int, headers: Headers) -> str:
    """Copying and rating; the text to copy stands hidden beside it."""
    copies = {"plain": answer_plain(turn.answer, headers), "markdown": answer_markdown(turn.answer, headers)}
    hidden = [tag("span", escape(text), css=f"hidden copy-{form}") for form, text in copies.items()]
    sure = None if turn.answer.abstained else turn.answer.confidence
    actions = [
        action("Copy", "copy", "plain", title="Copy the answer with its citations"),
        action("Copy as Markdown", "copy", "markdown", title="Copy the answer with its citations, in Markdown"),
        _thumb(turn, number, "up", "This answer is right"),
        _thumb(turn, number, "down", "Something is wrong with this answer"),
    ]
    confidence = [tag("span", escape(f"Confidence: {sure}"), css="confidence")] if sure else []
    said = [tag("p", escape(f"Your comment: {turn.comment}"), css="explanation")] if turn.comment else []
    return tag("div", *confidence, *actions, *hidden, css="toolbar") + "".join(said)


def understood_html(answer: Answer, turn: int) -> str:
    """How the question was understood, where that is not simply as it was asked; a press corrects it."""
    understood = understood_as(answer)
    if not understood:
        return ""
    change = action("Correct this", "correct", turn, title="Put this into the question box to change it")
    return tag("p", "Understood as ", tag("q", escape(understood)), " ", change, css="understood")


def understood_as(answer: Answer) -> str | None:
    """The question that was searched, where it is another than the one asked."""
    understood = answer.details.get("understood")
    if not isinstance(understood, str) or understood.split() == answer.question.split():
        return None
    return understood


def chips_html(answer: Answer, turn: int) -> str:
    """What the search was narrowed to; each chip can be taken off."""
    return chips("Searched only ", answer.filters, "unfilter", turn)


def chips(label: str, filters: Sequence[str], *order: object) -> str:
    """Filters, each with the order that takes it off; nothing where there are none."""
    if not filters:
        return ""
    links = [
        tag(
            "a",
            escape(f"{name} ×"),
            css="chip",
            href=address("do", *order, n),
            role="button",
            title=f"Search without {name}",
        )
        for n, name in enumerate(filters)
    ]
    return tag("p", tag("span", escape(label), css="chips-label"), *links, css="chips")


def _sentence(sentence: Sentence, turn: int, number: int) -> str:
    marks = "".join(mark_html(citation, turn, number, n) for n, citation in enumerate(sentence.citations))
    if sentence.status == "unsupported":
        reason = tag("span", escape(f"not supported: {sentence.reason or 'no paragraph says so'}"), css="reason")
        return tag("s", escape(sentence.text)) + " " + reason
    return f"{with_spans(sentence.text, sentence.bold, 'b')}&nbsp;{marks}"


def _shortened(text: str, limit: int = 220) -> str:
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"


def _thumb(turn: KeptTurn, number: int, thumb: str, title: str) -> str:
    """A thumb; pressing the one that was given takes it back."""
    chosen = turn.thumb == thumb
    name = "Right" if thumb == "up" else "Wrong"
    css = f"action thumb-{thumb}{' chosen' if chosen else ''}"
    return action(name, "rate", number, thumb, css=css, title="Take this back" if chosen else title)
