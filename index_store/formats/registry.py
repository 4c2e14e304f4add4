"""Which reader reads a file: by what its first bytes say, else by the ending of its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from index_store.formats.archives import (
    MAGIC_OF_COMPRESSED,
    Unpacking,
    looks_like_tar,
    read_compressed,
    read_tar,
    read_zip,
)
from index_store.formats.cable_csv import read_cable_csv
from index_store.formats.json_lines import read_json_lines
from index_store.formats.markdown import read_markdown
from index_store.formats.pdf import read_pdf
from index_store.formats.plain import read_text
from index_store.formats.refusal import Refusal
from index_store.formats.source import Input, Item
from index_store.formats.streams import head_of
from index_store.formats.tei import read_tei
from index_store.formats.web_page import read_web_page
from index_store.formats.word import read_word

ReadOne: TypeAlias = Callable[[Input], Iterator[Item]]
ReadMany: TypeAlias = Callable[[Input, Unpacking], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file; either reader is set."""

    name: str
    read: ReadOne | None = None
    unpack: ReadMany | None = None


TEXT = Format("text", read_text)
MARKDOWN = Format("Markdown", read_markdown)
HTML = Format("HTML", read_web_page)
PDF = Format("PDF", read_pdf)
DOCX = Format("DOCX", read_word)
JSON_LINES = Format("JSON Lines", read_json_lines)
CSV = Format("CSV", read_cable_csv)
TEI = Format("TEI XML", read_tei)
ZIP = Format("zip", unpack=read_zip)
TAR = Format("tar", unpack=read_tar)
COMPRESSED = Format("compressed", unpack=read_compressed)

BY_ENDING = {
    "txt": TEXT, "text": TEXT, "md": MARKDOWN, "markdown": MARKDOWN, "html": HTML, "htm": HTML, "xhtml": HTML,
    "pdf": PDF, "docx": DOCX, "jsonl": JSON_LINES, "ndjson": JSON_LINES, "csv": CSV, "xml": TEI, "tei": TEI,
    "zip": ZIP, "tar": TAR, "gz": COMPRESSED, "tgz": COMPRESSED, "bz2": COMPRESSED, "tbz": COMPRESSED,
    "xz": COMPRESSED, "txz": COMPRESSED,
}  # fmt: skip
ADVICE = {
    ("doc", "rtf", "odt", "pages", "wpd"): "a word processor's format that is not read: save it as .docx or plain text",
    ("xls", "xlsx", "ods"): "a spreadsheet: save it as CSV or JSON Lines",
    ("ppt", "pptx", "odp"): "slides: save them as PDF",
    ("epub", "mobi", "azw", "djvu"): "an electronic book: save it as PDF, HTML or plain text",
    ("json",): "one JSON value: write JSON Lines, an object a line, in a file that ends in .jsonl",
    ("jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp", "webp"): "a picture: run text recognition (OCR) on it first",
    ("mht", "mhtml"): "a web page packed with its pictures: save it as HTML alone",
    ("7z", "rar"): "an archive of a kind that is not read: unpack it, or pack it as .zip",
}
REFUSED = {ending: advice for endings, advice in ADVICE.items() for ending in endings}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*")
WEB_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
XML = re.compile(rb"\s*<\?xml\b|\s*<(?:TEI|teiCorpus)\b")


def format_of(source: Input) -> Format:
    """The format of an open file; nothing of it is read. Refusal, with advice, for known others."""
    ending = source.name.rpartition(".")[2].lower() if "." in source.name else ""
    if ending in REFUSED:
        raise Refusal(REFUSED[ending])
    head = head_of(source.stream)
    by_name = BY_ENDING.get(ending)
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"PK\x03\x04"):
        return DOCX if by_name is DOCX else ZIP
    if head.startswith(MAGIC_OF_COMPRESSED):
        return COMPRESSED
    if looks_like_tar(head):
        return TAR
    if head.startswith(PICTURES):
        raise Refusal(REFUSED["png"])
    if by_name in (None, TEXT, TEI) and WEB_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        return HTML
    if by_name is None and XML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return TEI
    return by_name or TEXT
