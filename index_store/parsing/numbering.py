"""The healing of damaged paragraph numbers, by the best alignment with a rising sequence.

Given are the places where a paragraph may start (`signs.Sign`), each with the numbers printed there and
with its gain: how far the place itself, whatever its number, speaks for a start. Sought is the choice
of places, and of a number for each, of the lowest total cost, where

    cost = sum over the chosen places of (cost of reading + cost of step - gain)

A place that is not chosen costs nothing: its text goes into the paragraph around it. The gain of a place
is the sum of (`signs` works it out)

    base                               -1    portion mark                        +8
    pilcrow, or none in the document   +1    no mark where most have one         -1, or -2 if short
    full stop behind the number        +1    capital or quote behind             +0.5
    blank line, rule, page head above  +1.5  small letter behind                 -3
    line above ends a sentence         +1.5  indented deeper than others         -2
    line above is too short to wrap    +1    `1)` among others                  -16
    line above is full, unfinished     -2.5  `(1)` among others                  -9
    line above ends in "on July" etc.  -3    Q without mark (a question?)        -4
    a 1 behind signature or "ANNEX"   +2.5
    in mid-line, marked                -2    a letter in place of the pilcrow   -11
    in mid-line, unmarked              -3.5  more than LARGEST_NUMBER           -50
    in mid-line, no sentence before    -3, or -6 behind "on July" etc.

A line is full if it is near the width at which lines are wrapped; one that was never wrapped is not.

The cost of a step from number n to number m, and of reading a number otherwise than printed, are the
constants below. A printed number read as printed costs nothing; so a document whose numbers rise one
by one is never changed. Readings otherwise than printed carry a small extra cost, so that of two equally
likely readings the printed one is kept.

The alignment runs over the places once (Viterbi). A state is the last number, the number before the last
restart, what the last reading was and whether numbers were skipped; at most `BEAM` states are kept and
none that is `MARGIN` worse than the best, so work is linear in the number of places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from index_store.parsing.signs import LARGEST_NUMBER, Sign

START = (0.0, 1.0, 2.5)
"""Beginning at 1, at 2, later (plus GROWTH times the logarithm of the number)."""
SKIP = 2.5
GROWTH = 0.8
"""A step from n to n + 1 + k costs SKIP + GROWTH * log(1 + k)."""
SKIP_AGAIN = 1.0
"""In place of SKIP where numbers were skipped before: an extract."""
REPEAT = 2.6
RESTART = 4.0
"""A step back to 1."""
BACK = 5.0
"""A step back to another number."""
RETURN = 6.0
"""After a restart, a step to the number behind the one before the restart: it was a list inside a paragraph."""
RETURN_OR_ON = 2.0
"""The same where the restarted numbers would go on with it too."""

MANGLED = 1.0
"""A pilcrow read as the digit 1: `15.` is 5. Only where no pilcrow is printed."""
MANGLED_WITHOUT_PILCROWS = 4.5
"""The same in a document without any pilcrow."""
MANGLED_AGAIN = 0.2
"""The same right after another such."""
MISPRINT = 4.0
"""Any number read as the one due; only between right neighbours: the next must be the one due after it."""
LOST = 0.5
"""A lost number read as the one due."""
REPAIRED = 0.01

BEAM = 24
MARGIN = 30.0


class Start(NamedTuple):
    """A place where a paragraph starts, with the number it was read as."""

    sign: Sign
    number: int
    why: str | None
    """Why it is read otherwise than printed; None where it is not."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The paragraphs' starts in order, and how many steps it took to find them."""

    starts: tuple[Start, ...]
    steps: int


class _State(NamedTuple):
    number: int
    outer: int
    """The number before the last restart at 1; 0 where there was none."""
    reading: str
    """'printed', 'mangled' or 'misprint'."""
    skipped: bool = False
    """Whether numbers were skipped before."""


class _Node(NamedTuple):
    cost: float
    before: _Node | None
    sign: Sign | None
    number: int
    reading: str


_PRINTED, _MANGLED, _MISPRINT, _LOST = "printed", "mangled", "misprint", "lost"
_FIRST = _State(0, 0, _PRINTED)


