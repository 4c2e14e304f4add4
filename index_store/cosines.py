"""Cosine similarities of vectors in memory."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def cosines(some: NDArray[Any], others: NDArray[Any]) -> NDArray[Any]:
    """Cosine similarity row by row; of two zero vectors 0."""
    if not len(some):
        return np.zeros(0)
    norms = np.linalg.norm(some, axis=1) * np.linalg.norm(others, axis=1)
    products: NDArray[Any] = (some * others).sum(axis=1) / np.where(norms > 0, norms, 1.0)
    return products


def best(query: NDArray[Any], keys: list[int], vectors: NDArray[Any], limit: int) -> list[tuple[int, float]]:
    """Exact search: keys and cosine similarities of the nearest of `vectors` (keys, numbers), best first."""
    if not keys or limit < 1:
        return []
    scores = vectors @ query
    norms = np.linalg.norm(vectors, axis=1)
    scores = scores / np.where(norms > 0, norms, 1.0)
    order = np.argsort(-scores, kind="stable")[:limit]
    return [(keys[place], float(scores[place])) for place in order]
