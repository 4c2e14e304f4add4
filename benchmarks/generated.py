"""Cables made of rules and a seed: as many as wanted, always the same, in the form of real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator

from index_store.formats import SourceText

_POSTS = ("MOSCOW", "MINSK", "PARIS", "ANKARA", "NAIROBI", "HANOI", "LIMA", "OSLO", "QUITO", "DAKAR", "TUNIS", "RIGA")
_TAGS = ("PREL", "PGOV", "ECON", "ENRG", "PHUM", "MARR", "ETRD", "KDEM", "SENV", "PTER")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_SYLLABLES = ("ba", "ko", "ri", "ten", "mal", "vo", "sha", "du", "lin", "gre", "pas", "no", "tur", "el", "qui", "zan")
_WORDS = """
ambassador minister delegation agreement border harbor tariff election budget pipeline council reform meeting
official position proposal opposition coalition parliament inspector railway fishery quota harvest drought loan
treaty visit statement region governor province customs security training exercise assistance export import price
supply contract license court ruling appeal journalist newspaper university student protest union strike factory
said asked noted argued expected refused promised delayed confirmed denied described reported planned offered
recent new former senior local public private foreign joint final early strong likely difficult important broad
the the the the of of of to to to and and in in a a for with on that by from as at about after before against
""".split()  # noqa: SIM905


def cables(count: int, seed: int = 1, paragraphs: int = 10, words: int = 110) -> Iterator[SourceText]:
    """`count` cables of about `paragraphs` paragraphs of about `words` words (about 150 tokens)."""
    for number in range(count):
        source = random.Random(f"{seed}/{number}")
        yield _cable(source, number, paragraphs, words)


def _cable(source: random.Random, number: int, paragraphs: int, words: int) -> SourceText:
    post, year, month = _POSTS[number % len(_POSTS)], source.randrange(1, 10), source.randrange(12)
    name = f"{year:02d}{post}{number + 1}"
    body = []
    for ordinal in range(1, max(2, source.randrange(paragraphs - 3, paragraphs + 4)) + 1):
        if ordinal % 4 == 1:
            body.append(f"{_phrase(source, 3).title()}\n{'-' * 20}\n")
        body.append(f"¶{ordinal}. (C) {_text(source, words)}\n")
    head = [
        f"VZCZCXRO{number % 10000:04d}",
        f"FM AMEMBASSY {post}",
        "TO RUEHC/SECSTATE WASHDC PRIORITY 1394",
        "C O N F I D E N T I A L " + f"{post} {number + 1:06d}",
        "SIPDIS",
        "E.O. 12958: DECL: 02/14/2018",
        f"TAGS: {', '.join(source.sample(_TAGS, 3))}",
        f"SUBJECT: {_phrase(source, 6).upper()}",
        "Classified By: Ambassador for reasons 1.4 (b,d).",
    ]
    stamp = f"P {source.randrange(1, 29):02d}{source.randrange(24):02d}{source.randrange(60):02d}Z"
    head.insert(1, f"{stamp} {_MONTHS[month]} {year:02d}")
    return SourceText(origin=f"generated/{name}.txt", text="\n".join([*head, "", *body, "SIGNER\n"]), stem=name)


def _text(source: random.Random, words: int) -> str:
    length = source.randrange(words // 3, words * 5 // 3)
    sentences = []
    while length > 0:
        size = source.randrange(8, 24)
        sentences.append(_phrase(source, size).capitalize() + ".")
        length -= size
    return " ".join(sentences)


def _phrase(source: random.Random, words: int) -> str:
    return " ".join(_word(source) for _ in range(words))


def _word(source: random.Random) -> str:
    chance = source.random()
    if chance < 0.06:  # a name, of which there are many and each is rare
        return "".join(source.choices(_SYLLABLES, k=3)).capitalize()
    return str(source.randrange(1, 2000)) if chance < 0.08 else source.choice(_WORDS)
