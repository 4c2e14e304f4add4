"""Cables made up by chance, in every form that real ones have, with the truth known.

The forms and how often they come are those of the section on real cables in docs/design.md. Nothing
here is taken from a cable: posts are real places, all else is put together from word lists.

A cable is first set as lines of text with the places of its paragraphs, then goes through the edition's
rule (a pilcrow before each line that begins with digits or a capital letter and a full stop), which is
what puts false signs before wrapped years, days and references.
"""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

PLACES = (
    ("AMEMBASSY MOSCOW", "MOSCOW", "Embassy Moscow"),
    ("AMEMBASSY PARIS", "PARIS", "Embassy Paris"),
    ("AMEMBASSY TEL AVIV", "TEL AVIV", "Embassy Tel Aviv"),
    ("AMEMBASSY BUENOS AIRES", "BUENOS AIRES", "Embassy Buenos Aires"),
    ("AMEMBASSY THE HAGUE", "THE HAGUE", "Embassy The Hague"),
    ("AMCONSUL HAMBURG", "HAMBURG", "Consulate Hamburg"),
    ("AMCONSUL ST PETERSBURG", "ST PETERSBURG", "Consulate St Petersburg"),
    ("USMISSION GENEVA", "GENEVA", "Mission Geneva"),
    ("USMISSION USUN NEW YORK", "USUN NEW YORK", "USUN New York"),
    ("SECSTATE WASHDC", "STATE", "Secretary of State"),
    ("AMEMBASSY KUALA LUMPUR", "KUALA LUMPUR", "Embassy Kuala Lumpur"),
    ("AMEMBASSY ASHGABAT", "ASHGABAT", "Embassy Ashgabat"),
)
CODES = [
    "PREL",
    "PGOV",
    "ECON",
    "EFIN",
    "ENRG",
    "EPET",
    "PHUM",
    "PTER",
    "MARR",
    "MASS",
    "MOPS",
    "PARM",
    "MNUC",
    "KNNP",
    "ETRD",
    "EINV",
    "SNAR",
    "KDEM",
    "PINR",
    "PBTS",
    "KJUS",
    "RS",
    "BO",
    "FR",
    "UK",
    "IS",
    "AR",
    "GM",
    "CH",
    "IR",
    "IZ",
    "NATO",
    "EUN",
    "UNSC",
    "OVIP",
    "ASEC",
    "SENV",
]
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SUBJECTS = [
    "president",
    "ministry",
    "talks",
    "border",
    "energy",
    "pipeline",
    "council",
    "election",
    "reform",
    "summit",
    "visit",
    "army",
    "minister",
    "gas",
    "trade",
    "opposition",
    "parliament",
    "budget",
    "defense",
    "customs",
    "airport",
    "treaty",
    "harbor",
    "election",
    "observers",
]
NAMES = [
    "Orlov",
    "Baran",
    "Dupont",
    "Keller",
    "Nasser",
    "Ito",
    "Mendez",
    "Quist",
    "Haas",
    "Okoye",
    "Laine",
    "Petrov",
    "Sand",
    "Ruiz",
    "Abadi",
    "Varga",
    "Moreau",
    "Lindt",
    "Said",
    "Toth",
]
VERBS = (
    "told us that",
    "argued that",
    "confirmed that",
    "denied that",
    "said privately that",
    "expected that",
    "complained that",
    "stressed that",
)
CLAUSES = (
    "the {s} would not change before the {s}",
    "the {s} had been delayed since {m}",
    "no {s} was ready for the {s}",
    "the government wanted a new {s}",
    "{n} opposed the {s}",
    "the U.S. position on the {s} was known",
    "most of the {s} had been spent",
    "a draft {s} was with the ministry",
    "the {s} cost USD {k} million",
)
TAILS = (
    ".",
    ".",
    ".",
    ".",
    ".",
    " in {y}.",
    " on {m} {d}.",
    " (see paragraph {p}).",
    ", as reported in para {p}.",
    " by {k} percent.",
    " at the end of {m} {y}.",
    ", citing UNSC Resolution {r}.",
    " despite the {s} of {m} {d}, {y}.",
)
SURNAMES = ("BURNS", "HALVORSEN", "O'NEIL", "McCARTHY", "SMITH", "DELA CRUZ", "VAN HORN", "RICE")


