"""Dialogues about affairs: how the model of inference learns to read a question behind those it goes on from."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.question.understanding import behind
from assistant.quoting.passages import under_subject
from training.learning import Group
from training.passages import NEAR_NONE, NEAR_RIGHT, Affair, blocks, sentences_under, shared_words

TWO_WRONG = 0.4
"""The share of the answered turns that learn from two passages that don't answer, not from one."""
OF_SENTENCES = 0.5
"""The share of the turns that learn from single sentences too."""
OF_OTHERS = 0.7
"""The share of the turns that learn from a passage of another affair too."""
AMONG = 5
"""From how many of the sentences that share most words with a turn those are drawn that don't answer."""
EARLIER: Final = ("both", "both", "first", "last")
"""Behind which earlier questions a turn is read, each as often as it stands here."""
_TURN = re.compile(r"(?P<place>[D+]) (?P<labels>\d(?: \d)*)\| (?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Questions about one affair that go on from one another."""

    subject: str
    """Of the affair."""
    turns: tuple[tuple[str, frozenset[str]], ...]
    """Each question with the labels of the passages that answer it; none where none does."""


def read_dialogue(text: str) -> Dialogue:
    """Read a block that begins with '@ SUBJECT' (format: training/README.md); raises ValueError where it can't."""
    head, *lines = text.strip().splitlines()
    turns = []
    for place, line in enumerate(lines):
        found = _TURN.fullmatch(line)
        if not found or (found["place"] == "D") != (place == 0):
            raise ValueError(f"not a turn of a dialogue: {line!r}")
        turns.append((found["text"], frozenset(found["labels"].split()) - {"0"}))
    if not head.startswith("@ ") or not turns:
        raise ValueError(f"not a dialogue: {head!r}")
    return Dialogue(head.removeprefix("@ "), tuple(turns))


def dialogues() -> list[Dialogue]:
    """All dialogues of the training data."""
    return [read_dialogue(block) for block in blocks("dialogues")]


def turns_of(
    dialogue: Dialogue, affair: Affair, elsewhere: Callable[[str, str], list[str]], chance: random.Random
) -> Iterator[Group]:
    """What is learnt of a dialogue: which passage answers a question as it goes on from others, or that none does.

    The passage that answered the turn before is the first of those that don't answer this one. `elsewhere` finds
    passages of other affairs, as `training.passages.elsewhere` does: without them the topic would count for nothing.
    """
    read = {label: under_subject(affair.subject, text) for label, text in affair.passages.items()}
    for place in range(len(dialogue.turns)):
        asked, right = in_context(dialogue, place, chance)
        before = dialogue.turns[place - 1][1] if place else frozenset()
        others = sorted(read.keys() - right, key=lambda label: (label not in before, chance.random()))
        labels = [*sorted(right), *others[: 2 if not right or chance.random() < TWO_WRONG else 1]]
        far = elsewhere(affair.subject, asked) if chance.random() < OF_OTHERS else []
        texts = [*(read[label] for label in labels), *(chance.sample(far, 1) if far else [])]
        yield Group(tuple((asked, text) for text in texts), tuple(place < len(right) for place in range(len(texts))))
        if chance.random() < OF_SENTENCES:
            yield _sentences(affair.subject, affair.passages, asked, right, chance)


def in_context(dialogue: Dialogue, place: int, chance: random.Random) -> tuple[str, frozenset[str]]:
    """A turn's question behind some of those before, and the labels of the passages that answer it."""
    question, right = dialogue.turns[place]
    return behind(_earlier(dialogue.turns[:place], chance.choice(EARLIER)), question), right


def _earlier(turns: Sequence[tuple[str, frozenset[str]]], which: str) -> list[str]:
    questions = [question for question, _ in turns]
    return {"both": [*questions[:1], *questions[-1:]], "first": questions[:1], "last": questions[-1:]}[which]


def _sentences(
    subject: str, passages: Mapping[str, str], asked: str, right: frozenset[str], chance: random.Random
) -> Group:
    """One sentence of the right passage answers, some of the others don't."""
    answering = sentences_under(subject, passages[min(right)]) if right else []
    others = [text for label in passages if label not in right for text in sentences_under(subject, passages[label])]
    near = sorted(others, key=lambda text: -shared_words(asked, text))[:AMONG]
    wrong = chance.sample(near, min(len(near), NEAR_RIGHT if right else NEAR_NONE))
    pairs = tuple((asked, text) for text in (*answering, *wrong))
    return Group(pairs, (True,) * len(answering) + (False,) * len(wrong), one_of_them=bool(right))
