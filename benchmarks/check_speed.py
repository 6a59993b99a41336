"""The rules over 6,000, 60,000 and 600,000 targets, against a bare Polars query over the same frames.

`python -m benchmarks.check_speed` prints, for each size, the medians of several runs of both in one process, their
ratio, what ten times the rows cost by the clock and in processor time (which neighbours on the machine cannot blur),
and the most memory the process ever held.
"""

import resource
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from math import inf
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import polars as pl

from diaodu.rules.frame import with_measures
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.policy import Policy, judge, read_policy
from diaodu.rules.quantity import MICRO
from diaodu.rules.ranking import TiePolicy, with_ranks
from diaodu.rules.standing import SCHEMA
from diaodu.rules.trajectory import Trajectory
from diaodu.rules.workday import Workdays

SIZES = (6_000, 60_000, 600_000)
ROUNDS = 8
"""Each runs both ways at every size, so that a busy machine slows all alike; the first does not count."""
MOST_GROWTH = 11.0
UNITS = 60
POLICY = Path(__file__).parent.parent / "templates" / "policies" / "yinchuan.toml"
WORKDAYS = Workdays({date(2023, 10, n): n > 6 for n in (2, 3, 4, 5, 6, 7, 8)})

_row = pl.int_range(pl.len(), dtype=pl.Int64)