@dataclass
class Truth:
    """What is true of a cable: offsets of its paragraphs and the header facts."""

    starts: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    post: str | None = None
    date: datetime | None = None
    classification: str | None = None
    tags: tuple[str, ...] = ()
    subject: str | None = None


@dataclass
class Synthetic:
    """A made-up cable: its text, its truth, and the names of the quirks it has."""

    name: str
    text: str
    truth: Truth
    quirks: list[str]


@dataclass
class _Line:
    text: str
    column: int | None = None
    """Where in the line a true paragraph starts; None where none does."""
    edited: bool = True
    """Whether the edition's rule is applied to it."""


@dataclass
class _Style:
    width: int
    gaps: bool
    marks: tuple[str, ...]
    unmarked: float
    headings: str
    page_heads: bool
    capitals: bool
    indent: str
    edition: bool
    space: str


class _Writer:
    def __init__(self, seed: int, irregular: float) -> None:
        self.random = random.Random(seed)
        self.irregular = irregular
        self.quirks: list[str] = []
        self.lines: list[_Line] = []
        self.truth = Truth()

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, options):  # type: ignore[no-untyped-def]
        return self.random.choice(options)

    def fill(self, template: str) -> str:
        values: dict[str, Callable[[], object]] = {
            "s": lambda: self.pick(SUBJECTS),
            "n": lambda: self.pick(NAMES),
            "m": lambda: self.pick(MONTHS),
            "d": lambda: self.random.randint(1, 30),
            "y": lambda: self.random.randint(1965, 2010),
            "k": lambda: self.random.randint(2, 400),
            "p": lambda: self.random.randint(1, 9),
            "r": lambda: self.random.randint(660, 1900),
        }
        return re.sub(r"\{(\w)\}", lambda match: str(values[match.group(1)]()), template)

    def sentence(self) -> str:
        who = self.pick(("{n}", "{n}", "The {s}", "Minister {n}", "J. {n}", "Charge", "He", "Embassy contacts"))
        body = f"{who} {self.pick(VERBS)} {self.pick(CLAUSES)}"
        if self.chance(0.4):
            body += f" and {self.pick(CLAUSES)}"
        return self.fill(body + self.pick(TAILS))

    def prose(self, count: int) -> str:
        return " ".join(self.sentence() for _ in range(count))


def write_cable(seed: int, irregular: float = 1 / 7) -> Synthetic:
    """The cable of a seed; `irregular` is the share of cables whose numbers are irregular."""
    writer = _Writer(seed, irregular)
    date = datetime(1966, 1, 1, tzinfo=UTC) + timedelta(
        minutes=writer.random.randint(0, 43 * 365 * 1440)
        if writer.chance(0.15)
        else writer.random.randint(39 * 365 * 1440, 44 * 365 * 1440)
    )
    sender, place, post = writer.pick(PLACES)
    number = writer.random.randint(1, 29999)
    name = f"{date:%y}{place.replace(' ', '')}{number}"
    level = writer.pick(("CONFIDENTIAL", "CONFIDENTIAL", "CONFIDENTIAL", "SECRET", "SECRET", "UNCLASSIFIED"))
    style = _style(writer, level)
    _header(writer, date, sender, place, post, number, level, style)
    _body(writer, style, place, number)
    text = _edition(writer, style)
    return Synthetic(name, text, writer.truth, writer.quirks)


def _style(writer: _Writer, level: str) -> _Style:
    marks = {
        "CONFIDENTIAL": ("C", "C", "C", "C", "SBU", "U", "C/NF"),
        "SECRET": ("S", "S", "S/NF", "S//NF", "C", "C/NF", "U", "N/SF"),
        "UNCLASSIFIED": ("SBU", "SBU", "U", "SBU/NF"),
    }[level]
    bare = writer.chance(0.5 if level == "UNCLASSIFIED" else 0.01)
    return _Style(
        width=writer.pick((65, 65, 62, 68, 72, 100_000)),
        gaps=writer.chance(0.95),
        marks=marks,
        unmarked=1.0 if bare else 0.05,
        headings=writer.pick(("none", "none", "bare", "underlined", "ruled", "capitals")),
        page_heads=writer.chance(0.25),
        capitals=writer.chance(0.08),
        indent=writer.pick(("", "", "", "", "   ")),
        edition=writer.chance(0.97),
        space=writer.pick((" ", " ", " ", "  ", "    ")),
    )


