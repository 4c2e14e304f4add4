"""Questions proposed from the library's own paragraphs, for a person to edit, and the commented starter set.

Without a language model a draft is made from one sentence by rule: who said it, or the sentence with a date, a
figure or a name taken out. Such a draft uses the paragraph's own words, which keyword search finds too easily, so
each is marked as a draft and the file says what to do with it. With a language model it is asked for a question
and its answer; what it answers counts only if the answer's words stand in the paragraph. The prompt is
`prompts/draft.md`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from assistant.evaluation.attribution import sentences, speakers
from assistant.settings import LanguageModelSettings
from index_store.documents import Document, ParagraphRef

STARTER = Path(__file__).parent / "starter.yaml"
SEED = 436
FEWEST_WORDS, MOST_WORDS = 8, 45

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(
    rf"\b(?:{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{4}}|(?:19|20)\d\d)\b"
)
_UNITS = "percent|per cent|million|billion|thousand|tons|tonnes|kilometers|miles|hectares|people|years|months|days"
_NUMBER = re.compile(rf"\b(?:USD |EUR |\$)?\d(?:[\d,.]*\d)?(?: (?:{_UNITS}))*(?![\w%])|\b\d[\d,.]*%")
_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]+(?: |$|(?=[,.;)]))){2,4}")
_WHEN = re.compile(
    r"(?P<thing>[A-Z][^,.;]{2,60}?) (?P<was>was|were) (?P<done>[a-z]+(?: [a-z]+){0,4}?) (?:on|in) "
    rf"(?P<date>{_DATE.pattern})"
)
_DID = re.compile(r"(?P<name>(?:[A-Z][a-z]+ ){1,3}[A-Z][a-z]+)(?:, [^,.;]{3,80},)? (?P<did>[a-z]+(?:ed|s) .+)")
_LEANS = re.compile(r"(?:He|She|It|They|His|Her|Its|Their|This|That|These|Those|Here|There|According to h\w+)\b", re.I)
"""A sentence that can't be asked about without the one before."""
_SAID = re.compile(
    r"\b(?:said|told [^,.;]{1,40}?|argued|noted|claimed|stated|believes|warned|insisted|added) that (.+)"
)

_LINES = re.compile(r"^\W*Question\W*:\W*(?P<question>.+?)\s*^\W*Answer\W*:\s*(?P<answer>.+?)\s*$", re.M | re.S | re.I)
LONGEST = 160
"""Tokens of a proposal."""

HEADER = """\
# Drafts: each was made from one paragraph and uses its words. Before you use one, read the paragraph, ask in the
# words of somebody who has not read it, add other ways to say the facts, and take the line `draft: true` away.
# Add questions that the documents don't answer: {id: ..., question: ..., answerable: false}.
"""

Proposal = tuple[str, str, str]
"""Type, question, and the words of the answer as they stand in the paragraph."""
Propose = Callable[[str], Proposal | None]
"""Makes a proposal from a paragraph's text, as a language model does; None where it can't."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed question with the sentence it comes from."""

    ref: ParagraphRef
    kind: str
    question: str
    fact: str
    source: str


def draft_questions(documents: Sequence[Document], wanted: int, propose: Propose | None = None) -> list[Draft]:
    """Up to `wanted` drafts, spread over the documents, the same each time; fewer where the library gives no more.

    A draft by rule stands in for each paragraph from which `propose` makes none.
    """
    drafts: list[Draft] = []
    for document, place in _spread(documents):
        if len(drafts) == wanted:
            break
        paragraph = document.paragraphs[place]
        ref = ParagraphRef(document.id, paragraph.label)
        proposed = propose(paragraph.text) if propose else None
        if proposed and is_sound(proposed, paragraph.text):
            drafts.append(Draft(ref, *proposed, source=paragraph.text))
            continue
        made = draft_by_rule(paragraph.text, turn=len(drafts))
        if made:
            drafts.append(Draft(ref, *made[0], source=made[1]))
    return drafts


def _spread(documents: Sequence[Document]) -> Iterator[tuple[Document, int]]:
    """Paragraphs in a shuffled order, one of each document before the second of any."""
    shuffle = random.Random(SEED)
    queues = []
    for document in sorted(documents, key=lambda document: document.id):
        places = list(range(len(document.paragraphs)))
        shuffle.shuffle(places)
        queues.append((document, places))
    shuffle.shuffle(queues)
    for depth in range(max((len(places) for _, places in queues), default=0)):
        for document, places in queues:
            if depth < len(places):
                yield document, places[depth]


