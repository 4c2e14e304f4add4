"""Composes an answer by a language model: the model proposes, the program cites.

The model gets the paragraphs as quoted data and writes; each of its sentences is checked against them and gets
the citation of the paragraph that supports it, or is marked as unsupported with the reason. The model's own marks
are hints. Its answer is read as it comes, within settings.timeout, and no further than the sentences asked for.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from llama_index.core.schema import TextNode

from assistant.answer import THE_DOCUMENTS_DONT_SAY, Sentence
from assistant.citations import Scorer, Verdict, check_prepared
from assistant.claims.passages import Prepared
from assistant.settings import LanguageModelSettings
from assistant.writing.draft import DraftSentence, cut_short, read_draft
from assistant.writing.language_model import stream
from index_store.errors import LanguageModelFailed
from prompts.loader import Message, load

LONGEST_TEXT = 12_000
"""Characters of all that the model writes, its thinking included; what goes on is cut there."""
LONGEST_ANSWER = 1_024
"""Tokens that are asked for at most; a quarter of the context where that is less."""
BYTES_PER_TOKEN = 3
"""A cautious guess that needs no tokenizer: English takes about four bytes a token."""

Progress = Callable[[tuple[Sentence, ...]], None]


@dataclass(frozen=True, slots=True)
class Written:
    """What a language model's answer came to."""

    sentences: tuple[Sentence, ...]
    """Each 'supported' with its citations or 'unsupported' with a reason, in the order written."""
    refused: bool
    """Whether the model says that the documents don't say."""
    verdicts: tuple[Verdict, ...] = ()
    """One for each sentence, for the detail view."""
    notices: tuple[str, ...] = ()
    tokens: Mapping[str, int] = field(default_factory=dict)
    """How many it read and wrote, see `counted`."""

    @property
    def mostly_unsupported(self) -> bool:
        """Whether more than half of the sentences are unsupported: then the answer must not be shown as one."""
        bad = sum(sentence.status == "unsupported" for sentence in self.sentences)
        return 2 * bad > len(self.sentences) or (bad > 0 and bad == len(self.sentences))


