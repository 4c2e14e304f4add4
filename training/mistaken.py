"""What resembles an answer and is about somebody else: how the model of inference learns that names must match.

The passages of one affair are all about the same people and places, so that from these alone a model learns to pass
over the names of a question: it takes the men who lost their work at one smelter for those of any other. Two things
teach it otherwise: passages and sentences of other affairs that it takes for answers itself, and questions in which a
name has been put for another, which their passage no longer answers.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding

from assistant.question.anchors import has_any_name, names_asked
from assistant.quoting.passages import under_subject
from training.dialogues import Dialogue, in_context
from training.learning import Group
from training.passages import NEAR_RIGHT, Affair, sentences_under, shared_words

QUESTIONS, TURNS, RENAMED = 2600, 1000, 3000
"""How many questions and turns of dialogues are looked through for such texts, and how many questions renamed."""
READ = 5
"""How many passages of other affairs are read for a question."""
MISTAKEN_ABOVE = -3.5
"""The logit above which a text of another affair is taken, or nearly taken, for an answer."""
KEPT = 2
"""How many such passages of a question are learnt from, and how many such sentences."""
ALL_NAMES = 0.5
"""The share of the changed questions in which all names are others, not one."""
WHOLE_PASSAGE = 0.6
"""The share of the changed questions that are read with their whole passage, the rest with its sentences."""
TRIES = 20

Score = Callable[[str, Sequence[str]], Sequence[float]]
"""What gives the logits of some texts for a question."""


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A question that names something, and texts that have none of its names and yet seem to answer it."""

    question: str
    right: frozenset[str]
    """The labels of the passages of its own affair that do answer."""
    passages: tuple[str, ...]
    sentences: tuple[str, ...]


def nearest_elsewhere(
    known: Sequence[Affair], embedding: BaseEmbedding
) -> Callable[[str, str], list[tuple[Affair, str]]]:
    """What finds, for an affair's subject and a question, the `READ` most similar passages of other affairs."""
    passages = [(affair, label) for affair in known for label in affair.passages]
    texts = [under_subject(affair.subject, affair.passages[label]) for affair, label in passages]
    vectors = np.array(embedding.get_text_embedding_batch(texts), dtype=np.float32)

    def nearest(subject: str, question: str) -> list[tuple[Affair, str]]:
        similar = vectors @ np.array(embedding.get_query_embedding(question), dtype=np.float32)
        elsewhere = (passages[place] for place in np.argsort(-similar) if passages[place][0].subject != subject)
        return list(islice(elsewhere, READ))

    return nearest


def mistaken_for_answers(
    question: str, right: frozenset[str], near: Sequence[tuple[Affair, str]], score: Score
) -> Mistaken | None:
    """What of `near`, passages of other affairs with their labels, the model takes for answers; None if nothing.

    Read are the passages, and the sentences of the one that seems to answer best. `question` may stand behind the
    questions that it goes on from. Nothing is learnt of a question without names: it may be asked of anything.
    """
    names = names_asked(question)
    if not names or not near:
        return None
    passages = [under_subject(affair.subject, affair.passages[label]) for affair, label in near]
    logits = score(question, passages)
    affair, label = near[max(range(len(near)), key=lambda place: logits[place])]
    sentences = sentences_under(affair.subject, affair.passages[label])

    def kept(texts: Sequence[str], scores: Sequence[float]) -> tuple[str, ...]:
        ranked = sorted(zip(scores, texts, strict=True), reverse=True)
        wrong = (text for logit, text in ranked if logit > MISTAKEN_ABOVE and not has_any_name(text, names, question))
        return tuple(wrong)[:KEPT]

    found = Mistaken(question, right, kept(passages, logits), kept(sentences, score(question, sentences)))
    return found if found.passages or found.sentences else None


