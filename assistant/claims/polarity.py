"""Whether a statement denies what its evidence affirms, or the other way round.

Words under a negation ('did not sign', 'refused to sign', 'without signing') are compared with the same words
of the evidence; opposites ('rose', 'fell') count as denial where only one of the two texts has each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from assistant.claims.words import Word, alike, stem, words

_CUES = frozenset(
    """not no never none nobody nothing neither nor without cannot hardly barely scarcely rarely seldom little
    unlikely unable impossible""".split()
)
# Verbs and nouns that deny what follows them. They are content words as well: the evidence often has them too.
_DENYING = frozenset(
    stem(word)
    for word in """refuse refusal reject fail failure deny denial decline lack absence avoid prevent stop cease
    oppose opposition against exclude forbid ban prohibit prohibited abandon cancel withdraw doubt dismiss
    rule-out unwilling""".split()
)
_NOT_DENYING_BEFORE = frozenset("only just least merely simply to".split())
_SCOPE = 6
_CLAUSE_ENDS = re.compile(r"[.;:!?()]|,|—|--")
_CLAUSE_WORDS = frozenset(
    "but although though while whereas because since if unless however which who that where when until and yet".split()
)
_OPPOSITES = """rise fall|increase decrease|grow shrink|up down|gain lose|gain loss|win lose|victory defeat|high low|higher lower
 strong weak|strengthen weaken|support oppose|support opposition|accept reject|agree disagree|agree refuse|approve reject
 allow forbid|allow ban|permit ban|open close|begin end|start stop|begin stop|enter leave|arrive leave|join leave|join quit
 buy sell|import export|pro anti|friend enemy|ally enemy|friendly hostile|optimistic pessimistic|optimism pessimism
 hopeful pessimistic|confident doubtful|positive negative|good bad|better worse|improve worsen|improve deteriorate
 improvement deterioration|success failure|succeed fail|safe dangerous|legal illegal|likely unlikely|willing unwilling
 able unable|possible impossible|popular unpopular|stable unstable|satisfied dissatisfied|happy unhappy|cheap expensive
 rich poor|young old|new old|early late|first last|before after|more less|many few|most least|majority minority|public private
 public secret|openly secretly|north south|east west|northern southern|eastern western|left right|male female|men women
 urban rural|domestic foreign|internal external|friendly unfriendly|formal informal|official unofficial|peaceful violent
 peace war|love hate|praise criticize|praise criticism|welcome condemn|confirm deny|admit deny|maintain abandon|keep abandon
 employ dismiss|appoint dismiss|hire fire|release arrest|free arrest|advance retreat|attack defend|build destroy|borrow lend
 surplus deficit|profit loss|ahead behind|above below|full empty|hot cold|dry wet|fast slow|rapid slow|quick slow|large small
 big small|major minor|long short|wide narrow|easy difficult|hard easy|simple complex|enough insufficient|sufficient insufficient
 adequate inadequate|effective ineffective|active passive|present absent|visible invisible|united divided|unite divide
 trust distrust|trust mistrust|respect contempt|hope fear|expand contract|widen narrow|accelerate slow|encourage discourage
 include exclude|necessary unnecessary|relevant irrelevant|important unimportant|frequent rare|often rarely|always never
 everyone nobody|all none|increase reduce|raise lower|raise cut|increase cut|lengthen shorten|extend shorten|deny acknowledge
 temporary permanent|voluntary compulsory|optional mandatory|guilty innocent|convict acquit|alive dead|healthy sick|warm cool
 calm tense|relaxed tense|honest corrupt|wealthy poor|clean dirty|delay hasten|oppose favor|oppose favour|favor against|impress unimpress"""


@cache
def _opposites() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _OPPOSITES.replace("\n", "|").split("|"):
        one, other = (stem(word) for word in pair.split())
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


def opposite(one: str, other: str) -> bool:
    """Whether two stems say the opposite of each other."""
    return other in _opposites().get(one, ()) or any(
        longer == prefix + shorter
        for prefix in ("un", "in", "im", "dis", "non", "il", "ir")
        for shorter, longer in ((one, other), (other, one))
        if len(shorter) > 3
    )


def denied(text: str) -> list[tuple[Word, bool]]:
    """The telling words of `text`, each with whether it stands under a negation."""
    found: list[tuple[Word, bool]] = []
    reach = 0
    flips = 0
    end = 0
    all_words = words(text)
    for index, word in enumerate(all_words):
        if reach and (_CLAUSE_ENDS.search(text, end, word.start) or word.lower in _CLAUSE_WORDS):
            reach = flips = 0
        end = word.end
        if _is_cue(word, all_words[index + 1 : index + 2]):
            reach, flips = _SCOPE, flips + 1
            continue
        if word.counts:
            found.append((word, flips % 2 == 1))
            reach -= 1 if reach else 0
            flips = flips if reach else 0
        if word.stem in _DENYING:
            reach, flips = _SCOPE, flips + 1
    return found


def _is_cue(word: Word, following: Sequence[Word]) -> bool:
    if word.lower == "little":
        return bool(following) and following[0].lower not in ("by", "girl", "boy", "more", "town")
    if word.lower in ("not", "no") and following:
        if word.lower == "not" and following[0].lower in _NOT_DENYING_BEFORE - {"to"}:
            return False
        if word.lower == "no" and following[0].lower in ("longer", "doubt", "less", "fewer", "more"):
            return following[0].lower == "longer"
    return word.lower in _CUES or word.lower.endswith("n't")


def disagreements(statement: str, evidence: str) -> tuple[str, ...]:
    """Why a statement says the opposite of its evidence: the sentences that tell the same."""
    claimed, told = denied(statement), denied(evidence)
    compared = [
        (word, under, [other_under for other, other_under in told if alike(word.stem, other.stem)])
        for word, under in claimed
        if word.stem not in _DENYING
    ]
    matched = [(word, under, unders) for word, under, unders in compared if unders]
    negated = [row for row in matched if row[1] or any(row[2])]
    differing = [word for word, under, unders in negated if under not in unders]
    if differing and 2 * len(differing) > len(negated):
        return (_negation_reason(differing[0], any(word is differing[0] and under for word, under, _ in matched)),)
    return _opposed(claimed, told)


def _negation_reason(word: Word, under: bool) -> str:
    if under:
        return f"the paragraph doesn't deny “{word.text}”"
    return f"the paragraph denies “{word.text}”"


def _opposed(claimed: Iterable[tuple[Word, bool]], told: Sequence[tuple[Word, bool]]) -> tuple[str, ...]:
    for word, under in claimed:
        if any(alike(word.stem, other.stem) for other, _ in told):
            continue
        for other, other_under in told:
            if opposite(word.stem, other.stem) and under == other_under:
                said = any(opposite(other.stem, third.stem) for third, _ in told)
                if not said:
                    return (f"the paragraph says “{other.text}”, not “{word.text}”",)
    return ()
