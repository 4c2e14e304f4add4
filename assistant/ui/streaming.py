"""An answer that grows in one thread, shown in another."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


class Stopped(Exception):
    """Raised inside the work when nobody waits for it any more."""


def stream(work: Callable[[Callable[[Item], None]], Item]) -> Iterator[Item]:
    """Run `work(report)` in a thread; yield what it reports and at last what it returns.

    Its exception is raised here. When the consumer stops early, the next report raises Stopped in the work.
    """
    reported: queue.SimpleQueue[tuple[str, object]] = queue.SimpleQueue()
    stopped = threading.Event()

    def report(item: Item) -> None:
        if stopped.is_set():
            raise Stopped
        reported.put(("item", item))

    def run() -> None:
        try:
            reported.put(("last", work(report)))
        except Stopped:
            pass
        except BaseException as error:  # whatever it is, it belongs to the consumer
            reported.put(("error", error))

    threading.Thread(target=run, daemon=True).start()
    try:
        while True:
            kind, item = reported.get()
            if kind == "error":
                assert isinstance(item, BaseException)
                raise item
            yield item  # type: ignore[misc]
            if kind == "last":
                return
    finally:
        stopped.set()
