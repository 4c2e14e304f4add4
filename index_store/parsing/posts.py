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
    "TAIPEI": "American Institute Taiwan, Taipei",
    "IRAN RPO DUBAI": "Iran Regional Presence Office Dubai",
    "RPO DUBAI": "Iran Regional Presence Office Dubai",
    "RPODUBAI": "Iran Regional Presence Office Dubai",
}
# Missions that are named by their own letters, with or without `USMISSION` before them.
_MISSIONS = ("USUN", "USEU", "USOSCE", "UNVIE", "USNATO", "USOECD", "USUNESCO", "USOAS", "USUNRA")
_ACRONYMS = ("UN", "EU", "USTR", "UNESCO", "UNVIE", "USNATO", "USUN", "OECD", "USA", "DC", "RPO", "OSCE")
_SMALL = {"de", "do", "da", "del", "la", "es", "au", "of", "am"}
_CONSULATES = frozenset(
    name.strip()
    for name in """
    ADANA, ALEXANDRIA, AMSTERDAM, ANTWERP, AUCKLAND, BARCELONA, BELFAST, BELO HORIZONTE, BILBAO, BOMBAY, BORDEAUX,
    BRISBANE, CALCUTTA, CALGARY, CAPE TOWN, CASABLANCA, CEBU, CHENGDU, CHENNAI, CHIANG MAI, CIUDAD JUAREZ, CURACAO,
    DHAHRAN, DOUALA, DUBAI, DURBAN, DUSSELDORF, EDINBURGH, FLORENCE, FRANKFURT, FUKUOKA, GENOA, GOTEBORG, GUADALAJARA,
    GUANGZHOU, GUAYAQUIL, HALIFAX, HAMBURG, HAMILTON, HERMOSILLO, HO CHI MINH CITY, HONG KONG, HYDERABAD, ISFAHAN,
    ISTANBUL, IZMIR, JEDDAH, JERUSALEM, JOHANNESBURG, KADUNA, KARACHI, KOLKATA, KRAKOW, LAGOS, LAHORE, LEIPZIG,
    LENINGRAD, LUBUMBASHI, LYON, MADRAS, MARACAIBO, MARSEILLE, MATAMOROS, MAZATLAN, MEDAN, MELBOURNE, MERIDA, MILAN,
    MONTERREY, MONTREAL, MUMBAI, MUNICH, NAGOYA, NAHA, NAPLES, NOGALES, NUEVO LAREDO, ORAN, OSAKA KOBE, PALERMO,
    PERTH, PESHAWAR, PONTA DELGADA, PORTO ALEGRE, POZNAN, QUEBEC, RECIFE, RIO DE JANEIRO, ROTTERDAM, SALZBURG, SAPPORO,
    SAO PAULO, SHANGHAI, SHENYANG, SHIRAZ, SONGKHLA, ST PETERSBURG, STRASBOURG, STUTTGART, SURABAYA, SYDNEY, TABRIZ,
    TANGIER, THESSALONIKI, TIJUANA, TORONTO, TRIESTE, TURIN, UDORN, VANCOUVER, VLADIVOSTOK, WINNIPEG, YEKATERINBURG,
    ZANZIBAR, ZURICH""".replace("\n", " ").split(",")
)
_EMBASSIES = frozenset(
    name.strip()
    for name in """
    ABIDJAN, ABU DHABI, ABUJA, ACCRA, ADDIS ABABA, ALGIERS, ALMATY, AMMAN, ANKARA, ANTANANARIVO, APIA, ASHGABAT, ASMARA,
    ASTANA, ASUNCION, ATHENS, BAGHDAD, BAKU, BAMAKO, BANDAR SERI BEGAWAN, BANGKOK, BANGUI, BANJUL, BEIJING, BEIRUT,
    BELGRADE, BELIZE, BELMOPAN, BERLIN, BERN, BISHKEK, BOGOTA, BONN, BRASILIA, BRATISLAVA, BRAZZAVILLE, BRIDGETOWN,
    BRUSSELS, BUCHAREST, BUDAPEST, BUENOS AIRES, BUJUMBURA, CAIRO, CANBERRA, CARACAS, CHISINAU, COLOMBO, CONAKRY,
    COPENHAGEN, COTONOU, DAKAR, DAMASCUS, DAR ES SALAAM, DHAKA, DILI, DJIBOUTI, DOHA, DUBLIN, DUSHANBE, FREETOWN,
    GABORONE, GEORGETOWN, GRENADA, GUATEMALA, GUATEMALA CITY, HANOI, HARARE, HELSINKI, ISLAMABAD, JAKARTA, KABUL,
    KAMPALA, KATHMANDU, KHARTOUM, KIEV, KIGALI, KINGSTON, KINSHASA, KOLONIA, KOROR, KUALA LUMPUR, KUWAIT, KYIV, LA PAZ,
    LIBREVILLE, LILONGWE, LIMA, LISBON, LJUBLJANA, LOME, LONDON, LUANDA, LUSAKA, LUXEMBOURG, MADRID, MAJURO, MALABO,
    MANAGUA, MANAMA, MANILA, MAPUTO, MASERU, MBABANE, MEXICO, MEXICO CITY, MINSK, MOGADISHU, MONROVIA, MONTEVIDEO,
    MOSCOW, MUSCAT, NAIROBI, NASSAU, NDJAMENA, NEW DELHI, NIAMEY, NICOSIA, NOUAKCHOTT, OSLO, OTTAWA, OUAGADOUGOU,
    PANAMA, PANAMA CITY, PARAMARIBO, PARIS, PHNOM PENH, PODGORICA, PORT AU PRINCE, PORT LOUIS, PORT MORESBY,
    PORT OF SPAIN, PRAGUE, PRAIA, PRETORIA, PRISTINA, QUITO, RABAT, RANGOON, REYKJAVIK, RIGA, RIYADH, ROME, SAIGON,
    SAN JOSE, SAN SALVADOR, SANAA, SANTIAGO, SANTO DOMINGO, SARAJEVO, SEOUL, SINGAPORE, SKOPJE, SOFIA, STOCKHOLM, SUVA,
    TALLINN, TASHKENT, TBILISI, TEGUCIGALPA, TEHRAN, TEL AVIV, THE HAGUE, TIRANA, TOKYO, TRIPOLI, TUNIS, ULAANBAATAR,
    VALLETTA, VATICAN, VIENNA, VIENTIANE, VILNIUS, WARSAW, WELLINGTON, WINDHOEK, YAOUNDE, YEREVAN,
    ZAGREB""".replace("\n", " ").split(",")
)
_JOINED = {
    name.replace(" ", ""): name
    for name in (
        *_CONSULATES,
        *_EMBASSIES,
        "NEW YORK",
        "USUN NEW YORK",
        "USEU BRUSSELS",
        "UNVIE VIENNA",
        "USOECD PARIS",
    )
    if " " in name
}
_KIND_OF = {
    **{name.replace(" ", ""): "Consulate" for name in _CONSULATES},
    **{name.replace(" ", ""): "Embassy" for name in _EMBASSIES},
    "GENEVA": "Mission",
    "HAVANA": "US Interests Section",
}
"""What kind of post a place had for most of the years of which there are cables."""
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


def post_at(place: str) -> str:
    """The post that a message number names by its place alone: `ANKARA 1234` is from the 'Embassy Ankara'."""
    kind = _KIND_OF.get(re.sub(r"[^A-Z]", "", place.upper()))
    words = place_in_words(place)
    return f"{kind} {words}" if kind else words


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
