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
_WANTS = re.compile(r"\b(?:wants?|wanted|wishe?[sd]?)\b", re.IGNORECASE)
"""Says a side only where the question is of wanting: what one wants is rarely the thing asked about."""
_NEGATED = re.compile(
    r"(?:\b(?:do|does|did|would|will|could|can)(?:\s+not|n['’]t)|\bcannot|\b(?:never|no longer)|\bnot)\s+(?:\w+ly\s+)?"
    r"(?P<verb>support|favou?r|back|endorse|welcome|approve|want|wish)(?:s|ed|d|ing)?\b",
    re.IGNORECASE,
)


def side_taken(question: str, sentence: str) -> int:
    """1 where the question asks who or what is for (or against) something and the sentence speaks for it too, -1
    where it speaks only against, 0 where either says neither."""
    wanting = _WANTS.search(question) is not None
    asked = _side(question, wanting)
    if asked and _side(sentence, wanting=True) == asked:
        return 1
    return -1 if asked and _side(sentence, wanting) == -asked else 0


def _side(text: str, wanting: bool) -> int:
    """1 for words of support alone, -1 for words of opposition alone, else 0."""
    rest = _NEGATED.sub(" ", text)
    supports = _FOR.search(rest) is not None or (wanting and _WANTS.search(rest) is not None)
    negated = any(wanting or match["verb"].lower() not in ("want", "wish") for match in _NEGATED.finditer(text))
    return supports - (negated or _AGAINST.search(rest) is not None)
