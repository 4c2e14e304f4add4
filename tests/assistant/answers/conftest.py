"""A small library with the real models, made once; and no deadline where a first call loads something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from assistant.conversation import Assistant
from assistant.settings import Settings
from index_store.formats import read_sources
from index_store.store import IndexStore

settings.register_profile("answers", deadline=None)
settings.load_profile("answers")

FERRY = """R 101200Z MAY 05
FM AMEMBASSY OSLO
TO RUEHC/SECSTATE WASHDC 1234
C O N F I D E N T I A L OSLO 000412

E.O. 12958: DECL: 05/10/2015
TAGS: ECON, EWWT, NO
SUBJECT: THE FERRY TO LARSVIK

Classified By: Econ Counselor Ann Reed. Reason 1.4 (b).

¶1. (C) Summary. The ferry to Larsvik will be sold to a private owner next spring. Islanders fear for their winter
timetable. End summary.

The Seller

¶2. (C) Harbor director Ilse Brandt told Econoff on May 4 that she favors the sale. The ferry has lost 12 million
kroner in three years, and the county has no money for a new engine. She would rather sell a ship than close a school.

The Critic

¶3. (C) Schoolteacher Owen Tarrant, who speaks for the islanders, opposes the sale. A private owner, he said, would
stop the ferry in January, when only forty people use it. XXXXXXXXXXXX, a clerk in the county office, showed us a
letter from the buyer which says as much.

¶4. (C) Comment: We expect the county council to approve the sale by a narrow margin. End comment.

HALE
"""

MINE = """R 030900Z SEP 08
FM AMEMBASSY LA PAZ
TO RUEHC/SECSTATE WASHDC 777
UNCLAS LA PAZ 001903

TAGS: EMIN, ELAB, BL
SUBJECT: STRIKE AT THE HUARINA TIN MINE

¶1. (U) Summary. Some 1,400 miners at Huarina have been on strike since August 18. They want a pension at 55.

¶2. (U) Union leader Marta Choque said that the miners will stay out until the ministry signs. She counts on three
things:
- the price of tin, which has doubled;
- the rail workers, who refuse to move scab ore;
- the bishop of Oruro, who feeds the strikers.

¶3. (U) Owner Julio Arze argued that a pension at 55 would ruin the mine within four years, because half of his men
are over fifty.

SMITH
"""


@pytest.fixture(scope="session")
def small_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("cables")
    (folder / "05OSLO412.txt").write_text(FERRY, encoding="utf-8")
    (folder / "08LAPAZ1903.txt").write_text(MINE, encoding="utf-8")
    home: Path = tmp_path_factory.mktemp("small-library")
    with IndexStore.open(home) as store:
        store.index(read_sources([folder]))
        yield Assistant.open(Settings(home=home), store)