def align(signs: Sequence[Sign]) -> Alignment:
    """Choose the places where paragraphs start, and their numbers."""
    pilcrows = any(sign.signed for sign in signs)
    beam: dict[_State, _Node] = {_FIRST: _Node(0.0, None, None, 0, _PRINTED)}
    steps = 0
    for sign in signs:
        found: dict[_State, _Node] = {}
        for state, node in beam.items():
            for number, reading in _readings(sign, state):
                steps += 1
                cost = _reading_cost(reading, state, pilcrows) + _step_cost(state, number)
                total = node.cost + cost - sign.gain
                skipped = state.skipped or number > state.number + 1 > 1
                target = _State(number, _outer(state, number), reading, skipped)
                if target not in found or total < found[target].cost:
                    found[target] = _Node(total, node, sign, number, reading)
        for target, new in found.items():
            if target not in beam or new.cost < beam[target].cost:
                beam[target] = new
        beam = _best(beam)
    final = min((node for state, node in beam.items() if state.reading != _MISPRINT), key=lambda node: node.cost)
    return Alignment(tuple(_starts(final)), steps)


def _best(beam: dict[_State, _Node]) -> dict[_State, _Node]:
    """The states worth keeping; the best one that could be the last is always among them."""
    lowest = min(node.cost for state, node in beam.items() if state.reading != _MISPRINT)
    near = [(state, node) for state, node in beam.items() if node.cost <= lowest + MARGIN]
    if len(near) > BEAM:
        near.sort(key=lambda item: (item[1].cost, item[0].reading == _MISPRINT))
        final = next(item for item in near if item[0].reading != _MISPRINT)
        near = near[:BEAM] if final in near[:BEAM] else [*near[: BEAM - 1], final]
    return dict(near)


def _readings(sign: Sign, state: _State) -> list[tuple[int, str]]:
    due = state.number + 1
    if not sign.numbers:
        return [(due, _LOST)] if state.reading != _MISPRINT else []
    if sign.numbers[0] > LARGEST_NUMBER:
        return []
    readings = [(number, _PRINTED) for number in sign.numbers if number > 0]
    if not sign.signed and len(sign.printed or "") > 1 and (sign.printed or "").startswith("1"):
        readings.append((int((sign.printed or "")[1:]), _MANGLED))
    if state.reading == _MISPRINT:
        return [(number, reading) for number, reading in readings if number == due]
    if due not in sign.numbers and state.reading == _PRINTED and state.number:
        readings.append((due, _MISPRINT))
    return [(number, reading) for number, reading in readings if number > 0]


def _reading_cost(reading: str, state: _State, pilcrows: bool) -> float:
    if reading == _PRINTED:
        return 0.0
    if reading == _LOST:
        return LOST
    if reading == _MISPRINT:
        return MISPRINT + REPAIRED
    if state.reading == _MANGLED:
        return MANGLED_AGAIN + REPAIRED
    return (MANGLED if pilcrows else MANGLED_WITHOUT_PILCROWS) + REPAIRED


def _step_cost(state: _State, number: int) -> float:
    last = state.number
    if last == 0:
        return START[number - 1] if number <= 2 else START[2] + GROWTH * log(number)
    if number == last + 1:
        return RETURN_OR_ON if number == state.outer + 1 else 0.0
    if state.outer and number == state.outer + 1:
        return RETURN
    if number == last:
        return REPEAT
    if number > last:
        return (SKIP_AGAIN if state.skipped else SKIP) + GROWTH * log(number - last)
    return RESTART if number == 1 else BACK


def _outer(state: _State, number: int) -> int:
    if number < state.number:
        return state.number if number == 1 else 0
    return 0 if number == state.outer + 1 else state.outer


def _starts(node: _Node | None) -> list[Start]:
    starts: list[Start] = []
    while node is not None and node.sign is not None:
        starts.append(Start(node.sign, node.number, _why(node)))
        node = node.before
    return starts[::-1]


def _why(node: _Node) -> str | None:
    sign = node.sign
    if sign is None or (node.reading == _PRINTED and len(sign.numbers) == 1):
        return None
    if node.reading == _MANGLED:
        return "lost pilcrow read as 1"
    if node.reading == _LOST:
        return "lost number, read as the one due"
    if node.reading == _MISPRINT:
        return "misprint between right neighbours"
    return f"two numbers printed, {sign.numbers[0]} and {sign.numbers[1]}"


def labels(numbers: Sequence[int | str]) -> list[str]:
    """A label for each number, unique: the second 6 is `6#2`."""
    seen: dict[str, int] = {}
    result = []
    for number in map(str, numbers):
        seen[number] = seen.get(number, 0) + 1
        result.append(number if seen[number] == 1 else f"{number}#{seen[number]}")
    return result
