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
_LINKED = "\0"
"""Stands in a content behind each tag that was a link."""
_KNOWN = """
ABLD AEMR AFIN AFSI AGRI AINF AINR AMED AMGT AODE AORC APCS APER ASCH ASEC ASIG BBSR BEXP BTIO CASC CGEN CJAN
CMGT CPAS CVIS EAGR EAID EAIR ECCP ECIN ECON ECPS EFIN EFIS EIND EINT EINV ELAB ELTN EMIN ENIV ENRG ENVR EPET
ETRA ETRD ETTC EUN EWWT IAEA KACT KAWC KBIO KCFE KCIP KCOM KCOR KCRM KDEM KDEV KDRG KFIN KFLO KFLU KFRD KGHG
KGIC KHIV KHLS KICC KIPR KIRC KIRF KISL KJUS KMCA KMDR KNNP KOCI KOLY KOMC KPAL KPAO KPKO KPLS KPRP KRAD KRVC
KSAF KSCA KSEC KSEP KSPR KSTC KSTH KSUM KTFN KTIA KTIP KUNR KWAC KWBG KWMN MAPP MARR MASS MCAP MEPP MNUC MOPS
MPOS MTCRE NATO OAAA OAS OCON ODIP OEXC OFDP OIIP OPCW OPDC OPRC OREP OSCE OSCI OTRA OVIP PARM PBTS PGOV PHSA
PHUM PINL PINR PINS PINT PNAT PREF PREL PROP PTER SCUL SENV SHUM SMIG SNAR SOCI TBIO TINT TNGD TPHY TRGY TSPA
TSPL UNEP UNESCO UNGA UNHCR UNSC USEU USUN WHO WTO WTRO
"""
KNOWN = frozenset(_KNOWN.split())
"""The usual tags but for those of countries, which have two letters."""


class Tags(NamedTuple):
    """The tags in the order printed, each once, and the offset behind them."""

    tags: tuple[str, ...]
    end: int


def tags_of(top: Sequence[Line]) -> Tags:
    """Read the fullest TAGS line: at the start of a line, or in mid-line behind the executive order.

    Some editions print a summary of the header above it, with some of its tags.
    """
    fullest = Tags((), 0)
    for index, line in enumerate(top):
        label = _label(line.text)
        if label is None:
            continue
        content, last = _content(top, index, label)
        tags = _split(content)
        if not fullest.end or (len(tags) > len(fullest.tags) and set(tags).issuperset(fullest.tags)):
            fullest = Tags(tags, last) if content.strip(" ,") else fullest
    return fullest


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
    """Tags of a content, each once; words in brackets, in a link, and names between commas, are one tag each."""
    content = _STOP.sub("", _LINK.sub(rf" \1{_LINKED}", content).upper())
    tags: list[str] = []
    for match in re.finditer(rf"\([^()]*\)?|[^(),;/{_LINKED}]+", content):
        item = match.group().replace(_LINKED, "")
        if item.startswith("("):
            tags.append(re.sub(r"\s+,", ",", " ".join(item.strip("() ").split())).rstrip(","))
        elif content[match.end() : match.end() + 1] == _LINKED:
            tags.append(" ".join(item.split()))
        else:
            tags += _tags_between([word.strip(".:[]/") for word in item.split()], "," in content)
    return tuple(dict.fromkeys(tag for tag in tags if any(character.isalnum() for character in tag)))


def _tags_between(words: Sequence[str], commas: bool) -> list[str]:
    """Tags between two separators; with commas between tags, words that are no codes make one name."""
    names = commas and len(words) > 1 and not all(_CODE.match(word) for word in words)
    tags: list[str] = []
    in_name = False
    for word in words:
        together = _run_together(word)
        if not names or len(word) == 2 or word in KNOWN or len(together) > 1:
            tags += together
            in_name = False
        elif in_name:
            tags[-1] += " " + word
        else:
            tags.append(word)
            in_name = True
    return tags


def _run_together(word: str) -> list[str]:
    """The tags of `ETRDEINVECINPGOVCS`: three known ones or more without anything between, then perhaps a country."""
    codes = [word[start : start + 4] for start in range(0, len(word), 4)]
    country = codes.pop() if codes and len(codes[-1]) == 2 else None
    if len(codes) < 3 or not KNOWN.issuperset(codes):
        return [word]
    return [*codes, country] if country else codes
