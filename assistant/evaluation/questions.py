"""Question sets: JSON Lines or YAML in, questions out; every error named with file and line before anything runs.

The format is the one of docs/design.md. A single question is an object with `id`, `question`, and for what is
judged `type`, `answerable`, `need`, `gold`, `groups`, `facts`; a dialogue is an object with `id` and `turns`.
In JSON Lines each line is one object, empty lines and lines that begin with `#` are skipped. In YAML the file
is a list of the same objects; only booleans and null are read as such, all else as the text that stands there.
"""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from assistant.evaluation.located import Located, located_json, located_yaml
from index_store.documents import ParagraphRef
from index_store.errors import BadQuestionSet

Need = Literal["any", "all"]

KEYS_OF_A_QUESTION = ("id", "question", "type", "answerable", "need", "gold", "groups", "facts", "draft")
KEYS_OF_A_DIALOGUE = ("id", "turns", "type", "draft")
UNTYPED = "untyped"
DIALOGUE = "dialogue"
MOST_ERRORS_SHOWN = 20
CLOSE = 0.85
"""Of difflib: 'fact' is close to 'facts', but 'answer' is a key of one's own and no 'answerable'."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question to be asked and what is known about its right answer."""

    id: str
    question: str
    type: str = UNTYPED
    answerable: bool = True
    need: Need = "any"
    gold: tuple[ParagraphRef, ...] = ()
    """Every paragraph that counts as right, each once."""
    groups: tuple[tuple[ParagraphRef, ...], ...] = ()
    """As the set gives them; `needed` is what they come to."""
    facts: tuple[tuple[str, ...], ...] = ()
    """Complete when each inner tuple has an alternative in the answer."""
    where: str = ""
    """File and line, for messages."""

    @property
    def needed(self) -> tuple[tuple[ParagraphRef, ...], ...]:
        """The groups of which each must be cited: `any` makes all gold paragraphs one group, `all` a group of each."""
        if self.need == "all":
            return self.groups or tuple((ref,) for ref in self.gold)
        return (self.gold,) if self.gold else ()

    def to_json(self) -> dict[str, Any]:
        """The object that `read_questions` reads back as this question."""
        whole: dict[str, Any] = {"id": self.id, "question": self.question, "type": self.type}
        whole |= {"answerable": self.answerable, "need": self.need, "gold": [ref._asdict() for ref in self.gold]}
        if self.groups:
            whole["groups"] = [[ref._asdict() for ref in group] for group in self.groups]
        return whole | {"facts": [list(alternatives) for alternatives in self.facts]}


