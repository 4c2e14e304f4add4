"""Lines that belong to a cable's header or to the page heads between its sections, not to its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from index_store.parsing.lines import Line, ends_sentence

_LABELS = {
    "EO": r"E\.?\s?O\.?\s?:?\s*1\d{3,4}\b",
    "TAGS": r"T?AGS\b\s*:?|TAG\s*:|TAG\b\s*(?=\[?[A-Z]{4}\b)",
    "SUBJECT": r"(?:SUBJ(?:ECT)?\b\s*(?:[:;.]|(?=\s[A-Z(\"“]))|SU[BJECT]{2,6}\s?T?\s*:|UBJECT\s*:)(?!\s*LINE\b)",
    "REF": r"(?:PROGRAM\s+)?REF(?:S|TELS?|ERENCES?|\(S\)|/S)?\s*"
    r"(?:(?:[\s\-][A-Z]\s?)?:|\([A-Z]\)|(?=\s[A-Z]\.\s|\s\(?[A-Z]\)|\s\d{2}\s[A-Z]{3}|\s[A-Z]{4,}(?:\s[A-Z]+){0,3}\s\d{2,}))",
    "CLASSIFIED": r"(?:\([A-Z/]{1,6}\)\s*)?(?:CLASSIFIED\s+BY|DERIVED\s+FROM|DECLASSIFY\s+ON)\b",
    "REASON": r"REASONS?\s*:?\s*1\.[45]",
    "CAPTION": r"(?:SIPDIS|NOFORN|SENSITIVE|EXDIS|NODIS|LIMDIS|STADIS|NOT FOR INTERNET|C O R R E C T E D)\b",
    "TRANSMISSION": r"VZCZC|ZN[YR]\s+[A-Z]{3,}|DE\s+RU[A-Z]{3,}|(?:[ZOPR]{2}\s+)RU[A-Z]{3,}|BT\s*$"
    r"|[ZOPR](?:\s+[ZOPR])?\s+\d{6}Z\s|(?:ACTION|INFO)\s+[A-Z]{1,5}-\d{2}\b"
    r"|(?:[A-Z]{1,5}-\d{2}\s+){2,}[A-Z]{1,5}-\d{2}\s*(?:/\d{3}\s?[A-Z]{0,3}\s*)?$|-{10,}[0-9A-F]{6}\s",
    "ADDRESS": r"FM\s+(?:AM|US|SEC|[A-Z]{3})|(?:TO|INFO)\s+[A-Z]{3}|RU[A-Z]{4,5}/|(?:AMEMBASSY|AMCONSUL|USMISSION)\s",
}
_AT_START = {label: re.compile(rf"\s*(?:{pattern})", re.IGNORECASE) for label, pattern in _LABELS.items()}
_ANYWHERE = {label: re.compile(rf"(?<![A-Za-z])(?:{pattern})", re.IGNORECASE) for label, pattern in _LABELS.items()}
_CAPITALS_ONLY = ("CAPTION", "TRANSMISSION", "ADDRESS")

_PAGE_HEADS = re.compile(
    r"""\s*(?:
      [A-Z][A-Z.'\- ]{2,30}\s+\d{5,9}\s+\d{1,3}(?:\.\d)?\s+OF\s+\d{2,3}            # MOSCOW 00009533  002 OF 005
    | \d{3}(?:\.\d)?\s+OF\s+\d{3}                                                # what is left of one
    | PAGE\s+\d{1,3}\s+(?:OF\s+\d+\s+)?[A-Z]{2,}[A-Z.'\- ]*\d.*                   # PAGE 02 RUEHMO 09533
    | (?:FINAL\s+)?SECTION\s+\d+\s+OF\s+\d+\b.*
    | [A-Z][A-Z.'\- ]{2,30}\s+\d{8}                                              # its first half, alone
    )\s*""",
    re.VERBOSE,
)
IN_LINE_PAGE_HEAD = re.compile(r"\b[A-Z][A-Z.'\- ]{1,30}\s\d{8}\s+\d{3}(?:\.\d)?\s+OF\s+\d{3}\b")
"""A page head that stands in the line of a text; the words before its number may be the text's."""
_OLD_PAGE_HEAD = re.compile(r"\bPAGE\s+\d{2}\s+[A-Z][A-Z.'\- ]{1,24}\s\d{4,6}(?:\s+\d{2}\s+OF\s+\d{2})?\s+\d{6}Z\b")
"""The same as it was until 2002: `PAGE 02 HARARE 06677 01 OF 03 291400Z`."""
_LEVEL_AT_END = re.compile(r"(?<=\S)\s+(?:UNCLASSIFIED|CONFIDENTIAL|SECRET|LIMITED OFFICIAL USE)\s*$")
_SIPDIS = re.compile(r"\s*SIPDIS\s*")
_SPACED_LEVEL = re.compile(
    r"\s*(?:S?\s?S?\s?E C R E T|C?\s?C?\s?O N F I D E N T I A L|U N C L A S|UNCLAS(?:SIFIED)?|CONFIDENTIAL|SECRET)"
    r"(?=\s*$|.*\bSECTION\s+\d+\s+OF\s+\d+|.*\s\d{5,8}\s*$|\s+(?:SIPDIS|NOFORN|PTQ\d{4}\s*$)|//)[^a-z]*$"
)
_LEVEL_ALONE = re.compile(r"(?:UNCLASSIFIED|CONFIDENTIAL|SECRET)\s*")

_CAPITALS = re.compile(r"[A-Z0-9 /.,#\-\t]+")
_CODES_ONLY = re.compile(r"\s*[A-Z]{2,5}(?:[, ]+[A-Z]{2,5})*[, ]*")
_NUMBERED = re.compile(r"\s*(?:[¶Q]\s?)?\(?\d{1,3}[.,)]")


class Label(NamedTuple):
    """A header label found in a line: where it begins, and where what it labels begins."""

    name: str
    start: int
    end: int


def label_of(text: str) -> str | None:
    """Which header label a line begins with, if any: 'TAGS', 'SUBJECT', 'REF', 'EO' ..."""
    if not text or text.isspace():
        return None
    for name, pattern in _AT_START.items():
        match = pattern.match(text)
        if match and (name not in _CAPITALS_ONLY or match.group().isupper()):
            return name
    return None


def in_line_label(text: str, names: Iterable[str]) -> Label | None:
    """The first of these labels anywhere in a text."""
    found = [
        Label(name, match.start(), match.end())
        for name in names
        for match in [_ANYWHERE[name].search(text)]
        if match and not (name == "SUBJECT" and match.start() and ":" not in match.group())
    ]
    return min(found, key=lambda label: label.start, default=None)


def is_page_head(text: str) -> bool:
    """Whether a line is the head of a page or section: `MOSCOW 00009533  002 OF 005`."""
    return len(text) < 120 and (_PAGE_HEADS.fullmatch(text) is not None or _SPACED_LEVEL.match(text) is not None)


def split_pages(lines: Sequence[Line]) -> list[Line]:
    """The lines, with each old page head that shares its line with text on a line of its own.

    Text runs on behind such a head, and the level that is printed above it may stand at the end of a text.
    """
    parts: list[Line] = []
    for index, line in enumerate(lines):
        found = [match.span() for match in _OLD_PAGE_HEAD.finditer(line.text)] if "PAGE" in line.text else []
        below = lines[index + 1].text.lstrip() if index + 1 < len(lines) else ""
        if not found and below.startswith("PAGE") and _OLD_PAGE_HEAD.match(below):
            found = [match.span() for match in [_LEVEL_AT_END.search(line.text[-40:])] if match]
            found = [(start + max(0, len(line.text) - 40), len(line.text)) for start, _ in found]
        parts += _split(line, found)
    return parts


def split_sections(lines: Sequence[Line], place: str) -> list[Line]:
    """The same for the newer heads, `MOSCOW 00009533 002 OF 005`, of which the place tells where they begin.

    `place` is the place in a cable's number, without blanks. Where it is another, a head begins with its first
    word in capitals, or in a text in capitals with the last.
    """
    parts: list[Line] = []
    for line in lines:
        searched = " OF " in line.text and not is_page_head(line.text)
        found = [match.span() for match in IN_LINE_PAGE_HEAD.finditer(line.text)] if searched else []
        capitals = bool(found) and line.text.isupper()
        heads = [(start + _lead(line.text[start:end], place, capitals), end) for start, end in found]
        parts += _split(line, heads)
    return parts


def _lead(head: str, place: str, capitals: bool) -> int:
    """How many characters stand before the place in what looks like a head."""
    words = list(re.finditer(r"\S+", re.split(r"\s\d{8}", head)[0]))
    for word in words:
        if place.endswith(re.sub(r"[^A-Z]", "", head[word.start() : words[-1].end()])):
            return word.start()
    return words[-1].start() if capitals else 0


def _split(line: Line, heads: Sequence[tuple[int, int]]) -> list[Line]:
    """A line cut at the ends of heads in it; blank remains are left out."""
    if not heads:
        return [line]
    cuts = sorted({0, len(line.text), *(offset for span in heads for offset in span)})
    if len(cuts) < 3:
        return [line]
    pieces = [(start, line.text[start:end]) for start, end in pairwise(cuts)]
    return [Line(line.number, line.start + start, text) for start, text in pieces if text.strip()]


def above_labels(lines: Sequence[Line], index: int) -> bool:
    """Whether the next line that is not blank is a reference or says who classified the cable.

    A line above such labels is no paragraph, even if it begins with a number without a portion mark:
    it is a wrapped subject.
    """
    if re.match(r"[^(\n]{0,12}\([A-Z/]{1,7}\)", lines[index].text):
        return False
    for line in lines[index + 1 : index + 4]:
        if not line.blank:
            return label_of(line.text) in ("REF", "CLASSIFIED")
    return False


def head_lines(lines: Sequence[Line], first: int, subject: str | None) -> set[int]:
    """Indexes of the lines from `first` on that belong to page heads.

    A head begins with a page or section line, a classification line or a transmission line, and goes on
    over header lines that are printed again at each section. A subject that is printed again is followed
    as long as it repeats the one in the header.
    """
    heads: set[int] = set()
    index = first
    while index < len(lines):
        text = lines[index].text
        transmission = label_of(text) == "TRANSMISSION"
        page_head = is_page_head(text) and not _is_last_word(lines, index)
        if page_head or transmission or _SIPDIS.fullmatch(text):
            end = _end_of_head(lines, index + 1, subject, transmission)
            heads.update(i for i in range(index, end) if not lines[i].blank)
            index = end
        else:
            index += 1
    return heads


def _is_last_word(lines: Sequence[Line], index: int) -> bool:
    """Whether a level alone on a line is the last word of the text above: `FINED FOR GIVING AWAY A TRADE / SECRET`.

    It is a page's where it stands off to the right, in running text, behind a gap or sentence, or next to more of a
    page head.
    """
    if not _LEVEL_ALONE.fullmatch(lines[index].text) or not index:
        return False
    above = lines[index - 1]
    if above.blank or above.ruled or is_page_head(above.text) or ends_sentence(above.text):
        return False
    title = above.text.isupper() and not all(line.blank or line.text.isupper() for line in lines[index + 1 : index + 6])
    if not title:  # between two lines of running text it is a page's
        return False
    below = next((line.text for line in lines[index + 1 :] if not line.blank), None)
    return below is not None and not (is_page_head(below) or label_of(below) in ("EO", "TRANSMISSION"))


def _end_of_head(lines: Sequence[Line], index: int, subject: str | None, transmission: bool) -> int:
    """Behind the last line of a head of which the first line stands before `index`."""
    end = index
    labelled = False
    while index < len(lines):
        line = lines[index]
        label = label_of(line.text)
        if line.blank:
            index += 1
            continue
        if is_page_head(line.text) or label in ("EO", "TRANSMISSION") or _is_caption(line.text):
            transmission = label == "TRANSMISSION" or (transmission and _is_caption(line.text))
            labelled = labelled or label == "EO"
            index += 1
        elif transmission and _NUMBERED.match(line.text):
            break
        elif transmission and (label == "ADDRESS" or _CAPITALS.fullmatch(line.text)):
            index += 1
        elif label == "TAGS":
            labelled = True
            index += 1
            while index < len(lines) and _CODES_ONLY.fullmatch(lines[index].text):
                index += 1
        elif _names_subject(line.text):
            labelled = True
            index = _end_of_repeated_subject(lines, index, subject)
        elif labelled and label in ("REF", "CLASSIFIED", "REASON"):
            index += 1
            while index < len(lines) and not (lines[index].blank or _NUMBERED.match(lines[index].text)):
                index += 1
        elif _label_follows(lines, index):
            index += 1
        else:
            break
        end = index
    return end


def _names_subject(text: str) -> bool:
    """Whether a line is labelled as the subject; in a text in capitals, `SUBJECT OF THE TALKS` is none."""
    return label_of(text) == "SUBJECT" and ":" in text[:20]


def _is_caption(text: str) -> bool:
    return len(text) < 60 and text.isupper() and label_of(text) == "CAPTION"


def _label_follows(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of capitals, such as `DEPT FOR EUR`, stands above the labels of a repeated header."""
    for line in lines[index : index + 10]:
        if label_of(line.text) in ("EO", "TAGS") or _names_subject(line.text):
            return True
        if not (line.blank or (line.text.isupper() and not _NUMBERED.match(line.text))):
            return False
    return False


def _end_of_repeated_subject(lines: Sequence[Line], index: int, subject: str | None) -> int:
    """Behind the lines of a subject printed again; at least its first line counts."""
    label = in_line_label(lines[index].text, ("SUBJECT",))
    printed = _squeezed(lines[index].text[label.end if label else 0 :])
    whole = _squeezed(subject or "")
    index += 1
    while index < len(lines) and not lines[index].blank and label_of(lines[index].text) is None:
        longer = printed + _squeezed(lines[index].text)
        if not whole.startswith(longer):
            break
        printed = longer
        index += 1
    return index


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()
