"""The headers of the made-up cables."""

from __future__ import annotations

import textwrap
from datetime import datetime

from benchmarks.synthetic_page import Page
from benchmarks.synthetic_words import CODES

_REFERENCES = "REF: A. STATE 1234|REF: PARIS 512|REF: (A) 05 PARIS 405; (B) ROME 77|REF: A. 07 MOSCOW 12|REFTEL: ROME 8"
_CLASSIFIERS = (
    "Classified By: DCM J. Keller. Reason 1.4 (b,d)|CLASSIFIED BY: Ambassador R. Sand for reasons 1.4 (b) and (d).|"
    "Classified by Acting DCM Anna Haas. Reasons: 1.4(B/D).|"
    "(U) Classified by Political Counselor T. Quist, reasons 1.4 (b/d).|"
    "CLASSIFIED BY: Chris Moreau, CDA, U.S. Embassy. REASON: 1.4 (b), (d)"
)
_ORDERS = (
    "E.O. 12958: DECL: 02/14/2018|EO 12958 DECL: 08/24/2019|E.O. 12958: N/A|E.o. 12958: decl: 01/07/2014|"
    "E.O. 12958: DECL: 25X1-human|E.O. 12065: GDS 8/12/85 (KELLER, J.) OR-P|E.O. 12958: DECL: AFTER REUNIFICATION"
)
_BEFORE_THE_FIRST = (
    "(C) KEY POINTS\n\n-- (C) The ministry wants a treaty.\n\n-- (C) The army does not.\n\n|"
    "(U) This cable is sensitive but unclassified. Please protect accordingly.\n\n|"
    "(U) This message contains an action request in paragraph 3.\n\n|"
    "------------\nINTRODUCTION\n------------\n\n|SUMMARY\n-------\n\n|Summary\n\n|"
    "This is an action request; please see paragraph 2.\n\n"
)


def write_header(page: Page, date: datetime, sender: str, place: str, post: str, number: int, level: str) -> None:
    """Write everything above the first paragraph, and note what is true of it."""
    truth, words = page.truth, page.words
    with_head = not page.quirk("no transmission head", 0.06)
    truth.post = post
    truth.date = date if with_head else None
    truth.classification = level
    if with_head:
        head = _transmission(page, date, sender, number, level)
        page.add(*(head if words.chance(0.9) else head[4:]), "")
    page.add(_classification(page, place, number, level), "")
    for _ in range(words.random.choice((1, 1, 2))):
        page.add("SIPDIS", "")
    if words.chance(0.2):
        page.add(words.pick("NOFORN|SENSITIVE"), "")
    if words.chance(0.15):
        page.add(words.pick("DEPT FOR EUR/RUS AND INR|STATE PASS USTR; NSC FOR KELLER|DEPARTMENT FOR NEA/MAG"), "")
    _labels(page, level)
    if with_head and page.quirk("head twice", 0.05):
        page.repeat_all()
    if words.chance(0.12):
        page.add(*words.pick(_BEFORE_THE_FIRST).split("\n")[:-1])


def _transmission(page: Page, date: datetime, sender: str, number: int, level: str) -> list[str]:
    precedence = page.words.pick("P|O|R|Z|P R|O P")
    return [
        f"VZCZCX{page.words.pick('R|Y|Z')}O{number:04d}",
        "PP RUEHDBU",
        f"DE RUEHMO #{number:04d}/01 {date:%j%H%M}",
        f"ZNY {'UUUUU' if level == 'UNCLASSIFIED' else level[0] * 5} ZZH",
        f"{precedence} {date:%d%H%MZ %b %y}".upper(),
        f"FM {sender}",
        "TO RUEHC/SECSTATE WASHDC PRIORITY 1394",
        "INFO RUEHZL/EUROPEAN POLITICAL COLLECTIVE PRIORITY",
        "RHEHNSC/NSC WASHDC",
        "RUEAIIA/CIA WASHDC",
        "RUEHMO/AMEMBASSY MOSCOW 0123",
    ]


