"""Words that a question puts in quotation marks: whoever asks has seen them, or takes them for somebody's own."""

from __future__ import annotations

import re

from assistant.question.names import common_words

_LONGEST = 80
_QUOTED = re.compile(
    rf"[\"“”„](?P<double>[^\"“”„]{{2,{_LONGEST}}})[\"“”]"
    rf"|(?<!\w)[‘'](?P<single>[^‘’'\"]{{2,{_LONGEST}}})[’'](?!\w)"
)
_WORD = re.compile(r"[^\W_]+")


def quoted_phrases(question: str) -> tuple[str, ...]:
    """The phrases in quotation marks of any form, each once, without what only ends a sentence; no bare 'the'."""
    found = (match["double"] or match["single"] for match in _QUOTED.finditer(question))
    phrases = dict.fromkeys(phrase.strip(" .,;:?!") for phrase in found)
    return tuple(phrase for phrase in phrases if set(_WORD.findall(phrase.lower())) - common_words())


def has_phrase(text: str, phrase: str) -> bool:
    """Whether the words of a phrase stand in a text one behind the other, whatever their letters' case."""
    pattern = r"[\W_]+".join(map(re.escape, _WORD.findall(phrase)))
    return bool(pattern) and re.search(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE) is not None
