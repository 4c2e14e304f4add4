"""Who says it: speakers named in a sentence, pronouns that stand for them, the embassy's own comment."""

from __future__ import annotations

import re
from itertools import islice

from llama_index.core.schema import BaseNode

from assistant.claims.frames import frames
from assistant.question.names import is_person, names_in
from assistant.quoting.sentences import split_sentences

_SPEECH = (
    r"said|says|told|tells|stated|argued|argues|claimed|claims|noted|notes|added|praised|stressed|insisted|opined|commented|"
    r"explained|asked|asserted|complained|predicted|warned|observed|remarked|replied|responded|admitted|acknowledged|conceded|"
    r"believed|believes|thought|thinks|described|emphasized|underlined|underscored|suggested|contended|maintained|confirmed|"
    r"reported|denied|reiterated|urged|expressed|recalled|mentioned|recounted|declared|announced|cautioned|charged|criticized|"
    r"supported|supports|opposed|opposes|favored|doubted|assured|agreed|disagreed|called|hoped|wanted|wants|likened|compared|"
    r"dismissed|lamented|quipped|joked|questioned|proposed|recommended|according to|views?|see[sn]?|saw|held|holds"
)
_SPEECH_ASKED = (
    "say|think|believe|argue|claim|want|expect|propose|suggest|mean|feel|regard|consider|support|oppose|complain"
)
_UNNAMED = re.compile(
    r"\b(?:(?:we|I) (?:were|was|have been|had been|are)|it (?:is|was)) (?:told|said)\b", re.IGNORECASE
)
_SAYS = re.compile(rf"\b(?:{_SPEECH})\b", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?P<lead>[\"'“‘(]*)(?P<word>He|She|His|Her|They|Their|It|Its|This|These|Those|That)\b")
_HE_SAID = re.compile(rf"\b(?P<word>he|she)\s+(?:{_SPEECH})\b")
_IN_HIS = re.compile(r"^[\"'“‘(]*(?:In|By|To|According to)\s+(?P<word>his|her|him)\b")
_ACRONYM = re.compile(r"[A-Z]{2,4}")
_RANKS = frozenset("brigadier colonel commander corporal field general lieutenant major marshal rear sergeant".split())  # noqa: SIM905
_SINGULAR_PERSON = frozenset({"he", "she", "his", "her"})
_COMMENT_OPENS = re.compile(
    r"(?<!end )(?<!end of )\b(?:begin )?(?:(?:embassy|post|our|analyst)(?:'s)? )?comment(?:s|ary)?\s*[:.\-–—(]",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"""(?:^|\n|[.!?:;)\]*–—-]["'”’]?|[(\[])\s*$""")
"""What stands before a comment: a newspaper that 'comments: ...' is in the midst of its sentence."""
_COMMENT_ENDS = re.compile(r"\bend (?:of )?comment\b", re.IGNORECASE)
_COMMENT_HEADING = re.compile(r"^\W*(?:(?:embassy|post)(?:'s)? )?comment(?:s|ary)?\b|\bcomment\W*$", re.IGNORECASE)


def names_speaker(text: str) -> bool:
    """Whether a sentence says by name who holds, does or says something; 'we were told' doesn't."""
    return bool(_SAYS.search(_UNNAMED.sub(" ", text))) and any(is_person(name) for name in names_in(text))


def referent_inserted(text: str, before: str) -> str:
    """The sentence with the person its pronoun stands for in square brackets behind the pronoun.

    That is the pronoun at its head, or else 'in his' there or the first 'he said' of a sentence that names nobody.
    Where nobody is named before, or the pronoun stands for a thing, the sentence is left as it is.
    """
    end = _pronoun_end(text)
    person = last_person(before) if end else None
    if not person or person in text:
        return text
    return f"{text[:end]} [{person}]{text[end:]}"


def leans_back(text: str) -> bool:
    """Whether a sentence begins with a pronoun for a thing or for several, which the one before must tell."""
    head = _PRONOUN.match(text)
    return head is not None and head["word"].lower() not in _SINGULAR_PERSON


def goes_on(text: str) -> bool:
    """Whether a sentence goes on about whom or what the one before is about: it begins with a pronoun or 'in his'."""
    return bool(_PRONOUN.match(text) or _IN_HIS.match(text))


def speaks_of_somebody(text: str) -> bool:
    """Whether a pronoun at a sentence's head stands for one person, whom the paragraph names before."""
    return _pronoun_end(text) > 0


def _pronoun_end(text: str) -> int:
    """Where the pronoun ends that wants a referent; 0 where none does."""
    head = _PRONOUN.match(text)
    if head:
        return head.end("word") if head["word"].lower() in _SINGULAR_PERSON else 0
    said = _IN_HIS.match(text) or _HE_SAID.search(text)
    return said.end("word") if said and not names_somebody(text) else 0


def names_somebody(text: str) -> bool:
    """Whether a text has a name that is surely a person's."""
    return any(_surely_person(name, text) for name in names_in(text))


def last_person(text: str) -> str | None:
    """The person that a 'he' or 'she' after `text` stands for, in the last two sentences that name any.

    Only names that are surely a person's count: of two words or more, or with a word of speech beside them. Who does
    or says something in one of the two is meant before whoever else they name: 'the barley which Saatgut Hellweg
    received' has a firm. One that has something ('the Steel Workers' chair Ilse Brandt') stands behind the others.
    """
    named: list[str] = []
    sentences = (" ".join(span.text.split()) for span in reversed(split_sentences(text)))
    for sentence in islice(filter(names_somebody, sentences), 2):
        persons = [name for name in names_in(sentence) if _surely_person(name, sentence)]
        persons.sort(key=lambda name: _has_something(name, sentence))
        doing = [name for name in persons if _is_subject(name, sentence) or speaks(name, sentence)]
        if doing:
            return doing[0]
        named += persons
    return named[0] if named else None


def _is_subject(name: str, sentence: str) -> bool:
    """Whether the sentence's first clause is about the one named."""
    about = (word.text for clause in frames(sentence)[:1] for word in clause.subject)
    return name.split()[-1] in (re.sub(r"['’]s?$", "", word) for word in about)


def _has_something(name: str, text: str) -> bool:
    return re.search(rf"{re.escape(name)}(?:['’]s?)\s", text) is not None


def _surely_person(name: str, text: str) -> bool:
    """Of two words, or with a word of speech behind it; not 'the Golden Pheasant', 'Kurdish DTP' or a rank alone."""
    if not is_person(name) or re.search(rf"\bthe {re.escape(name)}\b", text, re.IGNORECASE):
        return False
    words = name.split()
    if any(_ACRONYM.fullmatch(word) for word in words) or all(word.lower() in _RANKS for word in words):
        return False
    return len(words) > 1 or speaks(name, text)


def speaks(name: str, text: str) -> bool:
    """Whether a word of speech or opinion stands right behind the name: 'Brandt, the director, said'.

    Not if the name tells where: 'the director in Vigo said'.
    """
    where = "".join(rf"(?<!\b{word} )" for word in ("in", "at", "of", "from", "near"))
    behind = rf"(?:,[^,.]{{0,80}},)?\s+(?:{_SPEECH}|{_SPEECH_ASKED})\b"
    return bool(re.search(rf"{where}{re.escape(name)}{behind}", text, re.IGNORECASE))


SAYS_WHOSE = 4
"""Words that a sentence needs to say whose words follow: 'Excerpts follow:' doesn't."""
LONGEST_ATTRIBUTION = 240
"""Characters of the longest such sentence that is put before what it introduces."""


def whose_words(introduced: str) -> str:
    """Of what introduces a paragraph the sentence that says whose words it has; empty where none does so shortly."""
    for span in reversed(split_sentences(introduced)):
        if len(span.text.split()) >= SAYS_WHOSE:
            return span.text if len(span.text) <= LONGEST_ATTRIBUTION else ""
    return ""


def is_comment(node: BaseNode, at: int = 0) -> bool:
    """Whether what stands at `at` of a paragraph is the reporting post's own comment, not what a source said."""
    heading = str(node.metadata.get("heading") or "")
    if _COMMENT_HEADING.search(heading):
        return True
    text = str(getattr(node, "text", ""))
    opened = [
        match.start()
        for match in _COMMENT_OPENS.finditer(text)
        if not text[at : match.start()].strip(" (-*") and _BEGINS.search(text[: match.start()])
    ]
    if not opened:
        return False
    return not any(opened[-1] < match.start() < at for match in _COMMENT_ENDS.finditer(text))
