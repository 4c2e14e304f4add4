"""Statements and paragraphs made ready for being compared, and the place in a paragraph that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from llama_index.core.schema import TextNode

from assistant.claims import dates, names, numbers, speakers
from assistant.claims.words import STOP_WORDS, Word, any_alike, synonyms, words
from assistant.quoting.sentences import SentenceSpan, split_sentences

LONGEST = 3
"""Sentences of a passage."""
_METADATA = ("subject", "heading", "post")


class Prepared:
    """A paragraph made ready for being compared with statements."""

    def __init__(self, node: TextNode) -> None:
        self.node = node
        self.text = node.text
        self.read = dates.unshouted(self.text)
        """The text in which capitals tell something: of one all in capitals the small letters, place by place."""
        self.metadata = " . ".join(str(node.metadata[name]) for name in _METADATA if node.metadata.get(name))
        self.heading: str | None = node.metadata.get("heading")
        self.written = _date(node.metadata.get("date"))

    @cached_property
    def spans(self) -> list[SentenceSpan]:
        """The paragraph's sentences."""
        return split_sentences(self.text) or [SentenceSpan(0, len(self.text), self.text)]

    @cached_property
    def sentences(self) -> list[str]:
        """The same as they are read."""
        return [self.read[span.start : span.end] for span in self.spans]

    @cached_property
    def stems(self) -> list[frozenset[str]]:
        """For each sentence the stems of its telling words."""
        return [_stems(sentence) for sentence in self.sentences]

    @cached_property
    def metadata_stems(self) -> frozenset[str]:
        """Stems of subject, heading and post."""
        return _stems(self.metadata)

    @cached_property
    def told(self) -> names.Told:
        """The names of the paragraph and its header."""
        return names.Told(f"{self.read} . {self.metadata}", shouted=self.read is not self.text)

    @cached_property
    def dates(self) -> list[dates.When]:
        """The paragraph's dates."""
        return dates.dates(self.read)

    @cached_property
    def quantities(self) -> list[numbers.Quantity]:
        """The paragraph's numbers, dates apart."""
        return numbers.quantities(self.read, [(when.start, when.end) for when in self.dates], ratios=True)

    def figures(self, claim: Claim) -> list[int]:
        """For each sentence how many of the statement's numbers and dates it has."""
        return [
            sum(any(numbers.same_value(q, own) for own in self.quantities if _in(span, own)) for q in claim.quantities)
            + sum(any(dates.same(d, own) for own in self.dates if _in(span, own)) for d in claim.dates)
            for span in self.spans
        ]


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement made ready for being compared with paragraphs."""

    text: str
    telling: tuple[tuple[Word, float], ...]
    """Its telling words, each with its weight: names count twice, verbs of saying a third."""
    names: tuple[names.Name, ...]
    dates: tuple[dates.When, ...]
    quantities: tuple[numbers.Quantity, ...]
    speaker: tuple[int, int]
    """The span that names who says it; (0, 0) where nobody does."""

    @classmethod
    def of(cls, sentence: str) -> Claim:
        """Read a statement."""
        named = tuple(names.names(sentence))
        telling = []
        for word in words(sentence):
            if not word.counts or numbers.is_number_word(word.lower):
                continue
            in_name = any(name.start <= word.start < name.end and not name.opens for name in named)
            weight = 2.0 if in_name else 0.3 if word.stem in speakers.SAY_STEMS else 1.0
            telling.append((word, weight))
        when = tuple(dates.dates(sentence))
        counted = tuple(numbers.quantities(sentence, [(date.start, date.end) for date in when]))
        voice = speakers.voice(sentence)
        at = sentence.find(voice.text) if voice else -1
        speaker = (at, at + len(voice.text)) if voice and at >= 0 else (0, 0)
        return cls(sentence, tuple(telling), named, when, counted, speaker)

    def share(self, flags: Sequence[bool]) -> float:
        """The weight of the telling words that are flagged, of 1."""
        total = sum(weight for _, weight in self.telling)
        return sum(weight for flag, (_, weight) in zip(flags, self.telling, strict=True) if flag) / (total or 1.0)


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences first to last of a paragraph, as the place that says what a statement says."""

    paragraph: Prepared
    first: int
    last: int
    best: int
    """The one sentence with most of what is said, its speaker apart."""
    coverage: float
    """The share of the statement's telling words that stand here or in the header; names in the whole paragraph."""
    missing: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where it begins in the paragraph's text."""
        return self.paragraph.spans[self.first].start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.paragraph.spans[self.last].end

    @property
    def text(self) -> str:
        """Its words, verbatim."""
        return self.paragraph.text[self.start : self.end]

    @property
    def read(self) -> str:
        """Its words as they are read."""
        return self.paragraph.read[self.start : self.end]

    @property
    def sentences(self) -> list[str]:
        """Its sentences as they are read."""
        return self.paragraph.sentences[self.first : self.last + 1]

    @property
    def quantities(self) -> list[numbers.Quantity]:
        """Its numbers."""
        return [q for q in self.paragraph.quantities if self.start <= q.start < self.end]


def place(claim: Claim, paragraph: Prepared) -> Passage:
    """The passage of a paragraph that covers a statement best: few sentences with many of its words and figures."""
    telling = [word for word, _ in claim.telling]
    have = [[_has(stems, word) for word in telling] for stems in paragraph.stems]
    in_header = [any_alike(word.stem, paragraph.metadata_stems) for word in telling]
    figures = paragraph.figures(claim)

    def covered(first: int, last: int) -> list[bool]:
        return [any(row[k] for row in have[first : last + 1]) or in_header[k] for k in range(len(telling))]

    def worth(first: int, last: int) -> float:
        return claim.share(covered(first, last)) + 0.1 * max(figures[first : last + 1]) - 0.05 * (last - first)

    count = len(paragraph.spans)
    windows = [(i, j) for i in range(count) for j in range(i, min(i + LONGEST, count))]
    first, last = max(windows, key=lambda window: worth(*window))
    said = [word.start >= claim.speaker[1] or word.end <= claim.speaker[0] for word in telling]
    inside = range(first, last + 1)
    best = max(inside, key=lambda i: claim.share([a and b for a, b in zip(have[i], said, strict=True)]) + figures[i])
    lower = paragraph.told.lower
    parts = {part for name in claim.names for part in name.parts if not name.opens or part not in lower}
    named = [word.lower in parts and paragraph.told.has_word(word.lower) for word in telling]
    flags = [a or b for a, b in zip(covered(first, last), named, strict=True)]
    missing = tuple(word.text for flag, word in zip(flags, telling, strict=True) if not flag)
    return Passage(paragraph, first, last, best, claim.share(flags) if telling else 1.0, missing)


def _has(stems: frozenset[str], word: Word) -> bool:
    return not stems.isdisjoint(synonyms(word.stem)) or any_alike(word.stem, stems)


def _in(span: SentenceSpan, found: dates.When | numbers.Quantity) -> bool:
    return span.start <= found.start < span.end


def _stems(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text) if word.lower not in STOP_WORDS)


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10]) if text else None
    except ValueError:
        return None
