"""For or against: scores that read by topic take one for the other, words don't."""

from __future__ import annotations

import re

_FOR = re.compile(
    r"\b(?:support(?:s|ed|ing|ers?)?|favou?r(?:s|ed|ing)?|in favou?r|back(?:s|ed|ing)|endors\w+|welcom\w+|advocat\w+"
    r"|approv(?:e[sd]?|ing)|champion\w*|praise[ds]?)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:oppos(?:e[sd]?|ing|ition to)|against|reject(?:s|ed|ing)?|object(?:s|ed|ing)? to|resist(?:s|ed|ing)?"
    r"|dislik\w+|den(?:y|ies|ied|ounce[sd]?)|criticiz\w+|condemn\w*|refus\w+)\b",
    re.IGNORECASE,
)


def contradicts(question: str, sentence: str) -> bool:
    """Whether the question asks who or what is for something and the sentence speaks only against, or the reverse."""
    asked, told = _side(question), _side(sentence)
    return asked != 0 and told == -asked


def _side(text: str) -> int:
    """1 for words of support alone, -1 for words of opposition alone, else 0."""
    return bool(_FOR.search(text)) - bool(_AGAINST.search(text))