@dataclass(frozen=True, slots=True)
class Item:
    """What is asked in one go: a single question, or the turns of a dialogue."""

    id: str
    questions: tuple[Question, ...]
    dialogue: bool = False

    def to_json(self) -> dict[str, Any]:
        """The object of a question set."""
        if not self.dialogue:
            return self.questions[0].to_json()
        turns = [{key: value for key, value in turn.to_json().items() if key != "id"} for turn in self.questions]
        return {"id": self.id, "turns": turns}


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Everything that one evaluation asks, in the order of its files."""

    items: tuple[Item, ...]
    files: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    """What is odd but no error: an answerable question without gold paragraphs, a key that means nothing here."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions, turns included, in order."""
        return tuple(question for item in self.items for question in item.questions)

    @property
    def fingerprint(self) -> str:
        """The same for sets that ask and expect the same, whatever their files' names and spacing."""
        text = json.dumps([item.to_json() for item in self.items], ensure_ascii=True, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def read_question_set(paths: Sequence[Path], *, max_question: int = 4000) -> QuestionSet:
    """Read question sets into one.

    `max_question` is the number of characters that the assistant takes. Raises BadQuestionSet, whose message has
    a line `file:line: what is wrong` for each error of all files (the first 20 of them).
    """
    reading = _Reading(max_question)
    items: list[Item] = []
    for path in paths:
        items += reading.file(path)
    if not items and not reading.errors:
        reading.errors.append(f"{', '.join(str(path) for path in paths) or 'no file given'}: no question in it")
    if reading.errors:
        more = len(reading.errors) - MOST_ERRORS_SHOWN
        raise BadQuestionSet("\n".join(reading.errors[:MOST_ERRORS_SHOWN] + [f"... and {more} more"] * (more > 0)))
    return QuestionSet(tuple(items), tuple(str(path) for path in paths), tuple(reading.notices))


def write_question_set(path: Path, items: Iterable[Item]) -> None:
    """Write a set as JSON Lines."""
    lines = (json.dumps(item.to_json(), ensure_ascii=False) + "\n" for item in items)
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


@dataclass
class _Reading:
    """The errors and notices met so far, and the ids given."""

    max_question: int
    errors: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    given: dict[str, str] = field(default_factory=dict)
    drafts: int = 0

    def file(self, path: Path) -> list[Item]:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            self.errors.append(f"{path}:{line}: not UTF-8; save the file as UTF-8")
            return []
        except (OSError, ValueError) as error:
            self.errors.append(f"{path}: {getattr(error, 'strerror', None) or error}")
            return []
        read = located_yaml if path.suffix.lower() in {".yaml", ".yml"} else located_json
        objects, errors = read(text)
        self.errors += [f"{path}:{line}: {message}" for line, message in errors]
        self.drafts = 0
        items = [item for located in objects if (item := self._item(located, path))]
        if self.drafts:
            self.notices.append(f"{path}: {self.drafts} questions are drafts: edit them and take 'draft' away")
        return items

    def _item(self, located: Located, path: Path) -> Item | None:
        checked = _Checked(located, path, self)
        value = checked.value
        id = checked.text("id")
        if "turns" not in value:
            checked.keys(KEYS_OF_A_QUESTION)
            question = self._question(checked, id or "")
            return self._given(Item(id, (question,)), checked) if id and question else None
        checked.keys(KEYS_OF_A_DIALOGUE)
        turns = value["turns"]
        if not isinstance(turns, list) or not turns:
            checked.error("'turns' must be a list of at least one question")
            return None
        if id is None:
            return None
        kind = checked.optional_text("type") or DIALOGUE
        questions = []
        for number, turn in enumerate(turns, 1):
            inner = _Checked(Located(turn, located.line_of(turn), located.lines), path, self, f"turn {number}: ")
            inner.keys(KEYS_OF_A_QUESTION)
            question = self._question(inner, f"{id}/{number}", kind)
            if question is None:
                return None
            questions.append(question)
        return self._given(Item(id, tuple(questions), dialogue=True), checked)

    def _given(self, item: Item, checked: _Checked) -> Item | None:
        fresh = True
        for id in {item.id, *(question.id for question in item.questions)}:
            if id in self.given:
                checked.error(f"the id '{id}' is given at {self.given[id]} too; every id must be unique")
                fresh = False
            self.given.setdefault(id, checked.where)
        return item if fresh else None

    def _question(self, checked: _Checked, id: str, kind: str = UNTYPED) -> Question | None:
        before = len(self.errors)
        self.drafts += checked.boolean("draft", False)
        text = checked.text("question") or ""
        if len(text) > self.max_question:
            checked.error(f"the question has {len(text)} characters; at most {self.max_question} can be asked")
        groups = checked.groups()
        gold = checked.refs("gold")
        question = Question(
            id=id,
            question=text,
            type=checked.optional_text("type") or kind,
            answerable=checked.boolean("answerable", True),
            need=checked.need(),
            gold=tuple(dict.fromkeys([*gold, *(ref for group in groups for ref in group)])),
            groups=groups,
            facts=checked.facts(),
            where=checked.where,
        )
        if len(self.errors) > before:
            return None
        if question.answerable and not question.gold:
            checked.notice(f"'{id}' is answerable but has no gold paragraph: no citation can be right")
        if groups and question.need == "any":
            checked.notice(f'\'{id}\' has groups, but without "need": "all" any one gold paragraph is enough')
        return question


@dataclass
class _Checked:
    """One object of a file; what is wrong with it goes to the reading's errors."""

    located: Located
    path: Path
    reading: _Reading
    prefix: str = ""
    value: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.value = self.located.value if isinstance(self.located.value, dict) else {}
        if not isinstance(self.located.value, dict):
            self.error('not an object with keys such as "id" and "question"')

    @property
    def where(self) -> str:
        return f"{self.path}:{self.located.line}"

    def error(self, message: str, at: object = None) -> None:
        line = self.located.line_of(at) if at is not None else self.located.line
        self.reading.errors.append(f"{self.path}:{line}: {self.prefix}{message}")

    def notice(self, message: str) -> None:
        self.reading.notices.append(f"{self.where}: {message}")

    def keys(self, known: Sequence[str]) -> None:
        for key in self.value:
            if key in known:
                continue
            near = difflib.get_close_matches(key, known, 1, CLOSE)
            if near and near[0] not in self.value:
                self.error(f"unknown key '{key}'; is '{near[0]}' meant?")
            else:
                self.notice(f"the key '{key}' means nothing here and is passed over")

    def text(self, key: str) -> str | None:
        if not isinstance(self.located.value, dict):
            return None
        value = self.value.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.error(f"'{key}' is missing" if value is None else f"'{key}' must be text, and not empty")
        return None

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self.value.get(key) is not None else None

    def boolean(self, key: str, default: bool) -> bool:
        value = self.value.get(key, default)
        if not isinstance(value, bool):
            self.error(f"'{key}' must be true or false")
            return default
        return value

    def need(self) -> Need:
        value = self.value.get("need", "any")
        if value == "any" or value == "all":
            return value  # type: ignore[no-any-return]
        self.error('\'need\' must be "any" or "all"')
        return "any"

    def refs(self, key: str) -> tuple[ParagraphRef, ...]:
        return tuple(dict.fromkeys(self._refs(self.value.get(key), f"'{key}'")))

    def groups(self) -> tuple[tuple[ParagraphRef, ...], ...]:
        value = self.value.get("groups")
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(group, list) and group for group in value):
            self.error("'groups' must be a list of lists of paragraphs, none of them empty", value)
            return ()
        return tuple(tuple(dict.fromkeys(self._refs(group, "a group"))) for group in value)

    def _refs(self, value: object, name: str) -> list[ParagraphRef]:
        if value is None:
            return []
        if not isinstance(value, list):
            self.error(f'{name} must be a list of paragraphs, {{"document": ..., "label": ...}}', value)
            return []
        refs = []
        for entry in value:
            parts = (entry.get("document"), entry.get("label")) if isinstance(entry, dict) else (None, None)
            document, label = (part.strip() if isinstance(part, str) else "" for part in parts)
            if document and label:
                refs.append(ParagraphRef(document, label.removeprefix("¶")))
            else:
                self.error(f'{name}: each paragraph needs a "document" and a "label"', entry)
        return refs

    def facts(self) -> tuple[tuple[str, ...], ...]:
        value = self.value.get("facts")
        if value is None:
            return ()
        wrong = '\'facts\' must be a list of lists of alternatives, [["2005"], ["Paris", "French capital"]]'
        if not isinstance(value, list):
            self.error(wrong, value)
            return ()
        facts = []
        for alternatives in value:
            if not isinstance(alternatives, list) or not alternatives:
                self.error(wrong, alternatives)
            elif not all(isinstance(text, str) and text.strip() for text in alternatives):
                self.error("'facts': each alternative must be text, and not empty", alternatives)
            else:
                facts.append(tuple(text.strip() for text in alternatives))
        return tuple(facts)
