"""The numbers before a Word document's paragraphs, which stand in no text: Word counts them as it shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

Element: TypeAlias = Any
PLACE = re.compile(r"%(\d)")
DEEPEST = 9
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
         (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one depth of a list counts: WordprocessingML's `w:lvl` (ECMA-376, part 1, 17.9.6)."""

    start: int
    form: str
    """'decimal', 'lowerLetter', 'bullet' ..."""
    shown: str
    """'%1.' or '(%1.%2)': the numbers of the depths in their places."""


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """By list id and depth."""
    group: dict[str, str] = field(default_factory=dict)
    """Lists of one group go on counting from each other."""
    of_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """Read the definitions; a document without lists has none."""
        numbering = cls()
        part = next((r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None)
        if part is None:
            return numbering
        root = part.element
        abstract = {
            _value(item, "@w:abstractNumId"): {_depth(lvl): _level(lvl) for lvl in _select(item, "./w:lvl")}
            for item in _select(root, "./w:abstractNum")
        }
        for item in _select(root, "./w:num"):
            name, base = _value(item, "@w:numId"), _value(item, "./w:abstractNumId/@w:val")
            levels = dict(abstract.get(base, {}))
            overrides = _select(item, "./w:lvlOverride")
            for override in overrides:
                depth = _depth(override)
                for lvl in _select(override, "./w:lvl"):
                    levels[depth] = _level(lvl)
                if (start := _value(override, "./w:startOverride/@w:val")).isdecimal() and depth in levels:
                    levels[depth] = Level(int(start), levels[depth].form, levels[depth].shown)
            numbering.levels[name] = levels
            numbering.group[name] = f"{name} alone" if overrides else base
        for style in _select(document.styles.element, "./w:style[w:pPr/w:numPr/w:numId]"):
            place = int(_value(style, "./w:pPr/w:numPr/w:ilvl/@w:val", "0"))
            numbering.of_style[_value(style, "@w:styleId")] = (_value(style, ".//w:numPr/w:numId/@w:val"), place)
        return numbering

    def next(self, paragraph: Element) -> str:
        """The number that Word shows before this paragraph; '' where it shows none, '-' for a bullet."""
        name = _value(paragraph, "./w:pPr/w:numPr/w:numId/@w:val")
        depth = _value(paragraph, "./w:pPr/w:numPr/w:ilvl/@w:val")
        style_name, style_depth = self.of_style.get(_value(paragraph, "./w:pPr/w:pStyle/@w:val"), ("", 0))
        name, place = name or style_name, int(depth) if depth.isdecimal() else style_depth
        levels = self.levels.get(name, {})
        if place not in levels:
            return ""
        level = levels[place]
        if level.form == "bullet":
            return "-"
        if level.form == "none":
            return ""
        counts = self.counted.setdefault(self.group[name], {})
        counts[place] = counts.get(place, level.start - 1) + 1
        for deeper in range(place + 1, DEEPEST):
            counts.pop(deeper, None)
        return PLACE.sub(lambda found: self._one(levels, counts, int(found[1]) - 1), level.shown).strip()

    @staticmethod
    def _one(levels: dict[int, Level], counts: dict[int, int], place: int) -> str:
        level = levels.get(place)
        if level is None:
            return ""
        return written(counts.setdefault(place, level.start), level.form)


def written(number: int, form: str) -> str:
    """A number in one of Word's forms; figures where the form is rare."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        repeats, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) * (repeats + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        letters = ""
        for value, sign in ROMAN:
            letters += sign * (number // value)
            number %= value
        return letters if form == "lowerRoman" else letters.upper()
    return str(number)


def _level(element: Element) -> Level:
    start = _value(element, "./w:start/@w:val", "1")
    return Level(
        int(start) if start.isdecimal() else 1,
        _value(element, "./w:numFmt/@w:val", "decimal"),
        _value(element, "./w:lvlText/@w:val"),
    )


def _depth(element: Element) -> int:
    return int(_value(element, "@w:ilvl", "0"))


def _value(element: Element, path: str, otherwise: str = "") -> str:
    found = _select(element, path)
    return str(found[0]) if found else otherwise


def _select(element: Element, path: str) -> list[Any]:
    return list(_compiled(path)(element))


@cache
def _compiled(path: str) -> Any:
    from docx.oxml.ns import nsmap
    from lxml import etree

    return etree.XPath(path, namespaces=nsmap)
