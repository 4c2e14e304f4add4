"""Places in a cable where a paragraph may start, each with the evidence for it.

A number sign is what a paragraph begins with: `¶5.`, `5.`, `(5)`, `Q5.`. The pilcrow proves nothing:
the best-known edition of cables put one before every line that begins with digits and a full stop.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from index_store.parsing.headlines import label_of
from index_store.parsing.layout import is_signature
from index_store.parsing.lines import Line, ends_sentence, typical_width

LARGEST_NUMBER = 399
"""No cable has more paragraphs; larger numbers are years and figures."""

LONGEST_WRAPPED = 160
"""A longer line was not wrapped: that it is full says nothing of what begins the next one."""

SHORT_POINT = 120
"""Up to so many characters, an unmarked numbered text among marked paragraphs is rather the point of a list."""

_LEVEL = r"(?:[CSUN]|[CSUBNFLO]{2,5}|TS|FOUO|UNCLAS|SECRET|CONFIDENTIAL)"
MARK = rf"[(\[{{]\s*(?i:{_LEVEL}(?:\s*[/\-]{{1,2}}\s*[A-Z]{{1,8}}(?:[ ,/]{{1,2}}[A-Z]{{2,5}})*)?)\s*[)\]}}]"
"""A portion mark, misprints such as (N/SF) and (SUB) included."""
_GAP = r"[ \t\xa0\f\v]"
_SIGN = r"(?:Â?¶|\[¶\]\([^()\s]{0,60}\)|&para;|&\#182;|Q(?=\s?\d|\s*\()|\ufffd)"
_MANGLED_SIGN = r"[PpqTIl|!](?=\d{1,2}\.\s*\()"
_AT_LINE_START = re.compile(
    rf"""(?:{_GAP}|>)*
    (?:(?P<mark_first>{MARK}){_GAP}*)?
    (?P<sign>(?:(?:{_SIGN}\s?){{1,2}}|{_MANGLED_SIGN}|)){_GAP}*
    (?P<open>[(\[]?)(?P<number>\d{{1,4}})(?P<point>[ ]?\\?[.,:;)\]]{{1,3}}|)(?!\d)
    (?:{_GAP}*(?P<again>¶{_GAP}*|(?<={_GAP}))(?P<second>\d{{1,3}})[.,)]{{1,2}}(?![\d]))?
    (?P<gap>{_GAP}*\n?{_GAP}*(?:[-–—]{_GAP}+)?)(?P<mark>{MARK})?
    """,
    re.VERBOSE,
)
_LOST_NUMBER = re.compile(rf"{_GAP}*(?P<sign>{_SIGN})[.,]?{_GAP}*(?P<mark>{MARK})")
_IN_MID_LINE = re.compile(
    rf"""(?<=[^\s\d])(?P<before>{_GAP}+)
    (?P<sign>(?:{_SIGN}{_GAP}?)?)(?P<open>\(?)(?P<number>\d{{1,3}})(?P<point>[.,)]{{0,2}})(?!\d)
    (?P<gap>{_GAP}*)(?:(?P<mark>{MARK})|(?<=\.{_GAP})(?=[A-Z"“])|(?<=\.{_GAP}{_GAP})(?=[A-Z"“]))
    """,
    re.VERBOSE,
)
_FAR = 20
"""So many lines a page head can put between the two printings of a line."""
_DANGLING = re.compile(
    r"(?:\b(?:JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|THE|OF|IN|ON|AND|OR"
    r"|BY|TO|FROM|WITH|AT|SINCE|UNTIL|TILL|THAN|ABOUT|APPROXIMATELY|NEARLY|ALMOST|ROUGHLY|OVER|UNDER|ABOVE|BELOW|AROUND"
    r"|ONLY|SOME|BETWEEN|THROUGH|DURING|BEFORE|AFTER|FOR|IS|WAS|ARE|WERE|BE|A|AN|NUMBER|ARTICLES?|SECTIONS?|RESOLUTIONS?"
    r"|UNSCRS?|UNSC|PAGES?|CHAPTERS?|PHASE|PART|ITEMS?|OPTION|DATED|EFFECTIVE|PER|TOTAL(?:ED|ING)?|AGED?|SEE|REF|REFTEL"
    r"|TASK FORCE|GROUP|ANNEX|TABLE|LINE|POINTS?|QUESTIONS?|ITS|THEIR|HIS|HER)|[,\-–(&/]|[$€£])\Z",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"\b(?:JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC|NOS?|PARAS?|PARAGRAPHS?|ARTS?|SECS?|APPROX|CA|PP?|FIGS?|VOL)\.?\Z",
    re.IGNORECASE,
)
"""These go on with a number, a full stop behind them or not."""
_ANOTHER_TEXT = re.compile(
    r"\W*(?:(?:ANNEX|APPENDIX|ATTACHMENT|ENCLOSURE)\b.{0,50}|(?:BEGIN|TEXT|LETTER|MEMO\w*|NON-?PAPER)\b.{0,60}:)\W*",
    re.IGNORECASE,
)
"""Announces an annex, or a quoted text that may have numbers of its own."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One place where a paragraph may start.

    `numbers` are the numbers printed there: none where the number was lost, two for `¶7. 6.`. `gain` says
    how far the place itself speaks for a start, in the units of `numbering`.
    """

    start: int
    line: int
    """Index of the line."""
    numbers: tuple[int, ...]
    printed: str | None
    shown: str
    """The number sign as the text shows it, for reports."""
    signed: bool
    """Whether a pilcrow, or the Q that stands for one, is printed."""
    mark: str | None
    text_start: int
    """Where the paragraph's words begin, behind number and portion mark."""
    gain: float = 0.0
    doubled: tuple[int, int] | None = None
    """Span of a second printing of the same line, which is no text of its own."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document writes its paragraphs; evidence is weighed against this."""

    marked: bool
    """Most paragraphs carry a portion mark."""
    signed: bool
    """Some number signs carry a pilcrow."""
    listed: bool
    """Paragraphs are written like points of a list, `1)`: all that may be any, or most and the first of them."""
    bracketed: bool
    """So are they, in brackets: `(1)`."""
    width: int
    """The column at which lines are wrapped."""
    indent: int
    """How far most number signs are indented."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A match with what stands around it."""

    sign: Sign
    match: re.Match[str]
    in_mid_line: bool

    @property
    def listed(self) -> bool:
        """Whether it looks like a point of a list, `1)`."""
        point = self.match.groupdict().get("point") or ""
        return ")" in point and "." not in point and not self.match["sign"] and not self.match.groupdict().get("open")

    @property
    def bracketed(self) -> bool:
        """Whether the number stands in brackets, `(1)`."""
        groups = self.match.groupdict()
        return bool(groups.get("open")) and ")" in (groups.get("point") or "")


