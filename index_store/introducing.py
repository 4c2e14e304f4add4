"""How a paragraph leads over to the next: 'Under the headline "A sour tax" the paper comments:'

What follows such words can't be understood without them: who speaks, and of what, stands there alone.
"""

from __future__ import annotations

import re

LONGEST = 400
"""In characters: whole sentences from the end of the paragraph, as many as that."""
_SENTENCE_END = re.compile(r"""(?:(?<=[.!?])|(?<=[.!?]["'”’)]))\s+(?=["'“‘(]*[A-Z])""")


def leads_over(text: str) -> bool:
    """Whether a paragraph only announces, at its end, what the next one says."""
    return text.rstrip(" \t\r\n\"'”’").endswith(":")


def introduction(before: str) -> str:
    """The last words of the paragraph `before` another, where they lead over to it; empty elsewhere."""
    if not leads_over(before):
        return ""
    said = ""
    for sentence in reversed(_SENTENCE_END.split(" ".join(before.split()))):
        longer = f"{sentence} {said}".strip()
        if said and len(longer) > LONGEST:
            break
        said = longer
    return said[-LONGEST:]
