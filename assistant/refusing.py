"""When the documents don't say: three plain kinds of refusal, on firm grounds only.

- nothing on this topic: no paragraph that was read comes near the question;
- this fact is missing: the topic is there, but a name, a number or a year of the question is nowhere in
  the evidence, or no sentence answers;
- this fact is withheld: the sentence that would answer has a redaction where the answer should be.

Thresholds come from data/thresholds.json, which benchmarks/calibrate.py writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from assistant.answer import Refusal
from assistant.names import names_in
from assistant.question import Understood
from assistant.quoting import Evidence, text_of
from assistant.ranking import Ranking
from assistant.tables import places, variants

WITHHELD = re.compile(
    r"X{5,}|\[?\b(?:NAME|NAMES|TEXT|WORDS|LOCATION|TITLE)S?\s+(?:REMOVED|REDACTED|WITHHELD)\]?|█{3,}|_{6,}"
)
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_STEM = 5


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores below which nothing is told; for the models they were calibrated with."""

    topic: float
    """The least cross-encoder logit of the best paragraph."""
    sentence: float
    """The least score of the best sentence."""
    missing: float
    """The least score of the best sentence where a name of the question is nowhere in the evidence."""
    models: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether to answer, and how surely."""

    refusal: Refusal | None
    explanation: str | None
    confidence: str
    missing: tuple[str, ...] = ()
    """Names, numbers and years of the question that the evidence lacks."""
    checks: tuple[dict[str, object], ...] = ()
    """For each chosen sentence its scores."""
    score: float | None = None
    """The best sentence's; None where none was chosen. The higher, the surer an answer is there."""


@cache
def thresholds() -> Thresholds:
    """The calibrated thresholds."""
    text = (resources.files("assistant.data") / "thresholds.json").read_text(encoding="utf-8")
    return Thresholds(**json.loads(text))


def judge(
    understood: Understood,
    ranking: Ranking,
    chosen: Sequence[Evidence],
    frequency: Callable[[str], int],
    limits: Thresholds | None = None,
) -> Judgement:
    """Decide whether `chosen` answers. `frequency`: in how many of the library's paragraphs a word stands."""
    limits = limits or thresholds()
    checks = tuple(
        {"sentence": item.span.text, "alone": round(item.alone, 3), "score": round(item.score, 3)} for item in chosen
    )
    judged = _judged(understood, ranking, chosen, frequency, limits)
    return replace(judged, checks=checks, score=max((item.score for item in chosen), default=None))


def _judged(
    understood: Understood,
    ranking: Ranking,
    chosen: Sequence[Evidence],
    frequency: Callable[[str], int],
    limits: Thresholds,
) -> Judgement:
    if not chosen or ranking.best < limits.topic:
        return Judgement("nothing on this topic", "No paragraph found is on this topic.", "none")
    best = max(item.score for item in chosen)
    missing = missing_anchors(understood, ranking, frequency)
    withheld = next((item for item in chosen[:2] if WITHHELD.search(item.span.text)), None)
    if withheld and understood.wants & {"person", "number", "date"} and not _other_answer(withheld, understood):
        return Judgement("this fact is withheld", "The passage that would say it has been redacted.", "fair", missing)
    if missing and best < limits.missing:
        return Judgement(
            "this fact is missing", f"The topic is there, but nothing is said of {_listed(missing)}.", "fair", missing
        )
    if best < limits.sentence:
        return Judgement("this fact is missing", "The topic is there, but no sentence answers this.", "fair", missing)
    return Judgement(None, None, _confidence(best, missing, limits), missing)


def missing_anchors(understood: Understood, ranking: Ranking, frequency: Callable[[str], int]) -> tuple[str, ...]:
    """Names, numbers and years of the question that neither the first five paragraphs nor their headers have.

    Words that the library has nowhere weigh most, but one that stands elsewhere is missing here all the same.
    """
    context = " ".join(_with_header(hit.node) for hit in ranking.hits[:5]).lower()
    stems = {word[:_STEM] for word in re.findall(r"[^\W_]+", context)}
    found: list[str] = []
    for name in names_in(understood.text):
        words = [word for word in re.findall(r"[^\W_]+", name) if len(word) > 2]
        if words and not any(_stands(word.lower(), stems, context) for word in words):
            found.append(name)
    numbers = {number.replace(",", "") for number in _NUMBER.findall(context)}
    found += [year for year in _YEAR.findall(understood.text) if year not in numbers and year[2:] not in numbers]
    return tuple(dict.fromkeys(found))


def _with_header(node: object) -> str:
    facts = getattr(node, "metadata", {})
    header = (facts.get("post"), facts.get("date"), facts.get("subject"), facts.get("heading"))
    return " ".join([*(str(fact) for fact in header if fact), text_of(node)])  # type: ignore[arg-type]


def _stands(word: str, stems: set[str], context: str) -> bool:
    if word[:_STEM] in stems:
        return True
    others = [*variants().get(word, ()), *_same_place(word)]
    return any(other.lower() in context for other in others)


@cache
def _same_place(word: str) -> tuple[str, ...]:
    for place in places():
        names = (place.country, *place.names, *place.posts)
        if word in (name.lower() for name in names):
            return names
    return ()


def _other_answer(item: Evidence, understood: Understood) -> bool:
    """Whether the sentence names somebody or some number besides what was blacked out."""
    text = WITHHELD.sub(" ", item.span.text)
    if "person" in understood.wants:
        return any(name.lower() not in understood.text.lower() for name in names_in(text)[1:])
    return bool(_NUMBER.search(text))


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words[:3]]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _confidence(best: float, missing: Sequence[str], limits: Thresholds) -> str:
    if missing or best < limits.sentence + 3:
        return "low"
    return "fair" if best < limits.sentence + 8 else "good"