def find_signs(source: str, lines: Sequence[Line], body_start: int, heads: Collection[int]) -> list[Sign]:
    """All places where a paragraph may start, in order, weighed. Lines in `heads` are passed over."""
    places = list(_places(source, lines, body_start, heads))
    habits = _habits(places, lines)
    signs = []
    above = _lines_above(lines, heads, body_start)
    ends = [place.sign.start for place in places[1:]] + [len(source)]
    for place, end in zip(places, ends, strict=False):
        gain = _gain(source, place, above[place.sign.line], habits)
        if habits.marked and not place.sign.mark and end - place.sign.text_start < SHORT_POINT:
            gain -= 1.0
        if not place.in_mid_line and _indent(lines, place.sign) > habits.indent + 2:
            gain -= 2.0
        signs.append(replace(place.sign, gain=gain))
    return _without_doubles(source, lines, signs)


def _places(source: str, lines: Sequence[Line], body_start: int, heads: Collection[int]) -> Iterator[_Place]:
    for index, line in enumerate(lines):
        if line.blank or index in heads or line.end <= body_start:
            continue
        behind = max(body_start, line.start)
        if line.start >= body_start:
            place = _place_at_start(source, index, line)
            if place:
                yield place
                behind = place.sign.text_start
        for match in _IN_MID_LINE.finditer(source, behind, line.end):
            start = match.end("before")
            yield _Place(_sign(source, index, start, match), match, in_mid_line=True)


