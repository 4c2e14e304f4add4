"""The bodies of the made-up cables: paragraphs, headings, page heads, signatures, irregular numbers."""

from __future__ import annotations

import re
import textwrap

from benchmarks.synthetic_page import Page, PageLine
from benchmarks.synthetic_words import SURNAMES, VERBS

_ODD_SIGNS = (
    "{n}.({m}) |{n}, ({m}) |{n} ({m}) |{n}.. ({m}) |({n}. ({m}) |({n}) ({m}) |({m}) {n}. |Q ({m}) |{k}. {n}. ({m}) |"
    "{n}.|¶{n}.({m})|Q{n}. ({m}) |¶ {n}. ({m}) |{n}.   ({m})|p{n}. ({m}) |{n}. - ({m}) |¶ ({m}) "
)
_ANNEXES = "\nANNEX\n|\nBEGIN TEXT\n|\nLetter of the Minister\n|\nHAAS\n\nANNEX A: THE LETTER\n---------------\n"


def write_body(page: Page) -> None:
    """Write all paragraphs and what stands between and behind them."""
    count = max(1, int(page.words.random.gammavariate(2.2, 5)))
    labels, printed = _numbers(page, count)
    seen: dict[int, int] = {}
    for index, (label, shown) in enumerate(zip(labels, printed, strict=True)):
        seen[label] = seen.get(label, 0) + 1
        page.truth.labels.append(str(label) if seen[label] == 1 else f"{label}#{seen[label]}")
        if index and label == 1:
            page.add(*page.words.pick(_ANNEXES).split("\n"))
        _heading(page, index)
        _paragraph(page, shown, index)
        if page.style.gaps:
            page.add("")
    if page.style.page_heads:
        _page_heads(page)
    _ending(page)


def _numbers(page: Page, count: int) -> tuple[list[int], list[str]]:
    """Labels and what is printed: mangled pilcrows (marked !), misprints, repeats, restarts, skips, late beginnings."""
    labels = list(range(1, count + 1))
    printed = [str(label) for label in labels]
    random = page.words.random
    if page.quirk("mangled", 0.03) and count > 4:
        first = random.randint(2, count - 1)
        for index in range(first, min(count, first + random.randint(1, 4))):
            printed[index] = f"!1{labels[index]}"
        return labels, printed
    if page.quirk("misprint", 0.02) and count > 4:
        index = random.randint(1, count - 2)
        printed[index] = str(random.choice([wrong for wrong in (index + 3, index + 11, index - 1) if wrong > 0]))
        return labels, printed
    if page.quirk("repeat", 0.03) and count > 3:
        index = random.randint(1, count - 1)
        labels = [*labels[: index + 1], labels[index], *labels[index + 1 :]]
    if page.quirk("restart", 0.03):
        labels += list(range(1, random.randint(3, 6)))
    elif page.quirk("skip", 0.03) and count > 3:
        step = random.randint(2, 4)
        labels = [label for label in labels if label < 3 or label % step == 0]
    elif page.quirk("late", 0.01):
        labels = [label + 1 for label in labels]
    return labels, [str(label) for label in labels]


def _heading(page: Page, index: int) -> None:
    style, words = page.style, page.words
    if style.headings == "none" or not words.chance(0.35):
        return
    title = words.title(1, 5).title()
    if words.chance(0.15):
        title = words.pick("Summary|Comment|Background|Action Request|What Next?") if index else "Summary"
    if words.chance(0.2):
        title = title.replace(" ", ": ", 1)
    rule = words.random.choice(("-" * len(title), "-" * 12, "-" * 45 + " ----"))
    blocks = {
        "bare": ["", title, ""],
        "capitals": ["", title.upper(), ""],
        "underlined": [title, rule, ""],
        "ruled": [rule, title, rule, ""],
    }
    block = blocks[style.headings]
    if style.gaps and not block[0]:
        block = block[1:]
    if not style.gaps and style.headings != "bare":
        block = block[:-1]
    page.add(*block)


def _paragraph(page: Page, shown: str, index: int) -> None:
    style, words = page.style, page.words
    mark = "" if words.chance(style.unmarked) else words.random.choice(style.marks)
    body = words.prose(words.random.randint(2, 9))
    if words.chance(0.2):
        body = words.pick("Summary: |Comment: |SUMMARY. ") + body + words.pick(" End summary.| End comment.||")
    if style.capitals:
        body = body.upper()
    if words.chance(0.05):
        body = body.replace(".", f". XXXXXXXXXXXX {words.random.choice(VERBS)} it.", 1)
    if index == 0 and words.chance(0.03):
        body = words.pick("Classified by Charge P. Varga, reasons 1.4 (b) and (d).|(C - ENTIRE TEXT).")
    page.truth.texts.append("".join(body.split()))
    if mark and index and not shown.startswith("!") and _in_mid_line(page, shown, mark, body):
        return
    lead, edited = _lead(page, shown, mark)
    wrapped = textwrap.wrap(lead + body, style.width, break_on_hyphens=False)
    page.lines.append(PageLine(wrapped[0], 0, edited))
    if len(wrapped) > 1 and edited and page.quirk("printed twice", 0.005):
        page.add("Q" + wrapped[0], edited=False)
    rest = wrapped[1:]
    if len(rest) > 2 and words.chance(0.02):
        rest.insert(words.random.randint(1, len(rest) - 1), "")
    page.add(*rest)
    if words.chance(0.12):
        _points(page, mark)


