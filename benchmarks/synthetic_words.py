"""Word lists and sentences of the made-up cables. Posts are real places, all else is put together by chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

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
_CODES = (
    "PREL PGOV ECON EFIN ENRG EPET PHUM PTER MARR MASS MOPS PARM MNUC KNNP ETRD EINV SNAR KDEM PINR PBTS KJUS "
    "RS BO FR UK IS AR GM CH IR IZ NATO EUN UNSC OVIP ASEC SENV"
)
CODES = tuple(_CODES.split())
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December|Dec.|Sept."
_SUBJECTS = (
    "president ministry talks border energy pipeline council election reform summit visit army minister gas "
    "trade opposition parliament budget defense customs airport treaty harbor observers"
)
SUBJECTS = tuple(_SUBJECTS.split())
_NAMES = "Orlov|Baran|Dupont|Keller|Nasser|Ito|Mendez|Quist|Haas|Okoye|Laine|Petrov|Sand|Ruiz|Abadi|Varga|Moreau|Lindt"
_VERBS = "told us that|argued that|confirmed that|denied that|said privately that|expected that"
VERBS = tuple(_VERBS.split("|"))
_CLAUSES = (
    "the {s} would not change before the {s}|the {s} had been delayed since {m}|no {s} was ready for the {s}|"
    "the government wanted a new {s}|{n} opposed the {s}|the U.S. position on the {s} was known|"
    "most of the {s} had been spent|a draft {s} was with the ministry|the {s} cost USD {k} million"
)
_TAILS = (
    ".|.|.|.|.| in {y}.| on {m} {d}.| (see paragraph {p}).|, as reported in para {p}.| by {k} percent.|"
    " at the end of {m} {y}.|, citing UNSC Resolution {r}.| despite the {s} of {m} {d}, {y}.|"
    "; the vote was {k} to {d}.|, as did No. {d}.| (ref A, para {p}).| in the {s} of {m} {d}."
)
SURNAMES = ("BURNS", "HALVORSEN", "O'NEIL", "McCARTHY", "SMITH", "DELA CRUZ", "VAN HORN", "RICE")


class Words:
    """Chance, and sentences made by it."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        months, names = _MONTHS.split("|"), _NAMES.split("|")
        self._values: dict[str, Callable[[], object]] = {
            "s": lambda: self.random.choice(SUBJECTS),
            "n": lambda: self.random.choice(names),
            "m": lambda: self.random.choice(months),
            "d": lambda: self.random.randint(1, 30),
            "y": lambda: self.random.randint(1965, 2010),
            "k": lambda: self.random.randint(2, 400),
            "p": lambda: self.random.randint(1, 9),
            "r": lambda: self.random.randint(660, 1900),
        }

    def chance(self, share: float) -> bool:
        """True in this share of cases."""
        return self.random.random() < share

    def pick(self, options: str) -> str:
        """One of the options, which are separated by strokes."""
        return self.random.choice(options.split("|"))

    def fill(self, template: str) -> str:
        """A template with its slots filled."""
        return re.sub(r"\{(\w)\}", lambda match: str(self._values[match.group(1)]()), template)

    def sentence(self) -> str:
        """One sentence; often it has a year, a day or a reference in it."""
        who = self.pick("{n}|{n}|The {s}|Minister {n}|J. {n}|Charge|He|Embassy contacts")
        body = f"{who} {self.random.choice(VERBS)} {self.pick(_CLAUSES)}"
        if self.chance(0.4):
            body += f" and {self.pick(_CLAUSES)}"
        return self.fill(body + self.pick(_TAILS))

    def prose(self, count: int) -> str:
        """So many sentences."""
        return " ".join(self.sentence() for _ in range(count))

    def title(self, shortest: int, longest: int) -> str:
        """A few words in small letters."""
        return " ".join(self.random.choice(SUBJECTS) for _ in range(self.random.randint(shortest, longest)))
