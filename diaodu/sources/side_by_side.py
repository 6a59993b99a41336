"""Reading several sources at once, each within its own time: one that hangs is down, and holds nobody up."""

import threading
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from time import monotonic

from diaodu.language import _
from diaodu.sources.fault import SourceDown
from diaodu.sources.kind import Found

AT_ONCE = 4
SECONDS = 660.0
"""Longer than any source's own limits; what they do not catch ends here."""
Read = Callable[[], Found]
Result = Found | Exception


def read_all(reads: Sequence[Read], at_once: int = AT_ONCE, seconds: float = SECONDS) -> list[Result]:
    """What each read found, or the error it ended with, in their order.

    A read that takes longer than `seconds` counts as SourceDown. Its thread cannot be stopped, is left alone, and does
    not keep the process from ending.
    """
    results: dict[int, Result] = {}
    done: SimpleQueue[tuple[int, Result]] = SimpleQueue()
    waiting, running = list(range(len(reads))), dict[int, float]()
    while waiting or running:
        while waiting and len(running) < at_once:
            number = waiting.pop(0)
            running[number] = monotonic() + seconds
            threading.Thread(target=_one, args=(number, reads[number], done), daemon=True).start()
        try:
            number, result = done.get(timeout=max(0.0, min(running.values()) - monotonic()))
        except Empty:
            for number in [number for number, ends in running.items() if ends <= monotonic()]:
                del running[number]
                results[number] = SourceDown(_("{n} 秒内没有读完").format(n=round(seconds)))
        else:
            if running.pop(number, None) is not None:
                results[number] = result
    return [results[number] for number in range(len(reads))]


def _one(number: int, read: Read, done: SimpleQueue[tuple[int, Result]]) -> None:
    try:
        done.put((number, read()))
    except Exception as error:  # handed to whoever asked, who knows what to make of it
        done.put((number, error))
