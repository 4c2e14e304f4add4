"""The second step of a question that goes on from a person: whom the first answer names is searched by name.

'Who sheltered the captain, and why was he sorry?' asks for somebody by what he did. The paragraph that says the rest,
often of another document, knows him by his name alone, so that goes into what is searched next.
"""

from __future__ import annotations

import re
from dataclasses import replace

from llama_index.core.schema import BaseNode

from assistant.question.followups import with_person
from assistant.question.parts import own_words, tells_later
from assistant.question.subjects import AUXILIARY
from assistant.question.understanding import Part
from assistant.quoting.attribution import referent_inserted
from assistant.quoting.emphasis import persons_in
from assistant.quoting.evidence import one_line, read_behind, text_of
from assistant.quoting.passages import quotable, under_subject
from assistant.retrieval.rerank import CrossEncoderScorer

_LIFE = re.compile(
    r"\b(?:happen(?:s|ed)? to|end(?:s|ed)? up|career|(?:over|through) the years|fate of)\b", re.IGNORECASE
)
_ACTS = re.compile(rf"\b{AUXILIARY}\b", re.IGNORECASE)


def follows_somebody(question: str) -> bool:
    """Whether a question may ask of somebody's life at several times: 'what became of', 'trace the career of'."""
    return tells_later(question) or _LIFE.search(question) is not None


def person_told(question: str, node: BaseNode, scorer: CrossEncoderScorer) -> str | None:
    """The person whom a paragraph's most telling sentence names and the question doesn't; None where there is none."""
    spans = quotable(text_of(node))
    if not spans:
        return None
    scores = scorer.score(question, [under_subject(read_behind(node), one_line(span.text)) for span in spans])
    best = spans[scores.index(max(scores))]
    told = referent_inserted(one_line(best.text), text_of(node)[: best.start])
    persons = persons_in(told, question)
    return next((name for name in persons if " " in name), next(iter(persons), None))


def asked_of(person: str, part: Part, first: Part) -> Part:
    """A later part with the person in the place of its first pronoun; the part itself where it has none."""
    own = own_words(part.asked, first.asked)
    named = with_person(own, person)
    if named == own != part.asked and not _ACTS.search(own):
        named = f"{person}: {own}"  # 'how during the war?'
    return part if named == own else _worded(part, named, person)


def life_of(person: str, whole: Part) -> Part:
    """The question asked once more of a person by name."""
    return _worded(whole, f"{person}: {whole.asked}", person)


def _worded(part: Part, named: str, person: str) -> Part:
    return replace(part, text=named, wordings=(named, *part.wordings), in_context=named, person=person)


def names_person(part: Part, node: BaseNode) -> bool:
    """Whether a paragraph names the person whom a part asks about, by the last name at least, in capitals or not."""
    last = re.escape(part.person.split()[-1]) if part.person else ""
    return bool(last) and re.search(rf"\b{last}\b", text_of(node), re.IGNORECASE) is not None
