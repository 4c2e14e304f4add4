"""A small world without models: a library of texts, a question set, an assistant whose answers are written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

from assistant.answer import Answer, Citation, Retrieved, Sentence
from assistant.evaluation.judging import details_of
from assistant.evaluation.metrics import Judged, judge
from assistant.evaluation.questions import Item, Question, QuestionSet, write_question_set
from assistant.evaluation.results import Details, Result
from assistant.settings import Settings
from index_store.documents import ParagraphRef
from index_store.errors import UnknownParagraph

A1, A2, A3, B1, B2 = (ParagraphRef(name, label) for name, label in ("A1", "A2", "A3", "B1", "B2"))
TEXTS = {
    A1: "Minister Ivanov told PolOff that the bridge opened in 2005. It cost USD 20 million.",
    A2: "The mayor of Lund, Karl Berg, said the harbor was closed after the storm.",
    A3: "Post will report on the elections.",
    B1: "According to Petrova, the strike ended on May 3. Workers returned the next day.",
    B2: "The embassy sees no change.",
}


def texts(ref: ParagraphRef) -> Sequence[str]:
    return (TEXTS[ref],) if ref in TEXTS else ()


def citation(ref: ParagraphRef, quote: str | None = None) -> Citation:
    return Citation(ref.document, ref.label, ref.label, 1, 0, 10, TEXTS[ref] if quote is None else quote)


def sentence(text: str, *refs: ParagraphRef, **other: Any) -> Sentence:
    return Sentence(text, tuple(citation(ref, text) for ref in refs), **other)


def answer(
    question: str, *sentences: Sentence, ranked: Sequence[ParagraphRef] = (), score: float = 1.0, **other: Any
) -> Answer:
    retrieved = tuple(Retrieved(ref.document, ref.label, 1, 0, 10, score - place) for place, ref in enumerate(ranked))
    return Answer(question, sentences, retrieved=retrieved, details={"confidence_score": score}, **other)


def refusal(question: str, ranked: Sequence[ParagraphRef] = (), score: float = -1.0) -> Answer:
    return answer(question, ranked=ranked, score=score, refusal="nothing on this topic", explanation="Nothing is.")


def question(id: str, text: str = "Who?", *gold: ParagraphRef, **other: Any) -> Question:
    return Question(id, text, gold=gold, **other)


def question_set(*questions: Question, dialogues: Sequence[Item] = ()) -> QuestionSet:
    return QuestionSet((*(Item(each.id, (each,)) for each in questions), *dialogues), ("scripted.jsonl",))


@dataclass
class ScriptedAssistant:
    """Answers what is written down for a question's text; remembers what it was asked."""

    answers: Mapping[str, Answer]
    asked: list[tuple[str, int, str | None]] = field(default_factory=list)
    before: Callable[[str], None] = lambda question: None

    def ask(self, question: str, history: Sequence[Any] = (), *, id: str | None = None) -> Answer:
        self.before(question)
        self.asked.append((question, len(history), id))
        return self.answers.get(question) or refusal(question)


class ScriptedStore:
    """The part of a library that the evaluation looks at."""

    def is_empty(self) -> bool:
        return False

    def status(self) -> SimpleNamespace:
        return SimpleNamespace(documents=5, paragraphs=5, model="none")

    def paragraph(self, ref: ParagraphRef) -> SimpleNamespace:
        if ref not in TEXTS:
            raise UnknownParagraph(str(ref))
        return SimpleNamespace(text=TEXTS[ref], start=0, end=len(TEXTS[ref]))

    def document(self, id: str) -> SimpleNamespace:
        return SimpleNamespace(source=next(text for ref, text in TEXTS.items() if ref.document == id))


class ScriptedLibraryAssistant(ScriptedAssistant):
    """With settings and a store, as `assistant.conversation.Assistant` has them."""

    def __init__(
        self,
        settings: Settings,
        answers: Mapping[str, Answer] | None = None,
        before: Callable[[str], None] = lambda question: None,
    ) -> None:
        super().__init__(answers or {}, before=before)
        self.settings = settings
        self.store = ScriptedStore()

    @classmethod
    def open(cls, settings: Settings, store: ScriptedStore | None = None) -> Self:
        return cls(settings)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass


def result_of(answer: Answer, id: str = "q", details: Details | None = None) -> Result:
    return Result.of(answer, id, details or Details())


def write_set(path: Path, *questions: Question) -> Path:
    write_question_set(path, (Item(each.id, (each,)) for each in questions))
    return path


def judged(question: Question, given: Answer, cluster: str | None = None, turn: int | None = None) -> Judged:
    result = Result.of(given, question.id, details_of(question, given, texts))
    return judge([(question, result, cluster or question.id, turn)])[0]
