"""Two runs side by side: what got better, what got worse, and whether chance alone would do that.

For each metric that has a value a question, the mean difference over the questions of both runs is tested with a
paired permutation test: under the null hypothesis the two runs are exchangeable for each question, so the sign of
each difference is (Fisher, "The Design of Experiments", 1935, section 21; for retrieval Smucker, Allan and
Carterette, "A comparison of statistical significance tests for information retrieval evaluation", CIKM 2007). The
turns of a dialogue change sign together. Signs are enumerated where there are few, else drawn 9,999 times by
`scipy.stats.permutation_test`. Intervals are paired bootstrap intervals as in intervals.py. Where many metrics are
looked at, one in twenty is below 0.05 by chance: decide beforehand which counts; `full` is meant to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from scipy.stats import permutation_test

from assistant.evaluation.intervals import SEED, estimates, mean, percentile
from assistant.evaluation.metrics import BY_NAME, Judged, Metric
from assistant.evaluation.outcomes import outcome
from assistant.evaluation.runs import RunFolder, RunInfo
from index_store.errors import BadQuestionSet

Change = Literal["better", "worse"]

RESAMPLES = 9_999
SIGNIFICANT = 0.05
_PER_QUESTION = (
    "full",
    "facts",
    "gold_recall",
    "gold_precision",
    "citation_precision",
    "citation_recall",
    "verbatim",
    "attribution",
    "hit_at_1",
    "recall_at_5",
    "recall_at_10",
    "all_at_10",
    "mrr_at_10",
    "ndcg_at_10",
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric in both runs, over the questions for which both have a value."""

    name: str
    before: float
    after: float
    difference: float
    """After minus before."""
    low: float
    high: float
    """The 95 % interval of the difference."""
    p: float
    """Two-sided; 1 where no question differs."""
    n: int
    better: int
    worse: int
    """How many questions got better and worse."""

    @property
    def metric(self) -> Metric:
        """Its title and unit."""
        return BY_NAME[self.name]

    @property
    def verdict(self) -> str:
        """'better', 'worse', or 'no clear change' where chance would do it in 1 of 20."""
        if self.p >= SIGNIFICANT or self.difference == 0:
            return "no clear change"
        return "better" if (self.difference > 0) == self.metric.higher_is_better else "worse"


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that is right in one run only, or has more or fewer of its facts and needed paragraphs."""

    id: str
    type: str
    question: str
    before: str
    after: str
    """What `outcomes.outcome` says of it."""
    answer_before: str
    answer_after: str
    change: Change


@dataclass(frozen=True, slots=True)
class Comparison:
    """Run B against run A."""

    name_a: str
    name_b: str
    differences: tuple[Difference, ...]
    changed: tuple[Changed, ...]
    """The worse ones first."""
    common: int
    notices: tuple[str, ...]

    @property
    def worse(self) -> tuple[Changed, ...]:
        """The questions that got worse."""
        return tuple(each for each in self.changed if each.change == "worse")

    @property
    def better(self) -> tuple[Changed, ...]:
        """The questions that got better."""
        return tuple(each for each in self.changed if each.change == "better")

    def to_json(self) -> dict[str, Any]:
        """For scripts: `comparison.json`."""
        return {
            "a": self.name_a,
            "b": self.name_b,
            "common": self.common,
            "notices": list(self.notices),
            "metrics": {each.name: _fields(each) | {"verdict": each.verdict} for each in self.differences},
            "changed": [_fields(each) for each in self.changed],
        }


def _fields(item: Difference | Changed) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}


def compare_folders(a: Path, b: Path) -> Comparison:
    """Compare the run in folder `b` with the run in folder `a`.

    Raises BadQuestionSet where a folder holds no run, or where the two have no question in common.
    """
    runs = [RunFolder(path).load() for path in (a, b)]
    (info_a, judged_a), (info_b, judged_b) = runs
    return compare(judged_a, judged_b, names=_names(info_a, info_b, a, b), notices=_notices(info_a, info_b))


def _names(info_a: RunInfo, info_b: RunInfo, a: Path, b: Path) -> tuple[str, str]:
    """The first pair that tells the runs apart: their names, their folders' names, the folders."""
    pairs = ((info_a.name or a.name, info_b.name or b.name), (a.name, b.name), (str(a), str(b)))
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])


def compare(
    before: Sequence[Judged], after: Sequence[Judged], *, names: tuple[str, str], notices: Sequence[str] = ()
) -> Comparison:
    """Compare over the questions that both have under one id with the same words."""
    asked_before = {each.question.id: each for each in before}
    pairs = [
        (asked_before[each.question.id], each)
        for each in after
        if each.question.id in asked_before
        and asked_before[each.question.id].question.question == each.question.question
    ]
    if not pairs:
        raise BadQuestionSet(f"{names[0]} and {names[1]} have no question in common")
    alone = len(before) + len(after) - 2 * len(pairs)
    told = [f"{alone} questions stand in one run only and are left out"] if alone else []
    changed = [change for pair in pairs if (change := _changed(*pair))]
    return Comparison(
        name_a=names[0],
        name_b=names[1],
        differences=_differences(pairs),
        changed=tuple(sorted(changed, key=lambda each: each.change, reverse=True)),
        common=len(pairs),
        notices=(*notices, *told),
    )


