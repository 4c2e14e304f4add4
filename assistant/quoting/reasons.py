"""Words that give a reason."""

from __future__ import annotations

import re

_GIVING = (
    r"because",
    r"since (?:the|it|they|he|she|there|we|no|most|many)",
    r"(?:due|owing|thanks) to",
    r"as a result",
    r"result(?:ed|ing|s) (?:of|from|in)",
    r"caused by",
    r"in order to",
    r"so (?:that|as to)",
    r"therefore|thus|hence|lest|otherwise",
    r"reasons? (?:is|was|were|being|that|he|she|they)",
    r"grounds that",
    r"on account of",
    r"out of (?:fear|concern|respect)",
    r"given (?:that|the|his|its|their)",
    r"fear(?:ed|ing|s)?",
    r"motivat\w+|blam\w+|attribut\w+|explain(?:ed|ing|s)?",
    r"(?:driven|prompted) by",
    r"aim(?:ed|ing|s)? (?:at|to)",
    r"stem(?:s|med|ming) from",
    r"led to",
    r"in (?:view|light) of",
)
_PATTERN = re.compile(rf"\b(?:{'|'.join(_GIVING)})\b", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\breasons?\s*[.:]|\breasons?$", re.IGNORECASE)


def gives_reason(text: str) -> bool:
    """Whether a sentence has words that give a reason; one that only announces reasons gives none."""
    return bool(_PATTERN.search(text)) and not announces_reason(text)


def announces_reason(text: str) -> bool:
    """Whether the reasons follow in the next sentence: 'She was against it for two reasons.'"""
    return bool(_ANNOUNCED.search(text.strip()))
