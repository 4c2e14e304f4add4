"""Which paragraph supports this sentence, and does it really?

Method. The sentence is compared with each paragraph of the evidence:

1. *Place.* The one to three neighbouring sentences of the paragraph that share most telling words with the
   sentence (stems and synonyms; names count twice) are its passage: what would be quoted. *Coverage* is the share
   of the sentence's telling words that the passage has, the document's subject, heading and post included.
2. *Score.* For the CANDIDATES paragraphs with most coverage, the cross-encoder's logit of (sentence, paragraph).
3. *Exact checks* of sentence against passage: numbers, dates, names, negation, speaker (`assistant.claims`).

The sentence is supported by a paragraph if no exact check speaks against it, its coverage is at least
MIN_COVERAGE, its score at least MIN_SCORE, and the two together reach MIN_STRENGTH, where
strength = coverage + SCORE_WEIGHT * score: a paraphrase needs a high score, a faithful copy little. Of several
such paragraphs the strongest is cited. A sentence that joins two statements ("..., while ...") may be supported
by two paragraphs, each of them carrying one.

Thresholds were set on the cases in tests/assistant/test_citations.py; benchmarks/claims.py measures them on
sentences that had no part in that, and docs/claims.md has its table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Protocol

from llama_index.core.schema import TextNode

from assistant.answer import Citation
from assistant.claims import dates, names, numbers, polarity, speakers
from assistant.claims.words import STOP_WORDS, Word, any_alike, synonyms, words
from assistant.quoting import citation_of
from assistant.sentences import SentenceSpan, split_sentences

CANDIDATES = 4
MIN_COVERAGE = 0.45
MIN_SCORE = 0.0
MIN_STRENGTH = 0.9
SCORE_WEIGHT = 0.1
LONGEST_PASSAGE = 3
"""Sentences."""

_METADATA = ("subject", "heading", "post")


class Scorer(Protocol):
    """A cross-encoder, as `assistant.rerank.CrossEncoderScorer`."""

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """One logit for each of `texts`: how well it bears `question` out."""


@dataclass(frozen=True, slots=True)
class Support:
    """A paragraph with its passage that carries a statement."""

    node: TextNode
    quote: str
    """One to three whole sentences, verbatim in the paragraph."""

    @property
    def citation(self) -> Citation:
        """The citation that is shown behind the sentence."""
        return citation_of(self.node, self.quote)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one sentence."""

    supported: bool
    support: tuple[Support, ...]
    """The paragraphs that carry it, one as a rule; of an unsupported sentence the nearest, if any."""
    score: float
    """The cross-encoder's logit for the paragraph; -inf without evidence."""
    coverage: float
    reason: str | None = None
    """Why it is not supported, as one plain clause."""
    checks: Mapping[str, Any] = field(default_factory=dict)
    """For the detail view: what each check said."""

    @property
    def node(self) -> TextNode | None:
        """The first paragraph that carries the sentence."""
        return self.support[0].node if self.support else None

    @property
    def quote(self) -> str:
        """The words of `node` that do."""
        return self.support[0].quote if self.support else ""


def check(sentence: str, evidence: Sequence[TextNode], scorer: Scorer, *, hints: Iterable[str] = ()) -> Verdict:
    """Find the paragraph of `evidence` that supports `sentence`, and say whether it does.

    `hints` are labels that the writer put behind the sentence; they only add a paragraph to those that are scored.
    """
    return check_prepared(sentence, [Prepared(node) for node in evidence], scorer, hints=hints)


def check_prepared(
    sentence: str, evidence: Sequence[Prepared], scorer: Scorer, *, hints: Iterable[str] = ()
) -> Verdict:
    """As `check`, for evidence that many sentences are checked against."""
    if not evidence:
        return Verdict(False, (), float("-inf"), 0.0, "there is no evidence")
    whole = _check_one(sentence, evidence, scorer, set(hints))
    if whole.supported:
        return whole
    parts = _statements(sentence)
    if len(parts) < 2:
        return whole
    verdicts = [_check_one(part, evidence, scorer, set(hints)) for part in parts]
    if not all(verdict.supported for verdict in verdicts):
        return whole
    support = {verdict.support[0].node.node_id: verdict.support[0] for verdict in verdicts}
    if len(support) < 2:
        return whole  # what one paragraph doesn't carry as a whole, it doesn't carry in pieces
    return Verdict(
        True,
        tuple(support.values()),
        min(verdict.score for verdict in verdicts),
        min(verdict.coverage for verdict in verdicts),
        checks={"parts": [dict(verdict.checks) for verdict in verdicts]},
    )


