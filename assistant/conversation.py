"""One question with its history -> one answer; the only door for the page, the command line and the evaluation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property, partial
from types import TracebackType

from llama_index.core.schema import NodeWithScore

from assistant.answer import Answer, Retrieved, Sentence
from assistant.question.documents import names_documents
from assistant.question.focus import Focus, focus_after
from assistant.question.followups import inherited, resolve
from assistant.question.library_words import paragraphs_with
from assistant.question.speakers import still_speaking
from assistant.question.topics import may_be_new
from assistant.question.understanding import Understood, Vocabulary, loosened, understand
from assistant.quoting.choosing import choose
from assistant.quoting.evidence import text_of
from assistant.quoting.quoting import citation_of, compose, gather_evidence, in_their_order
from assistant.refusing import Judgement, LibraryText, judge, thresholds
from assistant.retrieval.late_interaction import TokenEncoder, TokenMemory
from assistant.retrieval.ranking import Ranker, Ranking
from assistant.retrieval.rerank import CrossEncoderScorer
from assistant.settings import Settings
from assistant.timing import Stopwatch
from assistant.writing.composing import QUOTED_INSTEAD, let_write
from assistant.writing.rewriting import Rewritten, try_rewrite
from index_store.errors import BadQuestion, EmptyLibrary, UnknownDocument
from index_store.filters import Filters
from index_store.store import IndexStore

Update = Callable[[Answer], None]
NEAREST = 3
ASKED_ALONE = "Together with the question before nothing answers this; it was asked alone instead."


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what was answered."""

    question: str
    answer: Answer


