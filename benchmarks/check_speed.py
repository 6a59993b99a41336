"""The rules over 6,000, 60,000 and 600,000 targets, against a bare Polars query over the same frames.

`.venv/bin/python -m benchmarks.check_speed` prints, for each size, the median of several runs of both in one process, their
ratio, and what ten times the rows cost.
"""

import resource
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import polars as pl

from diaodu.rules.frame import with_measures
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.policy import Policy, judge, read_policy
from diaodu.rules.quantity import MICRO
from diaodu.rules.ranking import TiePolicy, with_ranks
from diaodu.rules.standing import SCHEMA
from diaodu.rules.trajectory import Trajectory
from diaodu.rules.workday import Workdays

SIZES = {6_000: 15, 60_000: 9, 600_000: 5}
"""Rows, and how often each is run."""
MOST_GROWTH = 11.0
UNITS = 60
POLICY = Path(__file__).parent.parent / "templates" / "policies" / "yinchuan.toml"
WORKDAYS = Workdays({date(2023, 10, n): n > 6 for n in (2, 3, 4, 5, 6, 7, 8)})

_row = pl.int_range(pl.len(), dtype=pl.Int64)


def pick(*values: Any, every: int = 1) -> pl.Expr:
    """One of `values`, by the row's number."""
    return pl.lit(pl.Series(values)).gather(_row // every % len(values))


def noise(prime: int, below: int) -> pl.Expr:
    """A number that looks random, from 0 to `below`."""
    return (_row * prime + 12_345) * 2_654_435_761 % 1_000_003 % below


def standings(rows: int) -> pl.DataFrame:
    """A year's targets at the end of October: every kind, direction and trajectory, late reports, ties and totals."""
    target = (noise(31, 900) + 100) * MICRO
    share = pl.when(noise(7, 10) == 0).then(100).otherwise(noise(17, 110))
    indicator = _row // UNITS
    unit = _row % UNITS
    columns: dict[str, pl.Expr] = {
        "target_id": _row,
        "indicator": pl.format("I{}", indicator),
        "indicator_name": pl.format("指标{}", indicator),
        "unit": pl.format("U{}", unit),
        "unit_name": pl.format("单位{}", unit),
        "parent": pl.when(unit > 0).then(pl.lit("U0")),
        "group": pick("县区", "市直", "园区", every=1),
        "ranked": unit > 0,
        "kind": pick(*[Kind.CUMULATIVE.value] * 7, Kind.LEVEL.value, Kind.COUNT.value, Kind.GROWTH.value, every=UNITS),
        "direction": pick(*[Direction.HIGHER.value] * 8, Direction.LOWER.value, Direction.BAND.value, every=UNITS * 3),
        "measure_unit": pl.lit("亿元"),
        "decimals": pl.lit(1),
        "as_of": pl.lit(date(2023, 10, 31)),
        "known_on": pl.lit(date(2023, 11, 9)),
        "required_as_of": pl.lit(date(2023, 10, 31)),
        "report_due": pl.lit(date(2023, 11, 7)),
        "actual": target * share // 100,
        "reported_as_of": pl.when(noise(13, 100) < 3).then(date(2023, 9, 30)).otherwise(date(2023, 10, 31)),
        "recorded_at": pl.lit(datetime(2023, 11, 3, tzinfo=UTC)),
        "changed_on": pl.lit(date(2023, 9, 30)),
        "target": pl.when(noise(5, 100) > 0).then(target),
        "upper": target * 2,
        "baseline": pl.when(noise(3, 10) == 0).then(target // 4).otherwise(0),
        "trajectory": pick(*[each.value for each in Trajectory], every=UNITS),
        "start": pl.lit(date(2023, 1, 1)),
        "due": pl.lit(date(2023, 12, 31)),
        "past_due": pl.lit(date(2023, 9, 30)),
        "past_planned": target * 7 // 10,
        "next_name": pl.lit("年底完成"),
        "next_due": pl.lit(date(2023, 11, 30)),
        "next_planned": target * 9 // 10,
        "milestones_due": pl.lit(3),
        "milestones_met": pl.when(share >= 70).then(3).otherwise(2),
        "first_unmet_due": pl.when(share < 70).then(date(2023, 9, 30)),
        "previous_as_of": pl.lit(date(2023, 9, 30)),
        "previous_actual": target * (share - noise(11, 12)) // 100,
        "previous_target": target,
        "previous_upper": target * 2,
        "previous_baseline": pl.lit(0),
        "was_past_due": pl.lit(date(2023, 9, 30)),
        "was_past_planned": target * 7 // 10,
        "was_next_due": pl.lit(date(2023, 11, 30)),
        "was_next_planned": target * 9 // 10,
        "last_year_actual": target * 9 // 10,
    }
    made = pl.DataFrame({"row": pl.repeat(0, rows, eager=True)}).select(**columns)
    empty = [pl.lit(None, dtype=kind).alias(name) for name, kind in SCHEMA.items() if name not in columns]
    return materialised(made.with_columns(empty).select(*SCHEMA).cast(dict(SCHEMA)))


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


def typical(work: Callable[[], object], runs: int) -> float:
    """Median seconds, after one run that does not count."""
    work()
    times = []
    for _ in range(runs):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return median(times)


def main() -> int:
    """1 when ten times the rows cost more than eleven times the time."""
    policy = read_policy(POLICY.read_text(encoding="utf-8"), "yinchuan")
    print(f"{'rows':>9} {'bare s':>9} {'rules s':>9} {'ratio':>7} {'growth':>7} {'peak MB':>8}")
    before, growths = None, []
    for rows, runs in SIZES.items():
        frame = standings(rows)
        plain, full = (
            typical(lambda frame=frame: bare(frame), runs),
            typical(lambda frame=frame: rules(frame, policy), runs),
        )
        growth = full / before if before else None
        growths += [growth] if growth else []
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        shown = f"{growth:7.1f}" if growth else " " * 7
        print(f"{rows:9,} {plain:9.4f} {full:9.4f} {full / plain:7.1f} {shown} {peak:8.0f}", flush=True)
        before = full
    return 1 if max(growths) > MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
