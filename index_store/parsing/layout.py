"""What stands between the paragraphs of a cable and belongs to none: headings and the signature."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index_store.parsing.headlines import label_of
from index_store.parsing.lines import Line, ends_sentence

_END_NOTE = re.compile(r"[\s(\-*]*END\b(?!URING|ED|S\b)", re.IGNORECASE)
_END_AT_END = re.compile(r"\b(?:END|End)\s*\Z")
"""The note of an end, `End summary.`, that goes on behind a gap."""
_NAME = r"(?:Mc|Mac|De|Di|La|Le|Van|von|O['’])?[A-Z][A-Z'’\-]"
_SIGNER = re.compile(rf"\s*(?:{_NAME}+\.?|[A-Z]\.)(?:\s+{_NAME}*\.?){{0,3}}\s*")
_SURNAME = re.compile(r"\s*[A-Z][a-z]+(?:[A-Z][a-z]+)?\s*")
_NO_SIGNER = re.compile(
    r"\s*(?:BEGIN|END|COMMENT|SUMMARY|NOTE|ANNEX|APPENDIX|ATTACHMENT|BIO\w*|BACKGROUND|CONCLUSION|INTRODUCTION|TEXT|"
    r"ACTION|UNCLAS\w*|CONFIDENTIAL|SECRET|NOFORN|SIPDIS|SENSITIVE|NNNN|N/A|XX+|UNQUOTE|QUOTE|BT)\b.*|\s*.*\bTEXT\b.*"
)
_AFTER_THE_END = re.compile(
    r"N{4}|BT|\W+|=*\s?CABLE ENDS\s?=*"
    r"|\d{2,4}[A-Z]{3,}\d+\s*-\s*(?:Classification:\s*)?(?:UNCLASSIFIED|CONFIDENTIAL|SECRET)\b[^a-z]*"
)
"""Marks of the end, and the footer `2001OSLO00042 - Classification: SECRET` of some editions."""
_BEHIND_A_SENTENCE = re.compile(r"""(?:[.!?)"”]|\*{4})\s+([A-Z][A-Z'’\-]{3,}|[A-Z][a-z]{3,})\s*\Z""")
_VISIT = re.compile(r"\W*V(?:isit|ISIT)\b.{0,60}\b(?i:web\s?site)\b")
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S*\s*$", re.IGNORECASE)
_LONGEST_HEADING = 200
_LONGEST_LINE = 80
"""A longer line above a heading is a whole paragraph, not the heading's first line."""
_RULED_IN_LINE = re.compile(r"\s*(?:-{3,}\s*)?(\S.*?)\s*-{3,}[\s\-]*")
"""A heading with its rule on the same line."""
_NUMBER_SIGN = re.compile(r"\s*(?:\([A-Z/]{1,6}\)\s*)?(?:[¶Q]\s?)?\(?\d{1,3}[.,) ]")
_FULL_STOP = re.compile(r"""\.[)"'”’]*\Z""")


