"""The header of a cable: where it came from, when, how it is classified and what it is about.

What is known of cable headers comes from the collection described in docs/design.md. A date-time
group is `151447Z FEB 08`: day, hour, minute, Z for UTC, month, two-digit year.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index_store.documents import Header
from index_store.parsing.headlines import IN_LINE_PAGE_HEAD, above_labels, in_line_label, label_of
from index_store.parsing.lines import Line
from index_store.parsing.posts import place_in_words, post_in_words
from index_store.parsing.subject import subject_of
from index_store.parsing.tags import tags_of

YEAR_PIVOT = 66
"""Two-digit years from here on are of the last century: cables are from 1966 to 2010."""

HEADER_LINES = 250
"""So far down a header is looked for."""

LONGEST_LINE = 1000
"""So far to the right."""

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DATE_TIME = re.compile(
    r"\b(\d{2})(\d{2})(\d{2})\s?Z\s+(" + "|".join(_MONTHS) + r")[A-Z]{0,6}\.?\s*,?\s*(\d{4}|\d{2})\b"
)
_JULIAN = re.compile(r"^\s*DE RU\w+ #?\s*\d*(?:/\d+)?\s+(\d{3})(\d{2})(\d{2})\b")
_FROM = re.compile(r"^\s*FM\s+(\S.*)$")
_SPACED = re.compile(r"^\W*([A-Z]{1,2}(?:\s+[A-Z])(?:\s+[A-Z]){2,})\b(?!['’])")
_PLAIN = re.compile(
    r"^\W*(UNCLASSIFIED|UNCLAS|CONFIDENTIAL|TOP SECRET|SECRET|LIMITED OFFICIAL USE|RESTRICTED)\b"
    r"(?!\s+(?:[a-z]|ENTRY|SERVICE))"
)
_LEVELS = {
    "UNCLASSIFIED": "UNCLASSIFIED",
    "UNCLAS": "UNCLASSIFIED",
    "CONFIDENTIAL": "CONFIDENTIAL",
    "SECRET": "SECRET",
    "TOPSECRET": "TOP SECRET",
    "LIMITEDOFFICIALUSE": "LIMITED OFFICIAL USE",
    "RESTRICTED": "RESTRICTED",
}
_BY_OPERATING_SIGNAL = (
    (re.compile(r"^\s*ZN[YR]\s+S{3,}"), "SECRET"),
    (re.compile(r"^\s*ZN[YR]\s+C{3,}"), "CONFIDENTIAL"),
    (re.compile(r"^\s*ZN[YR]\s+[UAE]{3,}"), "UNCLASSIFIED"),
)
_CAVEATS = re.compile(r"\b(NOFORN|SENSITIVE|EXDIS|NODIS|LIMDIS|STADIS|ORCON|RODCA|FOUO|NOCONTRACT|ROGER CHANNEL)\b")
_NUMBER = re.compile(
    r"(?:^|\s)([A-Z][A-Z.'\-]*(?: [A-Z][A-Z.'\-]*){0,4})\s+(\d{3,9})(?=\s*(?:$|\d{3}(?:\.\d)?\s+OF\s|SIPDIS|NOFORN|//))"
)
_SECTION = re.compile(r"\b(?:FINAL )?SECTION\s+\d+\s+OF\s+\d+\b", re.IGNORECASE)
_CLASSIFIED_BY = re.compile(r"\bclassified\s+by\b\s*:?\s*", re.IGNORECASE)
_REASON = re.compile(
    r"[\s.,;:(]*(?:\b(?:for\s+)?reasons?\b|\bfor\s+(?=1\.[45])|\b(?:per\s+)?E\.?O\.?\s*1\d{4}|\bper\s+(?:section\s+)?1\.[45]"
    r"|\b1\.[45]\s*\(|\bdue to\b).*",
    re.IGNORECASE | re.DOTALL,
)
_REFERENCE_MARK = re.compile(r"(?:^|[\s;,])¶?\(?([A-Z])[.)]\)?\s*(?=[A-Z0-9(\[])")


@dataclass(frozen=True, slots=True)
class HeaderFound:
    """A header and where it ends."""

    header: Header
    body_start: int
    """No paragraph starts before this offset: it lies behind subject, TAGS and executive order."""


def find_header(lines: Sequence[Line], name: str = "") -> HeaderFound:
    """Read the header off a cable's lines; `name` (such as `08MOSCOW436`) helps where the text is silent."""
    top = _top(lines)
    subject = subject_of(top)
    tags = tags_of(top)
    classification, mrn_line = _classification(top)
    place, number = _message_number(top, mrn_line)
    in_name = re.match(r"(\d{2})([A-Z]{2,})(\d+)\Z", name)
    date = _date(top, in_name.group(1) if in_name else None)
    if place is None and in_name:
        place, number = in_name.group(2), in_name.group(3)
    year = in_name.group(1) if in_name else f"{date:%y}" if date else None
    header = Header(
        post=_post(top, place),
        date=date,
        classification=classification,
        caveats=_caveats(top),
        tags=tags.tags,
        subject=subject.subject,
        references=_references(top),
        classified_by=_classified_by(top),
        mrn=year + re.sub(r"[^A-Z]", "", place) + str(int(number)) if year and place and number else None,
    )
    return HeaderFound(header, max(subject.end, tags.end, _order_end(top)))


