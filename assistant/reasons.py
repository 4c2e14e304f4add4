"""Words that give a reason."""

from __future__ import annotations

import re

_REASON = re.compile(
    r"\b(?:because|since (?:the|it|they|he|she|there|we|no|most|many)|due to|owing to|thanks to|as a result|result(?:ed|ing|s) (?:of|from|in)|"
    r"caused by|in order to|so that|so as to|therefore|thus|hence|reasons?|grounds that|on account of|out of (?:fear|concern|respect)|"
    r"given (?:that|the|his|its|their)|fear(?:ed|ing|s)?|motivat\w+|driven by|prompted by|explain\w*|attribut\w+|aim(?:ed|ing|s)? (?:at|to)|"
    r"for fear|stem(?:s|med|ming) from|led to|blam\w+|lest|otherwise|argu\w+ that|in view of|in light of|the purpose)\b",
    re.IGNORECASE,
)


def gives_reason(text: str) -> bool:
    """Whether a sentence has words that give a reason."""
    return bool(_REASON.search(text))