def _place_at_start(source: str, index: int, line: Line) -> _Place | None:
    match = _LOST_NUMBER.match(source, line.start, line.end)
    if match:
        start = match.start("sign")
        mark = _plain_mark(match["mark"])
        sign = Sign(start, index, (), None, source[start : match.end("mark")], True, mark, _words(source, match.end()))
        return _Place(sign, match, in_mid_line=False)
    match = _AT_LINE_START.match(source, line.start)
    if match is None or match.start("number") >= line.end:
        return None
    signed, marked = bool(match["sign"]), bool(match["mark"] or match["mark_first"])
    after = source[match.end() : match.end() + 1]
    words_follow = re.match(r"[ \t]+[A-Z\"“(]", source[match.end("number") : match.end("number") + 4])
    if not (match["point"].strip() or marked or (signed and words_follow)):
        return None
    if not marked and after and not (after.isspace() or match["gap"] or after.isalpha() or after in "\"“'‘(["):
        return None
    first = next(group for group in ("mark_first", "sign", "open", "number") if match[group])
    start = match.start(first)
    return _Place(_sign(source, index, start, match), match, in_mid_line=_second_alone(match))


def _sign(source: str, index: int, start: int, match: re.Match[str]) -> Sign:
    groups = match.groupdict()
    numbers = [int(match["number"])]
    if groups.get("second"):
        numbers.append(int(groups["second"]))
    if _second_alone(match):
        start, numbers = match.start("second") - len(match["again"]), numbers[1:]
    mark = groups.get("mark") or groups.get("mark_first")
    if (
        mark and "ENTIRE" in mark.upper()
    ):  # `1. (C - ENTIRE TEXT)` says it of the cable: these are the paragraph's words
        groups["mark"] = None
    end = match.end(next(group for group in ("mark", "second", "point") if groups.get(group) or group == "point"))
    if groups.get("second") and not groups.get("mark"):
        end += len(re.match(r"[.,)]*", source[end : end + 3]).group())  # type: ignore[union-attr]
    return Sign(
        start=start,
        line=index,
        numbers=tuple(dict.fromkeys(number for number in numbers if number <= LARGEST_NUMBER)) or (numbers[0],),
        printed=str(numbers[0]),
        shown=" ".join(source[start : max(match.end("point"), end if groups.get("second") else 0)].split()),
        signed=bool(match["sign"]),
        mark=_plain_mark(mark) if mark else None,
        text_start=_words(source, end),
    )


def _second_alone(match: re.Match[str]) -> bool:
    """Whether of two numbers the first is a wrapped figure, and the sign stands in mid-line behind it."""
    groups = match.groupdict()
    if not groups.get("second"):
        return False
    first, second = int(match["number"]), int(match["second"])
    return first > LARGEST_NUMBER or (bool(match["again"]) and first != second)


def _words(source: str, offset: int) -> int:
    while offset < len(source) and source[offset].isspace():
        offset += 1
    return offset


def _plain_mark(mark: str) -> str:
    if "ENTIRE" in mark.upper():
        return mark.strip("([{ \t\n")[:1].upper()
    return re.sub(r"\s*([/\-])\s*", r"\1", " ".join(mark.strip("()[]{} \t\n").split())).upper()


def _habits(places: Sequence[_Place], lines: Sequence[Line]) -> Habits:
    at_start = [place for place in places if not place.in_mid_line and place.sign.numbers]
    plain = [place.sign for place in at_start if not place.listed and place.sign.numbers[0] <= LARGEST_NUMBER]
    marked = sum(sign.mark is not None for sign in plain)
    indents = Counter(_indent(lines, sign) for sign in plain if sign.mark or not marked)
    return Habits(
        marked=marked >= 2 and marked >= 0.5 * len(plain),
        signed=any(sign.signed for sign in plain),
        listed=_counted_like_a_list(at_start),
        bracketed=sum(place.bracketed for place in at_start) > 0.5 * len(plain),
        width=typical_width(lines),
        indent=indents.most_common(1)[0][0] if indents else 0,
    )


def _counted_like_a_list(places: Sequence[_Place]) -> bool:
    """Whether paragraphs are written `1)`: all of them, or most; no list of points stands above the first one."""
    numbered = [place for place in places if place.sign.numbers[0] <= LARGEST_NUMBER]
    listed = [place for place in numbered if place.listed]
    if len(listed) == len(numbered):
        return bool(places)
    marked = [place for place in listed if place.sign.mark]
    return bool(listed) and numbered[0] is listed[0] and len(marked) > len(numbered) - len(listed)


def _indent(lines: Sequence[Line], sign: Sign) -> int:
    return sign.start - lines[sign.line].start


@dataclass(frozen=True, slots=True)
class _Above:
    """What stands above a line: the last line of text, and whether a gap (blank line, rule, page head) lies between."""

    text: str
    gap: bool
    another_text: bool = False
    """Whether that line is the signer's name, or announces another text."""


