"""Invented paragraphs with sentences that are true or false to them; the checks' thresholds were set on these."""

from __future__ import annotations

from typing import NamedTuple

from llama_index.core.schema import TextNode


class Case(NamedTuple):
    """A sentence and the paragraph it was made from."""

    paragraph: str
    sentence: str
    kind: str


PARAGRAPHS: dict[str, tuple[dict[str, str], str]] = {
    "harbour": (
        {
            "document": "07TALLBERG12",
            "label": "2",
            "subject": "TALLBERG HARBOUR: WHO WILL PAY?",
            "post": "Embassy Tallberg",
            "date": "2007-03-14T09:00:00+00:00",
        },
        "Port director Anton Reimann told Econoff on March 12 that the harbour had handled 4.2 million tons of "
        "grain in 2006, against 3.6 million the year before. He expected the new quay, which will cost EUR 85 "
        "million, to open in late 2008. Reimann complained that the Ministry of Transport had not paid its share "
        "of 30 percent. Two of the five cranes were out of order, and the port employed 640 workers, fewer than "
        "half of them with a contract.",
    ),
    "strike": (
        {
            "document": "07TALLBERG12",
            "label": "3",
            "subject": "TALLBERG HARBOUR: WHO WILL PAY?",
            "post": "Embassy Tallberg",
            "date": "2007-03-14T09:00:00+00:00",
            "heading": "The union digs in",
        },
        "Dockers' union leader Greta Lundmark said that the strike of January had cost the port eleven days of "
        "work. She refused to rule out another walkout before Easter. According to Lundmark, management had "
        "promised a raise of 8 percent but paid only three. Deputy Mayor Paul Osterberg, by contrast, called the "
        "union's demands irresponsible and doubted that the city would step in.",
    ),
    "comment": (
        {
            "document": "07TALLBERG12",
            "label": "6",
            "subject": "TALLBERG HARBOUR: WHO WILL PAY?",
            "post": "Embassy Tallberg",
            "date": "2007-03-14T09:00:00+00:00",
            "heading": "Comment",
        },
        "Comment: Reimann is an able manager, but he has few friends in the ruling party. We doubt that the quay "
        "will be finished on time. The government is unlikely to find the money before the elections, and the "
        "opposition has no interest in helping it. End comment.",
    ),
    "party": (
        {
            "document": "05VALMERA88",
            "label": "4",
            "subject": "VALMERA: THE LIBERALS BEFORE THE CONGRESS",
            "post": "Embassy Valmera",
            "date": "2005-11-02T15:30:00+00:00",
        },
        "MP Tomas Kirov said that the Liberal Union would not join a coalition with the Agrarians, because the "
        "two parties disagree about land reform. He pointed to the defeat of 2001, when the alliance fell from 41"
        " seats to 17. Former minister Ilona Bersen supports a coalition and has met Agrarian chairman Viktor "
        "Saltan three times since September. Kirov believes that Bersen wants to become foreign minister.",
    ),
    "gas": (
        {
            "document": "05VALMERA88",
            "label": "7",
            "subject": "VALMERA: THE LIBERALS BEFORE THE CONGRESS",
            "post": "Embassy Valmera",
            "date": "2005-11-02T15:30:00+00:00",
        },
        "Energy expert Nadia Orlenko noted that Valmera imports 90 percent of its gas from Russia and stores "
        "enough for only 25 days. Exports of electricity rose last year, while domestic consumption fell. Orlenko"
        " warned that a rise of the price from $80 to $230 per thousand cubic meters would ruin the fertilizer "
        "plant at Drovno, which employs 2,300 people. The government has no plan for such a case.",
    ),
    "prison": (
        {
            "document": "08SERIN301",
            "label": "5",
            "subject": "SERIN: VISIT TO THE CENTRAL PRISON",
            "post": "Embassy Serin",
            "date": "2008-02-20T08:00:00+00:00",
        },
        "The prison, built in 1954 for 400 inmates, held 1,130 on the day of our visit. Warden Hassan Idri denied"
        " that prisoners had been beaten after the riot of December 3. A lawyer of the Human Rights League, "
        "XXXXXXXXXXXX, told us that at least seven prisoners had died since October, most of them of "
        "tuberculosis. The Red Cross has not been allowed to enter since 2006.",
    ),
    "river": (
        {
            "document": "09LOMA17",
            "label": "1",
            "subject": "DROUGHT IN THE UPPER VALLEY",
            "post": "Consulate Loma",
            "date": "2009-08-30T12:00:00+00:00",
        },
        "Summary: The worst drought in forty years has halved the maize harvest of the Upper Valley, and some "
        "12,000 families depend on food aid. Provincial governor Maria Quispe blames the mining company Andex for"
        " taking too much water from the river; Andex denies this and points to its permit of 1998. Farmers "
        "blocked the road to the mine for nine days in August. The central government sent 150 policemen but "
        "avoided a clash.",
    ),
}


