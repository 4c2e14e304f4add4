"""Sentences that differ from their paragraph by who, how many, whether it happened, or which is more.

The checks for such differences were made on these; benchmarks/data/claims_held_out.jsonl measures them.
"""

from __future__ import annotations

from tests.assistant.claim_cases import Case

_FACTS = {"post": "Embassy Lesno", "date": "2006-05-04T10:00:00+00:00", "document": "06LESNO41"}

PARAGRAPHS: dict[str, tuple[dict[str, str], str]] = {
    "mine": (
        {**_FACTS, "label": "1", "subject": "LESNO: A MINE, AN ELECTION AND A TRIAL"},
        "Summary: The nickel mine of Korvat will reopen in May if the miners accept the new shifts, Mining Minister "
        "Elda Prifti told the Ambassador. Union secretary Bardh Leka said that they would not. He wants the night "
        "shift paid double; the owner, Steelco, offers a quarter more. Prifti favors a compromise and has asked both "
        "sides to her office. Only one of the three shafts has been drained, at a cost of 4 million euros, and most "
        "of the pumps were stolen in 1997. End summary.",
    ),
    "election": (
        {**_FACTS, "label": "2", "subject": "LESNO: A MINE, AN ELECTION AND A TRIAL"},
        "Mayor Ruzica Horvat won the runoff with 52 percent, less than polls had predicted. Her rival, the lawyer "
        "Davor Milic, conceded at midnight and congratulated her; his party did not. Horvat promised a new hospital, "
        "Milic a bypass. Turnout was lower than in 2001. Two of the nine council members have joined her side, "
        "the others remain with Milic. We expect her to form a majority by June but not to find the money for the "
        "hospital.",
    ),
    "trial": (
        {**_FACTS, "label": "3", "subject": "LESNO: A MINE, AN ELECTION AND A TRIAL"},
        "Judge Amina Sow postponed the trial of the three editors until October 9, at the request of the defense. "
        "The prosecutor, who wanted it to begin at once, protested. One editor, Ibou Diallo, remains in custody; the "
        "others were released on bail in July. Their lawyer told us that the articles quoted an official report and "
        "that the ministry had never denied it. The ministry's spokesman declined to comment. A press association "
        "called for the charges to be dropped, while the ruling party's newspaper demanded a harsh sentence.",
    ),
    "law": (
        {**_FACTS, "label": "4", "subject": "LESNO: A MINE, AN ELECTION AND A TRIAL", "heading": "Comment"},
        "Comment: The water law looks better than it is. It lets villages sell water to the city but not to each "
        "other, and the board that sets prices has no members from either. Farmers pay less than households and use "
        "three times as much. If the drought goes on, the city will buy whatever the price. We recommend that AID "
        "offer an engineer rather than a loan. End comment.",
    ),
    "ferry": (
        {**_FACTS, "label": "5", "subject": "LESNO: A MINE, AN ELECTION AND A TRIAL"},
        "The ferry line carries 3,000 passengers a day, nearly all of them from the northern shore. Its director, "
        "Goran Vidic, dreads the new bridge, which is to be opened in 2008; the shopkeepers of the southern shore "
        "look forward to it. Tickets cost twice as much as in 2003. He has asked the ministry for a subsidy and the "
        "city for a second pier. The city agreed, the ministry did not answer. His deputy thinks the line should be "
        "sold to the Italians before the bridge makes it worthless.",
    ),
}

TRUE = [
    Case(
        "mine", "Prifti said that the mine would be reopened in May provided that the miners agreed to new shifts.", "t"
    ),
    Case("mine", "According to the union the miners will not accept the new shifts.", "t"),
    Case("mine", "Leka demands double pay for night shifts.", "t"),
    Case("mine", "Steelco is offering 25 percent more for the night shift.", "t"),
    Case("mine", "The minister is in favor of a compromise.", "t"),
    Case("mine", "Prifti invited both sides to her office.", "t"),
    Case("mine", "Two of the three shafts are still under water.", "loose"),
    Case("mine", "Thieves took most of the pumps in 1997.", "loose"),
    Case("mine", "Draining a single shaft cost 4 million euros.", "t"),
    Case("election", "Horvat's margin was smaller than the polls had suggested.", "loose"),
    Case("election", "Milic admitted his defeat and congratulated the winner.", "t"),
    Case("election", "Milic's party has not conceded.", "t"),
    Case("election", "Fewer people voted than in 2001.", "loose"),
    Case("election", "Seven council members still side with Milic.", "loose"),
    Case("election", "Horvat's campaign promise was a new hospital, her rival's a bypass.", "t"),
    Case("election", "The embassy doubts that the mayor will find money for the hospital.", "t"),
    Case("election", "The embassy thinks that Horvat will have a majority by June.", "t"),
    Case("trial", "The trial of the editors was put off to October 9.", "t"),
    Case("trial", "It was the defense that asked for the postponement.", "t"),
    Case("trial", "The prosecutor objected to the delay.", "t"),
    Case("trial", "Two of the three editors are free on bail.", "loose"),
    Case("trial", "Ibou Diallo is still being held.", "loose"),
    Case("trial", "Their lawyer pointed out that the ministry had never disputed the report.", "t"),
    Case("trial", "A spokesman for the ministry refused to comment.", "t"),
    Case("trial", "The ruling party's paper wants the editors punished severely.", "loose"),
    Case("trial", "The press association wants the charges withdrawn.", "t"),
    Case("law", "Under the law villages may sell water to the city.", "t"),
    Case("law", "Villages are not allowed to sell water to one another.", "t"),
    Case("law", "Neither the villages nor the city have a seat on the board that fixes prices.", "loose"),
    Case("law", "Farmers consume three times as much water as households but pay less.", "t"),
    Case("law", "The embassy suggests that AID provide an engineer instead of a loan.", "t"),
    Case("law", "The embassy thinks less of the water law than its appearance suggests.", "loose"),
    Case("ferry", "Almost all passengers come from the northern shore.", "t"),
    Case("ferry", "Vidic is afraid of the bridge that is due in 2008.", "t"),
    Case("ferry", "Shopkeepers on the southern shore are glad that the bridge is coming.", "loose"),
    Case("ferry", "Ticket prices have doubled since 2003.", "t"),
    Case("ferry", "The ministry has not replied to his request for a subsidy.", "t"),
    Case("ferry", "The city agreed to a second pier.", "t"),
    Case("ferry", "The deputy director would sell the line to the Italians.", "t"),
]

