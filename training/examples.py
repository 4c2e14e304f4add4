"""Questions about the training cables, with texts that answer them and texts that come near."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from llama_index.core.schema import BaseNode

from assistant.claims.passages import Claim, Prepared, place
from assistant.conversation import Assistant
from assistant.question.understanding import Understood, Vocabulary, understand
from assistant.quoting.evidence import one_line
from assistant.quoting.passages import quotable, under_subject
from assistant.retrieval.ranking import Ranker
from assistant.retrieval.rerank import text_in_context
from assistant.settings import RetrievalSettings, Settings
from assistant.timing import Stopwatch
from index_store.documents import ParagraphRef
from index_store.formats import read_sources
from index_store.nodes import paragraph_node
from index_store.parsing import parse
from index_store.store import IndexStore
from training.learning import Group

DATA = Path(__file__).parent / "data"
NEAR = 25
"""How many of the paragraphs ranked for a question may serve as near misses."""
Reference = tuple[str, str]
"""Document and label."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the training data, with what the ranking finds for it."""

    question: str
    """As the models read it, without the words that only say where to look."""
    gold: tuple[BaseNode, ...]
    """The paragraphs that answer; none where nothing does."""
    near: tuple[BaseNode, ...]
    """Paragraphs that come near and don't answer, the nearest first."""
    evidence: tuple[str, ...]
    """Words of the sentences that answer."""


def asked(library: Path, most: int | None = None) -> list[Asked]:
    """The questions of the training data, ranked over the training cables, which are indexed into `library`."""
    settings = Settings(home=library, retrieval=RetrievalSettings(late_interaction=NEAR, rerank=6))
    with IndexStore.open(library) as store:
        store.index(read_sources([DATA / "cables"]))
        known = store.vocabulary()
        assistant = Assistant.open(settings, store)
        ranker = Ranker(store, settings.retrieval, assistant.scorer, assistant.tokens, Stopwatch())
        vocabulary = Vocabulary(known.posts, known.tags, store.ids())
        return [
            _asked(row, understand(row["question"], vocabulary), ranker, store)
            for row in rows("questions.jsonl")[:most]
        ]


def _asked(row: dict[str, Any], understood: Understood, ranker: Ranker, store: IndexStore) -> Asked:
    hits = [hit.node for hit in ranker.rank(replace(understood, parts=())).hits[:NEAR]]
    gold = [(one["document"], one["label"]) for one in row["gold"]]
    named = [(one["document"], one["label"]) for one in row.get("near", ())]
    evidence = tuple(_folded(words) for words in row.get("evidence", ()))
    documents = {document for document, _ in gold}

    def misses(node: BaseNode) -> bool:
        document, label = _reference(node)
        if (document, label) in gold or any(words in _folded(_text(node)) for words in evidence):
            return False
        return not (document in documents and label == "1")  # a summary may well answer too

    first = store.nodes([ParagraphRef(*one) for one in named])
    return Asked(
        understood.wordings[0],
        tuple(store.nodes([ParagraphRef(*one) for one in gold])),
        (*first, *(node for node in hits if misses(node) and _reference(node) not in named)),
        evidence,
    )


def groups(one: Asked, seed: int) -> list[Group]:
    """What the cross-encoder learns from a question: among paragraphs, and among sentences under their subject."""
    chance = random.Random(seed)
    nearest = list(one.near[:3])
    near = chance.sample(nearest, min(2, len(nearest))) if one.gold else nearest[:2]
    gold = one.gold[:3]
    paragraphs = _group(
        one.question, [text_in_context(node) for node in gold], [text_in_context(node) for node in near]
    )
    of_gold = [sentence for node in gold for sentence in _sentences(node)]
    right = [sentence for sentence in of_gold if any(words in _folded(sentence) for words in one.evidence)]
    wrong = [sentence for sentence in of_gold if sentence not in right]
    misleading = sorted(_sentences(near[0]) if near else [], key=lambda text: -_shared(text, one.question))
    misses = [*chance.sample(wrong, min(2, len(wrong))), *misleading[: 1 if gold else 2]]
    sentences = _group(one.question, chance.sample(right, min(2, len(right))), misses)
    return [group for group in (paragraphs, sentences) if group.pairs]


def statements() -> list[Group]:
    """True and false statements, each with the passage that it is about."""
    nodes = {}
    for file in sorted((DATA / "cables").iterdir()):
        document = parse(file.read_text("utf-8"), file.stem)
        nodes.update({(document.id, one.label): Prepared(paragraph_node(document, one)) for one in document.paragraphs})
    return [
        Group(
            ((row["sentence"], place(Claim.of(row["sentence"]), nodes[row["document"], row["label"]]).text),),
            (row["supported"],),
        )
        for row in rows("statements.jsonl")
    ]


def rows(name: str) -> list[dict[str, Any]]:
    """The objects of a file of the training data."""
    return [json.loads(line) for line in (DATA / name).read_text("utf-8").splitlines()]


def _group(question: str, right: Sequence[str], wrong: Sequence[str]) -> Group:
    return Group(tuple((question, text) for text in (*right, *wrong)), (True,) * len(right) + (False,) * len(wrong))


def _sentences(node: BaseNode) -> list[str]:
    subject = str(node.metadata.get("subject") or "")
    return [under_subject(subject, one_line(span.text)) for span in quotable(_text(node))]


def _text(node: BaseNode) -> str:
    return str(getattr(node, "text", ""))


def _reference(node: BaseNode) -> Reference:
    return str(node.metadata["document"]), str(node.metadata["label"])


def _folded(text: str) -> str:
    return one_line(text).lower()


def _shared(one: str, other: str) -> int:
    """Words that two texts share, by their first five letters."""
    stems = [{word[:5] for word in re.findall(r"[a-z0-9]{3,}", text.lower())} for text in (one, other)]
    return len(stems[0] & stems[1])
