"""Composes an answer from quoted sentences: no language model, every word stands in a paragraph.

A sentence is scored by the cross-encoder under its document's subject and together with the sentence before it (half
weight), and by late interaction, which reads its words in the context of the paragraph; it loses what its paragraph
ranks behind the best one, and a fifth more. The most promising are read by the model of inference too, which tells
what answers from what is about the same things. The best one leads; what its question wants besides follows: the reason
near it, the other items of a list, the best sentence for each other part of the question.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from llama_index.core.schema import BaseNode, NodeWithScore

from assistant.answer import Citation, Sentence
from assistant.claims.words import content_stems
from assistant.question.topics import only_names
from assistant.question.understanding import Part, Understood
from assistant.quoting.attribution import is_comment, names_somebody, referent_inserted, whose_words
from assistant.quoting.besides import asks_who_all
from assistant.quoting.emphasis import telling_spans
from assistant.quoting.evidence import NEAR_DUPLICATE, Evidence, one_line, overlap, read_behind, rejoined, text_of
from assistant.quoting.passages import quotable, under_subject
from assistant.quoting.sentences import SentenceSpan
from assistant.quoting.stance import side_taken
from assistant.retrieval.late_interaction import TokenMemory
from assistant.retrieval.ranking import Ranking
from assistant.retrieval.rerank import LATE_MIDDLE, READ_WORDINGS, CrossEncoderScorer, text_in_context
from assistant.retrieval.wordings import averaged
from index_store.introducing import leads_over

PARAGRAPHS_READ = 4
PARAGRAPHS_COMPARED = 5
PARAGRAPHS_OF_A_PART = 4
OF_THE_WHOLE = 2
"""How many of the whole question's best paragraphs are read for each of its parts besides."""
FAR = 4.0
"""How far behind the best paragraph's score one may lie and still be read: further off, its sentences are beside the
point more often than they complete an answer."""
READ_IN_CONTEXT = 10
"""How many sentences are scored a second time together with the sentence before."""
READ_CLOSELY = 14
"""How many sentences the model of inference reads."""
SAID = 1.5
"""Weight of the logit of inference of a sentence."""
LEAST_SAID = -6.0
"""The logit of inference of sentences that weren't read, and the least that counts of those that were."""
ALONE, TOGETHER = 1 / 3, 1 / 6
"""Weights of the cross-encoder's logit of a sentence, and of it with the sentence before."""
LATE = 35.0
"""Weight of a sentence's late interaction similarity."""
RANK_WEIGHT = 1.2
"""How much of a paragraph's distance to the best one its sentences lose."""
SUITS = 1.5
"""What a sentence gains that has a number, date, name or reason where the question wants one."""
RIGHT_SIDE = 4.0
"""What a sentence gains that speaks for something where the question asks who is for it, or against where against."""
WRONG_SIDE = 20.0
"""What a sentence loses that speaks against where the question asks who is for it, or the reverse."""
GOES_ON = 0.3
"""How much of what the sentence before scores higher passes on to a sentence: what answers often goes on."""
ASKS = 3.0
"""What a sentence loses that asks and tells nothing."""
ANNOUNCES = 12.0
"""What one loses that only announces what follows, 'The paper comments:': it is told where nothing else is."""
TOLD = 4.0
"""What a sentence loses that the turn before quoted."""
OF_IT = 4.0
"""What a sentence gains that has all words of a follow-up that only names something: 'And the opposition?'"""
OWN_VOICE = 1.5
"""What a sentence of the post's own comment gains where the question asks what a post thought, or loses where it
asks what a person did."""


def citation_of(node: BaseNode, quote: str) -> Citation:
    """The citation of a paragraph's node for words that stand in it."""
    facts = node.metadata
    return Citation(
        document=str(facts["document"]),
        label=str(facts["label"]),
        printed=facts.get("printed"),
        ordinal=int(facts["ordinal"]),
        start=int(facts["start"]),
        end=int(facts["end"]),
        quote=quote,
    )


def without_twins(hits: Sequence[NodeWithScore]) -> list[NodeWithScore]:
    """The hits without paragraphs that say word for word what a better one says (cables filed twice)."""
    kept: list[NodeWithScore] = []
    words: list[set[str]] = []
    for hit in hits:
        own = set(text_of(hit.node).lower().split())
        if all(overlap(own, other) < NEAR_DUPLICATE for other in words):
            kept.append(hit)
            words.append(own)
    return kept


def asks_for_several(understood: Understood) -> bool:
    """Whether what answers may stand in several paragraphs, each of which says another part of it."""
    return bool(understood.wants & {"list", "comparison"}) or asks_who_all(understood)