def learnt_from(mistaken: Mistaken, affair: Affair, chance: random.Random) -> Iterator[Group]:
    """What is learnt of it, among the passages of its own affair and among their sentences."""
    asked, right = mistaken.question, sorted(mistaken.right)
    others = sorted(affair.passages.keys() - mistaken.right)
    read = {label: under_subject(affair.subject, text) for label, text in affair.passages.items()}
    if mistaken.passages:
        beside = [read[label] for label in chance.sample(others, min(1, len(others)))]
        yield _group(asked, [read[label] for label in right], [*beside, *mistaken.passages])
    if mistaken.sentences:
        telling = sentences_under(affair.subject, affair.passages[right[0]]) if right else []
        near = sorted(
            (text for label in others for text in sentences_under(affair.subject, affair.passages[label])),
            key=lambda text: -shared_words(asked, text),
        )
        beside = chance.sample(near[: 2 * NEAR_RIGHT], min(1, len(near)))
        yield _group(asked, telling, [*beside, *mistaken.sentences], one_of_them=True)


def names_by_length(known: Sequence[Affair]) -> dict[int, list[str]]:
    """All names of the affairs' questions, by how many words they have."""
    found = {name for affair in known for question, _ in affair.questions for name in names_asked(question)}
    by_length: dict[int, list[str]] = {}
    for name in sorted(found):
        by_length.setdefault(len(name.split()), []).append(name)
    return by_length


def renamed(
    affair: Affair, question: str, right: frozenset[str], names: Mapping[int, Sequence[str]], chance: random.Random
) -> Group | None:
    """A question beside the same with other names, both read with what answers the first; None if it has no names."""
    other = with_other_names(affair, question, names, chance)
    if other == question or not right:
        return None
    if chance.random() < WHOLE_PASSAGE:
        others = sorted(affair.passages.keys() - right)
        read = [under_subject(affair.subject, affair.passages[label]) for label in (min(right), *others)]
        beside = tuple((question, text) for text in chance.sample(read[1:], min(1, len(others))))
        return Group(((question, read[0]), (other, read[0]), *beside), (True, False, *(False for _ in beside)))
    sentences = sentences_under(affair.subject, affair.passages[min(right)])
    pairs = tuple((asked, text) for asked in (question, other) for text in sentences)
    return Group(pairs, (True,) * len(sentences) + (False,) * len(sentences), one_of_them=True)


def with_other_names(affair: Affair, question: str, names: Mapping[int, Sequence[str]], chance: random.Random) -> str:
    """The question with one of its names, or all, put for names of as many words that its affair doesn't have."""
    own = names_asked(question)
    if not own:
        return question
    told = " ".join([affair.subject, *affair.passages.values()])
    for name in own if chance.random() < ALL_NAMES else [chance.choice(own)]:
        like = names.get(len(name.split()), ())
        drawn = (chance.choice(like) for _ in range(TRIES if like else 0))
        other = next((one for one in drawn if not has_any_name(told, [one], question)), name)
        question = question.replace(name, other)
    return question


def matching_of_names(
    known: Sequence[Affair],
    talks: Sequence[Dialogue],
    nearest: Callable[[str, str], Sequence[tuple[Affair, str]]],
    score: Score,
    chance: random.Random,
) -> Iterator[Group]:
    """All that is learnt so: from some questions of affairs and some turns of dialogues, and from renamed questions.

    `nearest` finds passages of other affairs, as `nearest_elsewhere` does; `score` is the model's before.
    """
    of = {affair.subject: affair for affair in known}
    named = [(affair, *asked) for affair in known for asked in affair.questions if names_asked(asked[0])]
    turns = [
        (of[talk.subject], *in_context(talk, place, chance))
        for talk in talks
        if talk.subject in of
        for place in range(1, len(talk.turns))
    ]
    asked = chance.sample(named, min(len(named), QUESTIONS))
    asked += chance.sample(turns, min(len(turns), TURNS))
    for affair, question, right in asked:
        found = mistaken_for_answers(question, right, nearest(affair.subject, question), score)
        yield from learnt_from(found, affair, chance) if found else ()
    names = names_by_length(known)
    for affair, question, right in chance.sample(named, min(len(named), RENAMED)):
        group = renamed(affair, question, right, names, chance)
        yield from [group] if group else []


def _group(asked: str, right: Sequence[str], wrong: Sequence[str], *, one_of_them: bool = False) -> Group:
    marks = (True,) * len(right) + (False,) * len(wrong)
    return Group(tuple((asked, text) for text in (*right, *wrong)), marks, one_of_them=one_of_them and bool(right))