# ---- the header


def _header(
    writer: _Writer, date: datetime, sender: str, place: str, post: str, number: int, level: str, style: _Style
) -> None:
    truth, add = writer.truth, lambda text: writer.lines.append(_Line(text))
    with_head = not writer.chance(0.06)
    truth.post = (
        post if with_head else {"Secretary of State": post, "USUN New York": post}.get(post, post.split(" ", 1)[1])
    )
    truth.date = date.replace(second=0, microsecond=0) if with_head else None
    truth.classification = level
    head = [
        f"VZCZCX{writer.pick('RYZ')}O{number:04d}",
        "PP RUEHDBU",
        f"DE RUEHMO #{number:04d}/01 {date:%j%H%M}",
        f"ZNY {level[0] * 5 if level != 'UNCLASSIFIED' else 'UUUUU'} ZZH",
        f"{writer.pick(('P', 'O', 'R', 'Z', 'P R', 'O P'))} {date:%d%H%MZ %b %y}".upper(),
        f"FM {sender}",
        "TO RUEHC/SECSTATE WASHDC PRIORITY 1394",
        "INFO RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY",
        "RHEHNSC/NSC WASHDC",
        "RUEAIIA/CIA WASHDC",
        "RUEHMO/AMEMBASSY MOSCOW 0123",
    ]
    if with_head:
        for line in head if writer.chance(0.9) else head[4:]:
            add(line)
        add("")
    spaced = " ".join(level) if level != "UNCLASSIFIED" else "UNCLAS"
    if writer.chance(0.02):
        spaced = writer.pick((spaced[2:], spaced[0] + spaced)) if level != "UNCLASSIFIED" else spaced
        writer.quirks.append("classification mangled")
    section = f" SECTION 01 OF {writer.random.randint(2, 6):02d}" if style.page_heads else ""
    add(f"{spaced}{section} {place} {number:06d}" + writer.pick(("", "", " ", " SIPDIS")))
    add("")
    for _ in range(writer.pick((1, 1, 2))):
        add("SIPDIS")
        add("")
    if writer.chance(0.2):
        add(writer.pick(("NOFORN", "SENSITIVE")))
        add("")
    _labels(writer, level)
    if writer.chance(0.1) and with_head:
        writer.quirks.append("head twice")
        first = list(writer.lines)
        writer.lines = [*first, _Line(""), *(_Line(line.text) for line in first)]
    for line in _before_the_first(writer):
        add(line)


