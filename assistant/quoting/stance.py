"""For or against: scores that read by topic take one for the other, words don't."""

from __future__ import annotations

import re

from assistant.claims.words import content_stems

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
_NOT = (
    r"(?:\b(?:do|does|did|would|will|could|can)(?:\s+not|n['’]t)|\bcannot|\b(?:never|no longer)|\bnot)\s+(?:\w+ly\s+)?"
)
_NEGATED = re.compile(
    rf"{_NOT}(?P<verb>support|favou?r|back|endorse|welcome|approve|want|wish)(?:s|ed|d|ing)?\b",
    re.IGNORECASE,
)
_ANY = re.compile("|".join(pattern.pattern for pattern in (_FOR, _AGAINST, _WANTS)), re.IGNORECASE)
_WEAK = re.compile(
    r"\b(?:prais(?:e[ds]?|ing)|welcom\w+|wants?|wanted|wish(?:e[ds])?|den(?:y|ies|ied)|refus\w+|back(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
"""Words that say a side only of what stands beside them: one may praise a governor and want no union."""
_GOES_ON = ("and", "but", "because", "since", "as", "for", "too", "so", "though", "although", "if")
"""Words that may follow what is wanted without changing it."""
_REACH = 8
"""How many words behind a weak word may tell what it is about."""
_WHO = re.compile(r"\b(?:who|whom|whose|which)\b", re.IGNORECASE)
_ASKS_ON = re.compile(r"[;:.,?]|\band (?:why|who|which|what|how|for|on)\b", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"[;:.,]")
_PRONOUN = re.compile(r"\b(?:it|this|that|them|these|those)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_NOT_AGAINST = re.compile(
    rf"{_NOT}(?:oppose|against|reject|object to|resist|deny|refuse|criticize|condemn)(?:d|ed|ing)?\b",
    re.IGNORECASE,
)
"""Takes neither side: who doesn't object need not be in favor."""
_AGAINST_WORD = re.compile(r"\bagainst\b", re.IGNORECASE)
# Not 'set against' or 'won against'.
_TAKES_SIDE = re.compile(
    r"(?:\b(?:is|are|am|was|were|be|been|being|remain(?:s|ed)?|st[ao]nds?|stood|sp[eo]aks?|spoken?|vot(?:e[sd]?|ing)"
    r"|argu(?:e[sd]?|ing)|c[ao]mes?|decid(?:e[sd]?|ing)|lobb(?:y|ies|ied)|campaign(?:s|ed)?|protest(?:s|ed)?"
    r"|warn(?:s|ed)?|advis(?:e[sd]?|ing)|f(?:ight|ights|ought)|turn(?:s|ed)?)|['’](?:s|re|m))"
    r"\s+(?:(?:up|out|\w+ly|all|both|also|still|dead|not)\s+)*$",
    re.IGNORECASE,
)
# 'the companies that want to mine': what they want only says who they are. Not so of 'those who want it'.
_IN_RELATIVE_CLAUSE = re.compile(
    r"\b(?!(?:those|people|persons?|anyone|anybody|someone|somebody|everyone|everybody|one|and|or|but|me|us|know|say|see"
    r"|tell|ask|explain|of|on|about|as|to)\b)[\w'’]+\s+(?:that|which|who)\s+"
    r"(?:(?:also|still|do|does|did|would|has|have|had|not|never|\w+ly|is|are|was|were)\s+)*$",
    re.IGNORECASE,
)


def side_taken(question: str, sentence: str) -> int:
    """1 where the question asks who or what is for (or against) something and the sentence speaks for it too, -1
    where it speaks only against, 0 where either says neither."""
    question = _without_relatives(question)
    wanting = _WANTS.search(question) is not None
    asked = _side(question, wanting)
    if not asked:
        return 0
    matter = _matter(question)
    sentence = _on_the_matter(sentence, matter)
    if _side(sentence, wanting=True) == asked:
        return 1
    return -1 if _side(sentence, wanting or _wants_just_that(sentence, matter)) == -asked else 0


def asks_side(question: str) -> bool:
    """Whether a question asks who or what is for something, or against it."""
    question = _without_relatives(question)
    return _side(question, wanting=_WANTS.search(question) is not None) != 0


def names_the_matter(question: str, sentence: str) -> bool:
    """Whether a sentence has all the words that say what the question asks a side about."""
    matter = _matter(_without_relatives(question)) if asks_side(question) else set()
    return bool(matter) and matter <= content_stems(sentence)


def _without_relatives(question: str) -> str:
    """The question without words of stance in a relative clause."""
    return _ANY.sub(lambda said: " " if _IN_RELATIVE_CLAUSE.search(question[: said.start()]) else said[0], question)


def _matter(question: str) -> set[str]:
    """Stems of what the question asks a side about; none where it asks that itself: 'What does Brandt want?'"""
    said = _ANY.search(question)
    if said is None or (_WEAK.fullmatch(said[0]) and not _WHO.search(question[: said.start()])):
        return set()
    return content_stems(_ASKS_ON.split(question[said.end() :])[0]) or content_stems(question)


def _on_the_matter(sentence: str, matter: set[str]) -> str:
    """The sentence without words of stance that are about something else."""
    rest = _AGAINST_WORD.sub(lambda said: said[0] if _is_predicative(said) else " ", sentence)
    return _WEAK.sub(lambda said: said[0] if _is_about(said, matter) else " ", rest) if matter else rest


def _is_predicative(against: re.Match[str]) -> bool:
    """Whether it tells somebody's side: 'is against it', 'spoke up against it', 'one in favor, the other against'."""
    before, after = against.string[: against.start()], against.string[against.end() :]
    return bool(_TAKES_SIDE.search(before)) or not after.strip() or bool(re.match(r"\s*[,;.:!?]", after))


def _is_about(weak: re.Match[str], matter: set[str]) -> bool:
    """Whether a stem of the matter, or a pronoun, stands near behind the word; before it where it is passive."""
    near = _CLAUSE_ENDS.split(weak.string[weak.end() :])[0].split()[:_REACH]
    if _PASSIVE.search(weak.string[: weak.start()]):
        near += _CLAUSE_ENDS.split(weak.string[: weak.start()])[-1].split()
    text = " ".join(near)
    return bool(content_stems(text) & matter) or _PRONOUN.search(text) is not None


def _wants_just_that(sentence: str, matter: set[str]) -> bool:
    """Whether what is wanted is the matter and nothing else: 'wants a union state because', not 'wants it put off'."""
    for said in _WANTS.finditer(sentence):
        words = [word for word in sentence[said.end() :].split() if word.lower() not in ("a", "an", "the")]
        end = next((n for n, word in enumerate(words) if not content_stems(word) & matter), len(words))
        closed = end == len(words) or words[end].lower() in _GOES_ON or not words[end - 1][-1].isalnum()
        if end and closed and matter <= content_stems(" ".join(words[:end])):
            return True
    return False


def _side(text: str, wanting: bool) -> int:
    """1 for words of support alone, -1 for words of opposition alone, else 0."""
    rest = _NOT_AGAINST.sub(" ", _NEGATED.sub(" ", text))
    supports = _FOR.search(rest) is not None or (wanting and _WANTS.search(rest) is not None)
    negated = any(wanting or match["verb"].lower() not in ("want", "wish") for match in _NEGATED.finditer(text))
    return supports - (negated or _AGAINST.search(rest) is not None)