class Assistant:
    """Answers questions over one library; a context manager that closes the store it opened itself."""

    def __init__(self, settings: Settings, store: IndexStore, *, owns_store: bool = False) -> None:
        self.settings = settings
        self.store = store
        self._owns_store = owns_store
        self._loaded = False

    @classmethod
    def open(cls, settings: Settings, store: IndexStore | None = None) -> Assistant:
        """Open the library at `settings.home`, or use a store that is open already."""
        if store is not None:
            return cls(settings, store)
        return cls(settings, IndexStore.open(settings.home, chroma_url=settings.chroma_url), owns_store=True)

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store if this assistant opened it."""
        if self._owns_store:
            self.store.close()

    @cached_property
    def scorer(self) -> CrossEncoderScorer:
        """The cross-encoder, loaded when it is first needed."""
        return CrossEncoderScorer.load(self.settings.home)

    @cached_property
    def inference(self) -> CrossEncoderScorer:
        """The same with other layers: it tells whether a passage answers."""
        return CrossEncoderScorer.load(self.settings.home, "inference_en")

    @cached_property
    def checker(self) -> CrossEncoderScorer:
        """The cross-encoder without the layers trained on questions: it places a language model's statements."""
        return CrossEncoderScorer.load(self.settings.home, tuned=False)

    @cached_property
    def statements(self) -> CrossEncoderScorer:
        """The model that tells whether a passage supports a statement."""
        return CrossEncoderScorer.load(self.settings.home, "statements_en")

    @cached_property
    def tokens(self) -> TokenMemory:
        """The model of late interaction with what it remembers."""
        return TokenMemory(self.settings.home, TokenEncoder.load(self.settings.home))

    def load(self) -> None:
        """Load the models, so that no question waits for them; an answer's seconds never count it."""
        if self.settings.language_model.url:
            _ = self.checker, self.statements  # first, as a model may be set after everything else was loaded
        if self._loaded:
            return
        self.store.embedding.get_query_embedding("Any words: an embedding loads its model with the first.")
        _ = self.scorer
        if self.settings.retrieval.inference:
            _ = self.inference
        if self.settings.retrieval.late_interaction:
            _ = self.tokens
        self._loaded = True

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        filters: Filters | None = None,
        on_update: Update | None = None,
        id: str | None = None,
    ) -> Answer:
        """Answer `question`, the last of a conversation.

        `filters` None: they are read from the question. `on_update` gets the answer as it grows.
        Raises BadQuestion for an empty or too long question and EmptyLibrary where nothing is indexed.
        """
        self.check(question)
        self.load()
        stopwatch = Stopwatch()
        with stopwatch.stage("understand"):
            rewritten = self._rewritten(question, history)
            understood, carried = self._understand(question, history, rewritten.text)
            if filters is not None:
                understood = understood.searched_within(filters)
        answer, ranking = self._answered(understood, stopwatch)
        if answer.abstained and carried and not rewritten.text and _may_be_new(question, history[-1]):
            alone = self._understand(question, ())[0]
            alone = alone if filters is None else alone.searched_within(filters)
            retried, its_ranking = self._answered(alone, stopwatch)
            if not retried.abstained:
                understood, ranking, carried = alone, its_ranking, False
                answer = replace(retried, notices=(*retried.notices, ASKED_ALONE))
        answer = replace(answer, details={**answer.details, "carried": carried})
        if rewritten.failure:
            answer = replace(answer, notices=(*answer.notices, f"{rewritten.failure} {QUOTED_INSTEAD}"))
        elif self.settings.language_model.url and not answer.abstained:
            answer = self._written(answer, understood, ranking, stopwatch, on_update)
        if on_update:
            on_update(answer)
        return answer

    def check(self, question: str) -> None:
        """Raise BadQuestion for an empty or too long question, and EmptyLibrary where nothing is indexed."""
        if not question.strip():
            raise BadQuestion("The question is empty: write what you want to know.")
        if len(question) > self.settings.max_question:
            raise BadQuestion(
                f"The question has {len(question):,} characters; at most {self.settings.max_question:,} are read: "
                "shorten it."
            )
        if self.store.is_empty():
            raise EmptyLibrary

    def _rewritten(self, question: str, history: Sequence[Turn]) -> Rewritten:
        """What the language model makes of a follow-up; nothing without a model."""
        if not history or not self.settings.language_model.url:
            return Rewritten()
        turns = [(turn.question, turn.answer.to_text()) for turn in history]
        return try_rewrite(question, turns, self.settings.language_model)

    def _understand(
        self, question: str, history: Sequence[Turn], rewritten: str | None = None
    ) -> tuple[Understood, bool]:
        """The question as it stands on its own, and whether something was carried over from the turn before.

        `rewritten` is the language model's wording where it passed its checks; filters follow the rules all the same.
        """
        known = self.store.vocabulary()
        documents = self.store.ids() if names_documents(question) else frozenset()
        vocabulary = Vocabulary(known.posts, known.tags, documents, partial(paragraphs_with, store=self.store))
        if not history:
            return understand(question, vocabulary), False
        focus = _focus(history[-1])
        resolved = resolve(question, focus)
        if rewritten and not resolve(rewritten, focus).carried:  # else it doesn't stand on its own
            understood = understand(rewritten, vocabulary)
        else:
            understood = understand(resolved.asked, vocabulary, resolved.contexts)
        if resolved.filters:
            kept = still_speaking(resolved.filters, resolved.asked)
            understood = understood.searched_within(inherited(understood.filters, kept))
        if resolved.carried:
            last = history[-1].answer
            near = tuple(dict.fromkeys(cited.document for cited in (*last.citations, *last.nearest[:1])))
            understood = replace(
                understood,
                leaning=replace(understood.leaning, documents=near),
                told=frozenset(cited.quote for cited in last.citations),
                cited=tuple(dict.fromkeys([*near, *_cited_on_topic(history)])),
            )
        return replace(understood, original=question), resolved.carried or bool(rewritten)

    def _answered(self, understood: Understood, stopwatch: Stopwatch) -> tuple[Answer, Ranking]:
        ranking, draft, judgement = self._tried(understood, stopwatch)
        notices: list[str] = []
        if judgement.refusal and understood.filters:
            asked, empty, near = understood.chips, not ranking.hits, ranking
            for wider in loosened(understood):
                wider_try = self._tried(wider, stopwatch)
                near = near if near.hits else wider_try[0]
                if wider_try[2].refusal is None and not understood.only_paragraphs:
                    notices.append(_loosened_to(asked, wider.chips))
                    understood, (ranking, draft, judgement) = wider, wider_try
                    break
            else:
                if empty:
                    ranking = near
                    judgement = replace(wider_try[2], explanation=f"The library has nothing under {_listed(asked)}.")
        refused = judgement.refusal is not None
        answer = Answer(
            question=understood.original,
            sentences=() if refused else draft,
            refusal=judgement.refusal,
            explanation=judgement.explanation,
            nearest=tuple(citation_of(hit.node, text_of(hit.node)) for hit in ranking.hits[:NEAREST])
            if refused
            else (),
            retrieved=tuple(_retrieved(hit) for hit in ranking.hits[:50]),
            notices=tuple(notices),
            filters=understood.chips,
            confidence=judgement.confidence,
            details={
                "understood": understood.text,
                "asked": understood.asked,
                "topic": understood.topic,
                "filters": understood.filters,
                "wants": sorted(understood.wants),
                "parts": [part.text for part, _ in ranking.parts] or [understood.text],
                "missing": list(judgement.missing),
                "thresholds": asdict(thresholds()),
                "candidates": _candidates(ranking),
                "checks": judgement.checks,
                "confidence_score": judgement.sureness,
                "sentence_score": judgement.score,
                "says": judgement.says,
            },
            seconds=stopwatch.seconds,
            stages=dict(stopwatch.stages),
        )
        return answer, ranking

    def _written(
        self, quoted: Answer, understood: Understood, ranking: Ranking, stopwatch: Stopwatch, on_update: Update | None
    ) -> Answer:
        """The answer as the language model writes it, or the quoted one with a notice."""
        with stopwatch.stage("write"):
            answer = let_write(
                quoted,
                understood.whole,
                ranking.hits,
                self.settings.language_model,
                self.checker,
                self.statements,
                limit=self.settings.max_sentences,
                on_update=on_update,
            )
        return replace(answer, seconds=stopwatch.seconds, stages=dict(stopwatch.stages))

    def _tried(self, understood: Understood, stopwatch: Stopwatch) -> tuple[Ranking, tuple[Sentence, ...], Judgement]:
        settings = self.settings.retrieval
        tokens = self.tokens if settings.late_interaction else None
        inference = self.inference if settings.inference else None
        ranking = Ranker(self.store, settings, self.scorer, tokens, stopwatch, inference).rank(understood)
        with stopwatch.stage("compose"):
            if understood.only_paragraphs:
                chosen = in_their_order(ranking.hits, self.settings.max_sentences)
            else:
                evidence = gather_evidence(understood, ranking, self.scorer, tokens, inference)
                chosen = choose(understood, evidence, self.settings.max_sentences) if evidence else []
            judgement = judge(understood, ranking, chosen, LibraryText(self.store.document_frequency, self._source))
            return ranking, compose(understood, chosen), judgement

    def _source(self, document: str) -> str:
        try:
            return self.store.document(document).source
        except UnknownDocument:  # it has left the library meanwhile
            return ""