def _classification(page: Page, place: str, number: int, level: str) -> str:
    spaced = " ".join(level) if level != "UNCLASSIFIED" else page.words.pick("UNCLAS|UNCLAS|U N C L A S|UNCLASSIFIED")
    if level != "UNCLASSIFIED" and page.quirk("classification mangled", 0.02):
        letters = spaced.split(" ")
        lost = page.words.random.randint(1, len(letters) - 1)
        spaced = page.words.random.choice(
            (spaced[2:], letters[0] + spaced, f"{letters[0]} {spaced}", " ".join(letters[:lost] + letters[lost + 1 :]))
        )
        if page.truth.date and page.words.chance(0.2):
            spaced = ""
    section = f" SECTION 01 OF {page.words.random.randint(2, 6):02d}" if page.style.page_heads else ""
    return f"{spaced}{section} {place} {number:06d}".strip() + page.words.pick("|| | SIPDIS| NOFORN")


def _labels(page: Page, level: str) -> None:
    words, truth = page.words, page.truth
    tags = tuple(dict.fromkeys(words.random.sample(CODES, words.random.randint(2, 9))))
    order = words.pick(_ORDERS)
    names = {"OVIP": ("(KELLER, JANE)", "KELLER, JANE")} if words.chance(0.1) else {}
    separator = words.pick(", |, | |links")
    shown = [tag + (f" {names[tag][0]}" if tag in names else "") for tag in tags]
    truth.tags = tuple(part for tag in tags for part in (tag, *([names[tag][1]] if tag in names else [])))
    joined = " ".join(f"[{tag}](#)" for tag in tags) if separator == "links" else separator.join(shown)
    if separator == "links":
        truth.tags = tags
    label = "TAGS: "
    if page.quirk("tags otherwise", 0.12):
        label = words.pick("TAGS |TAG: |Tags: |tags ")
        joined = joined.lower() if label.islower() or label == "Tags: " else joined
    if page.quirk("tags in mid-line", 0.02):
        page.add(f"{order.split(' OR-P')[0]} {label}{joined}")
    else:
        page.add(order, *textwrap.wrap(label + joined, words.random.choice((30, 60, 200)), break_long_words=False))
    if page.quirk("no subject", 0.01):
        return
    _subject(page, level)


def _subject(page: Page, level: str) -> None:
    words = page.words
    subject = words.title(3, 16).upper()
    if words.chance(0.2):
        subject = subject.replace(" ", ": ", 1)
    if words.chance(0.1):
        subject += words.pick(" - MAY 2008|: 1. ROUND|, PART 2 OF 3| (PART II)")
    if words.chance(0.15):
        subject = subject.title()
    page.truth.subject = subject
    if words.chance(0.3):
        page.add("")
    wrapped = textwrap.wrap(words.pick("SUBJECT: |SUBJECT: |SUBJECT:  |Subject: |SUBJ: ") + subject, 64)
    behind = []
    if words.chance(0.6):
        reference = words.pick(_REFERENCES)
        behind.append(reference)
        if reference.startswith("REF: A."):
            gap = words.pick("     |")
            behind += [f"{gap}B. PARIS 99", f"{gap}C. STATE 88122"][: words.random.randint(0, 2)]
    if level != "UNCLASSIFIED":
        behind += ["", words.pick(_CLASSIFIERS)]
    if behind and page.quirk("subject with more on its line", 0.04):
        page.add(*wrapped[:-1], wrapped[-1] + " " + " ".join(text for text in behind if text), "")
        return
    if subject.isupper() and len(wrapped) > 1 and behind and page.quirk("gap in subject", 0.02):
        wrapped.insert(1, page.words.pick("|" + f"\n{page.place} {page.number:08d}  001.2 OF 003\n"))
    page.add(*(line for text in wrapped for line in text.split("\n")))
    if words.chance(0.5):
        page.add("")
    page.add(*behind, *([""] if behind or words.chance(0.7) else []))