def _lines_above(lines: Sequence[Line], heads: Collection[int], body_start: int) -> list[_Above]:
    above = []
    text, gap, another_text = "", True, False
    for index, line in enumerate(lines):
        above.append(_Above(text, gap, another_text and gap))
        if line.blank or line.ruled or index in heads:
            gap = True
        elif line.end <= body_start or label_of(line.text) in ("REF", "CLASSIFIED", "REASON"):
            text, gap, another_text = "", True, False
        else:
            another_text = gap and (_ANOTHER_TEXT.fullmatch(line.text) is not None or is_signature(lines, index))
            text, gap = line.text, False
    return above


def _gain(source: str, place: _Place, above: _Above, habits: Habits) -> float:
    """How far the place itself speaks for a paragraph: the weights of the table in `numbering`."""
    sign, groups = place.sign, place.match.groupdict()
    point = (groups.get("point") or "").strip(" \\")
    gain = -1.0
    gain += 1.0 if sign.signed or not habits.signed else 0.0
    gain += 1.0 if point.startswith(".") else 0.0
    gain += 8.0 if sign.mark else -1.0 if habits.marked else 0.0
    if sign.numbers and sign.numbers[0] > LARGEST_NUMBER:
        gain -= 50.0
    if place.listed and not habits.listed:
        gain -= 16.0
    elif place.bracketed and not habits.bracketed:
        gain -= 9.0
    gain -= _doubt_about_sign(groups.get("sign") or "", sign)
    first = source[sign.text_start : sign.text_start + 2]
    if first[:1].islower():
        gain -= 3.0
    elif first[:1].isupper() or first[:1] in "\"“'‘(":
        gain += 0.5
    if place.in_mid_line:
        before = source[max(0, sign.start - 40) : sign.start].rstrip()
        if _ABBREVIATED.search(before) or _DANGLING.search(before):
            gain -= 6.0
        elif not ends_sentence(before):
            gain -= 3.0
        return gain - (2.0 if sign.mark else 3.5)
    return gain + _gain_from_above(above, sign.numbers == (1,), habits)


def _doubt_about_sign(printed: str, sign: Sign) -> float:
    """A Q may number a question, a letter a point of a list; only the number due makes them pilcrows."""
    if re.fullmatch(r"[PpTIl|!q]", printed.strip()):
        return 11.0
    return 4.0 if printed.strip() == "Q" and not sign.mark else 0.0


def _gain_from_above(above: _Above, first: bool, habits: Habits) -> float:
    gain = 1.5 if above.gap else 0.0
    gain += 2.5 if first and above.another_text else 0.0
    text = above.text.rstrip()
    full = len(text) >= 0.72 * habits.width
    text = text[-40:]
    if _ABBREVIATED.search(text) and not (text.isupper() and above.gap):
        return gain - 3.0 - (0.0 if above.gap else 2.5)
    if not text or ends_sentence(text):
        return gain + 1.5
    if _DANGLING.search(text) and not (text.isupper() and above.gap):
        gain -= 3.0
    if full and not above.gap and len(above.text) <= LONGEST_WRAPPED:
        return gain - 2.5
    return gain + (0.0 if full else 1.0)


def _without_doubles(source: str, lines: Sequence[Line], signs: Sequence[Sign]) -> list[Sign]:
    """Leave out second printings: the same number with the same words, or a number sign alone before its like."""
    kept: list[Sign] = []
    for sign in signs:
        before = kept[-1] if kept else None
        if before and before.numbers and before.numbers == sign.numbers and sign.line - before.line <= _FAR:
            first, second = (
                source[s.text_start : min(lines[s.line].end, s.text_start + 200)].split() for s in (before, sign)
            )
            if before.text_start >= sign.start and before.gain < 0:  # a wrapped figure
                kept[-1] = sign
                continue
            if before.text_start >= sign.start:  # nothing but the sign on the first line
                kept[-1] = replace(
                    before,
                    mark=sign.mark or before.mark,
                    text_start=sign.text_start,
                    gain=max(before.gain, sign.gain),
                    doubled=(sign.start, sign.text_start),
                )
                continue
            again = sign.shown.startswith("Q") and not before.shown.startswith("Q")
            if len(first) > 1 and (first == second or (again and first[:3] == second[:3])):
                kept[-1] = replace(before, doubled=(sign.start, lines[sign.line].end))
                continue
        kept.append(sign)
    return kept