FALSE = [
    Case("mine", "The nickel mine of Korvat reopened in May.", "modality"),
    Case("mine", "The miners have accepted the new shifts.", "modality"),
    Case("mine", "The owner wants the night shift paid double.", "doer"),
    Case("mine", "The union offers a quarter more.", "doer"),
    Case("mine", "Prifti wants the night shift paid double.", "doer"),
    Case("mine", "All three shafts have been drained.", "quantifier"),
    Case("mine", "None of the shafts has been drained.", "quantifier"),
    Case("mine", "Only a few of the pumps were stolen.", "quantifier"),
    Case("mine", "All of the pumps were stolen in 1997.", "quantifier"),
    Case("mine", "Prifti is against a compromise.", "negation"),
    Case("mine", "Leka promised that the miners would accept the new shifts.", "negation"),
    Case("mine", "Most of the pumps were drained in 1997.", "object"),
    Case("election", "Horvat won more votes than polls had predicted.", "comparison"),
    Case("election", "Turnout was higher than in 2001.", "comparison"),
    Case("election", "Milic refused to concede.", "negation"),
    Case("election", "Milic promised a new hospital.", "doer"),
    Case("election", "Horvat promised a bypass.", "doer"),
    Case("election", "Most council members have joined Horvat's side.", "quantifier"),
    Case("election", "All council members remain with Milic.", "quantifier"),
    Case("election", "Horvat has formed a majority.", "modality"),
    Case("election", "Horvat has found the money for the hospital.", "modality"),
    Case("election", "Milic's party congratulated Horvat.", "doer"),
    Case("election", "The embassy expects Horvat to find the money for the hospital by June.", "negation"),
    Case("trial", "The trial was postponed at the request of the prosecutor.", "object"),
    Case("trial", "The defense protested against the postponement.", "doer"),
    Case("trial", "The trial of the editors began on October 9.", "modality"),
    Case("trial", "All three editors were released on bail.", "quantifier"),
    Case("trial", "None of the editors is in custody.", "quantifier"),
    Case("trial", "The ministry denied the official report.", "negation"),
    Case("trial", "The ministry's spokesman commented on the case.", "negation"),
    Case("trial", "The charges were dropped.", "modality"),
    Case("trial", "The press association demanded a harsh sentence.", "doer"),
    Case("trial", "The ruling party's newspaper called for the charges to be dropped.", "doer"),
    Case("trial", "The editors received a harsh sentence.", "modality"),
    Case("law", "The law looks worse than it is.", "comparison"),
    Case("law", "The law lets villages sell water to each other but not to the city.", "object"),
    Case("law", "Farmers pay more than households.", "comparison"),
    Case("law", "Households use three times as much water as farmers.", "comparison"),
    Case("law", "AID has offered an engineer.", "modality"),
    Case("law", "We recommend that AID offer a loan rather than an engineer.", "object"),
    Case("law", "The city will refuse to buy if the drought goes on.", "negation"),
    Case("law", "The city has bought water at any price.", "modality"),
    Case("ferry", "Nearly all passengers come from the southern shore.", "object"),
    Case("ferry", "Half of the passengers come from the northern shore.", "quantifier"),
    Case("ferry", "The shopkeepers of the southern shore dread the new bridge.", "doer"),
    Case("ferry", "Vidic looks forward to the bridge.", "doer"),
    Case("ferry", "The new bridge was opened in 2008.", "modality"),
    Case("ferry", "Tickets are cheaper than in 2003.", "comparison"),
    Case("ferry", "The ministry agreed, but the city did not answer.", "object"),
    Case("ferry", "The ministry agreed to a subsidy.", "negation"),
    Case("ferry", "The director thinks that the line should be sold to the Italians.", "doer"),
    Case("ferry", "The line has been sold to the Italians.", "modality"),
    Case("ferry", "He has asked the city for a subsidy and the ministry for a second pier.", "object"),
]