def not_far_behind(hits: Sequence[NodeWithScore]) -> list[NodeWithScore]:
    """The hits whose score lies within `FAR` of the best one's."""
    least = _best(hits) - FAR
    return [hit for hit in hits if (hit.score or 0.0) >= least]


def _best(hits: Sequence[NodeWithScore]) -> float:
    return max((hit.score or 0.0 for hit in hits), default=0.0)


def gather_evidence(
    understood: Understood,
    ranking: Ranking,
    scorer: CrossEncoderScorer,
    tokens: TokenMemory | None,
    inference: CrossEncoderScorer | None = None,
) -> list[Evidence]:
    """The sentences of the best paragraphs, scored for the question, or for each of its parts."""
    if len(ranking.parts) < 2:
        most = PARAGRAPHS_COMPARED if "comparison" in understood.wants else PARAGRAPHS_READ
        hits = without_twins(ranking.hits[: 2 * most])[:most]
        if not asks_for_several(understood):
            hits = not_far_behind(hits)
        found = _read(understood, hits, scorer, tokens, inference, 0, _best(hits))
    else:
        found = []
        told = ranking.parts[0][1][0].node.node_id if ranking.parts[0][1] else ""
        for number, (part, of_part) in enumerate(ranking.parts):
            hits = without_twins(_joined(of_part[:PARAGRAPHS_OF_A_PART], ranking.hits[:OF_THE_WHOLE]))
            # What answers the first part may say the rest too, but the rest of the paragraphs aren't measured by it.
            again = [hit for hit in hits if number and hit.node.node_id == told]
            fresh = not_far_behind([hit for hit in hits if hit not in again])
            found += _read(part, [*fresh, *again], scorer, tokens, inference, number, _best(fresh or again))
    return _with_what_goes_on([_weighed(understood, item) for item in found])


def in_their_order(hits: Sequence[NodeWithScore], limit: int) -> list[Evidence]:
    """The first sentences of paragraphs that were asked for by name, of several a share of each, in their order."""
    nodes = sorted((hit.node for hit in hits), key=lambda node: (node.metadata["document"], node.metadata["ordinal"]))
    share = math.ceil(limit / max(1, len(nodes)))
    read = [
        Evidence(node, place, span, 0.0, 0.0)
        for node in nodes
        for place, span in enumerate(quotable(text_of(node))[:share])
    ]
    return read[:limit]


def _joined(hits: Sequence[NodeWithScore], others: Sequence[NodeWithScore]) -> list[NodeWithScore]:
    """The hits, then those of `others` that are not among them, which were scored for another question: as the last."""
    known = {hit.node.node_id for hit in hits}
    least = min((hit.score or 0.0 for hit in hits), default=0.0)
    return [*hits, *(NodeWithScore(node=hit.node, score=least) for hit in others if hit.node.node_id not in known)]


def _weighed(understood: Understood, item: Evidence) -> Evidence:
    """More for a sentence that has what the question wants, less for one that was told in the turn before."""
    text = one_line(item.span.text)
    gain = SUITS if telling_spans(text, understood.text, understood.wants) else 0.0
    within = understood.filters
    if (within.posts or within.speakers) and is_comment(item.node, item.span.start):
        gain += -OWN_VOICE if within.speakers else OWN_VOICE
    side = side_taken(understood.asked, text)
    gain += RIGHT_SIDE if side > 0 else WRONG_SIDE * side
    if understood.topic and only_names(understood.asked) and content_stems(understood.asked) <= content_stems(text):
        gain += OF_IT
    if text in understood.told:
        gain -= TOLD
    if text.endswith("?"):
        gain -= ASKS
    if leads_over(text):
        gain -= ANNOUNCES
    return replace(item, score=item.score + gain) if gain else item


def _with_what_goes_on(evidence: list[Evidence]) -> list[Evidence]:
    """Each sentence a little nearer to the score of the one before, where that one scores higher."""
    scores = {(item.part, *item.key): item.score for item in evidence}
    before = (scores.get((item.part, item.node.node_id, item.place - 1), item.score) for item in evidence)
    return [
        replace(item, score=item.score + GOES_ON * max(0.0, score - item.score))
        for item, score in zip(evidence, before, strict=True)
    ]