def _notices(a: RunInfo, b: RunInfo) -> list[str]:
    notices = []
    if a.fingerprint != b.fingerprint:
        notices.append("the two runs asked different sets, or one set before and after a change")
    if dict(a.library) != dict(b.library):
        notices.append("the library was not the same in both runs")
    notices += [
        f"{info.name or which} was stopped before its end" for which, info in (("A", a), ("B", b)) if not info.finished
    ]
    return notices


Pair = tuple[Judged, Judged]


def _differences(pairs: Sequence[Pair]) -> tuple[Difference, ...]:
    found = [_difference(name, pairs, partial(_value, name)) for name in _PER_QUESTION]
    found.append(
        _difference("wrongly_refused", pairs, lambda e: float(e.result.abstained) if e.question.answerable else None)
    )
    found.append(
        _difference("abstention_recall", pairs, lambda e: None if e.question.answerable else float(e.result.abstained))
    )
    found.append(_time(pairs))
    return tuple(difference for difference in found if difference)


def _value(name: str, judged: Judged) -> float | None:
    return judged.values[name]


def _difference(name: str, pairs: Sequence[Pair], value: Callable[[Judged], float | None]) -> Difference | None:
    both = [(x, y, b.cluster) for a, b in pairs if (x := value(a)) is not None and (y := value(b)) is not None]
    if not both:
        return None
    deltas = [y - x for x, y, _ in both]
    clusters = [cluster for _, _, cluster in both]
    estimate = estimates({name: mean(deltas)}, clusters)[name]
    up, down = sum(delta > 1e-9 for delta in deltas), sum(delta < -1e-9 for delta in deltas)
    return Difference(
        name=name,
        before=sum(x for x, _, _ in both) / len(both),
        after=sum(y for _, y, _ in both) / len(both),
        difference=estimate.value or 0.0,
        low=estimate.low or 0.0,
        high=estimate.high or 0.0,
        p=sign_flip_p(deltas, clusters),
        n=len(both),
        better=up if BY_NAME[name].higher_is_better else down,
        worse=down if BY_NAME[name].higher_is_better else up,
    )


def _time(pairs: Sequence[Pair]) -> Difference:
    """The medians; the test is of the mean difference of the logarithms, for times are skewed."""
    seconds = [(max(a.result.seconds, 1e-6), max(b.result.seconds, 1e-6)) for a, b in pairs]
    clusters = [b.cluster for _, b in pairs]
    medians = [percentile([pair[side] for pair in seconds], 0.5)[0] for side in (0, 1)]
    found = estimates(
        {
            "before": (medians[0], len(pairs)),
            "after": (medians[1], len(pairs)),
            "difference": (lambda weights: medians[1](weights) - medians[0](weights), len(pairs)),
        },
        clusters,
    )
    before, after, between = (found[name] for name in ("before", "after", "difference"))
    return Difference(
        name="latency_p50",
        before=before.value or 0.0,
        after=after.value or 0.0,
        difference=between.value or 0.0,
        low=between.low or 0.0,
        high=between.high or 0.0,
        p=sign_flip_p([float(np.log(y / x)) for x, y in seconds], clusters),
        n=len(pairs),
        better=sum(y < x for x, y in seconds),
        worse=sum(y > x for x, y in seconds),
    )


def sign_flip_p(deltas: Sequence[float], clusters: Sequence[str]) -> float:
    """Two-sided p-value of the mean difference when each cluster's sign is as likely plus as minus."""
    sums: dict[str, float] = {}
    for delta, cluster in zip(deltas, clusters, strict=True):
        sums[cluster] = sums.get(cluster, 0.0) + delta
    # A cluster without a difference has no sign to change: leaving it out changes nothing but the time taken.
    differing = np.array([total for total in sums.values() if abs(total) > 1e-9])
    if len(differing) < 2:
        return 1.0  # of one there are two arrangements, both as far from nought
    tested = permutation_test(
        (differing,),
        lambda sample, axis: np.sum(sample, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=1000,
        rng=np.random.default_rng(SEED),
    )
    return float(tested.pvalue)


def _changed(before: Judged, after: Judged) -> Changed | None:
    ranks = [_goodness(each.values) for each in (before, after)]
    if ranks[0] == ranks[1]:
        return None
    return Changed(
        id=after.question.id,
        type=after.question.type,
        question=after.question.question,
        before=outcome(before),
        after=outcome(after),
        answer_before=before.result.answer,
        answer_after=after.result.answer,
        change="better" if ranks[1] > ranks[0] else "worse",
    )


def _goodness(values: Mapping[str, float | None]) -> tuple[float, float]:
    """First whether it is right, then how much of it is there."""
    return (values["full"] or 0.0, (values["facts"] or 0.0) + (values["gold_recall"] or 0.0))
