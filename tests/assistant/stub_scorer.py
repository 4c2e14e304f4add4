"""A stand-in for the cross-encoder: the share of the question's words that the text has, as a logit."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims.words import any_alike, content_stems


class OverlapScorer:
    """Needs no weights and counts how often it was asked."""

    def __init__(self) -> None:
        self.pairs = 0

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """From -10 for no common word to 10 for all."""
        asked = content_stems(question)
        self.pairs += len(texts)
        return [20.0 * _share(asked, content_stems(text)) - 10.0 for text in texts]


def _share(asked: set[str], told: set[str]) -> float:
    return sum(any_alike(stem, told) for stem in asked) / max(1, len(asked))