def _read(
    asked: Understood | Part,
    hits: Sequence[NodeWithScore],
    scorer: CrossEncoderScorer,
    tokens: TokenMemory | None,
    inference: CrossEncoderScorer | None,
    part: int,
    best: float,
) -> list[Evidence]:
    """The sentences of the hits' paragraphs, scored; each loses what its paragraph ranks behind `best`."""
    found: list[Evidence] = []
    wordings = asked.wordings[:READ_WORDINGS]
    for hit in hits:
        behind = RANK_WEIGHT * min(0.0, (hit.score or 0.0) - best)
        spans = quotable(text_of(hit.node))
        texts = [under_subject(read_behind(hit.node), one_line(span.text)) for span in spans]
        alone = averaged(partial(scorer.score, texts=texts), wordings)
        late = averaged(partial(_late, node=hit.node, spans=spans, tokens=tokens), wordings)
        found += [
            Evidence(hit.node, place, span, one, ALONE * one + LATE * similar + behind, part)
            for place, (span, one, similar) in enumerate(zip(spans, alone, late, strict=True))
        ]
    return _read_closely(asked.in_context, _with_context(wordings, found, scorer), inference)


def _late(question: str, node: BaseNode, spans: Sequence[SentenceSpan], tokens: TokenMemory | None) -> list[float]:
    """How far each sentence's late interaction similarity lies above or below the usual."""
    if tokens is None:
        return [0.0] * len(spans)
    text = text_in_context(node)
    before = len(text) - len(text_of(node))
    shifted = [(before + span.start, before + span.end) for span in spans]
    return [similar - LATE_MIDDLE for similar in tokens.span_similarities(question, text, shifted)]


def _with_context(wordings: Sequence[str], evidence: list[Evidence], scorer: CrossEncoderScorer) -> list[Evidence]:
    """The best few sentences scored again together with the sentence before; the others as if that were no better."""
    promising = {item.key for item in sorted(evidence, key=lambda item: -item.score)[:READ_IN_CONTEXT]}
    texts = {item.key: one_line(item.span.text) for item in evidence}
    found: list[Evidence] = []
    for item in evidence:
        together = item.alone
        if item.key in promising and item.place:
            both = f"{texts[item.node.node_id, item.place - 1]} {texts[item.key]}"
            [together] = averaged(partial(scorer.score, texts=[both]), wordings)
        found.append(replace(item, score=item.score + TOGETHER * together))
    return found


def _read_closely(question: str, evidence: list[Evidence], inference: CrossEncoderScorer | None) -> list[Evidence]:
    """The most promising sentences with what the model of inference makes of them; all scores on one scale."""
    if inference is None:
        return evidence
    promising = sorted(evidence, key=lambda item: -item.score)[:READ_CLOSELY]
    texts = [under_subject(read_behind(item.node), one_line(item.span.text)) for item in promising]
    logits = inference.score(question, texts)
    says = {item.key: logit for item, logit in zip(promising, logits, strict=True)}
    return [
        replace(
            item, score=item.score + SAID * max(LEAST_SAID, says.get(item.key, LEAST_SAID)), says=says.get(item.key)
        )
        for item in evidence
    ]


def compose(understood: Understood, chosen: Sequence[Evidence]) -> tuple[Sentence, ...]:
    """The answer's sentences, each with its citation, referents in brackets and the telling words in bold.

    Words that were hyphenated at a line's end are put together in the sentence; the citation's quote stays verbatim.
    """
    told: list[Sentence] = []
    known = False  # whether the page says who is meant, when the next sentence goes on
    for place, item in enumerate(chosen):
        goes_on = place > 0 and (item.node.node_id, item.place - 1) == chosen[place - 1].key
        known = known and goes_on
        told.append(_sentence(understood, item, known, goes_on=goes_on))
        known = known or names_somebody(told[-1].text)
    return tuple(told)


# The paragraph's own label, which the bracket takes the place of.
_COMMENT_LABEL = re.compile(r"^Comment\s*[:.-]+\s*(?=\S)", re.IGNORECASE)


def _sentence(understood: Understood, item: Evidence, says_who: bool, *, goes_on: bool) -> Sentence:
    text = quote = one_line(item.span.text)
    paragraph = text_of(item.node)
    if not says_who:
        text = referent_inserted(text, paragraph[: item.span.start])
    if is_comment(item.node, item.span.start):
        text = f"[Embassy's comment:] {_COMMENT_LABEL.sub('', text)}"
    elif not goes_on and (whose := whose_words(one_line(str(item.node.metadata.get("introduced") or "")))):
        text = f"[{whose}] {text}"
    text = rejoined(text)  # not the quote, which stands in the source as it is
    return Sentence(
        text=text,
        citations=(citation_of(item.node, quote),),
        bold=telling_spans(text, understood.text, understood.wants),
    )
