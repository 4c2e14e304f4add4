"""The document beside the chat: its header as a card, headings in place, the cited paragraph lit up."""

from __future__ import annotations

import itertools

from assistant.ui.markup import action, escape, find_quote, tag, with_spans
from index_store.documents import PILCROW, Document, Header, Paragraph, Repair

_openings = itertools.count()
NOTHING_OPEN = tag(
    "div",
    tag("p", escape(PILCROW), css="pilcrow", aria_hidden="true"),
    tag("p", "Press a citation, and its document opens here at the cited paragraph."),
    css="reader-empty",
)


def document_html(document: Document, label: str | None = None, quote: str | None = None) -> str:
    """The whole document, with the paragraph of this label lit up and the quote in it marked."""
    top = tag(
        "div",
        tag("p", tag("span", escape(document.id), css="reader-id"), escape(_about(document)), css="reader-about"),
        action("Close", "close", css="reader-close", title="Close the document"),
        css="reader-top",
    )
    repairs = {repair.label: repair for repair in document.repairs if repair.label}
    body: list[str] = []
    heading = None
    for paragraph in document.paragraphs:
        if paragraph.heading != heading:
            heading = paragraph.heading
            body += [tag("h3", escape(heading))] if heading else []
        lit = paragraph.label == label
        body.append(
            paragraph_html(paragraph, lit=lit, quote=quote if lit else None, repair=repairs.get(paragraph.label))
        )
    # The number makes each opening a change that page.js sees, though it be the same paragraph again.
    opened = {"aria_label": f"Document {document.id}", "data_opened": str(next(_openings))}
    return tag("article", top, header_card(document), *body, css="document", **opened)


def paragraph_html(
    paragraph: Paragraph, *, lit: bool = False, quote: str | None = None, repair: Repair | None = None
) -> str:
    """One paragraph with its label in the margin."""
    span = find_quote(quote, paragraph.text) if quote else None
    blocks = _blocks(paragraph.text, [span] if span else [])
    number = tag("span", escape(f"{PILCROW}{paragraph.label}"), css="label")
    mark = tag("span", escape(f"({paragraph.portion_mark})"), css="portion") if paragraph.portion_mark else ""
    note = tag("p", escape(repair_in_words(repair)), css="repair") if repair else ""
    attributes = {"aria_current": "true"} if lit else {}
    return tag(
        "section",
        tag("div", number, mark, css="margin"),
        tag("div", *blocks, note, css="text"),
        css="paragraph lit" if lit else "paragraph",
        tabindex="-1",
        **attributes,
    )


def header_card(document: Document) -> str:
    """Post, date, classification, TAGS, references and who signed: what the header gives, nothing else."""
    rows = [
        tag("div", tag("dt", escape(name)), tag("dd", escape(value))) for name, value in header_facts(document.header)
    ]
    title = tag("h2", escape(document.title))
    count = len(document.paragraphs)
    notices = [tag("p", escape(notice), css="repair") for notice in document.notices]
    about = tag("p", f"{count} {'paragraph' if count == 1 else 'paragraphs'}", css="count")
    return tag("header", title, tag("dl", *rows) if rows else "", about, *notices, css="card")


def header_facts(header: Header) -> list[tuple[str, str]]:
    """The header in plain words, line by line, without what wasn't found."""
    classification = " / ".join([*filter(None, [header.classification]), *header.caveats])
    facts = [
        ("Post", header.post),
        ("Date", header.date.strftime("%-d %B %Y, %H:%M UTC") if header.date else None),
        ("Classification", classification),
        ("TAGS", ", ".join(header.tags)),
        ("References", "; ".join(header.references)),
        ("Classified by", header.classified_by),
        ("Signed", header.signature),
    ]
    return [(name, value) for name, value in facts if value]


def repair_in_words(repair: Repair) -> str:
    """What a reader of the page is told: `printed 15, read as 5`."""
    printed = repair.printed.strip().rstrip(".,:;") or "nothing"
    if repair.label is None:
        return f"printed {printed}: starts no paragraph ({repair.why})"
    return f"printed {printed}, read as {repair.label} ({repair.why})"


def _about(document: Document) -> str:
    """Post and date, to stay in sight when the card is scrolled away."""
    header = document.header
    facts = [header.post, f"{header.date:%-d %B %Y}" if header.date else None]
    return "".join(f", {fact}" for fact in facts if fact)


def _blocks(text: str, spans: list[tuple[int, int]]) -> list[str]:
    """The text's blocks (parted by blank lines) as `<p>`, line ends within a block kept."""
    blocks: list[str] = []
    at = 0
    for block in text.split("\n\n"):
        inner = [(start - at, end - at) for start, end in spans]
        marked = with_spans(block, inner, "mark").replace(escape("\n"), "<br>").replace("\n", "<br>")
        blocks.append(tag("p", marked))
        at += len(block) + 2
    return blocks
