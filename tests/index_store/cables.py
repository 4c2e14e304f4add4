"""Small cables for the tests of the parser."""

from __future__ import annotations

HEAD = """\
VZCZCXRO1234
PP RUEHDBU
DE RUEHAH #0042/01 2430639
ZNY CCCCC ZZH
P 310639Z AUG 06
FM AMEMBASSY ASHGABAT
TO RUEHC/SECSTATE WASHDC PRIORITY 1394
INFO RUCNCIS/CIS COLLECTIVE
"""

LABELS = """\
C O N F I D E N T I A L ASHGABAT 000042

SIPDIS

E.O. 12958: DECL: 08/31/2016
TAGS: PREL, EPET, TX
SUBJECT: PIPELINE TALKS RESUME

Classified By: DCM Anna Haas. Reasons 1.4 (b) and (d).
"""


def cable(body: str, head: str = HEAD, labels: str = LABELS) -> str:
    """A whole cable around a body."""
    return f"{head}\n{labels}\n{body}\n"
