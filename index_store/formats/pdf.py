"""PDF files with a text layer: lines by their height on the page, paragraphs by the gaps between them."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from math import hypot
from statistics import median_low
from typing import Any

from index_store.formats.blocks import TextBuilder, one_line
from index_store.formats.plain import clean
from index_store.formats.refusal import Refusal
from index_store.formats.source import Input, Item, SourceText, read_whole

# What pypdf finds odd in a file is no news to the person who indexes it.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

LARGEST_FILE = 512 * 2**20
LARGE = 1.12
"""Type this many times the usual size of the page makes a heading of lines that stand alone."""
WIDE_GAP = 1.3
"""A gap between lines this many times the usual one of the page parts two paragraphs."""
FEW_LINES = 12
USUAL_PITCH = 1.4
"""Height of a line in sizes of its type; stands in where there are too few lines to tell."""
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
    large: bool
    """Whether it is set larger than most lines of its page."""


def read_pdf(source: Input) -> Iterator[Item]:
    """One document a file; running titles and page numbers are left out."""
    from pypdf import PdfReader  # only for this format
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    data = read_whole(source, LARGEST_FILE)
    try:
        reader = PdfReader(BytesIO(data))
        placed = [_placed_lines(page) for page in reader.pages]
        title = one_line(str((reader.metadata.title if reader.metadata else None) or ""))
    except (FileNotDecryptedError, DependencyError):
        raise Refusal("encrypted: save it without a password") from None
    except (PyPdfError, OSError) as error:
        why = one_line(str(error))[:100]
        raise Refusal(f"a damaged PDF ({why}): open it in a viewer and print it to a new PDF") from None
    pages = _marked(placed)
    silent = [str(number) for number, lines in enumerate(pages, 1) if not lines]
    if len(silent) == len(pages):
        raise Refusal(SCANNED if pages else "a PDF without pages: nothing to read")
    builder = _joined(_without_running_lines(pages))
    if not builder.parts:
        raise Refusal(SCANNED)
    notices = (f"no text on page {', '.join(silent[:20])} of {len(pages)}: blank or scanned",) if silent else ()
    yield SourceText(
        source.origin,
        clean(builder.text),
        source.stem,
        title=None if not title or MADE_UP_TITLE.match(title) else title,
        notices=notices,
        asides=tuple(builder.asides),
    )


def _marked(pages: Sequence[list[_Placed]]) -> list[list[PrintedLine]]:
    """Each line with what its place and size say, compared with what is usual in the document."""
    size = median_low([line.size for page in pages for line in page] or [0.0])
    gaps = [above.height - below.height for page in pages for above, below in pairwise(page)]
    downward = [gap for gap in gaps if gap > 1]
    usual = median_low(downward or [0.0])
    if len(downward) < FEW_LINES:
        usual = min(usual, USUAL_PITCH * size)
    return [
        [
            PrintedLine(
                line.text, above is None or above.height - line.height > WIDE_GAP * usual, line.size > LARGE * size
            )
            for above, line in zip([None, *page], page, strict=False)
        ]
        for page in pages
    ]


@dataclass(slots=True)
class _Placed:
    text: str = ""
    height: float = 0.0
    size: float = 0.0


def _placed_lines(page: Any) -> list[_Placed]:
    """The lines of a page that are not blank, with their height and the size of their type in points."""
    lines = [_Placed()]

    def visit(text: str, matrix: Sequence[float], text_matrix: Sequence[float], _font: object, size: float) -> None:
        for number, part in enumerate(text.translate(LIGATURES).split("\n")):
            if number:
                lines.append(_Placed())
            line = lines[-1]
            if part.strip() and not line.text.strip():
                line.height = text_matrix[4] * matrix[1] + text_matrix[5] * matrix[3] + matrix[5]
                line.size = size * hypot(text_matrix[2], text_matrix[3]) * hypot(matrix[2], matrix[3])
            line.text += part

    page.extract_text(visitor_text=visit)
    for line in lines:
        line.text = line.text.strip()
    return [line for line in lines if line.text]


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


def _joined(pages: Sequence[list[PrintedLine]]) -> TextBuilder:
    """The pages as one text: a sentence that goes on over a page's end is not parted."""
    builder = TextBuilder()
    block: list[PrintedLine] = []

    def close() -> None:
        heading = all(line.large for line in block)
        builder.add("\n".join(line.text for line in block), heading=heading)
        block.clear()

    for page in pages:
        for number, line in enumerate(page):
            ended = line.gap if number else not block or SENTENCE_END.search(block[-1].text) is not None
            if block and (ended or block[-1].large != line.large):
                close()
            block.append(line)
    if block:
        close()
    return builder
