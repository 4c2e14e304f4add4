"""Headings that run into their paragraph: 'A fisherman's view. Nobody had asked him before ...'"""

from __future__ import annotations

import re

from assistant.claims import lists
from assistant.claims.verbs import is_auxiliary, is_past
from assistant.claims.words import words

LONGEST_RUN_IN_HEADING = 5
"""In words. Longer ones can't be told from sentences by the look of their words."""
_FUNCTION_WORDS = lists.kinds("function_words")
_NO_HEADING = _FUNCTION_WORDS["pronoun"] | _FUNCTION_WORDS["relative"] | {"there", "not"}
_ENDS_LIKE_A_VERB = re.compile(r"[^s\W]s\b(?![’'])|\w'\w{2}", re.IGNORECASE)
"""In -s, which 'costs' shares with 'talks'; or it is one, as in 'they're'. A possessive is none."""


def is_run_in_heading(text: str) -> bool:
    """Whether a paragraph's first sentence only names what follows: 'A fisherman's view.' Sure of short ones alone."""
    if not text.endswith(".") or len(text.split()) > LONGEST_RUN_IN_HEADING or any(c.isdigit() for c in text):
        return False
    if _ENDS_LIKE_A_VERB.search(re.sub(r"[’'][sS]\b", "", text)):
        return False
    return not any(word.lower in _NO_HEADING or is_auxiliary(word) or is_past(word) for word in words(text))