def _labels(writer: _Writer, level: str) -> None:
    truth, lines = writer.truth, writer.lines
    tags = tuple(dict.fromkeys(writer.random.sample(CODES, writer.random.randint(2, 9))))
    truth.tags = tags
    order = writer.pick(
        ("E.O. 12958: DECL: 02/14/2018", "EO 12958 DECL: 08/24/2019", "E.O. 12958: N/A", "E.o. 12958: decl: 01/07/2014")
    )
    separator = writer.pick((", ", ", ", " ", "links"))
    joined = " ".join(f"[{tag}](#)" for tag in tags) if separator == "links" else separator.join(tags)
    form = writer.random.random()
    if form < 0.86:
        label = "TAGS: "
    elif form < 0.9:
        label = "TAGS "
    elif form < 0.92:
        label = "TAG: "
    else:
        label, joined = ("Tags: ", joined.lower()) if form < 0.96 else ("TAGS: ", joined)
    if form >= 0.97 and len(f"{order} {label}{joined}") < 90:
        lines.append(_Line(f"{order} {label}{joined}"))
    else:
        lines.append(_Line(order))
        wrapped = textwrap.wrap(label + joined, writer.pick((30, 60, 200)), break_long_words=False)
        lines.extend(_Line(text) for text in wrapped)
    words = [writer.pick(SUBJECTS) for _ in range(writer.random.randint(3, 16))]
    subject = " ".join(words).upper()
    if writer.chance(0.2):
        subject = subject.replace(" ", ": ", 1)
    if writer.chance(0.15):
        subject = subject.title()
    if writer.chance(0.01):
        truth.subject = None
        writer.quirks.append("no subject")
        return
    truth.subject = subject
    if writer.chance(0.3):
        lines.append(_Line(""))
    wrapped = textwrap.wrap("SUBJECT: " + subject, 64)
    behind = []
    reference = writer.pick(
        ("REF: A. STATE 1234", "REF: PARIS 512", "REF: (A) 05 PARIS 405; (B) ROME 77", "REF: A. 07 MOSCOW 12")
    )
    by = writer.pick(
        (
            "Classified By: DCM J. Keller. Reason 1.4 (b,d)",
            "CLASSIFIED BY: Ambassador R. Sand for reasons 1.4 (b) and (d).",
            "Classified by Acting DCM Anna Haas. Reasons: 1.4(B/D).",
            "(U) Classified by Political Counselor T. Quist, reasons 1.4 (b/d).",
        )
    )
    one_line = writer.chance(0.04)
    gap_in_subject = writer.chance(0.02) and len(wrapped) > 1
    if gap_in_subject and not subject.isupper():
        gap_in_subject = False
    for index, text in enumerate(wrapped):
        lines.append(_Line(text))
        if gap_in_subject and index == 0:
            lines.append(_Line(""))
            writer.quirks.append("gap in subject")
    if writer.chance(0.6):
        behind.append(reference)
        if reference.startswith("REF: A."):
            behind += ["     B. PARIS 99", "     C. STATE 88122"][: writer.random.randint(0, 2)]
    if level != "UNCLASSIFIED":
        behind += ["", by] if not one_line else [by]
    if one_line and behind:
        writer.quirks.append("subject with more on its line")
        lines[-1].text += " " + " ".join(text for text in behind if text)
    else:
        if writer.chance(0.5):
            lines.append(_Line(""))
        lines.extend(_Line(text) for text in behind)
    lines.append(_Line(""))


def _before_the_first(writer: _Writer) -> list[str]:
    if not writer.chance(0.12):
        return []
    return writer.pick(
        (
            ["(C) KEY POINTS", "", "-- (C) The ministry wants a treaty.", "", "-- (C) The army does not.", ""],
            ["(U) This cable is sensitive but unclassified. Please protect accordingly.", ""],
            ["(U) This message contains an action request in paragraph 3.", ""],
            ["------------", "INTRODUCTION", "------------", ""],
            ["SUMMARY", "-------", ""],
        )
    )


# ---- the body


def _body(writer: _Writer, style: _Style, place: str, number: int) -> None:
    count = max(1, int(writer.random.gammavariate(2.2, 5)))
    numbers: list[int | None] = list(range(1, count + 1))
    numbers, printed = _irregular(writer, numbers)
    seen: dict[str, int] = {}
    for index, (label, shown) in enumerate(zip(numbers, printed, strict=True)):
        key = str(label)
        seen[key] = seen.get(key, 0) + 1
        writer.truth.labels.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
        if index and label == 1:
            writer.lines += [
                _Line(text)
                for text in writer.pick((["", "ANNEX", ""], ["", "BEGIN TEXT", ""], ["", "Letter of the Minister", ""]))
            ]
        _heading(writer, style, index)
        _paragraph(writer, style, shown, index)
        if style.gaps:
            writer.lines.append(_Line(""))
    if style.page_heads:
        _page_heads(writer, place, number)
    _ending(writer)


