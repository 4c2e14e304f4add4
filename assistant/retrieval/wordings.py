"""Scores of a question that is put in several ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean


def averaged(score: Callable[[str], Sequence[float]], wordings: Sequence[str]) -> list[float]:
    """What `score` gives each text for a wording, averaged over the wordings."""
    return [fmean(scores) for scores in zip(*map(score, wordings), strict=True)]
