"""What is measured: for each question a value a metric, and how values become a figure with its interval.

Retrieval metrics come from `ir-measures`, which asks NIST's trec_eval. A question is one query, its gold paragraphs
are relevant with grade 1. What has to be found is counted by need: recall asks for each group of `Question.needed`
whether one of its paragraphs is among the first k, and takes the mean over the groups. With one paragraph a group
that is recall as usually defined; with alternatives it is the subtopic recall of Zhai, Cohen and Lafferty, "Beyond
independent relevance" (SIGIR 2003). MRR is the reciprocal rank of the first gold paragraph within ten, nDCG that of
Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (TOIS 2002).

Citations are judged twice. `citation_recall` and `citation_precision` are those of ALCE (Gao et al., "Enabling
large language models to generate text with citations", EMNLP 2023, section 4): the share of an answer's statements
that their cited paragraphs, taken together, support; and the share of its citations that matter, that is whose
statement is supported, and which support it alone or without which the others don't. ALCE asks an NLI model what
supports what; here `judging.py` says how it is decided. `gold_recall` and `gold_precision` compare with the set: the
share of needed groups that are cited, and the share of cited paragraphs that are gold.

Abstention is a detector of unanswerable questions: precision, recall and F1 of having abstained, and AUROC of the
assistant's score.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from assistant.evaluation.attribution import attribution_kept
from assistant.evaluation.intervals import Statistic, auroc, f1, mean, percentile, ratio
from assistant.evaluation.questions import Question
from assistant.evaluation.results import Result

RETRIEVED = 50
SHORT_ALTERNATIVE = 3
MARK = re.compile(r"\[[^\[\]]+ ¶[^\[\]]+\]")

Values = Mapping[str, float | None]
"""One question's values by metric; None where the metric does not apply to it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what it got and its values."""

    question: Question
    result: Result
    values: Values
    cluster: str
    """The id of the single question or of the dialogue."""
    turn: int | None = None
    """1 for a dialogue's first turn."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure of the report."""

    name: str
    title: str
    means: str
    """One plain sentence."""
    over: Callable[[Sequence[Judged]], tuple[Statistic, int]]
    unit: str = "share"
    """'share' and 'score' go from 0 to 1, the one read as a percentage; 'seconds'."""
    higher_is_better: bool = True

    @property
    def bounded(self) -> bool:
        """Whether its values lie between 0 and 1."""
        return self.unit in {"share", "score"}


def _mean_of(name: str) -> Callable[[Sequence[Judged]], tuple[Statistic, int]]:
    return lambda judged: mean([each.values[name] for each in judged])


def _abstained(judged: Sequence[Judged]) -> list[bool]:
    return [each.result.abstained for each in judged]


def _unanswerable(judged: Sequence[Judged]) -> list[bool]:
    return [not each.question.answerable for each in judged]


def _auroc(judged: Sequence[Judged]) -> tuple[Statistic, int]:
    return auroc([each.values["score"] for each in judged], [each.question.answerable for each in judged])


def _f1(judged: Sequence[Judged]) -> tuple[Statistic, int]:
    statistic, _ = f1(_abstained(judged), _unanswerable(judged))
    return statistic, len(judged) if any(_unanswerable(judged)) else 0