def pick(*values: str, every: int = 1) -> pl.Expr:
    """One of `values`, by the row's number."""
    return pl.lit(pl.Series([str(value) for value in values])).gather(_row // every % len(values))


def noise(prime: int, below: int) -> pl.Expr:
    """A number that looks random, from 0 to `below`."""
    return (_row * prime + 12_345) * 2_654_435_761 % 1_000_003 % below


def standings(rows: int) -> pl.DataFrame:
    """A year's targets at the end of October: every kind, direction and trajectory, late reports, ties and totals."""
    target = (noise(31, 900) + 100) * MICRO
    columns = {**_identities(), **_plans(target), **_milestones(target), **_reports(target)}
    made = pl.DataFrame({"row": pl.repeat(0, rows, eager=True)}).select(**columns)
    empty = [pl.lit(None, dtype=kind).alias(name) for name, kind in SCHEMA.items() if name not in columns]
    return materialised(made.with_columns(empty).select(*SCHEMA).cast(dict(SCHEMA)))


def _identities() -> dict[str, pl.Expr]:
    indicator, unit = _row // UNITS, _row % UNITS
    return {
        "target_id": _row,
        "indicator": pl.format("I{}", indicator),
        "indicator_name": pl.format("指标{}", indicator),
        "unit": pl.format("U{}", unit),
        "unit_name": pl.format("单位{}", unit),
        "parent": pl.when(unit > 0).then(pl.lit("U0")),
        "group": pick("县区", "市直", "园区", every=1),
        "ranked": unit > 0,
        "kind": pick(*[Kind.CUMULATIVE] * 7, Kind.LEVEL, Kind.COUNT, Kind.GROWTH, every=UNITS),
        "direction": pick(*[Direction.HIGHER] * 8, Direction.LOWER, Direction.BAND, every=UNITS * 3),
        "measure_unit": pl.lit("亿元"),
        "decimals": pl.lit(1),
    }


def _plans(target: pl.Expr) -> dict[str, pl.Expr]:
    plan = pl.when(noise(5, 100) > 0).then(target)
    baseline = pl.when(noise(3, 10) == 0).then(target // 4).otherwise(0)
    return {
        "as_of": pl.lit(date(2023, 10, 31)),
        "known_on": pl.lit(date(2023, 11, 9)),
        "required_as_of": pl.lit(date(2023, 10, 31)),
        "report_due": pl.lit(date(2023, 11, 7)),
        "supplied_by": pl.lit(None, dtype=pl.String),
        "target": plan,
        "upper": target * 2,
        "baseline": baseline,
        "trajectory": pick(*Trajectory, every=UNITS),
        "start": pl.lit(date(2023, 1, 1)),
        "due": pl.lit(date(2023, 12, 31)),
        "previous_as_of": pl.lit(date(2023, 9, 30)),
        "previous_target": plan,
        "previous_upper": target * 2,
        "previous_baseline": baseline,
    }


def _milestones(target: pl.Expr) -> dict[str, pl.Expr]:
    past, coming = target * 7 // 10, target * 9 // 10
    return {
        "past_due": pl.lit(date(2023, 9, 30)),
        "past_planned": past,
        "next_name": pl.lit("年底完成"),
        "next_due": pl.lit(date(2023, 11, 30)),
        "next_planned": coming,
        "milestones_due": pl.lit(3),
        "milestones_met": pl.when(_share() >= 70).then(3).otherwise(2),
        "first_unmet_due": pl.when(_share() < 70).then(date(2023, 9, 30)),
        "was_past_due": pl.lit(date(2023, 9, 30)),
        "was_past_planned": past,
        "was_next_due": pl.lit(date(2023, 11, 30)),
        "was_next_planned": coming,
    }


def _reports(target: pl.Expr) -> dict[str, pl.Expr]:
    return {
        "actual": target * _share() // 100,
        "reported_as_of": pl.when(noise(13, 100) < 3).then(date(2023, 9, 30)).otherwise(date(2023, 10, 31)),
        "recorded_at": pl.lit(datetime(2023, 11, 3, tzinfo=UTC)),
        "changed_on": pl.lit(date(2023, 9, 30)),
        "previous_actual": target * (_share() - noise(11, 12)) // 100,
        "last_year_actual": target * 9 // 10,
    }


def _share() -> pl.Expr:
    """Whole per cents done, a tenth of the targets all of it: plenty of ties and of values on a threshold."""
    return pl.when(noise(7, 10) == 0).then(100).otherwise(noise(17, 110))


def materialised(frame: pl.DataFrame) -> pl.DataFrame:
    """The same with every value in memory; Polars keeps repeated ones as one, which a database does not."""
    stored = BytesIO()
    frame.write_ipc(stored)
    stored.seek(0)
    return pl.read_ipc(stored)


def bare(frame: pl.DataFrame) -> pl.DataFrame:
    """What one would write in five minutes, in floats: completion, gap and level of a linear plan."""
    completion = pl.col("actual") / pl.col("target")
    gap = (completion - pl.col("as_of").dt.month() / 12) * 100
    level = pl.when(gap < -30).then(pl.lit("red")).when(gap < -10).then(pl.lit("yellow")).otherwise(pl.lit("green"))
    return frame.with_columns(completion=completion, gap_pp=gap, level=level)


def rules(frame: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """The whole path: every measure, ranks with movement, and the level with its reason."""
    ranked = with_ranks(with_measures(frame, WORKDAYS), "completion", TiePolicy.ORDINAL)
    return judge(ranked, policy, WORKDAYS)


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, and seconds of all processors."""

    wall: float
    cpu: float

    @classmethod
    def of(cls, work: Callable[[], object]) -> "Cost":
        wall, cpu = perf_counter(), process_time()
        work()
        return cls(perf_counter() - wall, process_time() - cpu)

    @classmethod
    def typical(cls, costs: Sequence["Cost"]) -> "Cost":
        return cls(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))


def main() -> int:
    """1 when ten times the rows cost more than eleven times the processor time."""
    policy = read_policy(POLICY.read_text(encoding="utf-8"), "yinchuan")
    frames = {rows: standings(rows) for rows in SIZES}
    rounds = [
        {
            rows: (Cost.of(partial(bare, frame)), Cost.of(partial(rules, frame, policy)))
            for rows, frame in frames.items()
        }
        for _ in range(ROUNDS)
    ][1:]
    print(f"{'rows':>9} {'bare s':>9} {'rules s':>9} {'ratio':>7} {'growth':>7} {'cpu s':>9} {'growth':>7}")
    before, growths = Cost(inf, inf), []
    for rows in SIZES:
        plain, full = (Cost.typical([costs[rows][which] for costs in rounds]) for which in (0, 1))
        growths.append(full.cpu / before.cpu)
        by_clock = f"{plain.wall:9.4f} {full.wall:9.4f} {full.wall / plain.wall:7.1f} {_times(full.wall / before.wall)}"
        print(f"{rows:9,} {by_clock} {full.cpu:9.4f} {_times(growths[-1])}")
        before = full
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 1 if max(growths) > MOST_GROWTH else 0


def _times(growth: float) -> str:
    return f"{growth:7.1f}" if growth else " " * 7


if __name__ == "__main__":
    sys.exit(main())
