"""Plain text and Markdown: bytes to characters, exactly, so that spans fit what an editor shows."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from index_store.formats.refusal import Refusal
from index_store.formats.source import Input, Item, SourceText, read_whole

DOCUMENT_BYTES = 64 * 2**20
"""No document that people number the paragraphs of is larger; more is a mistake or an attack."""

# The longer marks first: UTF-32's little-endian one begins with UTF-16's.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BINARY = "not text: it holds binary data"
WESTERN = ("cp1252", "latin_1")
SAMPLE_BYTES = 256 * 2**10
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
NOT_CHARACTERS = re.compile(r"[\x00\ud800-\udfff]")


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The characters of a text file without its byte order mark, and notices about the encoding.

    UTF-8 proves itself; what is not UTF-8 is recognised by charset-normalizer, Windows-1252 and
    Latin-1 first because short texts fit many alphabets. A text that is UTF-8 but for a few bytes
    is read with those bytes shown as U+FFFD and a notice. Raises Refusal for what is no text.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_marked(data[len(mark) :], encoding)
    if data.count(0, 0, SAMPLE_BYTES) > 0.3 * min(len(data), SAMPLE_BYTES):
        return _decode_wide(data)
    try:
        return _checked(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        pass
    if b"\x00" in data[:SAMPLE_BYTES]:
        raise Refusal(BINARY)
    almost = data.decode("utf-8", "replace")
    wrong = almost.count("\ufffd")
    right = sum(1 for character in almost if character > "\x7f") - wrong
    if right > 4 * wrong:
        return _checked(almost), (f"{wrong} bytes are not UTF-8 and are shown as \ufffd: save the file again as UTF-8",)
    return _decode_single_bytes(data)


def _decode_single_bytes(data: bytes) -> tuple[str, tuple[str, ...]]:
    recognised = _recognise(data)
    if recognised is None:
        raise Refusal("its encoding is not recognised: save it as UTF-8")
    text = _checked(data.decode(recognised, "replace"))
    notices = [] if recognised in WESTERN else [f"read as {recognised}; if it looks wrong, save the file as UTF-8"]
    if wrong := text.count("\ufffd"):
        notices.append(f"{wrong} bytes are no characters of {recognised} and are shown as \ufffd")
    return text, tuple(notices)


def _decode_marked(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    wrong = text.count("\ufffd")
    if wrong * 20 > len(text):
        raise Refusal(f"wrongly encoded: it begins as {encoding.upper()} but is not: save it as UTF-8")
    notice = (f"{wrong} characters are not {encoding.upper()} and are shown as \ufffd: save the file again as UTF-8",)
    return _checked(text), notice if wrong else ()


def _decode_wide(data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-16 without its mark: nearly every second byte is zero, always on the same side."""
    sample = data[: SAMPLE_BYTES - SAMPLE_BYTES % 2]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if high and high.count(0) > 0.9 * len(high):
            return _decode_marked(data, encoding)
    raise Refusal(BINARY)


def _recognise(data: bytes) -> str | None:
    """The encoding of bytes that are no UTF-8; looks from the first byte that is no ASCII."""
    from charset_normalizer import from_bytes  # not needed for UTF-8

    first = max(0, re.search(rb"[\x80-\xff]", data).start() - 2000)  # type: ignore[union-attr]
    sample = data[first : first + SAMPLE_BYTES]
    for encodings in (list(WESTERN), None):
        best = from_bytes(sample, cp_isolation=encodings).best()
        if best is not None:
            return best.encoding
    return None


def _checked(text: str) -> str:
    if not text.strip():
        raise Refusal("no text in it: nothing but white space")
    sample = text[:SAMPLE_BYTES]
    if len(CONTROL.findall(sample)) > 0.01 * len(sample):
        raise Refusal(BINARY)
    return clean(text)


def clean(text: str) -> str:
    """NUL and lone surrogates, which no database stores, as U+FFFD; the length stays."""
    return NOT_CHARACTERS.sub("\ufffd", text)


def read_text(source: Input) -> Iterator[Item]:
    """One document a file."""
    text, notices = decode(read_whole(source, DOCUMENT_BYTES))
    yield SourceText(source.origin, text, source.stem, notices=notices)