def write(
    question: str,
    nodes: Sequence[TextNode],
    settings: LanguageModelSettings,
    scorer: Scorer,
    statements: Scorer,
    *,
    limit: int = 5,
    on_update: Progress | None = None,
) -> Written:
    """Let the model answer `question` from `nodes`, best first, in at most `limit` sentences.

    `on_update` gets the sentences judged so far whenever there is one more. Raises LanguageModelFailed.
    """
    deadline = time.monotonic() + settings.timeout
    longest = min(LONGEST_ANSWER, settings.context_window // 4)
    read = fitting(question, nodes, settings.context_window - longest, limit)
    notices = (
        () if len(read) == len(nodes) else (f"The language model could read {len(read)} of {len(nodes)} paragraphs.",)
    )
    judge = _Judge(read, scorer, statements)
    messages = _messages(question, read, limit)
    drafted, text = _drafted(
        messages, settings, longest, deadline, limit, lambda so_far: _report(judge, so_far, on_update)
    )
    if not drafted:
        raise LanguageModelFailed("The language model wrote nothing that can be read as an answer.")
    refused = drafted[0].refuses
    said = [sentence for sentence in drafted if not sentence.refuses][:limit]
    judged = [judge(sentence) for sentence in ([] if refused else said)]
    return Written(
        sentences=tuple(sentence for sentence, _ in judged),
        refused=refused or not judged,
        verdicts=tuple(verdict for _, verdict in judged),
        notices=notices,
        tokens={"read": counted(" ".join(message.text for message in messages)), "written": counted(text)},
    )


def counted(text: str) -> int:
    """The text's number of tokens by LlamaIndex's tokenizer: close to any model's, and the same for all."""
    from llama_index.core.utils import get_tokenizer

    return len(get_tokenizer()(text))


def _drafted(
    messages: Sequence[Message],
    settings: LanguageModelSettings,
    longest: int,
    deadline: float,
    limit: int,
    report: Callable[[Sequence[DraftSentence]], None],
) -> tuple[list[DraftSentence], str]:
    """The sentences that the model wrote before it stopped, or was stopped, and all its text."""
    written = ""
    reported = 0
    with closing(stream(messages, settings, longest=longest, deadline=deadline)) as pieces:
        for piece in pieces:
            written += piece.text
            if piece.finish == "length" or len(written) > LONGEST_TEXT:
                return cut_short(written[:LONGEST_TEXT]), written
            sentences = read_draft(written, finished=False) if _may_end(piece.text) else []
            if len(sentences) > reported:
                reported = len(sentences)
                report(sentences)
            if sentences and (sentences[0].refuses or len(sentences) >= limit):
                return sentences[:limit], written
    return read_draft(written, finished=True), written


def _may_end(text: str) -> bool:
    """Whether a sentence may be complete once this piece has come: it needs a blank or line end to show."""
    return any(sign in text for sign in " \n.!?]")


def _report(judge: _Judge, sentences: Sequence[DraftSentence], on_update: Progress | None) -> None:
    if on_update and sentences and not sentences[0].refuses:
        on_update(tuple(judge(sentence)[0] for sentence in sentences if not sentence.refuses))


class _Judge:
    """Checks sentences against the evidence, each once."""

    def __init__(self, nodes: Sequence[TextNode], scorer: Scorer, statements: Scorer) -> None:
        self._evidence = [Prepared(node) for node in nodes]
        self._labels = [str(node.metadata["label"]) for node in nodes]
        self._scorer = scorer
        self._statements = statements
        self._known: dict[str, tuple[Sentence, Verdict]] = {}

    def __call__(self, draft: DraftSentence) -> tuple[Sentence, Verdict]:
        if draft.text not in self._known:
            hints = self._hinted(draft)
            verdict = check_prepared(draft.text, self._evidence, self._scorer, self._statements, hints=hints)
            self._known[draft.text] = (as_sentence(draft.text, verdict), verdict)
        return self._known[draft.text]

    def _hinted(self, draft: DraftSentence) -> set[str]:
        """Labels of the paragraphs meant: a mark may be the number in the prompt or the paragraph's label."""
        numbered = {
            self._labels[int(hint) - 1] for hint in draft.hints if hint.isdigit() and 0 < int(hint) <= len(self._labels)
        }
        return numbered | set(draft.hints)


def as_sentence(text: str, verdict: Verdict) -> Sentence:
    """A judged sentence as part of an answer."""
    if not verdict.supported:
        return Sentence(text, (), "unsupported", verdict.reason)
    return Sentence(text, tuple(support.citation for support in verdict.support), "supported")


def fitting(question: str, nodes: Sequence[TextNode], tokens: int, limit: int = 5) -> list[TextNode]:
    """The first of `nodes` whose prompt takes at most `tokens`; at least one.

    Raises LanguageModelFailed if not even the best paragraph goes into the model's context.
    """
    kept = list(nodes)
    while kept:
        size = sum(len(message.text.encode()) for message in _messages(question, kept, limit)) // BYTES_PER_TOKEN
        if size + 32 <= tokens:
            return kept
        kept.pop()
    raise LanguageModelFailed("The language model's context is too small for the question and one paragraph.")


def _messages(question: str, nodes: Sequence[TextNode], limit: int) -> list[Message]:
    return load(
        "answer",
        question=" ".join(question.split()),
        evidence="\n\n".join(_quoted(number, node) for number, node in enumerate(nodes, start=1)),
        refusal=THE_DOCUMENTS_DONT_SAY,
        sentences=limit,
    )


def _quoted(number: int, node: TextNode) -> str:
    """A paragraph as data: nothing in it can end its own quotation."""
    data = node.metadata
    facts = [f"{data['document']} ¶{data['label']}"]
    facts += [str(data[name])[:200] for name in ("post", "date", "subject", "heading") if data.get(name)]
    inside = [_harmless(" | ".join(facts)), _harmless(node.text)]
    return f'<paragraph number="{number}">\n{inside[0]}\n{inside[1]}\n</paragraph>'


def _harmless(text: str) -> str:
    return " ".join(text.split()).replace("<", "‹").replace(">", "›")
