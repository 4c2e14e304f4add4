"""The TAGS line of a cable: `TAGS: PREL, PGOV, RS`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index_store.parsing.headlines import Label, in_line_label, is_page_head, label_of
from index_store.parsing.lines import Line

_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)")
_CODES = re.compile(
    r"\s*(?:[A-Z]{2,4}(?:[\s,;/.]+|$))+\s*|\s*(?=.*[,()])(?:\(?[A-Z]{2,9}\)?(?:[\s,;/.]+|$))+\s*", re.IGNORECASE
)
"""A line that goes on with tags; a longer word, without a comma or bracket, is rather a heading."""
_STOP = re.compile(r"[.;:]?\s*\b(?:SIPDIS|NOFORN|SENSITIVE)\b.*|\s[A-Z][A-Z ]+ \d{8}\s+\d{3}.*", re.DOTALL)
_CODE = re.compile(r"[A-Z]{2,5}\d?\Z")


class Tags(NamedTuple):
    """The tags in the order printed, each once, and the offset behind them."""

    tags: tuple[str, ...]
    end: int


def tags_of(top: Sequence[Line]) -> Tags:
    """Read the first TAGS line: at the start of a line, or in mid-line behind the executive order."""
    for index, line in enumerate(top):
        label = _label(line.text)
        if label is None:
            continue
        content, last = _content(top, index, label)
        if content.strip(" ,"):
            return Tags(_split(content), last)
    return Tags((), 0)


def _label(text: str) -> Label | None:
    if label_of(text) in ("SUBJECT", "REF"):
        return None
    found = in_line_label(text, ("TAGS",))
    if found is None or found.start == 0 or not text[: found.start].strip():
        return found
    return found if label_of(text) == "EO" or re.search(r"\bDECL\b|N/A\s*$", text[: found.start], re.I) else None


def _content(top: Sequence[Line], index: int, label: Label) -> tuple[str, int]:
    """What stands behind the label, over wrapped lines, up to the next label; and the offset behind it."""
    text, end, cut = _until_label(top[index], label.end)
    while not cut and index + 1 < len(top):
        following = top[index + 1]
        unfinished = text.rstrip().endswith((",", "(")) or text.count("(") > text.count(")") or not text.strip()
        if (following.blank or is_page_head(following.text)) and unfinished and index + 2 < len(top):
            index += 1
            continue
        if following.blank or label_of(following.text) or is_page_head(following.text):
            break
        more, more_end, cut = _until_label(following, 0)
        if not (unfinished or _CODES.fullmatch(_LINK.sub(r"\1", more))):
            break
        text, end, index = f"{text} {more}", more_end, index + 1
    return text, end


def _until_label(line: Line, start: int) -> tuple[str, int, bool]:
    rest = line.text[start:]
    label = in_line_label(rest, ("SUBJECT", "REF", "CLASSIFIED", "EO"))
    if label is None:
        return rest, line.end, False
    return rest[: label.start], line.start + start + label.start, True


def _split(content: str) -> tuple[str, ...]:
    """Tags of a content; words in brackets and words that are no codes, between commas, are one name."""
    content = _STOP.sub("", _LINK.sub(r" \1, ", content).upper())
    tags: dict[str, None] = {}
    for item in re.findall(r"\([^()]*\)?|[^(),;/]+", content):
        words = item.strip("() ").split()
        if item.startswith("("):
            tags[" ".join(words)] = None
            continue
        name: list[str] = []
        for word in (word.strip(".:[]/") for word in words):
            if _CODE.match(word) or ("," not in content and len(words) > 1):
                if name:
                    tags[" ".join(name)] = None
                    name = []
                tags[word] = None
            elif word:
                name.append(word)
        if name:
            tags[" ".join(name)] = None
    return tuple(tag for tag in tags if any(character.isalnum() for character in tag))
