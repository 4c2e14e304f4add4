"""Estimates with bootstrap intervals.

Method: the percentile bootstrap of Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13.
What is drawn with replacement are whole clusters: the turns of a dialogue hang together, so they are drawn
together (Field and Welsh, "Bootstrapping clustered data", JRSS B 69, 2007); a single question is its own cluster.
The draws are seeded, so the same results have the same interval. An interval can't reach beyond what was seen:
where every question was right it is 1 to 1, whatever their number.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Statistic = Callable[[Array], Array]
"""Takes weights of shape (draws, questions), how often each question was drawn; gives one value a draw, NaN where
it isn't defined. Weights of one give the value itself."""

DRAWS = 1000
LEVEL = 0.95
SEED = 20081128
CELLS_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A metric's value with its 95 % interval; None where the questions don't define it."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    """How many questions it rests on."""

    def to_json(self) -> dict[str, float | int | None]:
        """Rounded to six digits after the point."""
        rounded = (None if value is None else round(value, 6) for value in (self.value, self.low, self.high))
        return dict(zip(("value", "low", "high"), rounded, strict=True)) | {"n": self.n}


def estimates(
    statistics: Mapping[str, tuple[Statistic, int]], clusters: Sequence[Hashable], draws: int = DRAWS
) -> dict[str, Estimate]:
    """Each statistic with its interval.

    `statistics` gives for each name the statistic and the number of questions it rests on; `clusters` names the
    cluster of each question.
    """
    drawn: dict[str, list[Array]] = {name: [] for name in statistics}
    with np.errstate(invalid="ignore", divide="ignore"):
        whole = np.ones((1, len(clusters)))
        values = {name: float(statistic(whole)[0]) for name, (statistic, _) in statistics.items()}
        for weights in _weights(clusters, draws):
            for name, (statistic, _) in statistics.items():
                drawn[name].append(statistic(weights))
    return {name: _estimate(values[name], np.concatenate(drawn[name]), n) for name, (_, n) in statistics.items()}


def _estimate(value: float, drawn: Array, n: int) -> Estimate:
    drawn = drawn[~np.isnan(drawn)]
    if n == 0 or np.isnan(value) or not len(drawn):
        return Estimate(None, None, None, n)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Estimate(value, float(low), float(high), n)


def _weights(clusters: Sequence[Hashable], draws: int) -> list[Array]:
    """How often each question is drawn, in blocks of draws that fit the memory."""
    numbers: dict[Hashable, int] = {}
    cluster_of = np.array([numbers.setdefault(cluster, len(numbers)) for cluster in clusters], dtype=np.intp)
    if not numbers:
        return [np.ones((1, 0))]
    random = np.random.default_rng(SEED)
    evenly = np.full(len(numbers), 1 / len(numbers))
    block = max(1, CELLS_AT_ONCE // len(clusters))
    sizes = [min(block, draws - done) for done in range(0, draws, block)]
    return [random.multinomial(len(numbers), evenly, size).astype(float)[:, cluster_of] for size in sizes]


def mean(values: Sequence[float | None]) -> tuple[Statistic, int]:
    """The mean of the values that are there."""
    there = np.array([value is not None for value in values], dtype=float)
    numbers = np.array([value or 0.0 for value in values], dtype=float)
    return (lambda weights: (weights @ numbers) / (weights @ there)), int(there.sum())


def ratio(counted: Sequence[bool], among: Sequence[bool]) -> tuple[Statistic, int]:
    """Of those among which is counted, the share that counts."""
    numbers, base = np.array(counted, dtype=float) * np.array(among, dtype=float), np.array(among, dtype=float)
    return (lambda weights: (weights @ numbers) / (weights @ base)), int(base.sum())


def f1(predicted: Sequence[bool], actual: Sequence[bool]) -> tuple[Statistic, int]:
    """The harmonic mean of precision and recall: 2 TP / (predicted + actual)."""
    guess, truth = np.array(predicted, dtype=float), np.array(actual, dtype=float)
    return (lambda weights: 2 * (weights @ (guess * truth)) / (weights @ (guess + truth))), len(guess)


def auroc(scores: Sequence[float | None], positive: Sequence[bool]) -> tuple[Statistic, int]:
    """The probability that a positive question scores above a negative one, ties counted half.

    The area under the ROC curve equals the Mann-Whitney statistic over the number of pairs: Hanley and McNeil,
    "The meaning and use of the area under a ROC curve", Radiology 143 (1982).
    """
    places = np.array([place for place, score in enumerate(scores) if score is not None], dtype=np.intp)
    known = np.array([scores[place] for place in places], dtype=float)
    order = np.argsort(known, kind="stable")
    places, known = places[order], known[order]
    above = np.array([positive[place] for place in places], dtype=float)
    first = np.searchsorted(known, known, side="left")
    behind = np.searchsorted(known, known, side="right")

    def statistic(weights: Array) -> Array:
        weights = weights[:, places]
        high, low = weights * above, weights * (1 - above)
        below = np.concatenate([np.zeros((len(weights), 1)), np.cumsum(low, axis=1)], axis=1)
        wins = (high * (below[:, first] + below[:, behind]) / 2).sum(axis=1)
        return np.asarray(wins / (high.sum(axis=1) * low.sum(axis=1)))

    return statistic, len(known) if 0 < above.sum() < len(above) else 0


def percentile(values: Sequence[float | None], share: float) -> tuple[Statistic, int]:
    """The smallest value that at least this share of the values does not exceed (no interpolation)."""
    places = np.array([place for place, value in enumerate(values) if value is not None], dtype=np.intp)
    known = np.array([values[place] for place in places], dtype=float)
    order = np.argsort(known, kind="stable")
    places, known = places[order], known[order]

    def statistic(weights: Array) -> Array:
        if not len(known):
            return np.full(len(weights), np.nan)
        sums = np.cumsum(weights[:, places], axis=1)
        reached = sums >= share * sums[:, -1:] - 1e-9
        found = known[reached.argmax(axis=1)]
        return np.where(sums[:, -1] > 0, found, np.nan)

    return statistic, len(known)
