"""The header of a cable: where it came from, when, how it is classified and what it is about.

What is known of cable headers comes from the collection described in docs/design.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index_store.documents import Header
from index_store.parsing.dates import date_of
from index_store.parsing.headlines import IN_LINE_PAGE_HEAD, above_labels, in_line_label, label_of
from index_store.parsing.lines import Line
from index_store.parsing.posts import post_at, post_in_words
from index_store.parsing.subject import subject_of
from index_store.parsing.tags import tags_of

HEADER_LINES = 250
"""So far down a header is looked for."""

LONGEST_LINE = 1000
"""So far to the right."""

_FROM = re.compile(r"^\s*FM\s+([A-Z]{2}[^a-z:\s]*(?:\s.*)?)$")
"""The sender; a headline may begin with a minister, `FM Keller: ...`."""
_SPACED = re.compile(r"^\W*([A-Z]{1,2}(?:\s+[A-Z])(?:\s+[A-Z]){2,})\b(?!['’])")
_PLAIN = re.compile(
    r"^\W*(?:SENSITIVE BUT )?(?:U(?=U)|C(?=C)|S(?=S))?"
    r"(U ?NCLASSIFIED|U ?NCLAS|C ?ONFIDENTIAL|TOP SECRET|S ?ECRET|LIMITED OFFICIAL USE|RESTRICTED)\b"
    r"(?!\s+(?:[a-z]|ENTRY|SERVICE))"
)
_IN_SMALL_LETTERS = re.compile(r"\s*(?:[A-Z](?:\s[a-z]){4,}\b|Unclas(?:sified)?\s(?:section|[a-z ]+\d{3,}))")
"""`C o n f i d e n t i a l section 01 of 04 ankara 000348`."""
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
_AT_THE_END_OF_A_WORD = re.compile(
    r"(?<=[A-Z0-9./)])(S E C R E T|C O N F I D E N T I A L|U N C L A S|UNCLASSIFIED|UNCLAS|CONFIDENTIAL|SECRET)"
    r"\s+(?:SECTION\s+\d+\s+OF\s+\d+\s+)?[A-Z][A-Z.' ]*\s\d{3,9}\s*$"
)
"""A classification line with no line break before it: `AMEMBASSY LIMAS E C R E T OSLO 00042`."""
_CAVEATS = re.compile(r"\b(NOFORN|SENSITIVE|EXDIS|NODIS|LIMDIS|STADIS|ORCON|RODCA|FOUO|NOCONTRACT|ROGER CHANNEL)\b")
_CAPTION_ALONE = re.compile(
    rf"\s*(?:(?:{_CAVEATS.pattern}|SIPDIS|BUT UNCLASSIFIED|NOT FOR INTERNET (?:POSTING|DISTRIBUTION))[\s.,;/]*)+"
)
"""A line of nothing but caveats, which may stand below the subject."""
_NUMBER = re.compile(
    r"(?:^|\s)([A-Z][A-Z.'\-]*(?: [A-Z][A-Z.'\-]*){0,4})\s+(\d{3,9})"
    r"(?=\s*(?:$|\d{3}(?:\.\d)?\s+OF\s|SIPDIS|NOFORN|//|E\.?O\.?\s?1\d{4}))"
)
_BETWEEN_LEVEL_AND_PLACE = re.compile(
    r"\b(?:SIPDIS|NOFORN|SENSITIVE|EXDIS|NODIS|LIMDIS|STADIS|FOUO|EFTO|E F T O|CORRECTED COPY|FOR OFFICIAL USE ONLY)\b"
)
_LABELS_BELOW = ("TAGS", "SUBJECT", "EO", "REF")
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
    in_name = re.match(r"(\d{2})([A-Z]{2,})(\d+)\Z", name)
    date = date_of(top, in_name.group(1) if in_name else None)
    place, number = _message_number(top, mrn_line, (in_name[2], in_name[3]) if in_name else None)
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
    for line in top:
        if label_of(line.text) in _LABELS_BELOW:
            break
        joined = _AT_THE_END_OF_A_WORD.search(line.text)
        if joined:
            return level_of(joined.group(1)), None
    return None, None


def level_of(text: str) -> str | None:
    """The level that a classification line begins with, letters spaced, lost or doubled at the front or not."""
    text = _in_capitals(text)
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


def _in_capitals(text: str) -> str:
    return text.upper() if _IN_SMALL_LETTERS.match(text) else text


def _one_letter_off(letters: str, word: str) -> bool:
    """Whether one letter was lost, added or changed."""
    if abs(len(letters) - len(word)) > 1:
        return False
    same_front = next((i for i, (a, b) in enumerate(zip(letters, word, strict=False)) if a != b), len(letters))
    tail_letters, tail_word = letters[same_front:], word[same_front:]
    return tail_letters[1:] == tail_word[1:] or tail_letters[1:] == tail_word or tail_letters == tail_word[1:]


def _message_number(
    top: Sequence[Line], classified: int | None, named: tuple[str, str] | None
) -> tuple[str, str] | tuple[None, None]:
    """Post and number as in `MOSCOW 000436`, on a classification line or the ones behind it, or on a line alone.

    The file's name, `named`, fills a gap, and wins where no classification line bears the number: another line
    that looks like it may be an address.
    """
    sure = _number_behind_the_level(top)
    found = sure or _number_alone(top, classified)
    if named and not sure and not (found and _same_number(found, named)):
        return named
    return found or (None, None)


def _same_number(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two are one message number, blanks in the place and leading zeros aside."""
    return re.sub(r"[^A-Z]", "", one[0]) == other[0] and int(one[1]) == int(other[1])