def _irregular(writer: _Writer, numbers: list[int | None]) -> tuple[list[int | None], list[str]]:
    """Labels and what is printed; mangled pilcrows, misprints, repeats, restarts, skips, a late beginning."""
    labels = list(numbers)
    printed = [f"{number}" for number in numbers]
    if not writer.chance(writer.irregular):
        return labels, printed
    kind = writer.pick(("mangled", "misprint", "repeat", "restart", "skip", "late"))
    count = len(labels)
    if kind == "mangled" and count > 4:
        first = writer.random.randint(2, count - 1)
        for index in range(first, min(count, first + writer.random.randint(1, 4))):
            printed[index] = f"!1{labels[index]}"
    elif kind == "misprint" and count > 4:
        index = writer.random.randint(1, count - 2)
        wrong = writer.pick((index + 3, index + 11, max(1, index - 2)))
        printed[index] = str(wrong)
        if wrong == labels[index]:
            return labels, printed
    elif kind == "repeat" and count > 3:
        index = writer.random.randint(1, count - 1)
        labels = [*labels[: index + 1], labels[index], *labels[index + 1 :]]
        printed = [str(label) for label in labels]
    elif kind == "restart":
        tail = writer.random.randint(2, 5)
        labels += list(range(1, tail + 1))
        printed = [str(label) for label in labels]
    elif kind == "skip" and count > 3:
        step = writer.random.randint(2, 4)
        labels = [label for label in labels if label and (label < 3 or label % step == 0)]
        printed = [str(label) for label in labels]
    elif kind == "late":
        labels = [label + 1 for label in labels if label]
        printed = [str(label) for label in labels]
    else:
        return labels, printed
    writer.quirks.append(kind)
    return labels, printed


def _heading(writer: _Writer, style: _Style, index: int) -> None:
    if style.headings == "none" or not writer.chance(0.35):
        return
    title = " ".join(writer.pick(SUBJECTS) for _ in range(writer.random.randint(1, 5))).title()
    if writer.chance(0.15):
        title = writer.pick(("Summary", "Comment", "Background", "Action Request")) if index else "Summary"
    if writer.chance(0.2):
        title = title.replace(" ", ": ", 1)
    rule = "-" * writer.pick((len(title), 12, 45))
    if style.headings == "capitals":
        title = title.upper()
    above = [""] if not style.gaps and style.headings == "bare" else []
    block = {
        "bare": [*above, title, ""],
        "capitals": [title, ""],
        "underlined": [title, rule, ""],
        "ruled": [rule, title, rule, ""],
    }[style.headings]
    if not style.gaps and style.headings != "bare":
        block = block[:-1]
    writer.lines += [_Line(text) for text in block]


def _paragraph(writer: _Writer, style: _Style, shown: str, index: int) -> None:
    mark = "" if writer.chance(style.unmarked) else writer.pick(style.marks)
    body = writer.prose(writer.random.randint(2, 9))
    if writer.chance(0.2):
        body = (
            writer.pick(("Summary: ", "Comment: ", "SUMMARY. "))
            + body
            + writer.pick((" End summary.", " End comment.", ""))
        )
    if style.capitals:
        body = body.upper()
    if writer.chance(0.05):
        body = body.replace(".", f". XXXXXXXXXXXX {writer.pick(VERBS)} it.", 1)
    if index == 0 and writer.chance(0.03):
        body = "Classified by Charge P. Varga, reasons 1.4 (b) and (d)."
    lead, edited, column = _lead(writer, shown, mark, style)
    if (
        writer.lines
        and writer.chance(0.004)
        and mark
        and index
        and writer.lines[-1].text == ""
        and len(writer.lines) > 1
    ):
        above = writer.lines[-2]
        if above.text.endswith(".") and above.column is None and not shown.startswith("!"):
            writer.lines.pop()
            writer.quirks.append("in mid-line")
            glue = "¶" if style.edition and writer.chance(0.5) else ""
            first, *rest = textwrap.wrap(body, 60)
            above.column = len(above.text) + 1
            above.text += f" {glue}{shown}. ({mark}) {first}"
            writer.lines += [_Line(text) for text in rest]
            return
    wrapped = textwrap.wrap(lead + body, style.width, drop_whitespace=True, break_on_hyphens=False)
    writer.lines.append(_Line(wrapped[0], column, edited))
    if writer.chance(0.01) and len(wrapped) > 1 and re.match(r"\d+\. ", wrapped[0]):
        writer.quirks.append("printed twice")
        writer.lines.append(_Line("Q" + wrapped[0], None, False))
    rest = wrapped[1:]
    if len(rest) > 2 and writer.chance(0.02):
        rest.insert(writer.random.randint(1, len(rest) - 1), "")
    writer.lines += [_Line(text) for text in rest]
    if writer.chance(0.12):
        _points(writer, style, mark)


