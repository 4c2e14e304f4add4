"""Questions whose answer is put together from several passages: comparisons, then and later, who all.

No passage answers such a question by itself; each of the right ones gives a part, and is to be found and told.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assistant.quoting.passages import under_subject
from training.learning import Group
from training.passages import NEAR_NONE, NEAR_RIGHT, Affair, blocks, sentences_under, shared_words

OF_OTHERS = 0.6
"""The share of the questions that learn from a passage of another affair too."""
_QUESTION = re.compile(r"Q (?P<labels>\d(?: \d)*)\| (?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Joint:
    """Such questions about one affair."""

    subject: str
    """Of the affair."""
    questions: tuple[tuple[str, frozenset[str]], ...]
    """Each with the labels of all passages that give a part of its answer; none where none does."""


def read_joint(text: str) -> Joint:
    """Read a block that begins with '@ SUBJECT' (format: training/README.md); raises ValueError where it can't."""
    head, *lines = text.strip().splitlines()
    found = [one for line in lines if (one := _QUESTION.fullmatch(line))]
    if not head.startswith("@ ") or not lines or len(found) < len(lines):
        raise ValueError(f"not a block of questions: {head!r}")
    questions = tuple((one["text"], frozenset(one["labels"].split()) - {"0"}) for one in found)
    return Joint(head.removeprefix("@ "), questions)


def joint_questions() -> list[Joint]:
    """All of the training data."""
    return [read_joint(block) for block in blocks("joint")]


def parts_of(
    joint: Joint, affair: Affair, elsewhere: Callable[[str, str], list[str]], chance: random.Random
) -> Iterator[Group]:
    """What is learnt of them: which passages give a part, and that of each of these one sentence does.

    `elsewhere` finds passages of other affairs, as `training.passages.elsewhere` does.
    """
    read = {label: under_subject(affair.subject, text) for label, text in affair.passages.items()}
    sentences = {label: sentences_under(affair.subject, text) for label, text in affair.passages.items()}
    for question, right in joint.questions:
        others = sorted(read.keys() - right)
        labels = [*sorted(right), *others[: 1 if right else 2]]
        far = elsewhere(affair.subject, question) if chance.random() < OF_OTHERS else []
        texts = [*(read[label] for label in labels), *(chance.sample(far, 1) if far else [])]
        yield Group(tuple((question, text) for text in texts), tuple(place < len(right) for place in range(len(texts))))
        near = sorted(
            (text for label in others for text in sentences[label]), key=lambda text: -shared_words(question, text)
        )
        for label in sorted(right):
            pairs = [*sentences[label], *near[:NEAR_RIGHT]]
            told = tuple(place < len(sentences[label]) for place in range(len(pairs)))
            yield Group(tuple((question, text) for text in pairs), told, one_of_them=True)
        if not right and chance.random() < 1 / 2:
            yield Group(tuple((question, text) for text in near[:NEAR_NONE]), (False,) * len(near[:NEAR_NONE]))