METRICS: tuple[Metric, ...] = (
    Metric(
        "full",
        "Complete and cited",
        "All facts stand in the answer and the needed paragraphs are cited; an unanswerable question was refused.",
        _mean_of("full"),
    ),
    Metric("facts", "Facts covered", "Share of a question's facts that its answer has.", _mean_of("facts")),
    Metric("hit_at_1", "Hit@1", "The paragraph ranked first is a gold one.", _mean_of("hit_at_1")),
    Metric("recall_at_5", "Recall@5", "Share of what is needed among the first 5.", _mean_of("recall_at_5")),
    Metric("recall_at_10", "Recall@10", "Share of what is needed among the first 10.", _mean_of("recall_at_10")),
    Metric("all_at_10", "All in 10", "Everything that is needed is among the first 10.", _mean_of("all_at_10")),
    Metric("mrr_at_10", "MRR@10", "One over the rank of the first gold paragraph.", _mean_of("mrr_at_10"), "score"),
    Metric(
        "ndcg_at_10", "nDCG@10", "Gain of the gold paragraphs, discounted by rank.", _mean_of("ndcg_at_10"), "score"
    ),
    Metric(
        "citation_precision",
        "Citation precision",
        "Share of an answer's citations that support their statement and are not superfluous (ALCE).",
        _mean_of("citation_precision"),
    ),
    Metric(
        "citation_recall",
        "Citation recall",
        "Share of an answer's statements that their citations support (ALCE).",
        _mean_of("citation_recall"),
    ),
    Metric(
        "gold_precision", "Cited are gold", "Share of the cited paragraphs that are gold.", _mean_of("gold_precision")
    ),
    Metric("gold_recall", "Gold is cited", "Share of what is needed that is cited.", _mean_of("gold_recall")),
    Metric("verbatim", "Quotes verbatim", "Share of quotes that stand in their paragraph.", _mean_of("verbatim")),
    Metric(
        "attribution",
        "Attribution kept",
        "Where the gold sentence names who speaks, the answer that cites it names them too.",
        _mean_of("attribution"),
    ),
    Metric(
        "abstention_precision",
        "Abstention precision",
        "Of the refused questions, the share that is unanswerable.",
        lambda judged: ratio(_unanswerable(judged), _abstained(judged)),
    ),
    Metric(
        "abstention_recall",
        "Abstention recall",
        "Of the unanswerable questions, the share that was refused.",
        lambda judged: ratio(_abstained(judged), _unanswerable(judged)),
    ),
    Metric("abstention_f1", "Abstention F1", "Harmonic mean of the two.", _f1),
    Metric(
        "auroc",
        "AUROC",
        "How often an answerable question scores above an unanswerable one.",
        _auroc,
        "score",
    ),
    Metric(
        "wrongly_refused",
        "Wrongly refused",
        "Of the answerable questions, the share that was refused.",
        lambda judged: ratio(_abstained(judged), [not each for each in _unanswerable(judged)]),
        higher_is_better=False,
    ),
    Metric(
        "latency_p50",
        "Median time",
        "Half of the answers took no longer.",
        lambda judged: percentile([each.result.seconds for each in judged], 0.5),
        "seconds",
        higher_is_better=False,
    ),
    Metric(
        "latency_p95",
        "95th percentile of time",
        "95 in 100 answers took no longer.",
        lambda judged: percentile([each.result.seconds for each in judged], 0.95),
        "seconds",
        higher_is_better=False,
    ),
)
BY_NAME: Mapping[str, Metric] = {metric.name: metric for metric in METRICS}


def judge(items: Sequence[tuple[Question, Result, str, int | None]]) -> list[Judged]:
    """The values of all questions; each item is question, result, cluster and turn."""
    ranked = retrieval_values([(question, result) for question, result, _, _ in items])
    return [
        Judged(question, result, answer_values(question, result) | ranked[place], cluster, turn)
        for place, (question, result, cluster, turn) in enumerate(items)
    ]


def text_without_marks(answer: str) -> str:
    """The answer's text without its citation marks, so that no fact is found in a mark."""
    return MARK.sub(" ", answer)


def facts_present(facts: Sequence[Sequence[str]], answer: str) -> list[bool]:
    """For each fact whether one of its alternatives stands in the answer.

    Case and kind of white space don't matter; alternatives of up to 3 characters count as whole words only.
    `answer` is without citation marks.
    """
    text = _plain(answer)
    return [any(_stands_in(_plain(alternative), text) for alternative in alternatives) for alternatives in facts]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _stands_in(alternative: str, text: str) -> bool:
    if len(alternative) > SHORT_ALTERNATIVE:
        return alternative in text
    return re.search(rf"(?<!\w){re.escape(alternative)}(?!\w)", text) is not None


def groups_cited(question: Question, result: Result) -> list[bool]:
    """For each needed group whether one of its paragraphs is cited."""
    cited = set(result.cited)
    return [not cited.isdisjoint(group) for group in question.needed]


