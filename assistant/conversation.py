"""One question with its history -> one answer; the only door for the page, the command line and the evaluation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType

from llama_index.core.schema import NodeWithScore, QueryBundle

from assistant.answer import Answer, Retrieved
from assistant.question import Understood, understand
from assistant.quoting import citation_of, compose, gather_evidence, text_of
from assistant.rerank import CrossEncoderReranker, CrossEncoderScorer
from assistant.retrieval import HybridRetriever
from assistant.settings import Settings
from assistant.timing import Stopwatch
from index_store.errors import BadQuestion, EmptyLibrary
from index_store.filters import Filters
from index_store.store import IndexStore

Update = Callable[[Answer], None]
NEAREST = 3


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
        self._check(question)
        stopwatch = Stopwatch()
        understood = understand(question)
        ranked = self._rank(understood, filters or understood.filters, stopwatch)
        with stopwatch.stage("compose"):
            evidence = gather_evidence(understood.text, ranked, self.scorer)
            sentences = compose(understood, evidence, self.settings.max_sentences)
        refused = not sentences or (ranked[0].score or 0.0) < -4.0
        answer = Answer(
            question=question,
            sentences=() if refused else sentences,
            refusal="nothing on this topic" if refused else None,
            explanation="No paragraph of the library is on this topic." if refused else None,
            nearest=tuple(citation_of(hit.node, text_of(hit.node)) for hit in ranked[:NEAREST]) if refused else (),
            retrieved=tuple(_retrieved(hit) for hit in ranked[:50]),
            filters=understood.chips,
            details={"understood": understood.text},
            seconds=stopwatch.seconds,
            stages=dict(stopwatch.stages),
        )
        if on_update:
            on_update(answer)
        return answer

    def _check(self, question: str) -> None:
        if not question.strip():
            raise BadQuestion("The question is empty: write what you want to know.")
        if len(question) > self.settings.max_question:
            raise BadQuestion(
                f"The question has {len(question):,} characters; at most {self.settings.max_question:,} are read: "
                "shorten it."
            )
        if self.store.is_empty():
            raise EmptyLibrary("The library is empty: add documents with `pilcrow index PATH`.")

    def _rank(self, understood: Understood, within: Filters, stopwatch: Stopwatch) -> list[NodeWithScore]:
        query = QueryBundle(understood.text)
        retriever = HybridRetriever(self.store, self.settings.retrieval, within, stopwatch)
        candidates = retriever.retrieve(query)
        with stopwatch.stage("rerank"):
            reranker = CrossEncoderReranker(self.scorer, top=self.settings.retrieval.rerank)
            return reranker.postprocess_nodes(candidates, query_bundle=query)


def _retrieved(hit: NodeWithScore) -> Retrieved:
    cited = citation_of(hit.node, "")
    return Retrieved(
        cited.document, cited.label, cited.ordinal, cited.start, cited.end, float(hit.score or 0.0), text_of(hit.node)
    )
