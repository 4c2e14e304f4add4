"""PDF files with a text layer: lines by their height on the page, paragraphs by the gaps between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from statistics import median_low
from typing import Any

from index_store.formats.blocks import one_line
from index_store.formats.plain import clean
from index_store.formats.refusal import Refusal
from index_store.formats.source import Input, Item, SourceText, read_whole

LARGEST_FILE = 512 * 2**20
WIDE_GAP = 1.3
"""A gap between lines this many times the usual one of the page parts two paragraphs."""
EDGE_LINES = 3
"""How many lines at the top and at the bottom of a page may be its running title or number."""
SCANNED = "scanned pages without a text layer: run text recognition (OCR) on it first"
MADE_UP_TITLE = re.compile(
    r"microsoft word - |untitled|unknown|.*\.(?:docx?|pdf|indd|rtf|odt|html?)$|https?:", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xad": ""})


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a page, and whether a gap stands above it."""

    text: str
    gap: bool


def read_pdf(source: Input) -> Iterator[Item]:
    """One document a file; running titles and page numbers are left out."""
    from pypdf import PdfReader  # only for this format
    from pypdf.errors import DependencyError, FileNotDecryptedError, PdfReadError

    data = read_whole(source, LARGEST_FILE)
    try:
        reader = PdfReader(BytesIO(data))
        pages = [_lines(page) for page in reader.pages]
        title = one_line(str((reader.metadata.title if reader.metadata else None) or ""))
    except (FileNotDecryptedError, DependencyError):
        raise Refusal("encrypted: save it without a password") from None
    except (PdfReadError, OSError) as error:
        why = one_line(str(error))[:100]
        raise Refusal(f"a damaged PDF ({why}): open it in a viewer and print it to a new PDF") from None
    silent = [str(number) for number, lines in enumerate(pages, 1) if not lines]
    if len(silent) == len(pages):
        raise Refusal(SCANNED if pages else "a PDF without pages: nothing to read")
    notices = (f"no text on page {', '.join(silent[:20])} of {len(pages)}: blank or scanned",) if silent else ()
    yield SourceText(
        source.origin,
        clean(_joined(_without_running_lines(pages))),
        source.stem,
        title=None if not title or MADE_UP_TITLE.match(title) else title,
        notices=notices,
    )


def _lines(page: Any) -> list[PrintedLine]:
    pieces: list[tuple[str, float]] = []

    def visit(text: str, matrix: Sequence[float], text_matrix: Sequence[float], *_: object) -> None:
        pieces.append((text, text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]))

    page.extract_text(visitor_text=visit)
    lines: list[tuple[str, float]] = []
    line, height = "", 0.0
    for text, at in pieces:
        for number, part in enumerate(text.translate(LIGATURES).split("\n")):
            if number:
                lines.append((line, height))
                line = ""
            if part.strip() and not line.strip():
                height = at
            line += part
    lines.append((line, height))
    shown = [(line.strip(), height) for line, height in lines if line.strip()]
    gaps = [above[1] - below[1] for above, below in pairwise(shown)]
    usual = median_low([gap for gap in gaps if gap > 1] or [0.0])
    return [PrintedLine(shown[0][0], True)] * bool(shown) + [
        PrintedLine(line, gap > WIDE_GAP * usual) for (line, _), gap in zip(shown[1:], gaps, strict=True)
    ]


def _without_running_lines(pages: Sequence[list[PrintedLine]]) -> list[list[PrintedLine]]:
    """Without the first and last lines that most pages share, but for their figures."""
    shown = [page for page in pages if page]
    counts = Counter(key for page in shown for key in {_key(line) for line in _edges(page)})
    needed = 2 if len(shown) == 2 else max(3, len(shown) / 2)
    running = {key for key, count in counts.items() if count >= needed}
    kept = []
    for page in shown:
        first, last = 0, len(page)
        while first < min(EDGE_LINES, last) and _key(page[first]) in running:
            first += 1
        while last > max(first, len(page) - EDGE_LINES) and _key(page[last - 1]) in running:
            last -= 1
        kept.append(page[first:last])
    return [page for page in kept if page]


def _edges(page: list[PrintedLine]) -> list[PrintedLine]:
    return page[:EDGE_LINES] + page[max(EDGE_LINES, len(page) - EDGE_LINES) :]


def _key(line: PrintedLine) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _joined(pages: Sequence[list[PrintedLine]]) -> str:
    """The pages as one text: a sentence that goes on over a page's end is not parted."""
    text = ""
    for page in pages:
        for number, line in enumerate(page):
            parted = line.gap if number else SENTENCE_END.search(text) is not None
            text += ("\n\n" if parted else "\n") * bool(text) + line.text
    return text