def _number_behind_the_level(top: Sequence[Line]) -> tuple[str, str] | None:
    for line in top:
        if label_of(line.text) in _LABELS_BELOW:
            break
        joined = _AT_THE_END_OF_A_WORD.search(line.text)
        text = _SECTION.sub("  ", _in_capitals(line.text[joined.start(1) :] if joined else line.text))
        level = level_of(text) and (_SPACED.match(text) or _PLAIN.match(text))
        number = _number_in(" " * level.end() + re.sub(r"\s{2,}", "  ", text[level.end() :])) if level else None
        if number:
            return number
    return None


def _number_alone(top: Sequence[Line], classified: int | None) -> tuple[str, str] | None:
    """The number on a line that is no address: none with the label of one, and none of those that follow it."""
    address = False
    for index, line in enumerate(top[classified or 0 :], classified or 0):
        label = label_of(line.text)
        if label in _LABELS_BELOW:
            break
        address = label == "ADDRESS" or (address and not (line.blank or level_of(line.text)))
        routing = classified is None and re.match(r"\s*(?:RU\w+|DE|AM[EC]\w+|SEC\w+|US\w+)\b", line.text)
        number = _number_in(line.text) if index != classified and not (address or routing) else None
        if number:
            return number
    return None


def _number_in(text: str) -> tuple[str, str] | None:
    found = _NUMBER.search(_BETWEEN_LEVEL_AND_PLACE.sub("  ", text).rstrip())
    if found is None or set(found.group(1).split()) & {"PRIORITY", "IMMEDIATE", "ROUTINE", "FLASH", "PAGE"}:
        return None
    return None if re.fullmatch(r"X{3,}", found.group(1)) else (found.group(1), found.group(2))


def _post(top: Sequence[Line], place: str | None) -> str | None:
    """The sender above the labels, or below them, where a whole head follows a summary, above an address."""
    below = False
    for index, line in enumerate(top):
        below = below or label_of(line.text) in _LABELS_BELOW
        sender = _FROM.match(line.text)
        if sender and (not below or any(label_of(after.text) == "ADDRESS" for after in top[index + 1 : index + 2])):
            return post_in_words(sender.group(1))
    return post_at(place) if place else None


def _caveats(top: Sequence[Line]) -> tuple[str, ...]:
    """The caveats in lines of capitals above the subject, and below it in captions: not in the text's own words."""
    found: dict[str, None] = {}
    below = False
    for index, line in enumerate(top):
        below = below or label_of(line.text) in ("SUBJECT", "REF")
        apart = index == 0 or top[index - 1].blank or label_of(top[index - 1].text)
        if (apart and _CAPTION_ALONE.fullmatch(line.text)) if below else line.text.upper() == line.text:
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
            return re.sub(r"[.,;:\s]+(?:for|per)\Z", "", _REASON.sub("", words), flags=re.I).strip(" .,;:") or None
    return None


_LETTERED_LABEL = re.compile(r"\bREF[ \-]([A-Z])\s?:", re.IGNORECASE)
"""`REF B: STATE 1234` says the same as `B. STATE 1234`."""
# `(U)` before words without a number is a portion mark: `(U) This cable is sensitive ...`.
_NEXT_REFERENCE = re.compile(r"\s*¶?(?:REF[ \-][A-Z]\s?:|[A-Z][.)]|\([A-Z]\.?\)(?=.*\d))\s*\S")


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
        parts = _REFERENCE_MARK.split(" " + _LETTERED_LABEL.sub(r"\1. ", block))
        texts = [parts[0], *parts[2::2]]
        cleaned = [" ".join(part.split()).strip(" ;,.¶") for text in texts for part in text.split(";")]
        return tuple(text for text in cleaned if text and text.upper() not in ("NONE", "N/A"))
    return ()