@dataclass(frozen=True, slots=True)
class Between:
    """What stands above a paragraph: where it begins (a line index) and the heading in it."""

    first_line: int
    heading: str | None


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stand together, from `first` to before `end`."""

    first: int
    end: int
    text: str
    ruled_above: bool
    ruled_below: bool
    gap_above: bool


def heading_above(lines: Sequence[Line], floor: int, line: int, heads: Collection[int]) -> Between:
    """Find what stands alone above the paragraph that begins on `line`, going no higher than line `floor`.

    Headings stand between rules, above one, in capitals, or bare; there can be several (the signature
    of a letter, then the title of its annex). The one next to the paragraph is its heading.
    """
    top, heading = line, None
    for _ in range(4):
        block = _block_above(lines, floor, top, heads)
        if block is None or not _is_heading(lines, floor, block, heads):
            break
        top = block.first
        while top > floor and (lines[top - 1].blank or lines[top - 1].ruled):
            top -= 1  # its own rule underlines nothing above it
        if heading is None:
            heading = " ".join(word for word in block.text.split() if word != "SIPDIS")
    while top > floor and (lines[top - 1].blank or lines[top - 1].ruled or top - 1 in heads):
        top -= 1
    return Between(top, heading)


def _block_above(lines: Sequence[Line], floor: int, line: int, heads: Collection[int]) -> _Block | None:
    end = line
    ruled_below = False
    while end > floor and (lines[end - 1].blank or lines[end - 1].ruled or end - 1 in heads):
        ruled_below = ruled_below or lines[end - 1].ruled
        end -= 1
    first = end
    while first > floor and end - first < 4:
        above = lines[first - 1]
        if above.blank or above.ruled or first - 1 in heads:
            break
        if ruled_below and end - first >= 1 and above.text.rstrip().endswith((".", "!", "?")):
            break
        if end - first >= 1 and len(above.text) > _LONGEST_LINE:
            break
        first -= 1
    if first == end:
        return None
    runs_on = 0 < first == floor and _NUMBER_SIGN.match(lines[first - 1].text) is not None
    if runs_on and ruled_below:
        first = end - 1  # what runs on from the line of the number sign is text, but for the line above the rule
    at_top = first == floor and not runs_on
    gap_above = at_top or first == 0 or lines[first - 1].blank or lines[first - 1].ruled or first - 1 in heads
    text = "\n".join(line.text for line in lines[first:end])
    in_line = _RULED_IN_LINE.fullmatch(text)
    if in_line:
        text, ruled_below = in_line.group(1), True
    return _Block(first, end, text, first > floor and lines[first - 1].ruled, ruled_below, gap_above)


def _is_heading(lines: Sequence[Line], floor: int, block: _Block, heads: Collection[int]) -> bool:
    words = block.text.strip()
    if len(words) > _LONGEST_HEADING or block.end - block.first > 3 or _END_NOTE.match(words) or words[:1].islower():
        return False
    if re.fullmatch(r"X{3,}", words):  # redacted
        return False
    if label_of(lines[block.first].text) or re.match(r"\(?\w{1,6}\)?\s*Classified [Bb]y|This (?:message|cable)", words):
        return False
    above = _last_text_above(lines, floor, block.first, heads)
    if above is not None and _END_AT_END.search(above):
        return False
    capitals = words.isupper() and not (above is not None and above.isupper())
    if block.ruled_below:
        return not _FULL_STOP.search(words) or block.ruled_above or (capitals and words.endswith("."))
    if not block.gap_above and not (
        (capitals or _below_an_unwrapped_text(lines, block))
        and ends_sentence(lines[block.first - 1].text)
        and words[-1:] not in ".,;"
    ):
        return False
    if lines[block.first].bulleted or (words.endswith((".", ",", ";")) and not (capitals and len(words) < 40)):
        return False
    if block.end - block.first > 2 or len(words) > 120:
        return False
    return capitals or above is None or ends_sentence(above)


def _below_an_unwrapped_text(lines: Sequence[Line], block: _Block) -> bool:
    """Whether one short line stands below a text that is one long line, and ends with a sentence."""
    above = lines[block.first - 1].text.rstrip()
    short = block.end - block.first == 1 and len(block.text.strip()) <= 80 and not ends_sentence(block.text)
    return short and len(above) > _LONGEST_LINE and not above.endswith((":", ";"))


def _last_text_above(lines: Sequence[Line], floor: int, line: int, heads: Collection[int]) -> str | None:
    """The last line of text above a line; titles that stand alone in capitals, and header labels, are none."""
    for index in range(line - 1, max(floor - 1, line - 12, 0) - 1, -1):
        if not (lines[index].blank or lines[index].ruled or index in heads or _is_title(lines, index)):
            return None if label_of(lines[index].text) else lines[index].text
    return None


def _is_title(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text.strip()
    alone = all(not 0 <= near < len(lines) or lines[near].blank or lines[near].ruled for near in (index - 1, index + 1))
    return alone and text.isupper() and len(text) < 60 and not ends_sentence(text)


def find_signature(lines: Sequence[Line], first: int, heads: Collection[int]) -> tuple[int, str | None]:
    """Where the text of the last paragraph, which has lines from `first` on, is over; and who signed.

    Returns an index of lines (exclusive end) and the name. The signer is the surname alone in capitals
    at the end; behind it another text may follow, which belongs to no paragraph. Nor does the invitation
    to visit a post's web site that some have above the name.
    """
    end, name = _signature(lines, first, heads)
    if name is None and end > first:
        name = _name_behind_the_text(lines[end - 1].text)
    for index in range(end - 1, max(first, end - 8), -1):
        if _VISIT.match(lines[index].text):
            while index > first + 1 and (lines[index - 1].blank or lines[index - 1].ruled):
                index -= 1
            return index, name
        if not (lines[index].blank or lines[index].ruled or index in heads or _ADDRESS.match(lines[index].text)):
            break
    return end, name


def is_aside(text: str) -> bool:
    """Whether a line at the end invites to visit a web site, or names its address, or marks the end."""
    marks = _AFTER_THE_END.fullmatch(text.strip()[:80])
    return marks is not None or _VISIT.match(text) is not None or _ADDRESS.match(text) is not None


def _name_behind_the_text(text: str) -> str | None:
    """The signer in the last line of the text: one word behind a sentence; in a text in capitals, behind a gap."""
    found = _BEHIND_A_SENTENCE.search(text[-60:])
    if found is None or _NO_SIGNER.fullmatch(found.group(1).upper()):
        return None
    if text.isupper() and not text[: len(text) - len(text[-60:]) + found.start(1)].endswith("   "):
        return None
    return found.group(1)


def _signature(lines: Sequence[Line], first: int, heads: Collection[int]) -> tuple[int, str | None]:
    end = len(lines)
    while end > first + 1:
        if not (lines[end - 1].blank or end - 1 in heads or _AFTER_THE_END.fullmatch(lines[end - 1].text.strip()[:80])):
            break
        end -= 1
    if end <= first + 1:
        return end, None
    for last in (end - 1, _above_the_footnotes(lines, first, end)):
        if last > first and _signs(lines, last, alone=False):
            return last, " ".join(lines[last].text.split())
    for index in range(first + 1, end):
        if _signs(lines, index, alone=True):
            return index, " ".join(lines[index].text.split())
    return end, None


def _above_the_footnotes(lines: Sequence[Line], first: int, end: int) -> int:
    """The last line above a rule behind which no letters are printed: figures that once led to footnotes."""
    last = end - 1
    while last > first and not re.search(r"[A-Za-z]", lines[last].text):
        last -= 1
    return last if any(lines[index].ruled for index in range(last + 1, end)) else first


def is_signature(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is a surname that stands alone between blank lines, behind the end of a sentence."""
    return index > 0 and _signs(lines, index, alone=True)


def _signs(lines: Sequence[Line], index: int, alone: bool) -> bool:
    text, before = lines[index].text, lines[index - 1].text
    above = next((line.text for line in reversed(lines[max(0, index - 4) : index]) if not line.blank), "")
    if not alone and _SURNAME.fullmatch(text) and not _NO_SIGNER.fullmatch(text.upper()):
        return ends_sentence(above) and not above.isupper()
    if not _SIGNER.fullmatch(text) or _NO_SIGNER.fullmatch(text) or len(text.strip()) > 40:
        return False
    gap_above = lines[index - 1].blank
    if not alone:
        stands_out = len(text.strip()) > 4 and len(text.split()) == 1 and not before.isupper()
        return gap_above or ends_sentence(before) or stands_out
    gap_below = index + 1 < len(lines) and lines[index + 1].blank
    return gap_above and gap_below and len(text.split()) == 1 and ends_sentence(above) and not lines[index - 1].ruled
