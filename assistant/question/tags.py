"""TAGS that a question names, by their code or by what they mean."""

from __future__ import annotations

import re
from functools import cache

from assistant.question.tables import rows, tag_meanings
from assistant.question.wants import wants

DOCUMENT_NOUN = r"(?:cables?|documents?|reports?|telegrams?|messages?|dispatch(?:es)?|reporting|paragraphs?)"
_CODE = r"#?[A-Z]{2,4}\b"
_TAGGED = re.compile(
    r"\b(?i:tagged(?:\s+(?:with|as))?|with (?:the )?tags?|tags?)\s*:?\s+"
    rf"(?P<codes>{_CODE}(?:\s*(?:,|\band\b|\bor\b|\s)(?:\s*\b(?:and|or)\b)?\s*{_CODE})*)"
    r"|\b(?P<subject>[A-Z]{4})\s+(?:cables?|telegrams?|reporting)\b"
    rf"|{DOCUMENT_NOUN}\s+(?:about|on|concerning|regarding|(?:(?:that|which)\s+)?"
    r"(?:concern(?:s|ed)?|deal(?:s|t)? with|(?:say|tell us|have to say) about))\s+(?P<topic>[\w /'-]+)"
    r"|\babout (?P<about>[\w /'-]+)"
)
_TOPIC_ENDS = r"(?:$|\b(?= (?:in|from|of|during|after|before|since|and|between|by)\b))"


def tags_said(text: str) -> tuple[str, ...]:
    """The codes that the documents asked for are filed under: 'tagged ENRG and EPET', 'cables about human rights'."""
    found: list[str] = []
    for match in _TAGGED.finditer(text):
        if match["codes"]:
            found += [code for code in re.findall(r"[A-Z]{2,4}", match["codes"]) if code in tag_meanings()]
            continue
        if match["subject"]:
            found += [match["subject"]] if match["subject"] in _subjects() else []
            continue
        topic = (match["topic"] or match["about"] or "").strip().lower()
        code = next(
            (
                code
                for meaning, code in _codes_by_meaning()
                if re.match(f"(?:the )?{re.escape(meaning)}{_TOPIC_ENDS}", topic)
            ),
            None,
        )
        # 'about human rights' after a verb of saying names what was said, not what the cable is filed under.
        if code and (match["topic"] or "view" not in wants(text[: match.start()])):
            found.append(code)
    return tuple(dict.fromkeys(found))


@cache
def _subjects() -> frozenset[str]:
    """The codes that are of four letters and no country's or organisation's."""
    return frozenset(code for code, _ in rows("tags.tsv") if len(code) == 4)


@cache
def _codes_by_meaning() -> tuple[tuple[str, str], ...]:
    """Subject codes by meaning in small letters, the longest meaning first; countries are no subject."""
    pairs = [(meaning.lower(), code) for code, cells in tag_meanings().items() if len(code) == 4 for meaning in cells]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