def is_sound(proposal: Proposal, text: str) -> bool:
    """Whether the answer stands in the paragraph and isn't given away by the question."""
    _, question, fact = proposal
    plain = " ".join(fact.casefold().split())
    return (
        bool(plain)
        and len(plain) <= 120
        and 3 <= len(question.split()) <= 60
        and plain in " ".join(text.casefold().split())
        and plain not in " ".join(question.casefold().split())
    )


def draft_by_rule(text: str, turn: int = 0) -> tuple[Proposal, str] | None:
    """A question from one of the paragraph's sentences, with the sentence; None where none lends itself.

    Whole questions are tried before gaps; `turn` varies which kind of gap is tried first.
    """
    gaps = (_gap_rule("date", _DATE), _gap_rule("number", _NUMBER), _gap_rule("name", _NAME))
    rules = (_who_said, _when_was, _who_did, *gaps[turn % 3 :], *gaps[: turn % 3])
    usable = [each for each in sentences(text) if FEWEST_WORDS <= len(each.split()) <= MOST_WORDS]
    for rule in rules:
        for sentence in usable:
            proposal = None if _LEANS.match(sentence) else rule(sentence)
            if proposal and is_sound(proposal, text):
                return proposal, sentence
    return None


def _who_said(sentence: str) -> Proposal | None:
    said, named = _SAID.search(sentence), speakers(sentence)
    if not said or not named or named[0] not in sentence[: said.start()]:
        return None
    return "who-said-it", f"Who said that {said[1].rstrip(' .')}?", named[0]


def _when_was(sentence: str) -> Proposal | None:
    found = _WHEN.match(sentence)
    if not found or not _DATE.fullmatch(found["date"]):
        return None
    thing = found["thing"]
    article, _, rest = thing.partition(" ")
    thing = f"{article.lower()} {rest}" if article in {"The", "A", "An", "Its", "Their"} else thing
    return "date", f"When {found['was']} {thing} {found['done']}?", found["date"]


def _who_did(sentence: str) -> Proposal | None:
    found = _DID.match(sentence)
    return ("name", f"Who {found['did'].rstrip(' .')}?", found["name"]) if found else None


def _gap_rule(kind: str, pattern: re.Pattern[str]) -> Callable[[str], Proposal | None]:
    def rule(sentence: str) -> Proposal | None:
        match = pattern.search(sentence)
        if not match:
            return None
        answer = match[0].strip()
        gapped = f"{sentence[: match.start()]}____{sentence[match.start() + len(answer) :]}"
        return kind, f"What belongs in the gap: {gapped}", answer

    return rule


def proposals_of(settings: LanguageModelSettings) -> Propose:
    """Proposals by a language model. The function raises LanguageModelFailed where the model does not answer."""
    from assistant.writing.language_model import stream  # late: it brings the client's libraries
    from prompts.loader import load

    def propose(text: str) -> Proposal | None:
        messages = load("draft", paragraph=" ".join(text.split()))
        return read_proposal("".join(piece.text for piece in stream(messages, settings, longest=LONGEST)))

    return propose


def read_proposal(written: str) -> Proposal | None:
    """Question and answer out of what a language model wrote; None where it kept to no form."""
    found = _LINES.search(written)
    if not found:
        return None
    return "by a language model", " ".join(found["question"].split()), found["answer"].strip().strip("\"'").rstrip(".")


def drafts_yaml(drafts: Sequence[Draft]) -> str:
    """The drafts as a question set in YAML, the sentence that each comes from in a comment above it."""
    blocks = [HEADER]
    for number, draft in enumerate(drafts, 1):
        entry = {
            "id": f"draft-{number:03d}",
            "type": draft.kind,
            "question": draft.question,
            "draft": True,
            "gold": [{"document": draft.ref.document, "label": draft.ref.label}],
            "facts": [[draft.fact]],
        }
        text = yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=10_000)
        comment = " ".join(draft.source.split())
        blocks.append(f"# {draft.ref}: {comment}\n{text}")
    return "\n".join(blocks)


def starter_yaml() -> str:
    """The commented set that `--init` writes; its questions are about the sample library."""
    return STARTER.read_text(encoding="utf-8")
