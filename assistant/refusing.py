"""When the documents don't say: three plain kinds of refusal, on firm grounds only.

- nothing on this topic: no paragraph that was read comes near the question;
- this fact is missing: the topic is there, but a name, a number or a year of the question is nowhere in
  the evidence, or no sentence answers, or none has a sum, a length or a date where one is asked for, or the model of
  inference finds that none says what is asked;
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
from assistant.question.anchors import Anchor, has_any_name, lacking_places_and_years, missing_anchors
from assistant.question.names import is_person, names_in
from assistant.question.understanding import Understood
from assistant.quoting.evidence import Evidence, one_line
from assistant.quoting.expected import expected
from assistant.retrieval.ranking import Ranking

WITHHELD = re.compile(
    r"X{5,}|\[?\b(?:NAME|NAMES|TEXT|WORDS|LOCATION|TITLE)S?\s+(?:REMOVED|REDACTED|WITHHELD)\]?|█{3,}|_{6,}"
)
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
WITHIN_SOURCES = 3.0
"""How much lower the topic's threshold lies where the question names its sources."""
WITHIN_CONVERSATION = 4.0
"""How much lower the sentence's threshold lies for a follow-up: it says little by itself, its topic was just found."""
LESS_SAID = 2.0
"""How much lower the limit of inference lies for a follow-up, and where the question names its sources or who speaks:
little is on offer there, and what is there is what was asked for."""
PARAGRAPH_ANSWERS = 0.0
"""The logit from which a paragraph is taken to answer though no sentence of it does by itself."""
FAIR, GOOD = 6.0, 14.0
"""How far above its threshold a best sentence's score must lie for an answer of fair confidence, and of good."""
FAIR_SAID, GOOD_SAID = 2.0, 4.0
"""The same for what the model of inference makes of a sentence, which tells more where it has read one."""
SURELY_SAID = 3.0
"""How far above its limit the logit of inference must lie for a sentence to be told though a name, a place or a year of
the question is lacking: it may be there in other words ("the Fund's man" is of the IMF)."""
LIKELY_SAID = 1.5
"""The same where a person or a body is lacking, which documents call by other names: "the President", "the fund"."""
NEAR = 4.0
"""How near to the best sentence's score one lies that may give the name or the time that the question expects."""
AS_GOOD = 1.0
"""The same where it expects a number, a sum or a date: every other sentence has some, and further off it is chance.

Not for a follow-up, which says too little for its best sentence to be told from the next."""
LEADING = 2
"""How many of the sentences to be told are asked whether they say it: the next ones always include one that may."""
PASSAGE_SHARE = 0.3
"""How much the best paragraph's passage counts in that, which is read with more around it."""
READ = 3
"""In how many of the best paragraphs a name of the question is looked for."""


@dataclass(frozen=True, slots=True)
class LibraryText:
    """What the library says beyond the paragraphs that were found."""

    frequency: Callable[[str], int]
    """In how many of its paragraphs a word stands."""
    text: Callable[[str], str]
    """The whole text of a document, by its id."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Scores below which nothing is told; for the models they were calibrated with."""

    topic: float
    """The least cross-encoder logit of the best paragraph."""
    sentence: float
    """The least score of the best sentence."""
    missing: float
    """The least score of the best sentence where a name of the question is nowhere in the evidence."""
    says: float = float("-inf")
    """How surely the sentences that lead and their passages must say what is asked, a logit of inference."""
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
    """The best sentence's; None where none was chosen."""
    says: float | None = None
    """How surely that is said which was asked, by the model of inference; None where it read nothing."""

    @property
    def sureness(self) -> float | None:
        """By what the confidence goes: the higher, the surer an answer is there."""
        return self.score if self.says is None else self.says


@cache
def thresholds() -> Thresholds:
    """The calibrated thresholds."""
    text = (resources.files("assistant.data") / "thresholds.json").read_text(encoding="utf-8")
    return Thresholds(**json.loads(text))


def judge(
    understood: Understood,
    ranking: Ranking,
    chosen: Sequence[Evidence],
    library: LibraryText,
    limits: Thresholds | None = None,
) -> Judgement:
    """Decide whether `chosen` answers."""
    if understood.only_paragraphs and chosen:  # they are what was asked for, whatever they say
        return Judgement(None, None, "good")
    limits = limits or thresholds()
    checks = tuple(_check(item) for item in chosen)
    judged = _judged(understood, ranking, chosen, library, limits)
    score = max((item.score for item in chosen), default=None)
    return replace(judged, checks=checks, score=score, says=_said(ranking, chosen))


def _said(ranking: Ranking, chosen: Sequence[Evidence]) -> float | None:
    """The highest logit of inference of the `LEADING` sentences, and that of the best passage, by their shares."""
    sentence = max((item.says for item in chosen[:LEADING] if item.says is not None), default=None)
    passage = max((stages["inference"] for stages in ranking.scores.values() if "inference" in stages), default=None)
    if sentence is None or passage is None:
        return sentence
    return (1 - PASSAGE_SHARE) * sentence + PASSAGE_SHARE * passage


def _check(item: Evidence) -> dict[str, object]:
    """A chosen sentence with its scores, as the detail view shows them."""
    says = {} if item.says is None else {"says": round(item.says, 3)}
    return {"sentence": item.span.text, "alone": round(item.alone, 3), **says, "score": round(item.score, 3)}