def node(name: str) -> TextNode:
    """The paragraph as a node of the library."""
    return node_of(PARAGRAPHS, name)


def node_of(paragraphs: dict[str, tuple[dict[str, str], str]], name: str) -> TextNode:
    """The paragraph of that name as a node."""
    metadata, text = paragraphs[name]
    facts = {"printed": metadata["label"], "ordinal": int(metadata["label"]), "start": 0, "end": len(text), **metadata}
    return TextNode(id_=f"{metadata['document']}¶{metadata['label']}", text=text, metadata=facts)


TRUE = [
    Case("harbour", "The port of Tallberg handled 4.2 million tons of grain in 2006.", "true"),
    Case("harbour", "Grain shipments grew from 3.6 million tons in 2005 to 4.2 million in 2006.", "true"),
    Case("harbour", "According to Reimann, the ministry has not paid its 30 percent share.", "true"),
    Case("harbour", "Director Anton Reimann expects the EUR 85 million quay to open at the end of 2008.", "true"),
    Case("harbour", "The new quay will cost 85 million euros.", "true"),
    Case("harbour", "Two out of five cranes were not working.", "true"),
    Case("harbour", "The port had 640 employees, less than half of whom had a contract.", "true"),
    Case("harbour", "Reimann met the embassy's economic officer on 12 March 2007.", "true"),
    Case("strike", "Greta Lundmark leads the dockers' union.", "true"),
    Case("strike", "The January strike cost the port 11 days of work.", "true"),
    Case("strike", "Lundmark did not rule out a further strike before Easter.", "true"),
    Case("strike", "Lundmark said management promised 8% more pay but gave only 3%.", "true"),
    Case("strike", "Deputy Mayor Osterberg considered the demands of the union irresponsible.", "true"),
    Case("strike", "Osterberg was sceptical that the city would intervene.", "true"),
    Case("comment", "The embassy doubted that the quay would be completed on time.", "true"),
    Case("comment", "In the embassy's view Reimann is capable but has few friends in the ruling party.", "true"),
    Case("comment", "The opposition is not interested in helping the government.", "true"),
    Case("comment", "It is unlikely that the government will find the money before the elections.", "true"),
    Case("party", "Kirov ruled out a coalition of the Liberal Union with the Agrarians.", "true"),
    Case(
        "party",
        "The Liberal Union will not form a coalition with the Agrarians because they disagree on land reform.",
        "true",
    ),
    Case("party", "In 2001 the alliance dropped from 41 to 17 seats.", "true"),
    Case("party", "Ilona Bersen, a former minister, is in favor of a coalition.", "true"),
    Case(
        "party",
        "Bersen has met with Viktor Saltan, the chairman of the Agrarians, three times since September.",
        "true",
    ),
    Case("party", "Tomas Kirov thinks Bersen would like to be foreign minister.", "true"),
    Case("gas", "Valmera gets 90 percent of its gas from Russia.", "true"),
    Case("gas", "Gas reserves last only 25 days, according to Nadia Orlenko.", "true"),
    Case("gas", "Electricity exports increased in 2004 while consumption at home declined.", "true"),
    Case("gas", "The fertilizer plant at Drovno has 2,300 workers.", "true"),
    Case("gas", "Orlenko cautioned that raising the gas price to 230 dollars would ruin the Drovno plant.", "true"),
    Case("gas", "There is no government plan for such an event.", "true"),
    Case("prison", "The central prison was built for 400 prisoners but held 1,130.", "true"),
    Case("prison", "The warden denied that inmates were beaten after the December riot.", "true"),
    Case("prison", "At least seven prisoners have died since October, mostly of tuberculosis.", "true"),
    Case("prison", "The Red Cross has had no access to the prison since 2006.", "true"),
    Case("prison", "Warden Idri rejected allegations that prisoners had been beaten.", "true"),
    Case("prison", "A human rights lawyer reported at least seven deaths since October.", "true"),
    Case("river", "The drought is the worst in 40 years.", "true"),
    Case("river", "About 12,000 families rely on food aid.", "true"),
    Case("river", "Governor Quispe accuses the mining company Andex of taking too much water.", "true"),
    Case("river", "Andex rejects the accusation and refers to a permit from 1998.", "true"),
    Case("river", "In August 2009 farmers blocked the road to the mine for nine days.", "true"),
    Case("river", "The government sent 150 police officers but avoided a confrontation.", "true"),
    Case("river", "The maize harvest in the Upper Valley fell by half.", "true"),
]

