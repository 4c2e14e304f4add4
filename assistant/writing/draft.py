"""What a language model wrote, read as sentences with the marks behind them; also while it is still writing.

Marks are read in all the ways that models print them (`[2]`, `[¶2]`, `[1, 3]`, `[1-3]`, `(08MOSCOW436 ¶5)`,
`【2†source】`, `<sup>2</sup>`) and taken out of the text; so are markdown, code fences and the thinking aloud of
reasoning models. Everything is worked out anew from the whole text, so it makes no difference where the stream was cut.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answer import THE_DOCUMENTS_DONT_SAY
from assistant.quoting.sentences import split_sentences

_THINKING = re.compile(r"<(think|thinking|thought|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_END_OF_THINKING = re.compile(r"\A.*</(?:think|thinking|thought|reasoning)>", re.DOTALL | re.IGNORECASE)
_HALF_TAG = re.compile(r"<[/a-z]{0,10}\Z", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)[^\n]*$", re.MULTILINE)
_LINE_MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*•+][ \t]+|\(?\d{1,2}[.)][ \t]+)+", re.MULTILINE)
_EMPHASIS = re.compile(r"\*\*|__|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")

_WORDS_OF_MARKS = r"(?:paragraphs?|paras?\.?|sources?|documents?|docs?\.?|passages?|see|cf\.?|and|nos?\.?)"
_DOCUMENT_ID = r"\d{2}[A-Z][A-Z_]{2,}\d+(?:_[a-z])?"
_LABEL = r"[¶^#]*\s*\d{1,3}(?:#\d+)?(?:†[^\]】]*)?"
_ITEM = rf"(?:{_DOCUMENT_ID}|{_LABEL}|{_WORDS_OF_MARKS})"
_INSIDE = rf"\s*{_ITEM}(?:[\s,;:–-]*{_ITEM})*\s*"
_MARK = re.compile(
    rf"\s*(?:\[+{_INSIDE}\]+|<(?P<tag>sup|ref)\b[^<>]*>\s*\[?{_INSIDE}\]?</(?P=tag)>|【{_INSIDE}】|"
    rf"\((?=[^)]*(?:¶|{_DOCUMENT_ID}|paragraph|para\b)){_INSIDE}\))",
    re.IGNORECASE,
)
_NESTED = re.compile(r"\[([^\[\]]{0,40})\[([^\[\]]{0,40})\]([^\[\]]{0,40})\]")
_RAISED = re.compile(r"(?:(?<=[\s.,;!?”\"’)])|(?<=[A-Za-z]{3}))[¹²³⁴⁵⁶⁷⁸⁹⁰]+")
_LINK = re.compile(r"(?<=\])\((?:https?:|/|#)[^()\s]*\)")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ESCAPED = re.compile(r"\\([\[\]()])")
_HUSK = re.compile(r"\s*[\[(【][\s,;:–-]*(?:and[\s,;]*)?[\])】]|\s*[\[【(]+\s*$|^[\s:;,\])】]+")
"""What is left of brackets around marks when the marks are gone."""
_HALF_MARK = re.compile(rf"\s*(?:\[+|【|\()(?:[\s,;:–-]*{_ITEM})*[\s,;:–-]*(?:¶|\d*)\Z", re.IGNORECASE)
_OPEN_BRACKET = re.compile(r"\s*(?:\[+|【|\()[^\[\]【】()]{0,40}\Z")
"""What may yet become a mark while the model writes, whatever stands in it so far."""
_RANGE = re.compile(r"(\d{1,3})\s*[–-]\s*¶?\s*(\d{1,3})")
_IN_LABELS = re.compile(rf"{_DOCUMENT_ID}|\d{{1,3}}(?:#\d+)?")

_SOURCES = r"(?:information|documents?|paragraphs?|texts?|sources?|passages?|cables?|evidence|context)"
_GIVEN = r"(?:provided |given |above |cited |numbered )*"
_LEAD_IN = re.compile(
    r"^(?:(?:answer|a|response|summary)\s*:\s*|"
    r"(?:according to|based on|as (?:stated|described|reported|mentioned) in|in)\s+"
    rf"(?:the\s+)?{_GIVEN}{_SOURCES}(?:\s+provided)?(?:\s*¶?\d{{1,3}})?(?:\s+and\s+¶?\d{{1,3}})?\s*,\s*|"
    rf"(?:the|this)\s+{_GIVEN}(?:document|text|passage|paragraph)(?:\s*¶?\d{{1,3}})?\s+"
    r"(?:says|states|mentions|reports|explains|notes|indicates|tells us)\s+that\s+)",
    re.IGNORECASE,
)
_REFUSALS = re.compile(
    r"^(?:i(?:'m| am) sorry,?\s*(?:but\s+)?)?"
    rf"(?:(?:the|these|this|none of the|no)\s+)?{_GIVEN}{_SOURCES}\s+(?:provided\s+)?"
    r"(?:(?:do|does|did)(?: not|n't)|says? nothing|gives? no|contains? no|provides? no)\b",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence as the model wrote it, without its marks."""

    text: str
    hints: tuple[str, ...] = ()
    """Labels in its marks, in order: '2', '6#2'; document ids are left out. Never more than hints."""

    @property
    def refuses(self) -> bool:
        """Whether it says that the documents don't say."""
        text = self.text.replace("’", "'")
        return text.rstrip(".!").lower() == THE_DOCUMENTS_DONT_SAY.rstrip(".").lower() or bool(_REFUSALS.match(text))