class Prepared:
    """A paragraph made ready for being compared with sentences."""

    def __init__(self, node: TextNode) -> None:
        self.node = node
        self.text = node.text
        self.metadata = " . ".join(str(node.metadata[name]) for name in _METADATA if node.metadata.get(name))
        self.written = _date(node.metadata.get("date"))

    @cached_property
    def sentences(self) -> list[SentenceSpan]:
        """The paragraph's sentences."""
        return split_sentences(self.text) or [SentenceSpan(0, len(self.text), self.text)]

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        """For each sentence the stems of all its words."""
        return [_stems(span.text) for span in self.sentences]

    @cached_property
    def metadata_stems(self) -> frozenset[str]:
        """Stems of subject, heading and post."""
        return _stems(self.metadata)

    @cached_property
    def told(self) -> names.Told:
        """The names of the paragraph and its header."""
        return names.Told(f"{self.text} . {self.metadata}")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A statement made ready for being compared with paragraphs."""

    text: str
    telling: tuple[tuple[Word, float], ...]
    names: tuple[names.Name, ...]
    dates: tuple[dates.When, ...]
    quantities: tuple[numbers.Quantity, ...]
    speaker: tuple[int, int]
    """The span that names who says it; (0, 0) where nobody does."""

    @classmethod
    def of(cls, sentence: str) -> _Claim:
        named = tuple(names.names(sentence))
        telling = []
        for word in words(sentence):
            if not word.counts or _is_number_word(word):
                continue
            in_name = any(name.start <= word.start < name.end and not name.opens for name in named)
            weight = 2.0 if in_name else 0.3 if word.stem in speakers.SAY_STEMS else 1.0
            telling.append((word, weight))
        when = tuple(dates.dates(sentence))
        counted = tuple(numbers.quantities(sentence, [(date.start, date.end) for date in when]))
        voice = speakers.voice(sentence)
        at = sentence.find(voice.text) if voice else -1
        speaker = (at, at + len(voice.text)) if voice and at >= 0 else (0, 0)
        return cls(sentence, tuple(telling), named, when, counted, speaker)


@dataclass(frozen=True, slots=True)
class _Passage:
    """The sentences first to last of a paragraph, as the place that says what a statement says."""

    paragraph: Prepared
    first: int
    last: int
    coverage: float
    best: int
    """The one sentence with most of it."""
    missing: tuple[str, ...]

    @property
    def start(self) -> int:
        return self.paragraph.sentences[self.first].start

    @property
    def end(self) -> int:
        return self.paragraph.sentences[self.last].end

    @property
    def text(self) -> str:
        return self.paragraph.text[self.start : self.end]


def _check_one(sentence: str, evidence: Sequence[Prepared], scorer: Scorer, hints: set[str]) -> Verdict:
    claim = _Claim.of(sentence)
    passages = sorted((_place(claim, paragraph) for paragraph in evidence), key=lambda p: -p.coverage)
    candidates = passages[:CANDIDATES] + [
        p for p in passages[CANDIDATES:] if p.paragraph.node.metadata["label"] in hints
    ]
    verdicts = [_judge(claim, passage, scorer) for passage in candidates]
    return max(verdicts, key=lambda v: (v.supported, v.coverage + SCORE_WEIGHT * v.score))


def _place(claim: _Claim, paragraph: Prepared) -> _Passage:
    """The passage of a paragraph that covers a statement best."""
    total = sum(weight for _, weight in claim.telling) or 1.0
    have = [
        [
            any(other in stems for other in synonyms(word.stem)) or any_alike(word.stem, stems)
            for word, _ in claim.telling
        ]
        for stems in paragraph.stems
    ]
    in_header = [any_alike(word.stem, paragraph.metadata_stems) for word, _ in claim.telling]
    parts = {part for name in claim.names for part in name.parts}
    named = [word.lower in parts and paragraph.told.has_word(word.lower) for word, _ in claim.telling]

    def covered(first: int, last: int) -> list[bool]:
        return [
            any(have[i][k] for i in range(first, last + 1)) or in_header[k] or named[k]
            for k in range(len(claim.telling))
        ]

    def share(flags: Sequence[bool]) -> float:
        return sum(weight for flag, (_, weight) in zip(flags, claim.telling, strict=True) if flag) / total

    count = len(paragraph.sentences)
    windows = [
        (share(covered(first, last)) - 0.05 * (last - first), -first, first, last)
        for first in range(count)
        for last in range(first, min(first + LONGEST_PASSAGE, count))
    ]
    _, _, first, last = max(windows)
    told = [word.start >= claim.speaker[1] or word.end <= claim.speaker[0] for word, _ in claim.telling]
    best = max(range(first, last + 1), key=lambda i: share([a and b for a, b in zip(have[i], told, strict=True)]))
    flags = covered(first, last)
    missing = tuple(word.text for flag, (word, _) in zip(flags, claim.telling, strict=True) if not flag)
    return _Passage(paragraph, first, last, share(flags) if claim.telling else 1.0, best, missing)


def _judge(claim: _Claim, passage: _Passage, scorer: Scorer) -> Verdict:
    score = scorer.score(claim.text, [passage.text])[0]
    checks = _exact_checks(claim, passage)
    strength = passage.coverage + SCORE_WEIGHT * score
    reason = next((found[0] for found in checks.values() if found), None)
    if reason is None and (passage.coverage < MIN_COVERAGE or score < MIN_SCORE or strength < MIN_STRENGTH):
        reason = "no paragraph says this"
        if passage.missing:
            reason += f": nothing about {_listed(passage.missing[:3])}"
    details = {
        "score": round(score, 3),
        "coverage": round(passage.coverage, 3),
        "strength": round(strength, 3),
        "missing": list(passage.missing),
        **{name: list(found) for name, found in checks.items()},
    }
    support = (Support(passage.paragraph.node, passage.text),)
    return Verdict(reason is None, support, score, passage.coverage, reason, details)


def _exact_checks(claim: _Claim, passage: _Passage) -> dict[str, tuple[str, ...]]:
    paragraph = passage.paragraph
    known_dates = [(date.start, date.end) for date in dates.dates(paragraph.text)]
    quantities = numbers.quantities(paragraph.text, known_dates)
    comment = speakers.in_comment(
        paragraph.text, paragraph.sentences[passage.best].start, paragraph.node.metadata.get("heading")
    )
    sentences = [span.text for span in paragraph.sentences]
    return {
        "numbers": numbers.disagreements(
            claim.quantities, quantities, [q for q in quantities if passage.start <= q.start < passage.end]
        ),
        "dates": dates.disagreements(claim.dates, paragraph.text, paragraph.written, passage.text),
        "names": names.disagreements(claim.names, paragraph.told),
        "negation": polarity.disagreements(claim.text, passage.text),
        "speaker": speakers.disagreements(
            claim.text, sentences, passage.best, comment=comment, paragraph=paragraph.told
        )
        or speakers.doer_disagreements(claim.text, sentences[passage.first : passage.last + 1]),
    }


_JOINT = re.compile(r",?\s+(?:while|whereas)\s+|;\s+|,\s+(?:but|and|yet)\s+", re.I)


def _statements(sentence: str) -> list[str]:
    """The statements that a sentence joins, if each is one of at least four words."""
    parts = [part.strip() for part in _JOINT.split(sentence)]
    return parts if len(parts) > 1 and all(len(part.split()) >= 4 for part in parts) else [sentence]


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.lower not in STOP_WORDS)


def _is_number_word(word: Word) -> bool:
    return numbers.is_number_word(word.lower)


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10]) if text else None
    except ValueError:
        return None


def _listed(items: Sequence[str]) -> str:
    quoted = [f"“{item}”" for item in items]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " or " + quoted[-1]