def _judged(
    understood: Understood,
    ranking: Ranking,
    chosen: Sequence[Evidence],
    library: LibraryText,
    limits: Thresholds,
) -> Judgement:
    # Within the sources that a question names little is on offer, and what is there is what was asked for.
    # A person who is named spoke of other things as well.
    sources = replace(understood.filters, speakers=())
    topic = limits.topic - WITHIN_SOURCES if sources else limits.topic
    if not chosen or ranking.best < topic:
        return Judgement("nothing on this topic", "No paragraph found is on this topic.", "none")
    best = max(item.score for item in chosen)
    missing = _missing(understood, ranking, library)
    names = tuple(anchor.text for anchor in missing)
    likeliest = sorted(chosen, key=lambda item: -item.score)[:2]
    withheld = next((item for item in likeliest if WITHHELD.search(item.span.text)), None)
    if withheld and understood.wants & {"person", "number", "date"} and not _other_answer(withheld, understood):
        return Judgement("this fact is withheld", "The passage that would say it has been redacted.", "fair", names)
    # What answers very well is about the same thing by another name: 'the minister in Stuttgart' is the state's.
    said = _said(ranking, chosen)
    surely = said is not None and said >= limits.says + SURELY_SAID
    likely = said is not None and said >= limits.says + LIKELY_SAID
    lacked = [anchor for anchor in missing if anchor.firm or not likely]
    nowhere = any(anchor.nowhere for anchor in lacked) and best < limits.sentence + GOOD
    if nowhere or (lacked and best < limits.missing and not surely):
        return Judgement(
            "this fact is missing",
            f"The topic is there, but nothing is said of {_listed([anchor.text for anchor in lacked])}.",
            "fair",
            names,
        )
    elsewhere = lacking_places_and_years(understood.asked, [item.node for item in chosen])
    # Half an answer to two questions is worth telling.
    if elsewhere and len(understood.parts) < 2 and "comparison" not in understood.wants:
        if not surely:
            explanation = f"The topic is there, but what comes nearest is not about {_listed(elsewhere)}."
            return Judgement("this fact is missing", explanation, "fair", elsewhere)
        names = tuple(dict.fromkeys([*names, *elsewhere]))
    lacking = _not_given(understood, chosen)
    if lacking:
        explanation = f"The topic is there, but no {lacking} is given."
        return Judgement("this fact is missing", explanation, "fair", names)
    least = limits.says - LESS_SAID if understood.told or understood.filters else limits.says
    if said is not None and said < least:
        return Judgement("this fact is missing", "The topic is there, but no passage says this.", "fair", names)
    least = limits.sentence - WITHIN_CONVERSATION if understood.told else limits.sentence
    unsaid = said is None or said < limits.says + FAIR_SAID
    if best < least and unsaid and ranking.best < PARAGRAPH_ANSWERS:
        return Judgement("this fact is missing", "The topic is there, but no sentence answers this.", "fair", names)
    return Judgement(None, None, _confidence(best, said, names, limits), names)


def _missing(understood: Understood, ranking: Ranking, library: LibraryText) -> list[Anchor]:
    """What the question names and the best paragraphs lack; persons and bodies: their whole documents too."""
    read = [hit.node for hit in ranking.hits[:READ]]
    missing = missing_anchors(understood.asked, read, library.frequency)
    if all(anchor.firm for anchor in missing):
        return list(missing)
    whole = " ".join(
        library.text(document) for document in dict.fromkeys(str(node.metadata["document"]) for node in read)
    )
    return [anchor for anchor in missing if anchor.firm or not has_any_name(whole, [anchor.text], understood.asked)]


def _not_given(understood: Understood, chosen: Sequence[Evidence]) -> str | None:
    """What the question expects and the best sentences lack, a sum or a name; None where one of them has it."""
    several, follows = len(understood.parts) > 1, bool(understood.told)
    asked = [part.asked for part in understood.parts] if several else [understood.asked]
    best = max(item.score for item in chosen)
    wanted = [kind for one in asked for kind in expected(one)]
    given = any(
        kind.given(one_line(item.span.text), understood.text)
        for kind in wanted
        for item in chosen
        if several or item.score >= best - (AS_GOOD if kind.common and not follows else NEAR)
    )
    return wanted[0].name if wanted and not given else None


def _other_answer(item: Evidence, understood: Understood) -> bool:
    """Whether the sentence has a name or number of its own besides what was blacked out."""
    text = WITHHELD.sub(" ", item.span.text)
    if "person" in understood.wants:
        asked = understood.text.lower()
        return any(is_person(name) and name.lower() not in asked for name in names_in(text))
    return bool(_NUMBER.search(text))


def _listed(words: Sequence[str]) -> str:
    quoted = [f"“{word}”" for word in words[:3]]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _confidence(best: float, said: float | None, missing: Sequence[str], limits: Thresholds) -> str:
    if said is None:
        above, fair, good = best - limits.sentence, FAIR, GOOD
    else:
        above, fair, good = said - limits.says, FAIR_SAID, GOOD_SAID
    if missing or above < fair:
        return "low"
    return "fair" if above < good else "good"
