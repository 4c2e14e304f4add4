"""All figures of a run: `summary.json`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from assistant.evaluation.intervals import Estimate, estimates, mean, percentile
from assistant.evaluation.metrics import METRICS, Judged
from assistant.evaluation.outcomes import OUTCOMES, gold_rank, outcome
from assistant.evaluation.runs import RunInfo

Summary = dict[str, Any]
RANKS = ("1", "2", "3", "4", "5", "6-10", "11-20", "21-50", "not retrieved")


def summarise(info: RunInfo, judged: Sequence[Judged]) -> Summary:
    """The run with its metrics over all questions, by type and by turn; the shape is that of `summary.json`.

    Each metric is `{"value", "low", "high", "n"}`: the 95 % interval of intervals.py, and the number of questions
    it rests on; value None where none defines it.
    """
    by_turn = _grouped((each for each in judged if each.turn), lambda each: f"{each.turn:02d}")
    return {
        "run": asdict(info),
        "asked": len(judged),
        "overall": _metrics(judged),
        "by_type": {name: _metrics(group) for name, group in _grouped(judged, lambda e: e.question.type).items()},
        "by_turn": {str(int(name)): _metrics(group) for name, group in sorted(by_turn.items())},
        "outcomes": _outcomes(judged),
        "outcomes_by_type": {
            name: _outcomes(group) for name, group in _grouped(judged, lambda e: e.question.type).items()
        },
        "stages": _stages(judged),
        "tokens": _tokens(judged),
        "gold_ranks": gold_ranks(judged),
        "risk_coverage": risk_coverage(judged),
    }


def _grouped(judged: Iterable[Judged], name: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    groups: dict[str, list[Judged]] = {}
    for each in judged:
        groups.setdefault(name(each), []).append(each)
    return groups


def _metrics(judged: Sequence[Judged]) -> dict[str, dict[str, float | int | None]]:
    found = estimates({metric.name: metric.over(judged) for metric in METRICS}, [each.cluster for each in judged])
    return _as_json(found)


def _as_json(found: Mapping[str, Estimate]) -> dict[str, dict[str, float | int | None]]:
    return {name: estimate.to_json() for name, estimate in found.items()}


def _outcomes(judged: Sequence[Judged]) -> dict[str, int]:
    counted = Counter(outcome(each) for each in judged)
    return {name: counted[name] for name in OUTCOMES}


def _stages(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """The median and the 95th percentile of each stage's seconds, over the questions that went through it."""
    names = dict.fromkeys(name for each in judged for name in each.result.details.stages)
    clusters = [each.cluster for each in judged]
    stages = {}
    for name in names:
        seconds = [each.result.details.stages.get(name) for each in judged]
        stages[name] = _as_json(
            estimates({"p50": percentile(seconds, 0.5), "p95": percentile(seconds, 0.95)}, clusters)
        )
    return stages


def _tokens(judged: Sequence[Judged]) -> dict[str, Any]:
    """The mean number of tokens of each kind an answer took; empty where no language model was used."""
    names = dict.fromkeys(name for each in judged for name in each.result.details.tokens)
    counted = {name: mean([each.result.details.tokens.get(name) for each in judged]) for name in names}
    return _as_json(estimates(counted, [each.cluster for each in judged]))


def gold_ranks(judged: Iterable[Judged]) -> dict[str, int]:
    """How many questions had found all they need by each rank."""
    counted = dict.fromkeys(RANKS, 0)
    for each in judged:
        if each.question.answerable and each.question.gold:
            counted[_rank_name(gold_rank(each))] += 1
    return counted


def _rank_name(rank: int | None) -> str:
    if rank is None:
        return RANKS[-1]
    if rank <= 5:
        return str(rank)
    return next(name for name in RANKS[5:] if rank <= int(name.split("-")[1]))


def risk_coverage(judged: Sequence[Judged]) -> dict[str, Any]:
    """How often an answer is wrong if only the surest are given.

    After El-Yaniv and Wiener, "On the foundations of noise-free selective classification" (JMLR 2010), and Geifman
    and El-Yaniv, "Selective classification for deep neural networks" (NeurIPS 2017). The answered questions are
    ordered by score, the surest first; the first k of them are a coverage of k over all questions, and the risk is
    the share of these k that is not complete and cited (an answer to an unanswerable question is wrong). Questions
    that were refused have no answer to judge, so the curve ends where the assistant itself stops answering.
    `aurc` is the mean risk along the curve: smaller is better. Questions of one score enter together.
    """
    answered = [each for each in judged if not each.result.abstained and each.values["score"] is not None]
    answered.sort(key=lambda each: -(each.values["score"] or 0.0))
    points: list[list[float]] = []
    risks: list[float] = []
    wrong = 0
    for count, each in enumerate(answered, 1):
        wrong += each.values["full"] != 1.0
        risks.append(wrong / count)
        last = count == len(answered) or answered[count].values["score"] != each.values["score"]
        if last:
            points.append([round(count / len(judged), 6), round(wrong / count, 6)])
    return {"points": points, "aurc": round(sum(risks) / len(risks), 6) if risks else None}
