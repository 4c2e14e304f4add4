"""Work in one thread, shown in another."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from assistant.ui.streaming import Stopped, stream


def test_what_is_reported_comes_before_what_is_returned() -> None:
    def work(report: Callable[[int], None]) -> int:
        report(1)
        report(2)
        return 3

    assert list(stream(work)) == [1, 2, 3]


def test_an_error_in_the_work_is_raised_where_it_is_read() -> None:
    def work(report: Callable[[int], None]) -> int:
        report(1)
        raise ValueError("broken")

    read = stream(work)
    assert next(read) == 1
    with pytest.raises(ValueError, match="broken"):
        next(read)


def test_work_that_nobody_reads_any_more_is_stopped() -> None:
    ended = threading.Event()
    closed = threading.Event()

    def work(report: Callable[[int], None]) -> int:
        report(1)
        closed.wait(10)
        try:
            report(2)
        except Stopped:
            ended.set()
            raise
        return 3

    read = stream(work)
    next(read)
    read.close()  # type: ignore[attr-defined]
    closed.set()
    assert ended.wait(10)
