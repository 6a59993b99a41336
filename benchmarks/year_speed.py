"""A district's year of collection by the clock: `python -m benchmarks.year_speed` prints its books and its seconds.

60 units, 100 indicators, months and weeks, with outages; 1 when the year takes longer than a minute and a half of
processor time, which neighbours on the machine cannot blur as they do the clock.
"""

import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from diaodu.sources.kind import Kind
from diaodu.sources.registry import SOURCES
from diaodu.storage.engine import open_engine
from diaodu.storage.migrate import upgrade
from tests.year.ledger import Books
from tests.year.year import Year

GOAL = 90.0


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        engine = open_engine(f"sqlite:///{home / 'diaodu.db'}")
        upgrade(engine)
        year = Year(engine, home)
        SOURCES["bureau"] = Kind(year.bureau, "统计局", str)
        wall, cpu = time.perf_counter(), time.process_time()
        year.run()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        engine.dispose()
        _tell(Books(home / "diaodu.db"))
        _tell_seconds(year)
    print(f"the year took {wall:.0f} s by the clock, {cpu:.0f} s of processor time; goal {GOAL:.0f} s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 1 if cpu > GOAL else 0


def _tell(books: Books) -> None:
    acts = Counter(event.act for entry in books.requests.values() for event in entry.events)
    states = Counter(entry.state for entry in books.requests.values())
    steps = Counter(f"{step.leg} {step.outcome}" for step in books.reminders)
    above = Counter(step.to for step in books.reminders if step.to != "reporter")
    print(f"rounds {len(books.rounds)}, requests {len(books.requests):,}")
    for name, counts in (("acts", acts), ("states", states), ("reminders", steps), ("escalated to", above)):
        print(f"{name:<13}", ", ".join(f"{key} {count:,}" for key, count in sorted(counts.items())))
    lights = Counter(cause for (cause,) in books.rows("SELECT cause FROM warning_event"))
    decided = Counter(state for (state,) in books.rows("SELECT state FROM correction"))
    for name, counts in (("warnings", lights), ("corrections", decided)):
        print(f"{name:<13}", ", ".join(f"{key} {count:,}" for key, count in sorted(counts.items())))
    for table in ("report", "delivery", "notice", "verdict", "briefing", "fire"):
        ((count,),) = books.rows(f"SELECT count(*) FROM {table}")
        print(f"{table:<13} {count:,}")


def _tell_seconds(year: Year) -> None:
    """What a morning of the machine costs."""
    spent = sorted(year.machine.spent)
    most = spent[len(spent) * 9 // 10]
    print(f"mornings      median {median(spent):.2f} s, ninth of ten {most:.2f} s of processor time")


if __name__ == "__main__":
    sys.exit(main())
