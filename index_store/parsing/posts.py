"""The names of posts in plain words: `AMEMBASSY MOSCOW` is the 'Embassy Moscow'."""

from __future__ import annotations

import re

_KINDS = (
    (r"AM(?:ERICAN )?EMB(?:ASSY)?|AMEMBASSY|AMEMABSSY|EMBASSY", "Embassy"),
    (r"AM(?:ERICAN )?CON(?:SUL(?:ATE)?|GEN)?(?: GENERAL)?|CONSULATE", "Consulate"),
    (r"(?:US|AM)?MISSION|USMISION", "Mission"),
    (r"USOFFICE|US OFFICE", "US Office"),
    (r"USINT", "US Interests Section"),
    (r"USLO", "US Liaison Office"),
    (r"AMDELEGATION|USDEL", "Delegation"),
    (r"REO", "Regional Embassy Office"),
    (r"BRANCH OFFICE|BO", "Branch Office"),
)
_KIND_PATTERNS = tuple((re.compile(rf"(?:{pattern})\s+", re.IGNORECASE), words) for pattern, words in _KINDS)
_WHOLE = {
    "SECSTATE": "Secretary of State",
    "SECSTATE WASHDC": "Secretary of State",
    "SECSTATE WASHINGTON DC": "Secretary of State",
    "STATE": "Secretary of State",
    "DEPT OF STATE WASHDC": "Secretary of State",
    "USNATO": "Mission USNATO",
    "MISSION USNATO": "Mission USNATO",
    "AIT TAIPEI": "American Institute Taiwan, Taipei",
    "IRAN RPO DUBAI": "Iran Regional Presence Office Dubai",
}
# Missions that are named by their own letters, with or without `USMISSION` before them.
_MISSIONS = ("USUN", "USEU", "USOSCE", "UNVIE", "USNATO", "USOECD", "USUNESCO", "USOAS", "USOSCE", "USUNRA")
_ACRONYMS = ("UN", "EU", "USTR", "UNESCO", "UNVIE", "USNATO", "USUN", "OECD", "USA", "DC", "RPO", "OSCE")
_SMALL = {"de", "do", "da", "del", "la", "es", "au", "of", "am"}
_JOINED = {
    name.replace(" ", ""): name
    for name in [
        "ABU DHABI",
        "ADDIS ABABA",
        "BANDAR SERI BEGAWAN",
        "BELO HORIZONTE",
        "BUENOS AIRES",
        "CAPE TOWN",
        "CHIANG MAI",
        "CIUDAD JUAREZ",
        "DAR ES SALAAM",
        "GUATEMALA CITY",
        "HO CHI MINH CITY",
        "HONG KONG",
        "KUALA LUMPUR",
        "LA PAZ",
        "MEXICO CITY",
        "NEW DELHI",
        "NEW YORK",
        "NUEVO LAREDO",
        "PANAMA CITY",
        "PHNOM PENH",
        "PORT AU PRINCE",
        "PORT LOUIS",
        "PORT MORESBY",
        "PORT OF SPAIN",
        "RIO DE JANEIRO",
        "SAN JOSE",
        "SAN SALVADOR",
        "SANTO DOMINGO",
        "SAO PAULO",
        "ST PETERSBURG",
        "TEL AVIV",
        "THE HAGUE",
        "USUN NEW YORK",
        "USEU BRUSSELS",
        "UNVIE VIENNA",
        "USOECD PARIS",
    ]
}
_TRAILING = re.compile(r"(?:\s+(?:\d+|PRIORITY|IMMEDIATE|ROUTINE|FLASH|NIACT|ZZ+|ZDK|ZDS|BT))+\s*$")


def post_in_words(sender: str) -> str:
    """A sender as on the line `FM`, in plain words: 'Embassy Moscow', 'Secretary of State', 'USUN New York'."""
    name = _TRAILING.sub("", " ".join(sender.split())).strip(" .,;:").upper()
    name = re.sub(r"^RU[A-Z]{4,6}/", "", name)
    if name in _WHOLE:
        return _WHOLE[name]
    for pattern, words in _KIND_PATTERNS:
        match = pattern.match(name)
        if match:
            place = place_in_words(name[match.end() :])
            return place if place.startswith("Mission ") or place.split()[0] in _MISSIONS else f"{words} {place}"
    return place_in_words(name)


def place_in_words(place: str) -> str:
    """A place as a message number names it, in plain words: `RIODEJANEIRO` is 'Rio de Janeiro'."""
    name = " ".join(place.split()).strip(" .,;:").upper()
    if name in _WHOLE:
        return _WHOLE[name]
    words = _JOINED.get(name.replace(" ", ""), name).split()
    return (
        " ".join(
            word if word in _MISSIONS else word.lower() if number and word.lower() in _SMALL else _capital(word)
            for number, word in enumerate(words)
        )
        or name
    )


def _capital(word: str) -> str:
    return word if word in _ACRONYMS else "-".join(part.capitalize() for part in word.split("-"))