def read_draft(written: str, *, finished: bool) -> list[DraftSentence]:
    """The sentences of `written` that are complete; of a finished text all of them.

    While the model writes, the last sentence may still go on and is left out.
    """
    sentences: list[DraftSentence] = []
    text = _plain(_without_thinking(written, finished))
    blocks = re.split(r"\n+", text)
    for number, block in enumerate(blocks):
        last = number == len(blocks) - 1
        sentences += _sentences(block, finished or not last)
    return _each_once(sentences)


def cut_short(written: str) -> list[DraftSentence]:
    """The sentences of a text that was broken off: the last only if it has its full stop."""
    whole = read_draft(written, finished=True)
    tail = _MARK.sub("", _plain(_without_thinking(written, True))).rstrip()
    return whole if _TERMINAL.search(tail) else whole[:-1]


def _without_thinking(written: str, finished: bool) -> str:
    text = _THINKING.sub("", written)
    text = _END_OF_THINKING.sub("", text)  # some servers send only the end tag
    return text if finished else _HALF_TAG.sub("", text)


def _plain(text: str) -> str:
    """Without markdown; every line is a block of its own."""
    text = _LINK.sub("", _ESCAPED.sub(r"\1", _UNSEEN.sub("", text)))
    text = _NESTED.sub(_flat, text)
    text = _RAISED.sub("", _FENCE.sub("", text))
    text = _LINE_MARKS.sub("", text)
    return _EMPHASIS.sub("", text)


def _flat(nested: re.Match[str]) -> str:
    """'[1 [2] 3]' as '[1 2 3]'; brackets that hold anything but marks stay."""
    flat = f"[{nested[1]} {nested[2]} {nested[3]}]"
    return flat if _MARK.fullmatch(flat) else nested[0]


def _sentences(block: str, complete: bool) -> list[DraftSentence]:
    block = (_HALF_MARK if complete else _OPEN_BRACKET).sub("", block)
    text, marks = _without_marks(block)
    spans = split_sentences(text)
    if not spans:
        return []
    found = []
    for index, span in enumerate(spans):
        first = spans[index - 1].end if index else -1
        last = span.end if index + 1 < len(spans) else len(text)
        hints = [label for at, labels in marks if first < at <= last or (index == 0 and at == 0) for label in labels]
        found.append(DraftSentence(_tidied(span.text), tuple(dict.fromkeys(hints))))
    if not complete:
        found.pop()
    return [one for one in found if _says_something(one.text)]


def _without_marks(block: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """The text without marks, and each mark's place in it with its labels."""
    kept: list[str] = []
    marks: list[tuple[int, list[str]]] = []
    length = at = 0
    for match in _MARK.finditer(block):
        kept.append(block[at : match.start()])
        length += match.start() - at
        marks.append((length, _labels(match[0])))
        at = match.end()
    kept.append(block[at:])
    return "".join(kept), marks


def _labels(mark: str) -> list[str]:
    labels: list[str] = []
    for first, last in _RANGE.findall(mark):
        if int(first) < int(last) <= int(first) + 20:
            labels += [str(number) for number in range(int(first), int(last) + 1)]
    labels += [label for label in _IN_LABELS.findall(re.sub(r"†[^\]】]*", "", mark)) if len(label) < 8]
    return list(dict.fromkeys(labels))


def _tidied(sentence: str) -> str:
    text = _HUSK.sub("", " ".join(sentence.split()))
    text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    lead = _LEAD_IN.match(text)
    if lead:
        text = text[lead.end() :]
        text = text[:1].upper() + text[1:]
    return text


def _says_something(sentence: str) -> bool:
    return not sentence.endswith(":") and len(re.findall(r"[^\W\d_]{2,}", sentence)) >= 2


def _each_once(sentences: list[DraftSentence]) -> list[DraftSentence]:
    """Without repetitions, which small models fall into."""
    seen: dict[str, DraftSentence] = {}
    for sentence in sentences:
        seen.setdefault(re.sub(r"\W+", " ", sentence.text).strip().lower(), sentence)
    return list(seen.values())