def answer_values(question: Question, result: Result) -> dict[str, float | None]:
    """The values that the answer itself decides; see METRICS for what each means."""
    text = text_without_marks(result.answer)
    facts, groups = facts_present(question.facts, text), groups_cited(question, result)
    answered = not result.abstained
    judged = question.answerable and answered
    full = answered and all(facts) and all(groups) if question.answerable else result.abstained
    cited_gold = [ref for ref in result.cited if ref in question.gold]
    gold_texts = [found for ref in cited_gold if (found := result.details.texts.get(str(ref)))]
    kept = attribution_kept(text, question.facts, gold_texts) if judged else None
    return {
        "full": float(full),
        "facts": sum(facts) / len(facts) * answered if facts and question.answerable else None,
        "gold_recall": _share(groups) if question.answerable else None,
        "gold_precision": len(cited_gold) / len(result.cited) if judged and result.cited else None,
        "attribution": None if kept is None else float(kept),
        "score": _score(result),
        **citation_values(result),
    }


def _score(result: Result) -> float | None:
    """A refusal without any score is as unsure as can be."""
    return -math.inf if result.details.score is None and result.abstained else result.details.score


def citation_values(result: Result) -> dict[str, float | None]:
    """ALCE's citation recall and precision of one answer, and the share of verbatim quotes; None for a refusal."""
    statements = () if result.abstained else result.details.statements
    citations = [(statement, citation) for statement in statements for citation in statement.citations]
    matters = [statement.supported and (citation.alone or citation.needed) for statement, citation in citations]
    return {
        "citation_recall": _share([statement.supported for statement in statements]),
        "citation_precision": _share(matters),
        "verbatim": _share([citation.verbatim for _, citation in citations]),
    }


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None


def retrieval_values(pairs: Sequence[tuple[Question, Result]]) -> list[dict[str, float | None]]:
    """The retrieval metrics of each pair; None for a question without gold paragraphs."""
    names = ("hit_at_1", "recall_at_5", "recall_at_10", "all_at_10", "mrr_at_10", "ndcg_at_10")
    values: list[dict[str, float | None]] = [dict.fromkeys(names) for _ in pairs]
    whole_qrels, whole_run, group_qrels, group_run = [], [], [], []
    for place, (question, result) in enumerate(pairs):
        if not question.answerable or not question.gold:
            continue
        # trec_eval ranks by score and breaks ties by name, so the score must be the rank itself.
        ranking = [(str(ref), -float(rank)) for rank, ref in enumerate(result.retrieved[:RETRIEVED], 1)]
        whole_qrels += [Qrel(str(place), str(ref), 1) for ref in question.gold]
        whole_run += [ScoredDoc(str(place), name, score) for name, score in ranking]
        for number, group in enumerate(question.needed):
            query = f"{place} {number}"
            group_qrels += [Qrel(query, str(ref), 1) for ref in group]
            group_run += [ScoredDoc(query, name, score) for name, score in ranking]
    whole = {"hit_at_1": Success @ 1, "mrr_at_10": RR @ 10, "ndcg_at_10": nDCG @ 10}
    for query, found in _by_query(list(whole.values()), whole_qrels, whole_run).items():
        values[int(query)] |= {name: found[str(measure)] for name, measure in whole.items()}
    by_question: dict[int, list[dict[str, float]]] = {}
    for query, found in _by_query([Success @ 5, Success @ 10], group_qrels, group_run).items():
        by_question.setdefault(int(query.split()[0]), []).append(found)
    for place, groups in by_question.items():
        first_5, first_10 = ([group[f"Success@{k}"] for group in groups] for k in (5, 10))
        values[place]["recall_at_5"] = sum(first_5) / len(first_5)
        values[place]["recall_at_10"] = sum(first_10) / len(first_10)
        values[place]["all_at_10"] = min(first_10)
    return values


def _by_query(
    measures: Sequence[ir_measures.Measure], qrels: Sequence[Qrel], run: Sequence[ScoredDoc]
) -> dict[str, dict[str, float]]:
    if not qrels:
        return {}
    found: dict[str, dict[str, float]] = {}
    for metric in ir_measures.iter_calc(measures, qrels, run):
        found.setdefault(metric.query_id, {})[str(metric.measure)] = metric.value
    return found
