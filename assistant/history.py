"""Everything asked and answered, in `history.sqlite` of the library's folder: conversations, turns, feedback.

The page and the command line keep a turn with `add`; an evaluation keeps its results in files of its own.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from assistant.answer import Answer
from assistant.answer_form import from_form, to_form
from index_store.errors import LibraryDamaged, LibraryNotWritable

Thumb = Literal["up", "down"]
TITLE_LENGTH = 80
_TABLES = """
create table if not exists conversations (
    id text primary key, title text not null, begun text not null, changed text not null
);
create table if not exists turns (
    id text primary key,
    conversation text not null references conversations(id) on delete cascade,
    place integer not null,
    asked text not null,
    question text not null,
    answer text not null,
    settings text not null,
    thumb text,
    comment text,
    unique (conversation, place)
);
create table if not exists preferences (name text primary key, value text not null);
"""


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A question, its answer, and what was thought of it."""

    id: str
    asked: datetime
    question: str
    answer: Answer
    settings: Mapping[str, Any]
    thumb: Thumb | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class ConversationSummary:
    """A conversation as a list shows it."""

    id: str
    title: str
    begun: datetime
    changed: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with all its turns in order."""

    id: str
    title: str
    begun: datetime
    changed: datetime
    turns: tuple[KeptTurn, ...]


class History:
    """The kept conversations of one library. Each call opens the file anew: it may be used from any thread."""

    def __init__(self, home: Path) -> None:
        self._file = home / "history.sqlite"

    def begin(self, title: str = "") -> str:
        """A new empty conversation; gives its id."""
        id, now = uuid.uuid4().hex, _now()
        with self._writing() as database:
            database.execute("insert into conversations values (?, ?, ?, ?)", (id, _titled(title), now, now))
        return id

    def add(
        self,
        conversation: str,
        question: str,
        answer: Answer,
        settings: Mapping[str, Any] | None = None,
        *,
        title: str | None = None,
    ) -> str:
        """Keep a turn at the end of a conversation, which is begun if it isn't there; gives the turn's id.

        A conversation begun so has `title`; one without takes its first question for a title.
        """
        id, now = uuid.uuid4().hex, _now()
        row: tuple[object, ...] = (conversation, _titled(title or question), now, now)
        with self._writing() as database:
            database.execute("insert or ignore into conversations values (?, ?, ?, ?)", row)
            database.execute(
                "update conversations set changed = ?, title = iif(title = '', ?, title) where id = ?",
                (now, _titled(question), conversation),
            )
            place = database.execute(
                "select coalesce(max(place), 0) + 1 from turns where conversation = ?", (conversation,)
            ).fetchone()[0]
            row = (id, conversation, place, now, question, _json(to_form(answer)), _json(dict(settings or {})))
            database.execute("insert into turns values (?, ?, ?, ?, ?, ?, ?, null, null)", row)
        return id

    def conversations(self) -> list[ConversationSummary]:
        """All conversations, the one changed last first."""
        query = """select id, title, begun, changed, (select count(*) from turns where conversation = c.id)
                   from conversations c order by changed desc, id"""
        with self._reading() as database:
            return [
                ConversationSummary(id, title, datetime.fromisoformat(begun), datetime.fromisoformat(changed), turns)
                for id, title, begun, changed, turns in database.execute(query)
            ]

    def conversation(self, id: str) -> Conversation | None:
        """One conversation with its turns; None where there is none of this id."""
        with self._reading() as database:
            head = database.execute("select title, begun, changed from conversations where id = ?", (id,)).fetchone()
            if head is None:
                return None
            turns = database.execute(
                "select id, asked, question, answer, settings, thumb, comment from turns"
                " where conversation = ? order by place",
                (id,),
            ).fetchall()
        title, begun, changed = head
        return Conversation(
            id,
            title,
            datetime.fromisoformat(begun),
            datetime.fromisoformat(changed),
            tuple(_kept(turn) for turn in turns),
        )

    def rename(self, id: str, title: str) -> None:
        """Give a conversation another title."""
        with self._writing() as database:
            database.execute("update conversations set title = ? where id = ?", (_titled(title), id))

    def delete(self, id: str) -> None:
        """Forget a conversation and its turns."""
        with self._writing() as database:
            database.execute("delete from conversations where id = ?", (id,))

    def rate(self, turn: str, thumb: Thumb | None, comment: str | None = None) -> None:
        """Keep what was thought of a turn's answer; None takes it back."""
        with self._writing() as database:
            database.execute("update turns set thumb = ?, comment = ? where id = ?", (thumb, comment, turn))

    def rated(self) -> list[KeptTurn]:
        """All turns with feedback, oldest first."""
        with self._reading() as database:
            turns = database.execute(
                "select id, asked, question, answer, settings, thumb, comment from turns"
                " where thumb is not null or comment is not null order by asked, id"
            ).fetchall()
        return [_kept(turn) for turn in turns]

    def preference(self, name: str, default: Any = None) -> Any:
        """A value kept with `prefer`."""
        with self._reading() as database:
            row = database.execute("select value from preferences where name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else default

    def prefer(self, name: str, value: Any) -> None:
        """Keep a value of JSON's types under a name: what was chosen in the page."""
        with self._writing() as database:
            database.execute("insert or replace into preferences values (?, ?)", (name, _json(value)))

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            if not self._file.exists():
                with closing(sqlite3.connect(":memory:")) as empty:
                    empty.executescript(_TABLES)
                    yield empty
                return
            with closing(sqlite3.connect(self._file, timeout=10)) as database:
                yield database
        except sqlite3.DatabaseError as error:
            raise LibraryDamaged(
                f"{self._file} can't be read ({error}): move it away to begin a new history."
            ) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self._file, timeout=10)) as database, database:
                database.executescript(_TABLES)
                database.execute("pragma foreign_keys = on")
                database.execute("begin immediate")
                yield database
        except (OSError, sqlite3.OperationalError) as error:
            raise LibraryNotWritable(
                f"{self._file} can't be written ({error}): check its rights and the disk."
            ) from error
        except sqlite3.DatabaseError as error:
            raise LibraryDamaged(
                f"{self._file} can't be read ({error}): move it away to begin a new history."
            ) from error


def _kept(row: Sequence[Any]) -> KeptTurn:
    id, asked, question, answer, settings, thumb, comment = row
    return KeptTurn(
        id,
        datetime.fromisoformat(asked),
        question,
        from_form(json.loads(answer)),
        json.loads(settings),
        thumb,
        comment,
    )


def _titled(title: str) -> str:
    line = " ".join(title.split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rstrip() + "…"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _now() -> str:
    return datetime.now(UTC).isoformat()