def _in_mid_line(page: Page, shown: str, mark: str, body: str) -> bool:
    """Set the paragraph behind the last sentence of the one above, if that is to be."""
    above = page.lines[-2] if page.lines[-1].text == "" and len(page.lines) > 1 else page.lines[-1]
    if not above.text.endswith(".") or above.column is not None or above.text.startswith(("-", "Q")):
        return False
    if not page.quirk("in mid-line", 0.002):
        return False
    if above is not page.lines[-1]:
        page.lines.pop()
    first, *rest = textwrap.wrap(body, 60)
    above.column = len(above.text) + 1
    above.text += f" {page.words.pick('¶|')}{shown}. ({mark}) {first}"
    page.add(*rest)
    return True


def _lead(page: Page, shown: str, mark: str) -> tuple[str, bool]:
    """Number sign and portion mark in one of the forms, and whether the edition's rule meets it."""
    marked = f"({mark}) " if mark else ""
    if shown.startswith("!"):
        return f"{shown[1:]}. {marked}", False
    if page.quirk("odd sign", 0.02):
        if not mark:
            return f"{shown}.", False
        odd = page.words.pick(_ODD_SIGNS).format(n=shown, m=mark, k=int(shown) + 1)
        return odd, bool(re.match(r"\d+\. ", odd))
    return f"{shown}.{page.style.space}{marked}", True


def _points(page: Page, mark: str) -> None:
    form = page.words.pick("-- |- |a. |A. |1) |1. ")
    for number in range(page.words.random.randint(2, 4)):
        sign = {
            "a. ": f"{'abcd'[number]}. ",
            "A. ": f"{'ABCD'[number]}. ",
            "1) ": f"{number + 1}) ({mark or 'S/NF'}) ",
            "1. ": "* ",
        }.get(form, form)
        point = sign + page.words.sentence()
        page.truth.texts[-1] += "".join(point.split())
        page.add("", *textwrap.wrap(point, page.style.width))


def _page_heads(page: Page) -> None:
    """Put page heads into the body, each 40 to 60 lines, wherever that falls."""
    words, lines = page.words, page.lines
    index = next(i for i, line in enumerate(lines) if line.column is not None) + words.random.randint(5, 30)
    form = words.pick("number|number|number|section|page|whole|old|old in line")
    count = 2
    while index < len(lines) - 2:
        block = _page_head(page, form, count)
        if words.chance(0.3):
            block = [text for text in block if text]
        if form == "old in line" and lines[index].text.strip() and lines[index].column is not None:
            shared = f"{block.pop().strip()} "
            column = len(shared) + (lines[index].column or 0)
            lines[index] = PageLine(shared + lines[index].text, column, False)
        lines[index:index] = [PageLine(text, None, False) for text in block]
        index += words.random.randint(40, 60) + len(block)
        count += 1


def _page_head(page: Page, form: str, count: int) -> list[str]:
    place, number = page.place, page.number
    if form == "number":
        return ["", f"{place} {number:08d}  {count:03d}{page.words.pick('|.2')} OF 005", ""]
    if form in ("old", "old in line"):
        level = "                       CONFIDENTIAL "
        return [level, " ", f"PAGE {count:02d}        {place[:6].strip()}  {number:05d}  {count:02d} OF 05  121200Z "]
    if form == "page":
        return ["", f"PAGE {count:02d} RUEHMO {number:05d} {count:02d} OF 05 121200Z", ""]
    block = ["", f"C O N F I D E N T I A L SECTION {count:02d} OF 05 {place} {number:06d} ", "", "SIPDIS ", ""]
    if form == "whole":
        subject = textwrap.wrap("SUBJECT: " + (page.truth.subject or "X"), 64)
        block += ["DEPT FOR EUR/RUS", "", "E.O. 12958: DECL: 02/14/2018", "TAGS: PREL, PGOV", *subject, ""]
    return block


def _ending(page: Page) -> None:
    if page.words.chance(0.85):
        if page.lines[-1].text:
            page.add("")
        page.add(page.words.random.choice(SURNAMES))
    if page.words.chance(0.04):
        page.add("", "BIOGRAPHIC NOTE", "", *textwrap.wrap(page.words.prose(3), 65))