def _focus(last: Turn) -> Focus:
    """What the conversation is about after its last turn."""
    details = last.answer.details
    kept = details.get("filters")
    return focus_after(
        str(details.get("asked") or details.get("understood") or last.question),
        [sentence.text for sentence in last.answer.sentences],
        kept if isinstance(kept, Filters) else None,
        topic=str(details.get("topic") or ""),
    )


def _cited_on_topic(history: Sequence[Turn]) -> list[str]:
    """The documents cited since the topic was opened, the last first."""
    documents: list[str] = []
    for turn in reversed(history):
        documents += [citation.document for citation in turn.answer.citations]
        if not turn.answer.details.get("carried"):
            break
    return documents


def _loosened_to(asked: Sequence[str], kept: Sequence[str]) -> str:
    """What is told of a search that had to leave filters out."""
    searched = f"{_listed(kept)} alone" if kept else "the whole library"
    return f"Nothing under {_listed(asked)} answers this; {searched} was searched instead."


def _listed(chips: Sequence[str]) -> str:
    return " and ".join(f"“{chip}”" for chip in chips)


def _may_be_new(question: str, last: Turn) -> bool:
    """Whether a follow-up may have a topic of its own: its words are neither the last turn's nor of what that cited."""
    cited = {(citation.document, citation.label) for citation in last.answer.citations}
    paragraphs = [found.text for found in last.answer.retrieved if (found.document, found.label) in cited]
    told = " ".join([*(sentence.text for sentence in last.answer.sentences), *paragraphs])
    return may_be_new(question, _focus(last), told)


def _candidates(ranking: Ranking) -> list[dict[str, object]]:
    """The first twenty candidates with their scores by stage."""
    return [
        {
            "document": hit.node.metadata["document"],
            "label": hit.node.metadata["label"],
            **{stage: round(score, 3) for stage, score in ranking.scores.get(hit.node.node_id, {}).items()},
        }
        for hit in ranking.hits[:20]
    ]


def _retrieved(hit: NodeWithScore) -> Retrieved:
    cited = citation_of(hit.node, "")
    return Retrieved(
        cited.document, cited.label, cited.ordinal, cited.start, cited.end, float(hit.score or 0.0), text_of(hit.node)
    )
