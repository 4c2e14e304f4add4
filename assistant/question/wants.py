"""What kind of answer a question wants: a reason, a list, a number, a date, a person, a view."""

from __future__ import annotations

import re
from typing import Literal

Want = Literal["reason", "list", "number", "date", "person", "view", "comparison"]

ROLE = (
    r"person|people|man|woman|politician|leader|diplomat|party|name|company|firm|bank|official|minister"
    r"|engineer|judge|general|officer|scientist|lawyer|lawmaker|deputy|negotiator|businessman|candidate"
    r"|governor|mayor|ambassador|journalist|adviser|advisor|aide|chairman|chairwoman|director|manager"
    r"|president|secretary|spokesman|spokeswoman|professor|scholar|expert|economist|doctor|priest|bishop"
    r"|captain|skipper|commander|soldier|activist|writer|editor|author|artist|teacher|farmer|trader|owner"
    r"|investor|banker|prosecutor|investigator|inspector|policeman|witness|source|contact|colleague|senator"
    r"|congressman|legislator|prince|king|queen|emperor|sultan|opponent|critic|rival|supporter|architect|designer|inventor"
    r"|founder|explorer|missionary|historian|philosopher|physicist|chemist|painter|composer|singer|musician|actor|actress"
    r"|star|athlete|player|gunman|assassin|killer|murderer|spy|pilot|colonel|admiral|chancellor|premier|envoy|delegate"
    r"|counselor|consul|cleric|imam|preacher|rabbi|headman"
)
"""What somebody may be who is asked for: alternatives of a pattern."""


_WORDS: dict[Want, tuple[str, ...]] = {
    "reason": (
        r"why",
        r"how come",
        r"explain why",
        r"(?:for )?(?:what|which) reasons?",
        r"what (?:was|were|is|are) (?:the|his|her|their|its) (?:\w+ )?(?:reasons?|motives?|grounds?|causes?)",
        r"the reasons? (?:for|given|why|behind)",
        r"(?:[\w-]+['’]s?|his|her|their|its) (?:[\w-]+ )?(?:reasons?|motives?|grounds? (?:for|on|against))",
        r"what (?:explains|made|led|prompted|drove|caused|causes)",
        r"because of what",
        r"on what grounds",
    ),
    "list": (
        r"(?:which|what) (?:\w+ ){0,2}?(?!was|is|has|does)\w{2,}s (?:are|were|have|had|did|do|could|would|must|should)",
        r"(?:which|what) (?:\w+ )?(?!was|is|has|does)\w{2,}(?<![sui])s (?:does|has|is|will|\w{3,}ed)",
        r"(?:list|name|enumerate) (?:the|all|some|which|what)",
        r"who (?:all|else)",
        r"what (?:are|were) (?:the|his|her|their|its|some)",
        r"which (?:two|three|four|five|six|other|of)",
    ),
    "number": (
        r"how (?:many|much|large|big|high|long|old|far|often|great|tall|wide)",
        r"(?:what|which) (?:\w+ )?(?:percentage|share|proportion|number|sum|amount|price|figure|rate|size|cost|total)",
        r"per ?cent",
    ),
    "date": (r"when", r"(?:what|which) (?:date|day|month|year|time)", r"how long ago", r"since when"),
    "person": (
        r"who(?:m|se)?",
        rf"(?:what|which) (?:\w+ )?(?:{ROLE})",
        r"name of|names? the|what (?:is|was|'s|’s) .* (?:called|name)|what's .* called|what .* called",
    ),
    "view": (
        r"think|thought|believe[ds]?|view(?:s|ed)?|opinion|stance|attitude|position|judge[ds]?|see|saw|regard(?:s|ed)?",
        r"feel|felt|assess(?:ed|ment)?|argue[ds]?|say|said|claim(?:s|ed)?|explain(?:s|ed)?|according to|describe[ds]?",
    ),
    "comparison": (
        r"differ(?:s|ed|ence|ences|ently)?|compare[ds]?|comparison|contrast(?:s|ed)?|versus|unlike|both|either|each",
        r"(?:more|less|fewer|larger|smaller|higher|lower|better|worse|\w{3,}er) than",
        r"agree[ds]?|disagree[ds]?|in common|on the one hand",
        r"chang(?:ed?|es|ing)|since then|by then|turn(?:ed)? out|c[ao]me (?:true|of)|prove[ds]?|became of|in the end",
        r"between (?:19|20)\d\d and|from (?:19|20)\d\d to|(?:19|20)\d\d.*(?:19|20)\d\d",
    ),
}
_PATTERNS = {want: re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE) for want, words in _WORDS.items()}


def wants(question: str) -> frozenset[Want]:
    """Everything the words of `question` ask for; often more than one, sometimes nothing."""
    return frozenset(want for want, pattern in _PATTERNS.items() if pattern.search(question))
