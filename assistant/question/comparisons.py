"""A question that sets two things side by side -> a question about each, which can be searched alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

ASKING = r"(?:who|whom|whose|what|when|where|why|how|which|for what|on what|in what|by whom|to whom|with whom)"
DOES = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could)"
_NAME = r"(?:the\s+)?(?:[A-Z][\w'’.-]*(?:\s+(?:of|the|de|al|bin|van)\s+[A-Z][\w'’.-]*|\s+[A-Z][\w'’.-]*)*)"
_YEAR = r"(?:19|20)\d\d"
_COMPARES = re.compile(
    r"\b(?:compare[ds]?|differ(?:s|ed|ence|ences)?|contrast(?:s|ed)?|agrees?|agreed(?=\s+(?:with|on|about|that|over))"
    r"|disagree[ds]?|versus|vs\.?|both|as opposed to|in common|similar(?:ly)?|unlike|far apart)\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:chang(?:ed?|es|ing)|shr[aiu]nk|gr[eo]wn?|develop(?:ed|s)?|f[ae]ll(?:en)?|r[io]sen?|shift(?:ed|s)?|evolved?"
    r"|bec[ao]me|happen(?:ed|s)?|career|progress(?:ed)?|went)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"\b(?:(?:both|between)\s+)?(?P<one>{_NAME})(?:\s+and\s+|\s+versus\s+|\s+vs\.?\s+)(?P<two>{_NAME})")
_YEARS = re.compile(rf"\b(?P<one>{_YEAR})\s+(?:and|or|to|versus|compared (?:to|with))\s+(?:in\s+)?(?P<two>{_YEAR})\b")
_SIDE = r"(?:[\w'’-]+\s+){0,11}?[\w'’-]+"
_AGREE = r"(?:differ|disagree|agree|compare|contrast)(?:s|d|ed)?"
# 'How do the miners and the owners differ about pay?', 'The miners and the owners disagreed on whether ...'
_BOTH_DIFFER = re.compile(
    rf"(?:^(?!{ASKING}\b|{DOES}\b)|\b{DOES}\s+)(?P<one>(?:(?!between\b)[\w'’-]+\s+){{0,11}}?[\w'’-]+)\s+and\s+"
    rf"(?P<two>{_SIDE})(?=\s+(?:(?:each|both)\s+)?{_AGREE}\b(?!\s+between\b))",
    re.IGNORECASE,
)
# 'What did the miners and the owners each want?', 'Compare what the miner and his wife each told the priest.'
_EACH = re.compile(
    rf"\b(?:{DOES}|what|how|whom|why)\s+(?P<one>{_SIDE})\s+and\s+(?P<two>{_SIDE})(?=\s+each\b)", re.IGNORECASE
)
_APART = re.compile(rf"\bfar apart {DOES}\s+(?P<one>.{{3,80}}?)\s+and\s+(?P<two>[^?.;]{{3,80}})", re.IGNORECASE)
_FROM = re.compile(
    rf"\b{DOES}\s+(?P<one>[^,]{{3,80}}?)\s+(?:differ(?:s|ed)?\s+from|compare(?:s|d)?\s+(?:with|to|against))\s+"
    r"(?P<two>[^?.;]{3,80})",
    re.IGNORECASE,
)
_TOLD_TO = re.compile(
    r"^(?:please\s+)?(?:compare|contrast)\s+(?P<one>.{3,80}?)\s+(?:with|to|and|against)\s+(?P<two>[^?.;]{3,80})",
    re.IGNORECASE,
)
_TOLD_TO_SET = re.compile(
    r"^(?:please\s+)?(?:set|put|hold)\s+(?P<one>.{3,80}?)\s+(?:beside|against|next to|side by side with)\s+"
    r"(?P<two>[^?.;]{3,80})",
    re.IGNORECASE,
)
# 'dealt with the miners and with the owners'
_SAME_LEAD = re.compile(
    r"\b(?P<lead>with|by|from|on|about|against|for|to)\s+(?P<one>[^,?.;]{3,60}?)\s+and\s+(?P=lead)\s+"
    r"(?P<two>(?:(?!\s[-–—]\s)[^?.;]){3,80})",
    re.IGNORECASE,
)
# 'changed between the strike and the trial'
_BETWEEN = re.compile(
    rf"\bbetween\s+(?!{_YEAR})(?P<one>{_SIDE})\s+and\s+(?P<two>{_SIDE})(?=\s*[?.,;]|$)", re.IGNORECASE
)
# 'grew from the first estimate to the last'
_FROM_TO = re.compile(r"\bfrom\s+(?P<one>[^,?.;]{3,60}?)\s+to\s+(?P<two>[^?.;]{3,80})", re.IGNORECASE)
# 'in 1999 and in 2007', 'in Ceylon and later in Nepal', 'according to the mayor and according to his deputy'
_THEN = r"\s+and\s+(?:later\s+|then\s+|again\s+)?"
_IN_TURN = (
    re.compile(rf"\bin\s+(?P<one>{_YEAR}){_THEN}(?:in\s+)?(?P<two>{_YEAR})\b", re.IGNORECASE),
    re.compile(rf"\b[Ii]n\s+(?P<one>{_NAME}){_THEN}in\s+(?P<two>{_NAME})"),
    re.compile(
        rf"\b(?P<lead>according to|in)\s+(?P<one>[^,?.;]{{3,60}}?){_THEN}(?P=lead)\s+(?P<two>[^,?.;]{{3,80}})",
        re.IGNORECASE,
    ),
)
# 'more help at the trial than at the arrest'
_THAN = re.compile(
    r"\b(?P<lead>at|in|to|for|by|with|under) (?P<one>[^,?.;]{3,60}?) than (?P=lead) (?P<two>[^,?.;]{3,80})",
    re.IGNORECASE,
)
# 'What did they pay the miller, against the later sum to his heir?'
_SET_AGAINST = re.compile(
    r"(?P<one>.{8,}?),\s+"
    r"(?:(?:as )?against|versus|(?:as )?compared (?:with|to)(?= (?:what|how|that|those|the ones?)\b))\s+"
    r"(?P<two>[^?.;]{3,})",
    re.IGNORECASE,
)
# 'The captain's and the owner's figures', 'the official and the foreign version of ...': the head stands once.
_LACKS_HEAD = re.compile(
    r"(?:['’]s?|^(?:the\s+)?(?:un)?(?:official|first|earlier|local|foreign|government))$", re.IGNORECASE
)
_HEAD = re.compile(r"^.*?['’]s?\s+(?P<head>\S.*)$")
# 'the captain's', 'that of the miners': what it is that they have was said on the other side.
_ELLIPTIC = re.compile(
    r"['’]s?$|^(?:that|those|the (?:one|ones|later|earlier|other)|his|hers|its|theirs)\b", re.IGNORECASE
)


def sides(question: str) -> list[str]:
    """A question about each side; the question itself where it compares nothing."""
    found = next(_found(question), None)
    if found is None:
        return [question]
    lead, tail = question[: found.start("one")], question[found.end("two") :]
    if found.re in (_BETWEEN, _FROM_TO):
        lead = f"{question[: found.start()]}in "
    one, two = found["one"].strip(), found["two"].strip()
    if _LACKS_HEAD.search(one) and (head := _HEAD.match(two)):
        one = f"{one} {head['head']}"
    if found.re is _SET_AGAINST:
        return [f"{one}?", f"{one}? {two}?"]
    whole_needed = _ELLIPTIC.search(two) is not None
    return [f"{lead}{one}{tail}", f"{question} {two}?" if whole_needed else f"{lead}{two}{tail}"]


def _found(question: str) -> Iterator[re.Match[str]]:
    """Where the two sides stand, the surest pattern first."""
    patterns: list[re.Pattern[str]] = [*_IN_TURN, _THAN, _SET_AGAINST, _TOLD_TO_SET, _EACH]
    if _COMPARES.search(question):
        patterns += [_YEARS, _PAIR, _APART, _SAME_LEAD, _BOTH_DIFFER, _TOLD_TO, _FROM, _BETWEEN]
    if _CHANGES.search(question):
        patterns += [_BETWEEN, _FROM_TO]
    return (match for pattern in patterns if (match := pattern.search(question)))
