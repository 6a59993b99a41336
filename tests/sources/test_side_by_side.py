"""Sources are read at once, each within its own time, whatever the others do."""

import threading
from collections.abc import Callable

from diaodu.sources.fault import SourceDown
from diaodu.sources.kind import Found
from diaodu.sources.side_by_side import Result, read_all


def gives(name: str) -> Callable[[], Found]:
    return lambda: Found(known=[name])


def fails() -> Found:
    raise SourceDown("away")


def words(results: list[Result]) -> list[str]:
    return [str(result) if isinstance(result, Exception) else result.known[0] for result in results]


def test_results_come_in_the_order_asked_for() -> None:
    assert words(read_all([gives("a"), fails, gives("b")])) == ["a", "away", "b"]
    assert read_all([]) == []


def test_one_that_hangs_is_down_and_holds_nobody_up() -> None:
    never = threading.Event()

    def hangs() -> Found:
        never.wait(60)
        return Found(known=["too late"])

    found = words(read_all([hangs, gives("a"), hangs, gives("b")], at_once=2, seconds=0.3))
    never.set()
    assert found == ["0 秒内没有读完", "a", "0 秒内没有读完", "b"]


def test_no_more_are_read_at_once_than_allowed() -> None:
    lock, inside, most = threading.Lock(), [0], [0]

    def counts() -> Found:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        threading.Event().wait(0.02)
        with lock:
            inside[0] -= 1
        return Found()

    read_all([counts] * 12, at_once=3)
    assert most == [3]
