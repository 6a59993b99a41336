"""Where every target stands, and storing what is judged of it, against the bare query for the value in force alone.

`python -m benchmarks.standing_speed [TARGETS …] [--database URL]` writes plans of that many targets (2,000 and 20,000
unless told; ten milestones and thirty reports each) into empty databases, SQLite in a temporary folder unless an
address of an empty database is given, and prints the best of several runs and what ten times the targets cost.
"""

import argparse
import resource
import tempfile
from collections.abc import Callable
from datetime import date
from time import perf_counter
from typing import Any

import polars as pl
from sqlalchemy import Engine, text
from sqlmodel import Session

from benchmarks.big_plan import AS_OF, KNOWN_AT, Size, fill
from diaodu.rules.collection import Asked
from diaodu.storage.engine import open_engine
from diaodu.storage.in_force import spelled_out
from diaodu.storage.migrate import upgrade
from diaodu.storage.standing import TYPES, standings
from diaodu.storage.verdict import save

RUNS = 5
HEADING = " targets   filled  value alone  standings  ratio    save   again    MB"
INDICATORS = 20
PREVIOUS = date(2023, 7, 31)
ALONE = (
    "SELECT t.id, (SELECT r.value FROM report r WHERE r.target_id = t.id AND IN FORCE(r, as_of, :as_of)) FROM target t"
)


def main() -> None:
    """Measure every size asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("targets", nargs="*", type=int, default=[2_000, 20_000])
    asked.add_argument("--database", help="SQLAlchemy address of an empty database; for one size only")
    options = asked.parse_args()
    print(HEADING)
    for targets in options.targets:
        with tempfile.TemporaryDirectory() as folder:
            engine = open_engine(options.database or f"sqlite:///{folder}/big.db")
            print(measured(engine, targets), flush=True)
            engine.dispose()


def measured(engine: Engine, targets: int) -> str:
    """One line of the table, in seconds."""
    upgrade(engine)
    filled = best(lambda: fill(engine, Size(targets // INDICATORS, INDICATORS)), runs=1)
    with Session(engine) as session:
        alone = best(
            lambda: session.connection().execute(statement(), {"as_of": AS_OF, "known_at": KNOWN_AT}).fetchall()
        )
        stand = best(lambda: found(session))
        verdicts = judged(found(session))
        first = best(lambda: save(session, verdicts, None, AS_OF, KNOWN_AT, None), runs=1)
        again = best(lambda: save(session, verdicts, None, AS_OF, KNOWN_AT, None))
        session.rollback()
    times = f"{alone:>12.3f} {stand:>10.3f} {stand / alone:>6.1f} {first:>7.3f} {again:>7.3f}"
    return f"{targets:>8,} {filled:>8.1f} {times} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:>5}"


def best(work: Callable[[], Any], runs: int = RUNS) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(runs):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    return min(times)


def statement() -> Any:
    types = [kind for kind in TYPES if kind.key in {"as_of", "known_at"}]
    return text(spelled_out(ALONE)).bindparams(*types)


def found(session: Session) -> pl.DataFrame:
    return standings(session, 1, AS_OF, KNOWN_AT, AS_OF, {None: Asked(AS_OF, AS_OF, PREVIOUS)})


def judged(frame: pl.DataFrame) -> pl.DataFrame:
    """Every target judged alike: what the rules cost is measured elsewhere."""
    words = {"state": "reported", "reason": "level_matched", "level": "yellow", "explanation": "截至8月31日" * 10}
    numbers = {"severity": 1, "rank": 1, "rank_change": 0}
    return frame.with_columns(**{name: pl.lit(value) for name, value in (words | numbers).items()})


if __name__ == "__main__":
    main()