def _top(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines among which header lines are looked for: up to the first line that is plainly a paragraph's."""
    top: list[Line] = []
    seen_label = False
    for index, whole in enumerate(lines[:HEADER_LINES]):
        line = Line(whole.number, whole.start, "" if whole.blank else whole.text[:LONGEST_LINE])
        top.append(line)
        seen_label = seen_label or label_of(line.text) in ("TAGS", "SUBJECT", "EO")
        first = _MARKED_PARAGRAPH.match(line.text) or (seen_label and _FIRST_PARAGRAPH.match(line.text))
        if first and not above_labels(lines, index):
            break
    return top


_FIRST_PARAGRAPH = re.compile(r"^\s*(?:[¶Q]\s*)?[(]?1{0,2}1(?:[.,)]{0,3}\s*(?:\([A-Z/]{1,6}\)|[A-Z][a-z])|\.\s+[A-Z(])")
_MARKED_PARAGRAPH = re.compile(r"^\s*¶\s?1\.\s+[A-Z(]|^\s*(?:[¶Q]\s*)?\d{1,2}\.\s*\((?:C|S|U|SBU|[CS]//?NF|SBU/NF)\)")


def _order_end(top: Sequence[Line]) -> int:
    for line in top:
        if label_of(line.text) == "EO":
            label = in_line_label(line.text, ("TAGS", "SUBJECT", "CLASSIFIED"))
            return line.end if label is None else line.start + label.start
    return 0


def _date(top: Sequence[Line], year: str | None) -> datetime | None:
    """The first date-time group that exists; else day of the year and time from the routing line."""
    for line in top:
        if label_of(line.text) in ("EO", "TAGS", "SUBJECT", "REF"):
            break  # a date-time group further down is that of another message
        for match in _DATE_TIME.finditer(line.text.upper()):
            day, hour, minute, month, printed_year = match.groups()
            try:
                return datetime(
                    full_year(printed_year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), tzinfo=UTC
                )
            except ValueError:
                continue
    for line in top if year else ():
        julian = _JULIAN.match(line.text)
        if julian and year:
            day_of_year, hours, minutes = (int(group) for group in julian.groups())
            if 1 <= day_of_year <= 366 and hours < 24 and minutes < 60:
                return datetime(full_year(year), 1, 1, hours, minutes, tzinfo=UTC) + timedelta(days=day_of_year - 1)
    return None


def full_year(printed: str) -> int:
    """A year as printed, two digits or four, as a number: 66 is 1966, 10 is 2010."""
    year = int(printed)
    if year >= 100:
        return year
    return year + (1900 if year >= YEAR_PIVOT else 2000)


def _classification(top: Sequence[Line]) -> tuple[str | None, int | None]:
    """The level, and the index of the line that prints it, on which the message number mostly stands too."""
    for index, line in enumerate(top):
        label = label_of(line.text)
        if label in ("TAGS", "SUBJECT", "REF"):
            break
        level = level_of(line.text)
        if level:
            return level, index
    for pattern, level in _BY_OPERATING_SIGNAL:
        if any(pattern.match(line.text) for line in top):
            return level, None
    return None, None


def level_of(text: str) -> str | None:
    """The level that a classification line begins with, letters spaced, lost or doubled at the front or not."""
    plain = _PLAIN.match(text)
    if plain:
        return _LEVELS[plain.group(1).replace(" ", "")]
    spaced = _SPACED.match(text)
    if not spaced:
        return None
    letters = "".join(spaced.group(1).split())
    for word in sorted(_LEVELS, key=len, reverse=True):
        for printed in (word, word[0] + word, word[1:]):
            near = len(letters) > 4 and (_one_letter_off(letters, printed) or printed.startswith(letters))
            if near or letters.startswith(printed):
                return _LEVELS[word]
    return None


def _one_letter_off(letters: str, word: str) -> bool:
    """Whether one letter was lost, added or changed."""
    if abs(len(letters) - len(word)) > 1:
        return False
    same_front = next((i for i, (a, b) in enumerate(zip(letters, word, strict=False)) if a != b), len(letters))
    tail_letters, tail_word = letters[same_front:], word[same_front:]
    return tail_letters[1:] == tail_word[1:] or tail_letters[1:] == tail_word or tail_letters == tail_word[1:]


def _message_number(top: Sequence[Line], classified: int | None) -> tuple[str | None, str | None]:
    """Post and number as in `MOSCOW 000436`, on the classification line or the ones behind it, or on a line alone."""
    first = classified if classified is not None else 0
    for index, line in enumerate(top[first:], first):
        if label_of(line.text) in ("TAGS", "SUBJECT", "EO", "REF"):
            break
        text = _SECTION.sub("  ", line.text)
        if index == classified:
            match = _SPACED.match(text) or _PLAIN.match(text)
            text = " " * match.end() + text[match.end() :] if match else text
            text = re.sub(r"\s{2,}", "  ", text)
        elif re.match(r"\s*(?:FM|TO|INFO|RU\w+|DE|AM[EC]\w+|SEC\w+|US\w+)\b.*", text) and classified is None:
            continue
        number = _NUMBER.search(re.sub(r"\b(?:SIPDIS|NOFORN|SENSITIVE|CORRECTED COPY)\b", " ", text).rstrip())
        if number and number.group(1) not in ("PRIORITY", "IMMEDIATE", "ROUTINE", "FLASH"):
            return number.group(1), number.group(2)
    return None, None


def _post(top: Sequence[Line], place: str | None) -> str | None:
    for line in top:
        sender = _FROM.match(line.text)
        if sender:
            return post_in_words(sender.group(1))
    return place_in_words(place) if place else None


def _caveats(top: Sequence[Line]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for line in top:
        if label_of(line.text) in ("SUBJECT", "REF"):
            break
        if line.text.upper() == line.text:
            found.update(dict.fromkeys(_CAVEATS.findall(line.text)))
    return tuple(found)


def _block(top: Sequence[Line], first: int) -> str:
    """A labelled line with those it goes on over: up to a blank line or the next label."""
    texts = [top[first].text]
    for line in top[first + 1 :]:
        if line.blank or line.ruled or label_of(line.text) or _FIRST_PARAGRAPH.match(line.text):
            break
        texts.append(line.text)
    return "\n".join(texts)


def _classified_by(top: Sequence[Line]) -> str | None:
    for index, line in enumerate(top):
        match = _CLASSIFIED_BY.search(line.text)
        if match and label_of(line.text) != "TO":
            words = " ".join(_block(top, index)[match.end() :].split())
            words = re.split(r"\s¶?1\.\s*\(", words)[0]
            return _REASON.sub("", words).strip(" .,;:") or None
    return None


# `(U)` before words without a number is a portion mark: `(U) This cable is sensitive ...`.
_NEXT_REFERENCE = re.compile(r"\s*¶?(?:[A-Z][.)]|\([A-Z]\.?\)(?=.*\d))\s*\S")


def _references(top: Sequence[Line]) -> tuple[str, ...]:
    for index, line in enumerate(top):
        label = in_line_label(line.text, ("REF",))
        if label is None:
            continue
        block = _block(top, index)[label.end :]
        for later in top[index + 1 :]:
            if later.blank or (later.text in block and later.text.strip()):
                continue
            if not _NEXT_REFERENCE.match(later.text) or _CLASSIFIED_BY.search(later.text):
                break
            block += "\n" + later.text
        block = IN_LINE_PAGE_HEAD.sub(" ", block)
        cut = in_line_label(block, ("CLASSIFIED", "TAGS", "SUBJECT"))
        block = block[: cut.start] if cut else block
        parts = _REFERENCE_MARK.split(" " + block)
        texts = [parts[0], *parts[2::2]]
        cleaned = [" ".join(part.split()).strip(" ;,.¶") for text in texts for part in text.split(";")]
        return tuple(text for text in cleaned if text)
    return ()
