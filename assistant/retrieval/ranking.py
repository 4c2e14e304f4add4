"""Ranks the library's paragraphs for a question as it was understood: all of it, then part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from llama_index.core.schema import BaseNode, NodeWithScore, QueryBundle

from assistant.question.anchors import has_any_name, names_asked
from assistant.question.library_words import ways_in_library
from assistant.question.parts import own_words, tells_later
from assistant.question.quoted import has_phrase, quoted_phrases
from assistant.question.understanding import Part, Understood
from assistant.question.variants import expanded
from assistant.quoting.attribution import is_comment
from assistant.quoting.evidence import text_of
from assistant.retrieval.bridging import asked_of, follows_somebody, life_of, names_person, person_told
from assistant.retrieval.hybrid import HybridRetriever
from assistant.retrieval.inference import CloseReader
from assistant.retrieval.late_interaction import TokenMemory
from assistant.retrieval.rerank import CrossEncoderScorer, Reranker
from assistant.settings import RetrievalSettings
from assistant.timing import Stopwatch
from index_store.documents import ParagraphRef
from index_store.errors import UnknownDocument
from index_store.filters import Filters
from index_store.introducing import leads_over
from index_store.store import IndexStore

LEANING = 1.0
"""What a paragraph gains for each thing that its document shares with what the question merely names."""
OWN_VOICE = 2.0
"""What a post's own comment gains where the question names the post as its source, and loses where a person."""
NEAR = 10
"""How many paragraphs of the documents that were cited on the topic are read for a follow-up, wherever they rank."""
CITED = 1.5
"""What a paragraph of theirs gains, and once more where the turn before cited its document."""
LATER = 3.0
"""What a paragraph of a later document gains where a part of the question asks what came afterwards."""
NAMED = 4.0
"""What a paragraph gains that names whom a part of the question asks about."""
AROUND = 8
"""How many paragraphs before and behind one that may answer are compared with the question too."""
STRANGE = 5.0
"""What a paragraph loses in whose whole document nothing stands that the question names, while others have it."""
ASKED_FOR_NAMES = 20
"""Of how many of the best paragraphs the documents are looked through for that."""
LOOKED_THROUGH = 200_000
"""Characters of the longest document that is: some milliseconds."""
QUOTED = 3.0
"""What a paragraph gains that has words which the question puts in quotation marks."""
QUOTED_FOUND = 5.0
"""The same for which paragraphs are read: these are, however little else they have of the question."""
ANNOUNCED = 2.0
"""What a paragraph loses that only leads over to the next: 'The paper comments:'"""
PART_SHARE = 0.6
"""How much of the reading a part gets, measured by what the whole question gets."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Paragraphs, best first, with what each stage said of them."""

    hits: tuple[NodeWithScore, ...] = ()
    scores: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """By node id, by stage: 'keywords', 'vectors', 'mixed', 'late', 'cross', 'inference', 'final'."""
    parts: tuple[tuple[Part, tuple[NodeWithScore, ...]], ...] = ()
    """Where the question has parts, each as it was searched, with its ranking."""

    @property
    def best(self) -> float:
        """The highest cross-encoder logit; -inf where nothing was found, inf where what was found wasn't read."""
        unread = float("inf") if self.hits else float("-inf")
        return max((stages["cross"] for stages in self.scores.values() if "cross" in stages), default=unread)