FALSE = [
    Case("harbour", "The port of Tallberg handled 4.6 million tons of grain in 2006.", "number"),
    Case("harbour", "The port of Tallberg handled 4.2 million tons of grain in 2005.", "date"),
    Case("harbour", "According to Reimann, the ministry has not paid its 40 percent share.", "number"),
    Case("harbour", "The new quay will cost 85 million dollars.", "number"),
    Case("harbour", "The quay is expected to open in late 2009.", "date"),
    Case("harbour", "Reimann said that the Ministry of Transport had paid its share.", "negation"),
    Case("harbour", "Lundmark complained that the Ministry of Transport had not paid its share.", "speaker"),
    Case("harbour", "The port employed 85 workers.", "number"),
    Case("harbour", "Reimann plans to sell the port to a Norwegian shipping company.", "invented"),
    Case("harbour", "The harbour also handles most of the country's timber exports.", "invented"),
    Case("harbour", "Reimann met the embassy's economic officer on 21 March 2007.", "date"),
    Case("strike", "The January strike cost the port fifteen days of work.", "number"),
    Case("strike", "Lundmark ruled out another walkout before Easter.", "negation"),
    Case("strike", "Lundmark called the union's demands irresponsible.", "speaker"),
    Case("strike", "Osterberg said that management had promised a raise of 8 percent.", "speaker"),
    Case("strike", "Deputy Mayor Peter Hallgren called the demands irresponsible.", "name"),
    Case("strike", "Lundmark said management had promised a raise of 3 percent but paid eight.", "number pairing"),
    Case("strike", "The union has collected money for a strike fund since last summer.", "invented"),
    Case("strike", "The strike of February cost the port eleven days.", "date"),
    Case("comment", "The embassy expects the quay to be finished on time.", "negation"),
    Case("comment", "Reimann doubted that the quay would be finished on time.", "speaker"),
    Case("comment", "The government is likely to find the money before the elections.", "negation"),
    Case("comment", "The opposition has an interest in helping the government.", "negation"),
    Case("comment", "Reimann has many friends in the ruling party.", "negation"),
    Case("comment", "The ruling party wants to replace Reimann with one of its own men.", "invented"),
    Case("party", "The Liberal Union would join a coalition with the Agrarians.", "negation"),
    Case("party", "Kirov said that the Liberal Union would not join a coalition with the Greens.", "name"),
    Case("party", "In 2001 the alliance fell from 47 seats to 17.", "number"),
    Case("party", "In 1998 the alliance fell from 41 seats to 17.", "date"),
    Case("party", "Former minister Ilona Bersen opposes a coalition.", "negation"),
    Case("party", "Bersen believes that Kirov wants to become foreign minister.", "speaker"),
    Case("party", "Kirov has met Agrarian chairman Viktor Saltan three times since September.", "name"),
    Case("party", "Saltan has offered the Liberals the ministry of finance.", "invented"),
    Case("gas", "Valmera imports 19 percent of its gas from Russia.", "number"),
    Case("gas", "Valmera imports 90 percent of its gas from Norway.", "name"),
    Case("gas", "Exports of electricity fell last year.", "negation"),
    Case("gas", "The plant at Drovno employs 25 people.", "number"),
    Case("gas", "The government has a plan for such a case.", "negation"),
    Case("gas", "Valmera is negotiating with Norway about a new pipeline.", "invented"),
    Case("gas", "Valmera stores enough gas for 25 weeks.", "number"),
    Case("gas", "Orlenko said that Valmera's nuclear plant needs new fuel rods.", "invented"),
    Case("prison", "The prison was built in 1945 for 400 inmates.", "date"),
    Case("prison", "The prison held 400 inmates on the day of the visit.", "number pairing"),
    Case("prison", "The warden admitted that prisoners had been beaten after the riot.", "negation"),
    Case("prison", "The Red Cross has been allowed to enter since 2006.", "negation"),
    Case("prison", "A lawyer of the Human Rights League denied that prisoners had been beaten.", "speaker"),
    Case("prison", "At least seventeen prisoners had died since October.", "number"),
    Case("prison", "The warden said that a new wing would be opened next year.", "invented"),
    Case("river", "The worst drought in fourteen years has halved the harvest.", "number"),
    Case("river", "Governor Maria Quispe blames the farmers for taking too much water.", "name"),
    Case("river", "Andex blames Maria Quispe for taking too much water from the river.", "name"),
    Case("river", "Farmers blocked the road to the mine for nine days in July.", "date"),
    Case("river", "Andex admits taking too much water from the river.", "negation"),
    Case("river", "Some 12,000 policemen were sent by the central government.", "number pairing"),
    Case("river", "Andex has offered to build wells for the villages.", "invented"),
    Case("river", "The drought has doubled the maize harvest.", "negation"),
]