def _lead(writer: _Writer, shown: str, mark: str, style: _Style) -> tuple[str, bool, int]:
    """The number sign and portion mark in one of the forms, whether the edition's rule meets it, and its column."""
    if shown.startswith("!"):
        return f"{shown[1:]}. " + (f"({mark}) " if mark else ""), False, 0
    if writer.chance(0.02):
        writer.quirks.append("odd sign")
        if not mark:
            return f"{shown}.", False, 0
        odd = writer.pick(
            (
                f"{shown}.({mark}) ",
                f"{shown}, ({mark}) ",
                f"{shown} ({mark}) ",
                f"{shown}.. ({mark}) ",
                f"({shown}. ({mark}) ",
                f"({shown}) ({mark}) ",
                f"({mark}) {shown}. ",
                f"Q ({mark}) ",
                f"{int(shown) + 1}. {shown}. ({mark}) ",
                f"{shown}.",
            )
        )
        return odd, bool(re.match(r"\d+\. ", odd)), 0
    return f"{shown}.{style.space}" + (f"({mark}) " if mark else ""), True, 0


def _points(writer: _Writer, style: _Style, mark: str) -> None:
    form = writer.pick(("-- ", "- ", "a. ", "A. ", "1) "))
    for number in range(writer.random.randint(2, 4)):
        sign = {
            "a. ": f"{'abcd'[number]}. ",
            "A. ": f"{'ABCD'[number]}. ",
            "1) ": f"{number + 1}) ({mark or 'S/NF'}) ",
        }.get(form, form)
        writer.lines.append(_Line(""))
        writer.lines += [_Line(text) for text in textwrap.wrap(sign + writer.sentence(), style.width)]


def _page_heads(writer: _Writer, place: str, number: int) -> None:
    """Put page heads into the body, each 40 to 60 lines, wherever that falls."""
    writer.quirks.append("page heads")
    first = next(index for index, line in enumerate(writer.lines) if line.column is not None)
    index = first + writer.random.randint(5, 30)
    page = 2
    forms = writer.pick(("number", "number", "number", "section", "page"))
    while index < len(writer.lines) - 2:
        if forms == "number":
            block = ["", f"{place} {number:08d}  {page:03d} OF 005", ""]
        elif forms == "section":
            block = ["", f"C O N F I D E N T I A L SECTION {page:02d} OF 05 {place} {number:06d} ", "", "SIPDIS ", ""]
            if writer.chance(0.5):
                block += [
                    "E.O. 12958: DECL: 02/14/2018",
                    "TAGS: PREL, PGOV",
                    *textwrap.wrap("SUBJECT: " + (writer.truth.subject or "X"), 64),
                    "",
                ]
        else:
            block = ["", f"PAGE {page:02d} RUEHMO {number:05d} {page:02d} OF 05 121200Z", ""]
        if writer.chance(0.3):
            block = [text for text in block if text]
        writer.lines[index:index] = [_Line(text, None, False) for text in block]
        index += writer.random.randint(40, 60) + len(block)
        page += 1


def _ending(writer: _Writer) -> None:
    if writer.chance(0.85):
        if writer.lines[-1].text:
            writer.lines.append(_Line(""))
        writer.lines.append(_Line(writer.pick(SURNAMES)))
    if writer.chance(0.04):
        writer.quirks.append("text behind the end")
        writer.lines += [_Line(""), _Line("BIOGRAPHIC NOTE"), _Line("")]
        writer.lines += [_Line(text) for text in textwrap.wrap(writer.prose(3), 65)]


def _edition(writer: _Writer, style: _Style) -> str:
    """Apply the edition's rule and set the lines as one text; note where the paragraphs start."""
    out: list[str] = []
    offset = 0
    for line in writer.lines:
        text = line.text
        if style.edition and line.edited and re.match(r"\s*(?:\d+|[A-Z])\. ", text) and not text.startswith("Q"):
            stripped = text.lstrip()
            text = text[: len(text) - len(stripped)] + "¶" + stripped
        if line.column is not None:
            shift = len(text) - len(line.text) if line.column else 0
            writer.truth.starts.append(offset + line.column + shift)
        out.append(text)
        offset += len(text) + 1
    return "\n".join(out)