class Ranker:
    """Retrieves and reranks within one library."""

    def __init__(
        self,
        store: IndexStore,
        settings: RetrievalSettings,
        scorer: CrossEncoderScorer,
        tokens: TokenMemory | None,
        stopwatch: Stopwatch,
        inference: CrossEncoderScorer | None = None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._scorer = scorer
        self._tokens = tokens
        self._stopwatch = stopwatch
        self._inference = inference
        self._scores: dict[str, dict[str, float]] = {}

    def rank(self, understood: Understood) -> Ranking:
        """Rank for the whole question, and for each of its parts where there are several."""
        self._scores = {}
        whole = self._ranked(understood, understood, understood.leaning, 1.0)
        parts = self._by_parts(understood) if len(understood.parts) > 1 else self._by_life(understood, whole)
        rankings = interleaved([whole, *(ranked for _, ranked in parts)])
        return Ranking(tuple(rankings), dict(self._scores), tuple((part, tuple(ranked)) for part, ranked in parts))

    def _by_parts(self, understood: Understood) -> list[tuple[Part, list[NodeWithScore]]]:
        """Each part with its ranking; the later ones are asked of the person whom the first one's answer names."""
        first, *later = understood.parts
        best = self._part_ranked(understood, first, [])
        person = self._person_told(first, best)
        parts = [(first, best)]
        for part in later:
            asked = asked_of(person, part, first) if person else part
            parts.append((asked, self._part_ranked(understood, asked, best)))
        return parts

    def _by_life(
        self, understood: Understood, whole: Sequence[NodeWithScore]
    ) -> list[tuple[Part, list[NodeWithScore]]]:
        """Of a question for what became of somebody: itself, and once more of the person by name; else no parts."""
        if understood.topic or not understood.parts or not follows_somebody(understood.asked):
            return []
        [first] = understood.parts
        person = self._person_told(first, whole)
        if not person:
            return []
        named = life_of(person, first)
        return [(first, list(whole)), (named, self._part_ranked(understood, named, whole))]

    def _person_told(self, part: Part, ranked: Sequence[NodeWithScore]) -> str | None:
        """Whom the best paragraph for a part names as its answer."""
        scorer = self._inference or self._scorer
        return person_told(part.in_context or part.wordings[0], ranked[0].node, scorer) if ranked else None

    def _part_ranked(self, understood: Understood, part: Part, first: Sequence[NodeWithScore]) -> list[NodeWithScore]:
        """The ranking for one part; `first`: that of the first part, empty for itself."""
        own = own_words(part.asked, understood.parts[0].asked) or part.asked  # the same where it's asked once more
        sent = next((_sent(hit.node) for hit in first), "")
        if not sent or not tells_later(own):
            return self._ranked(understood, part, understood.leaning, PART_SHARE)
        leaning = replace(understood.leaning, after=None, before=None)
        ranked = self._ranked(understood, part, leaning, PART_SHARE)
        return preferring_later(ranked, sent, LATER)

    def _ranked(
        self, understood: Understood, asked: Understood | Part, leaning: Filters, share: float
    ) -> list[NodeWithScore]:
        """What is found for a question or one of its parts, ranked by how well it answers."""
        wordings, within = asked.wordings, asked.filters
        late = round(self._settings.late_interaction * share)
        found = self._found(wordings, within)
        if understood.cited and not within.documents:
            # A follow-up says little by itself: what was cited is read again.
            near = self._found(wordings, replace(within, documents=understood.cited))
            found = with_near(found, near[:NEAR], late)
        quoted = quoted_phrases(asked.asked)
        candidates = leant(found, leaning, LEANING / 20)
        if quoted:
            candidates = gained(candidates, lambda node: QUOTED_FOUND * _has_any(quoted, node))
        reranker = Reranker(
            self._scorer,
            self._tokens,
            late=late,
            top=round(self._settings.rerank * share),
            also=wordings[1:],
            around=(lambda _nodes: []) if within.labels or within.speakers else partial(paragraphs_around, self._store),
            stopwatch=self._stopwatch,
        )
        ranked = leant(reranker.postprocess_nodes(candidates, query_str=wordings[0]), leaning, LEANING)
        ranked = gained(ranked, lambda node: CITED * (node.metadata["document"] in understood.cited))
        strange = self._strangers(asked.asked, ranked[:ASKED_FOR_NAMES])
        ranked = gained(ranked, lambda node: -STRANGE * (node.metadata["document"] in strange))
        ranked = gained(ranked, lambda node: -ANNOUNCED * leads_over(text_of(node)))
        if quoted:
            ranked = gained(ranked, lambda node: QUOTED * _has_any(quoted, node))
        if isinstance(asked, Part) and asked.person:
            ranked = gained(ranked, lambda node: NAMED * names_person(asked, node))
        if within.speakers or within.posts:  # what a post thought stands in its comment, what a person said elsewhere
            ranked = preferring_comments(ranked, -OWN_VOICE if within.speakers else OWN_VOICE)
        read: dict[str, float] = {}
        if self._inference:
            reader = CloseReader(
                self._inference,
                top=round(self._settings.inference * share),
                in_context=asked.in_context,
                stopwatch=self._stopwatch,
            )
            ranked = reader.postprocess_nodes(ranked, query_str=wordings[0])
            read = reader.scores
        for hit in ranked:
            id = hit.node.node_id
            says = {"inference": read[id]} if id in read else {}
            self._note(hit, {**reranker.scores.get(id, {}), **says, "final": hit.score or 0.0})
        return ranked

    def _strangers(self, asked: str, hits: Sequence[NodeWithScore]) -> frozenset[str]:
        """Of the hits' documents those that have none of the names of a question, if any has one."""
        names = names_asked(asked)
        documents = {str(hit.node.metadata["document"]) for hit in hits} if names else set()
        lacking = frozenset(id for id in documents if self._lacks(id, names, asked))
        return lacking if len(lacking) < len(documents) else frozenset()

    def _lacks(self, id: str, names: Sequence[str], asked: str) -> bool:
        """Whether a document, its header among it, has none of the names; of a long one nobody looks."""
        with suppress(UnknownDocument):  # it has left the library meanwhile
            document = self._store.document(id)
            if len(document.source) <= LOOKED_THROUGH:
                whole = " ".join([id, document.header.post or "", document.title, document.source])
                return not has_any_name(whole, names, asked)
        return False

    def _found(self, wordings: Sequence[str], within: Filters) -> list[NodeWithScore]:
        """What is found for each wording, taken in turn."""
        retriever = HybridRetriever(self._store, self._settings, within, self._stopwatch)
        rankings = []
        for wording in wordings:
            phrases = [f'"{phrase}"' for phrase in quoted_phrases(wording)]
            words = [expanded(wording), *phrases, *ways_in_library(wording, self._store)]
            hits = retriever.retrieve(QueryBundle(wording, custom_embedding_strs=words))
            for hit in hits:
                key = ParagraphRef(hit.node.metadata["document"], hit.node.metadata["label"])
                self._note(hit, {stage: scores[key] for stage, scores in retriever.scores.items() if key in scores})
            rankings.append(hits)
        return interleaved(rankings)

    def _note(self, hit: NodeWithScore, scores: Mapping[str, float]) -> None:
        """Keep a paragraph's score by each stage; of several runs the highest."""
        noted = self._scores.setdefault(hit.node.node_id, {})
        for stage, value in scores.items():
            noted[stage] = max(value, noted.get(stage, value))


def paragraphs_around(store: IndexStore, nodes: Sequence[BaseNode]) -> list[BaseNode]:
    """The paragraphs around some others in their documents, themselves among them."""
    refs: dict[ParagraphRef, None] = {}
    for node in nodes:
        id, label = node.metadata["document"], node.metadata["label"]
        with suppress(UnknownDocument):  # it has left the library meanwhile
            labels = [paragraph.label for paragraph in store.document(id).paragraphs]
            place = labels.index(label) if label in labels else 0
            refs |= dict.fromkeys(
                ParagraphRef(id, each) for each in labels[max(0, place - AROUND) : place + AROUND + 1]
            )
    return list(store.nodes(list(refs)))


def interleaved(rankings: Sequence[Sequence[NodeWithScore]]) -> list[NodeWithScore]:
    """One ranking of several, taking the next of each in turn; each paragraph once, with its best score."""
    best: dict[str, NodeWithScore] = {}
    order: list[str] = []
    for place in range(max((len(ranking) for ranking in rankings), default=0)):
        for ranking in rankings:
            if place < len(ranking):
                hit = ranking[place]
                id = hit.node.node_id
                if id not in best:
                    order.append(id)
                    best[id] = hit
                elif (hit.score or 0.0) > (best[id].score or 0.0):
                    best[id] = hit
    return [best[id] for id in order]


def leant(hits: Sequence[NodeWithScore], leaning: Filters, gain: float) -> list[NodeWithScore]:
    """The hits in a new order: those that fit what the question names in passing gain a little."""
    return gained(hits, lambda node: gain * fit(node, leaning)) if leaning else list(hits)


def preferring_comments(hits: Sequence[NodeWithScore], gain: float) -> list[NodeWithScore]:
    """The hits in a new order: paragraphs that are the reporting post's own comment gain, or lose what is below 0."""
    return gained(hits, lambda node: gain * is_comment(node))


def preferring_later(hits: Sequence[NodeWithScore], date: str, gain: float) -> list[NodeWithScore]:
    """The hits in a new order: paragraphs of documents sent after `date` (ISO 8601) gain."""
    return gained(hits, lambda node: gain * (_sent(node) > date))


def gained(hits: Sequence[NodeWithScore], gain: Callable[[BaseNode], float]) -> list[NodeWithScore]:
    """The hits with what each gains added to its score, best first."""
    raised = [NodeWithScore(node=hit.node, score=(hit.score or 0.0) + gain(hit.node)) for hit in hits]
    return sorted(raised, key=lambda hit: -(hit.score or 0.0))


def _has_any(phrases: Sequence[str], node: BaseNode) -> bool:
    return any(has_phrase(text_of(node), phrase) for phrase in phrases)


def _sent(node: BaseNode) -> str:
    """When a paragraph's document was sent, ISO 8601; empty where that isn't known."""
    return str(node.metadata.get("date") or "")


def with_near(hits: Sequence[NodeWithScore], near: Sequence[NodeWithScore], read: int) -> list[NodeWithScore]:
    """The hits with those of `near` that they lack, put where the first `read` still have them."""
    known = {hit.node.node_id for hit in hits}
    missing = [hit for hit in near if hit.node.node_id not in known]
    place = max(0, read - len(missing))
    score = hits[min(place, len(hits)) - 1].score or 0.0 if hits and place else 0.0
    placed = [NodeWithScore(node=hit.node, score=score) for hit in missing]
    return [*hits[:place], *placed, *hits[place:]]


def fit(node: BaseNode, leaning: Filters) -> float:
    """How well a paragraph's document fits: one for its place, one for its date, `CITED` for one cited just before."""
    facts = node.metadata
    post = str(facts.get("post") or "").lower()
    tags = facts.get("tags") or ()
    place = any(post.endswith(name.lower()) for name in leaning.posts) or bool(set(leaning.tags) & set(tags))
    return place + _date_fits(facts.get("date"), leaning) + CITED * (facts.get("document") in leaning.documents)


def _date_fits(date: str | None, leaning: Filters) -> bool:
    """What happens in a year is reported in it or in the year after."""
    if not date or not (leaning.after or leaning.before):
        return False
    sent = datetime.fromisoformat(date)
    early = leaning.after is not None and sent < leaning.after
    late = leaning.before is not None and sent >= leaning.before + timedelta(days=365)
    return not early and not late
