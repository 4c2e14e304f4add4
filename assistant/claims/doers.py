"""Whether a statement has the same one do the same as its evidence does: subjects and objects of its clauses.

Each clause of the statement is laid beside the clause of the paragraph that says most of the same. Where the two have
different subjects, and the statement's is somebody else of the paragraph, the statement has exchanged them.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims import lists
from assistant.claims.frames import Frame, frames
from assistant.claims.names import TITLES
from assistant.claims.speakers import SAY_STEMS
from assistant.claims.verbs import base_stems
from assistant.claims.words import Word, alike, any_alike, words

_SAME = 0.5
"""The share of what is said in a clause that the other must have, to tell the same."""
_QUANTITIES = lists.kinds("function_words")["number"] | {
    "most",
    "half",
    "some",
    "all",
    "both",
    "each",
    "many",
    "none",
    "few",
}
_CUTS = frozenset(["of", "in", "on", "at", "by", "for", "with", "from", "to", "against", "over", "under"])
_PRONOUNS = frozenset(["him", "her", "it", "them", "he", "she", "they", "this", "that"])
_ANYBODY = frozenset(["man", "men", "peopl", "offici", "staff", "worker", "team"])
_BACK = 4
"""How many sentences back the one is looked for whom a pronoun stands for."""
_EMBASSY = frozenset(["embassi", "post", "consul", "mission"])


def disagreements(statement: str, sentences: Sequence[str], around: range) -> tuple[str, ...]:
    """Why another does it in the evidence.

    `sentences` are those of the paragraph, `around` the indices of those that tell the same.
    """
    told = _told(sentences)
    near = [one for one in told if one[0] in around]
    known = {word.stem for text in sentences for word in words(text) if word.counts}
    for claimed in frames(statement):
        who = _heads(claimed.subject)
        said = [word for word in claimed.said if word.counts]
        if claimed.pronoun or not who or not said or any(word.stem in _EMBASSY | _ANYBODY for word in who):
            continue
        shares = [(_share(said, frame), frame, index) for index, frame in near]
        best = max((share for share, _, _ in shares), default=0.0)
        if best < _SAME:
            continue
        same = [(frame, index) for share, frame, index in shares if share == best and _alike(claimed, frame)]
        doers = [_doer(frame, index, told) for frame, index in same]
        if not doers or any(doer is None or _agree(who, doer) for doer in doers):
            continue
        if all(any_alike(word.stem, known) for word in who) or _other_role(who, doers[0]):
            return (f"in the paragraph it is “{_text(doers[0])}” who {said[0].text}",)
    return ()


def _alike(claimed: Frame, told: Frame) -> bool:
    """Whether two clauses have the same verb in the same way."""
    if claimed.passive != told.passive or claimed.denied != told.denied or not claimed.verb or not told.verb:
        return False
    return alike(claimed.verb.stem, told.verb.stem)


def _told(sentences: Sequence[str]) -> list[tuple[int, Frame]]:
    return [(index, frame) for index, text in enumerate(sentences) for frame in frames(text)]


def _heads(subject: Sequence[Word]) -> list[Word]:
    """The words that say who: 'party' of 'Milic's party', 'pumps' of 'most of the pumps', a name whole."""
    row = list(subject)
    cut = next((at for at, word in enumerate(row) if word.lower in _CUTS), len(row))
    if any(word.lower in _QUANTITIES for word in row[:cut]) and cut < len(row) and row[cut].lower == "of":
        row = row[cut + 1 :]
        cut = next((at for at, word in enumerate(row) if word.lower in _CUTS), len(row))
    named = bool(row) and row[0].text[0].isupper()
    row = [*row[:cut], *(word for word in row[cut:] if named and word.text[0].isupper())]
    kept = [
        word for word in row if word.counts and not word.lower.endswith(("'s", "s'")) and word.lower not in _QUANTITIES
    ]
    return kept


def _share(said: Sequence[Word], frame: Frame) -> float:
    """How much of what is said the clause says too; a pronoun may stand for one word."""
    there = [word.stem for word in frame.said]
    found = sum(any_alike(word.stem, there) for word in said)
    if found and found < len(said) and any(word.lower in _PRONOUNS for word in frame.said[1:]):
        found += 1
    return found / len(said)


def _doer(frame: Frame, index: int, told: Sequence[tuple[int, Frame]]) -> list[Word] | None:
    """Who the subject of a clause is, with all that the paragraph calls him; None where that can't be told."""
    if frame.pronoun in ("he", "she"):
        meant = _referent(frame, index, told)
        return _doer(meant[1], meant[0], told) if meant else None
    if frame.pronoun:
        return None
    who = _heads(frame.subject)
    if not who or any(word.stem in SAY_STEMS and word.text.islower() for word in frame.subject):
        return None
    names = {word.stem for word in who if word.text[0].isupper() and word.lower not in TITLES}
    for _, other in told:
        heads = _heads(other.subject)
        if names & {word.stem for word in heads if word.text[0].isupper()}:
            who = [*who, *heads, *(word for word in other.subject if word.counts)]
    return who


def _other_role(who: Sequence[Word], doer: Sequence[Word] | None) -> bool:
    """Whether the statement gives him a role and the paragraph another: 'the captain', 'Lumbayan Lines, the owner'."""
    return not any(word.text[0].isupper() and word.start > 4 for word in who) and any(
        word.text.islower() or word.lower in TITLES for word in doer or ()
    )


def _referent(frame: Frame, index: int, told: Sequence[tuple[int, Frame]]) -> tuple[int, Frame] | None:
    """Whom 'he' or 'she' stands for: the first named in the last sentence that doesn't say 'he' or 'she' itself."""
    for at in range(index - 1, max(-1, index - 1 - _BACK), -1):
        there = [other for where, other in told if where == at]
        people = [other for other in there if _is_person(other)]
        if people and (people[0] is there[0] or not any(other.pronoun == frame.pronoun for other in there)):
            if people[0] is there[0] and not _named(people[0]) and any(o.pronoun == frame.pronoun for o in there):
                continue
            return at, people[0]
    return None


def _named(frame: Frame) -> bool:
    """Whether a subject is a person's name beyond doubt: two capitals or a title."""
    return sum(word.text[0].isupper() for word in _heads(frame.subject)) > 1


def _is_person(frame: Frame) -> bool:
    """Whether a subject can be 'he' or 'she': a name, or a word for one who does or holds something."""
    heads = _heads(frame.subject)
    return any(word.text[0].isupper() and len(word.text) > 1 and word is not frame.subject[0] for word in heads) or any(
        word.lower in TITLES or word.lower.endswith(("er", "or", "ist", "man", "ian", "ant")) or
        (word.text[0].isupper() and len(heads) == 1 and word.stem not in base_stems()) for word in heads
    )  # fmt: skip


def _agree(one: Sequence[Word], other: Sequence[Word]) -> bool:
    return any(alike(a.stem, b.stem) for a in one for b in other)


def _text(doer: Sequence[Word] | None) -> str:
    return " ".join(dict.fromkeys(word.text for word in doer or ()))
