"""Passages that come near one another, with questions and statements about them: what the model of inference reads."""

from __future__ import annotations

import heapq
import json
import math
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.quoting.evidence import one_line, text_of
from assistant.quoting.passages import quotable, under_subject, with_neighbours
from benchmarks.squad import measuring_articles
from index_store.parsing import parse
from training.examples import DATA, Asked, rows
from training.learning import Group, Unit

WHOLE = 0.1
"""The share of texts that are read whole, not just the passage around a sentence."""
FAR_SHARE = 0.4
"""The share of an affair's questions that learn from a passage of another affair too."""
FAR_FOUND = 4
"""How many passages of other affairs are found for a question."""
FOUND = 4
"""How many passages that were found and don't answer are learnt from; one less where another answers."""
NEAR_RIGHT, NEAR_NONE = 2, 4
"""How many sentences that don't answer are learnt from, beside a passage that answers, and where none does."""
TWINS_READ = (2, 3, 3, 4)
"""How many sentences of a passage are read with a statement, each as often as it stands here."""
_PASSAGE = re.compile(r"(?P<label>\d)\| (?P<text>.+)")
_QUESTION = re.compile(r"Q (?P<labels>\d(?: \d)*)\| (?P<text>.+)")
_STATEMENT = re.compile(r"(?P<truth>[TF]) (?P<label>\d)\| (?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Affair:
    """Passages of one affair, and what is asked and stated of them."""

    subject: str
    passages: dict[str, str]
    """By label, '1' to '4'."""
    questions: tuple[tuple[str, frozenset[str]], ...]
    """Each with the labels of the passages that answer it; none where none does."""
    twins: tuple[tuple[str, str, str], ...]
    """The label of a passage, a statement that it supports, and one like it that it doesn't."""


def read_affair(text: str) -> Affair:
    """Read a block that begins with '@ SUBJECT'; training/README.md has the format.

    Raises ValueError where a line can't be read or a label has no passage.
    """
    head, *lines = text.strip().splitlines()
    passages: dict[str, str] = {}
    questions: list[tuple[str, frozenset[str]]] = []
    statements: list[tuple[str, str, str]] = []
    for line in lines:
        if found := _PASSAGE.fullmatch(line):
            passages[found["label"]] = found["text"]
        elif found := _QUESTION.fullmatch(line):
            questions.append((found["text"], frozenset(found["labels"].split()) - {"0"}))
        elif found := _STATEMENT.fullmatch(line):
            statements.append((found["truth"], found["label"], found["text"]))
        else:
            raise ValueError(f"not a line of an affair: {line!r}")
    true, false = statements[::2], statements[1::2]
    if not head.startswith("@ ") or [truth for truth, _, _ in statements] != ["T", "F"] * len(true):
        raise ValueError(f"statements must come in twos, a true one and its false twin: {head!r}")
    if not {label for _, labels in questions for label in labels} | {one[1] for one in statements} <= passages.keys():
        raise ValueError(f"a label without its passage: {head!r}")
    twins = tuple((label, one, other) for (_, label, one), (_, _, other) in zip(true, false, strict=True))
    return Affair(head.removeprefix("@ "), passages, tuple(questions), twins)


def affairs() -> list[Affair]:
    """All affairs of the training data."""
    return [read_affair(block) for block in blocks("passages")]


def blocks(folder: str) -> Iterator[str]:
    """The blocks that begin with '@ SUBJECT' in the files of a folder of the training data."""
    for file in sorted((DATA / folder).iterdir()):
        yield from re.split(r"\n\s*\n(?=@ )", file.read_text("utf-8").strip())


def groups(affair: Affair, chance: random.Random) -> list[Group]:
    """What is learnt of an affair: which passage answers, that none does, and which of two statements is true."""
    read = {label: under_subject(affair.subject, text) for label, text in affair.passages.items()}
    learnt: list[Group] = []
    for question, right in affair.questions:
        others = [label for label in read if label not in right]
        labels = [*sorted(right), *chance.sample(others, min(len(others), 1 if right else 2))]
        pairs = tuple((question, read[label]) for label in labels)
        learnt.append(Group(pairs, tuple(label in right for label in labels)))
    for label, true, false in affair.twins:
        learnt.append(Group(((true, read[label]), (false, read[label])), (True, False)))
        others = [other for other in read if other != label]
        if chance.random() < 0.5:
            learnt.append(Group(((true, read[chance.choice(others)]),), (False,)))
    return learnt


def elsewhere(known: Sequence[Affair]) -> Callable[[str, str], list[str]]:
    """What finds, for an affair's subject and a question, the passages of other affairs that share its telling words.

    Words count by how few passages have them. The `FAR_FOUND` nearest are given, best first.
    """
    texts = [(one.subject, under_subject(one.subject, text)) for one in known for text in one.passages.values()]
    having: dict[str, list[int]] = defaultdict(list)
    for place, (_, text) in enumerate(texts):
        for stem in stems(text):
            having[stem].append(place)

    def nearest(subject: str, question: str) -> list[str]:
        shared: dict[int, float] = defaultdict(float)
        for stem in sorted(stems(question)):
            for place in having.get(stem, ()):
                shared[place] += math.log(len(texts) / len(having[stem]))
        others = (place for place in shared if texts[place][0] != subject)
        return [texts[place][1] for place in heapq.nlargest(FAR_FOUND, others, key=lambda place: shared[place])]

    return nearest


def far_passages(known: Sequence[Affair]) -> list[dict[str, str]]:
    """For each question of each affair the nearest passage of another one; empty where none shares a word."""
    nearest = elsewhere(known)
    return [
        {question: next(iter(nearest(one.subject, question)), "") for question, _ in one.questions} for one in known
    ]


def with_far(affair: Affair, far: dict[str, str], chance: random.Random) -> list[Group]:
    """What is learnt of an affair's questions, some of them with a passage from another affair; no statements."""
    learnt = []
    for group in groups(affair, chance)[: len(affair.questions)]:
        question = group.pairs[0][0]
        if far[question] and chance.random() < FAR_SHARE:
            group = Group((*group.pairs, (question, far[question])), (*group.right, False))
        learnt.append(group)
    return learnt


def sentences_of(affair: Affair) -> list[Group]:
    """What is learnt of an affair's sentences: one of the right passage answers, none of the others does.

    Of the others those that share most words with the question are read.
    """
    read = {label: sentences_under(affair.subject, text) for label, text in affair.passages.items()}
    learnt = []
    for question, labels in affair.questions:
        right = read[min(labels)] if labels else []
        near = sorted(
            (sentence for label in read if label not in labels for sentence in read[label]),
            key=lambda sentence: -shared_words(question, sentence),
        )
        wrong = near[: NEAR_RIGHT if right else NEAR_NONE]
        pairs = tuple((question, sentence) for sentence in [*right, *wrong])
        learnt.append(Group(pairs, (True,) * len(right) + (False,) * len(wrong), one_of_them=bool(right)))
    return learnt


def twins_of(affair: Affair, chance: random.Random) -> list[Group]:
    """What is learnt of an affair's statements: which of two twins a passage supports.

    Read are the two to four neighbouring sentences that share most words with the twins, as in a check of statements.
    """
    learnt = []
    for label, true, false in affair.twins:
        sentences = [one_line(span.text) for span in quotable(affair.passages[label])] or [affair.passages[label]]
        most = chance.choice(TWINS_READ)
        starts = range(max(1, len(sentences) - most + 1))
        parts = [" ".join(sentences[start : start + most]) for start in starts]
        passage = under_subject(affair.subject, max(parts, key=partial(shared_words, f"{true} {false}")))
        learnt.append(Group(((true, passage), (false, passage)), (True, False)))
    return learnt


def sentences_under(subject: str, text: str) -> list[str]:
    """The sentences of a passage, each behind the subject."""
    return [under_subject(subject, one_line(span.text)) for span in quotable(text)]


def found(one: Asked) -> list[Group]:
    """What is learnt of a question about the training cables: of the passages that are found, and of sentences."""
    right, among = [], []
    for node in one.gold:
        subject = str(node.metadata.get("subject") or "")
        sentences = [one_line(span.text) for span in quotable(text_of(node))]
        telling = [at for at, text in enumerate(sentences) if any(words in text.lower() for words in one.evidence)]
        right += [under_subject(subject, with_neighbours(sentences, at)) for at in telling[:1]]
        others = sorted(
            set(range(len(sentences))) - set(telling), key=lambda at: -shared_words(one.question, sentences[at])
        )
        if telling and others:
            pairs = tuple((one.question, under_subject(subject, sentences[at])) for at in (*telling[:2], *others[:3]))
            among.append(Group(pairs, tuple(place < len(telling[:2]) for place in range(len(pairs)))))
    wrong = [
        _passage_like((str(node.metadata.get("subject") or ""), one_line(text_of(node))), one.question)
        for node in one.near[: FOUND - bool(right)]
    ]
    pairs = tuple((one.question, text) for text in (*right, *wrong))
    return [*([Group(pairs, (True,) * len(right) + (False,) * len(wrong))] if pairs else []), *among]


def sentences_of_squad(path: Path) -> Iterator[Unit]:
    """Of paragraphs of SQuAD 2.0 dev, but for the articles that measure: which of three sentences answers."""
    whole = json.loads(path.read_text("utf-8"))
    known = {one["id"]: one for one in whole["paragraphs"]}
    measuring = measuring_articles(whole)
    for row in whole["questions"]:
        if not row["answers"] or known[row["paragraph"]]["article"] in measuring:
            continue
        subject = row["article"].replace("_", " ")
        sentences = [one_line(span.text) for span in quotable(known[row["paragraph"]]["text"])]
        ordered = sorted(sentences, key=lambda text: -shared_words(row["question"], text))
        right = [text for text in ordered if row["answers"][0] in text]
        wrong = [text for text in ordered if text not in right]
        if right and wrong:
            texts = [under_subject(subject, text) for text in (right[0], *wrong[:2])]
            yield [Group(tuple((row["question"], text) for text in texts), (True, *(False for _ in wrong[:2])))]


def of_questions(chance: random.Random) -> Iterator[Unit]:
    """The questions about the training cables: a passage that answers, and passages of paragraphs that come near."""
    known = paragraphs_of_cables()
    for row in rows("questions.jsonl"):
        gold = [(one["document"], one["label"]) for one in row["gold"]]
        near = [(one["document"], one["label"]) for one in row.get("near", ())]
        evidence = [one_line(words.lower()) for words in row.get("evidence", ())]
        if row["type"] in ("comparison", "across-cables"):  # no passage answers by itself
            gold = []
        documents = {document for document, _ in gold}
        if not near:
            # A summary may well answer too.
            beside = [key for key in known if key[0] in documents and key not in gold and key[1] != "1"]
            near = sorted(beside, key=lambda key: -shared_words(row["question"], known[key][1]))[:2]
        texts = [_passage_that_has(known[key], evidence, chance) for key in gold[:2]]
        wrong = [
            _passage_like(known[key], row["question"], chance)
            for key in near[:2]
            if not any(words in known[key][1].lower() for words in evidence)
        ]
        if texts or wrong:
            pairs = tuple((row["question"], text) for text in (*texts, *wrong))
            yield [Group(pairs, (True,) * len(texts) + (False,) * len(wrong))]


def of_squad(path: Path, chance: random.Random) -> Iterator[Unit]:
    """The questions of SQuAD 2.0 dev, but for the articles that measure: the passage that answers, or comes nearest."""
    whole = json.loads(path.read_text("utf-8"))
    known = {one["id"]: one for one in whole["paragraphs"]}
    measuring = measuring_articles(whole)
    for row in whole["questions"]:
        if known[row["paragraph"]]["article"] in measuring:
            continue
        paragraph = (row["article"].replace("_", " "), one_line(known[row["paragraph"]]["text"]))
        answers = [row["answers"][0].lower()] if row["answers"] else []
        text = (
            _passage_that_has(paragraph, answers, chance, row["question"])
            if answers
            else _passage_like(paragraph, row["question"], chance)
        )
        yield [Group(((row["question"], text),), (bool(answers),))]


def paragraphs_of_cables() -> dict[tuple[str, str], tuple[str, str]]:
    """Subject and text of each paragraph of the training cables, by document and label."""
    documents = (parse(file.read_text("utf-8"), file.stem) for file in sorted((DATA / "cables").iterdir()))
    return {(one.id, each.label): (one.title, one_line(each.text)) for one in documents for each in one.paragraphs}


def _passage_that_has(
    paragraph: tuple[str, str], words: Sequence[str], chance: random.Random, question: str = ""
) -> str:
    """The passage around a sentence that has some of the words; the whole text where none has."""
    subject, text = paragraph
    sentences = [one_line(span.text) for span in quotable(text)]
    places = [at for at, sentence in enumerate(sentences) if any(word in sentence.lower() for word in words)]
    if not places or chance.random() < WHOLE:
        return under_subject(subject, text)
    place = max(places, key=lambda at: shared_words(question, sentences[at])) if question else chance.choice(places)
    return under_subject(subject, with_neighbours(sentences, place))


def _passage_like(paragraph: tuple[str, str], question: str, chance: random.Random | None = None) -> str:
    """The passage around the sentence that shares most words with the question; by `chance` the whole text."""
    subject, text = paragraph
    if chance and chance.random() < WHOLE:
        return under_subject(subject, text)
    sentences = [one_line(span.text) for span in quotable(text)]
    place = max(range(len(sentences)), key=lambda at: shared_words(question, sentences[at]))
    return under_subject(subject, with_neighbours(sentences, place))


def shared_words(one: str, other: str) -> int:
    """Words that two texts share, by their first five letters."""
    return len(stems(one) & stems(other))


def stems(text: str) -> set[str]:
    """The first five letters of each word that has three."""
    return {word[:5] for word in re.findall(r"[a-z0-9]{3,}", text.lower())}
