"""Which paragraph supports this sentence, and does it really?

Method. The sentence is compared with each paragraph of the evidence:

1. *Place.* The one to three neighbouring sentences of the paragraph that share most telling words with the
   sentence (stems and synonyms; names count twice) are its passage: what would be quoted. *Coverage* is the share
   of the sentence's telling words that the passage has, the document's subject, heading and post included.
2. *Scores.* For the CANDIDATES (4) paragraphs with most coverage, the cross-encoder's logit of (sentence, passage),
   and that of the model of statements, the same one with layers that learnt to tell true statements from false twins
   that resemble them (training/README.md). Where the passage says "we", the sentence's "The embassy" is scored as "We".
3. *Exact checks* of sentence against passage (`assistant.claims`): that it speaks of the matter and not of the text;
   numbers, dates and names; the measure (all, most, only, none); the comparison (which is more); negation and
   opposites; who said it and who did it (clause by clause, pronouns followed back); whether it was done or only
   wished, planned or expected. And if a word stands where the passage has another, between the same words ("85 tons
   of trout", "... of carp"), the sentence and the same with the passage's word must score SAME_SENTENCE (9.0)
   together, as synonyms do; and no two things may have changed places ("the city for a pier and the ministry for a
   subsidy").

The sentence is supported by a paragraph if no exact check speaks against it, its coverage is at least
MIN_COVERAGE (0.3), and the model of statements gives it MIN_SAYS (-0.5) or more. From SURELY_SAYS (1.0) on it overrules
the checks of measure and negation, which are often wrong. Only the paragraphs may support it that it seems to be about:
whose strength, coverage + SCORE_WEIGHT (0.12) * the cross-encoder's logit, comes within AS_STRONG (0.3) of the highest.
Of several the strongest is cited. A sentence that joins two statements ("..., while ...") may be supported by two
paragraphs, each of them carrying one. A question is never supported.

No grammar stands behind the exact checks, but word lists (assistant/data/claims) and the order of words, and the model
of statements is a small one: a thing exchanged for another of the same paragraph may pass, and a true sentence told in
quite other words, or worked out ("seven of nine" from "two of nine"), is refused.

The thresholds were set on the cases in tests/assistant, on benchmarks/data/claims.jsonl and on training/data, with the
totals of a harder set that is held out in sight. benchmarks/claims.py measures the check on both; docs/claims.md has
the tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

from llama_index.core.schema import TextNode

from assistant.answer import Citation
from assistant.claims import (
    about,
    comparisons,
    dates,
    doers,
    modality,
    names,
    numbers,
    polarity,
    quantifiers,
    speakers,
    swaps,
)
from assistant.claims.passages import Claim, Passage, Prepared, place
from assistant.quoting.passages import under_subject
from assistant.quoting.quoting import citation_of

CANDIDATES = 4
MIN_COVERAGE = 0.3
MIN_SAYS = -0.5
SCORE_WEIGHT = 0.12
AS_STRONG = 0.3
SURELY_SAYS = 1.0
OFTEN_WRONG = frozenset(("measure", "negation"))
"""The exact checks that speak against true sentences rather than false ones where the model of statements is sure."""
SAME_SENTENCE = 9.0


class Scorer(Protocol):
    """A cross-encoder, as `assistant.retrieval.rerank.CrossEncoderScorer`."""

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
    def strength(self) -> float:
        """How much the paragraph seems to be what the sentence is about."""
        return self.coverage + SCORE_WEIGHT * self.score

    @property
    def node(self) -> TextNode | None:
        """The first paragraph that carries the sentence."""
        return self.support[0].node if self.support else None

    @property
    def quote(self) -> str:
        """The words of `node` that do."""
        return self.support[0].quote if self.support else ""


def check(
    sentence: str,
    evidence: Sequence[TextNode],
    scorer: Scorer,
    statements: Scorer,
    *,
    hints: Iterable[str] = (),
) -> Verdict:
    """Find the paragraph of `evidence` that supports `sentence`, and say whether it does.

    `scorer` is the cross-encoder, `statements` the model of statements. `hints` are labels that the writer put behind
    the sentence; they only add a paragraph to those that are scored.
    """
    return check_prepared(sentence, [Prepared(node) for node in evidence], scorer, statements, hints=hints)


def check_prepared(
    sentence: str,
    evidence: Sequence[Prepared],
    scorer: Scorer,
    statements: Scorer,
    *,
    hints: Iterable[str] = (),
) -> Verdict:
    """As `check`, for evidence that many sentences are checked against."""
    if sentence.rstrip("\"'”’ ").endswith("?"):
        return Verdict(False, (), float("-inf"), 0.0, "a question states nothing")
    if not evidence:
        return Verdict(False, (), float("-inf"), 0.0, "there is no evidence")
    judged = partial(_check_one, evidence=evidence, scorer=scorer, statements=statements, hints=set(hints))
    whole = judged(sentence)
    if whole.supported:
        return whole
    parts = _statements(sentence)
    if len(parts) < 2:
        return whole
    verdicts = [judged(part) for part in parts]
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


def _check_one(
    sentence: str, evidence: Sequence[Prepared], scorer: Scorer, statements: Scorer, hints: set[str]
) -> Verdict:
    claim = Claim.of(sentence)
    passages = sorted((place(claim, paragraph) for paragraph in evidence), key=lambda p: -p.coverage)
    candidates = passages[:CANDIDATES] + [
        p for p in passages[CANDIDATES:] if p.paragraph.node.metadata["label"] in hints
    ]
    verdicts = [_judge(claim, passage, scorer, statements) for passage in candidates]
    strongest = max(verdict.strength for verdict in verdicts)
    # What the paragraph it is about speaks against, another one of the same matter only seems to say.
    near = [verdict for verdict in verdicts if verdict.strength >= strongest - AS_STRONG]
    return max(near, key=lambda verdict: (verdict.supported, verdict.strength))


def _judge(claim: Claim, passage: Passage, scorer: Scorer, statements: Scorer) -> Verdict:
    told = speakers.as_the_embassy(claim.text, passage.text)
    score = scorer.score(told, [passage.text])[0]
    checks = _exact_checks(claim, passage)
    if _against(checks) <= OFTEN_WRONG:
        checks["words"] = _other_words(claim, passage, scorer)
    says = _says(told, passage, statements) if _against(checks) <= OFTEN_WRONG else None
    overruled = says is not None and says >= SURELY_SAYS
    reason = None if overruled else next((found[0] for found in checks.values() if found), None)
    if reason is None and says is not None and (passage.coverage < MIN_COVERAGE or says < MIN_SAYS):
        reason = "no paragraph says this"
        if passage.missing:
            reason += f": nothing about {_listed(passage.missing[:3])}"
    details = {
        "score": round(score, 3),
        "coverage": round(passage.coverage, 3),
        **({} if says is None else {"statement_score": round(says, 3)}),
        "missing": list(passage.missing),
        **{name: list(found) for name, found in checks.items()},
    }
    support = (Support(passage.paragraph.node, passage.text),)
    return Verdict(reason is None, support, score, passage.coverage, reason, details)


def _against(checks: Mapping[str, Sequence[str]]) -> set[str]:
    """The names of the checks that speak against a sentence."""
    return {name for name, found in checks.items() if found}


def _says(told: str, passage: Passage, statements: Scorer) -> float:
    """The model of statements' logit of a sentence for a passage, which it reads under its document's subject."""
    subject = str(passage.paragraph.node.metadata.get("subject") or "")
    return statements.score(told, [under_subject(subject, passage.text)])[0]


def _other_words(claim: Claim, passage: Passage, scorer: Scorer) -> tuple[str, ...]:
    """A word that was exchanged, unless the sentence with the right word says the same."""
    for swap in swaps.exchanged(claim.text, passage.sentences):
        if swap.names or scorer.score(claim.text, [swap.restored])[0] < SAME_SENTENCE:
            return (f"the paragraph has “{swap.told.text}” there, not “{swap.claimed.text}”",)
    return swaps.crossed(claim.text, passage.sentences) or swaps.turned(claim.text, passage.sentences)


def _exact_checks(claim: Claim, passage: Passage) -> dict[str, tuple[str, ...]]:
    paragraph, sentences = passage.paragraph, passage.paragraph.sentences
    inside = range(passage.first, passage.last + 1)
    comment = speakers.in_comment(paragraph.text, paragraph.spans[passage.best].start, paragraph.heading)
    return {
        "matter": about.disagreements(claim.text, passage.text),
        "numbers": numbers.disagreements(claim.quantities, paragraph.quantities, passage.quantities),
        "dates": dates.disagreements(claim.dates, paragraph.read, paragraph.written, passage.read),
        "names": names.disagreements(claim.names, paragraph.told),
        "measure": quantifiers.disagreements(claim.text, passage.sentences),
        "comparison": comparisons.disagreements(claim.text, passage.sentences),
        "negation": polarity.disagreements(claim.text, sentences[passage.best], passage.sentences),
        "speaker": speakers.disagreements(claim.text, sentences, passage.best, comment=comment)
        or doers.disagreements(claim.text, sentences, inside),
        "done": modality.disagreements(claim.text, passage.sentences),
    }


_JOINT = re.compile(r",?\s+(?:while|whereas)\s+|;\s+|,\s+(?:but|and|yet)\s+", re.I)


def _statements(sentence: str) -> list[str]:
    """The statements that a sentence joins, if each is one of at least four words."""
    parts = [part.strip() for part in _JOINT.split(sentence)]
    return parts if len(parts) > 1 and all(len(part.split()) >= 4 for part in parts) else [sentence]


def _listed(items: Sequence[str]) -> str:
    quoted = [f"“{item}”" for item in items]
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " or " + quoted[-1]
