"""The plan that 住房和城乡建设部's printed rates imply: its tables print works started and a rate, but not the plan.

A unit's plan is a whole number of communities. It must reproduce the printed rate, rounded half up; 全部开工 means that
all are started, so the plan is what was started. Units are printed in descending order of the unrounded rate, so rates
fall strictly from row to row. In June the text names eleven units above 95 per cent, and their plans must allow that.

Of all plans that fit, the one taken assumes least: June and September share a unit's plan wherever one number fits both
tables, and every plan is the smallest that fits. Run as a program, it writes the example's `targets.csv`:

    python -m tests.published.implied_plan examples/mohurd-2023
"""

import csv
import sys
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import floor
from pathlib import Path

TABLES = {period: Path(__file__).parent / f"mohurd_{period}.csv" for period in ("2023-06", "2023-09")}
ALL_STARTED = "全部开工"
TOTAL = "合计"
NATIONAL_PLAN = 53_000
"""Printed in the text as 5.3万个; the sum of the implied plans is less, because it is rounded and theirs is not."""
ABOVE_95_IN_JUNE = frozenset(["贵州", "河北", "湖北", "江苏", "江西", "湖南", "山东", "重庆", "浙江", "辽宁", "内蒙古"])


@dataclass(slots=True)
class Row:
    """One unit in one table, with the smallest and the largest plan still possible."""

    unit: str
    started: int
    rate: str
    least: int
    most: int


def published(period: str) -> list[Row]:
    """The rows of one table, total left out, each bounded by its own printed rate and by the text."""
    lines = (line for line in TABLES[period].read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    read = [(r["unit"], int(r["started"]), r["rate"]) for r in csv.DictReader(lines) if r["unit"] != TOTAL]
    rows = [Row(unit, started, rate, *bounds(started, rate)) for unit, started, rate in read]
    for row in rows:
        if period == "2023-06" and row.unit in ABOVE_95_IN_JUNE:
            row.most = min(row.most, (row.started * 100 - 1) // 95)
    return rows


def bounds(started: int, rate: str) -> tuple[int, int]:
    """The smallest and the largest plan whose rate prints as `rate`."""
    if rate == ALL_STARTED:
        return started, started
    digits = rate.removesuffix("%")
    half = Fraction(1, 2 * 10 ** len(digits.partition(".")[2]))
    lowest, beyond = (Fraction(digits) - half) / 100, (Fraction(digits) + half) / 100
    return floor(started / beyond) + 1, floor(started / lowest)


def implied() -> dict[str, dict[str, int]]:
    """Plan by period and unit: raise every plan just as far as order and sharing demand, and no further."""
    tables = {period: published(period) for period in TABLES}
    june, september = ({row.unit: row for row in tables[period]} for period in TABLES)
    shared = [(june[u], september[u]) for u in june if _overlap(june[u], september[u])]
    while _raise_by_order(tables["2023-06"]) or _raise_by_order(tables["2023-09"]) or _raise_together(shared):
        pass
    impossible = [row.unit for rows in tables.values() for row in rows if row.least > row.most]
    if impossible:
        raise ValueError(f"no plan fits {impossible}")
    return {period: {row.unit: row.least for row in rows} for period, rows in tables.items()}


def _overlap(a: Row, b: Row) -> bool:
    return max(a.least, b.least) <= min(a.most, b.most)


def _raise_by_order(rows: list[Row]) -> bool:
    """A lower row's rate is strictly lower, so its plan is strictly larger than in proportion."""
    moved = False
    for above, below in pairwise(row for row in rows if row.rate != ALL_STARTED):
        needed = above.least * below.started // above.started + 1
        if needed > below.least:
            below.least, moved = needed, True
    return moved


def _raise_together(pairs: list[tuple[Row, Row]]) -> bool:
    moved = False
    for a, b in pairs:
        if a.least != b.least:
            a.least = b.least = max(a.least, b.least)
            moved = True
    return moved


def write(folder: Path) -> None:
    """Write each period's `targets.csv`; September holds only what differs from June."""
    plans = implied()
    june = {TOTAL: NATIONAL_PLAN} | plans["2023-06"]
    revised = {unit: plan for unit, plan in plans["2023-09"].items() if plan != june[unit]}
    for period, effective_from, targets in (
        ("2023-06", "2023-01-01", june),
        ("2023-09", "2023-07-01", revised),
    ):
        with (folder / period / "targets.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["指标", "单位", "目标值", "序时方式", "起", "止", "生效日"])
            for unit, plan in targets.items():
                writer.writerow(["老旧小区开工", unit, plan, "按月均衡", "2023-01-01", "2023-12-31", effective_from])


if __name__ == "__main__":
    write(Path(sys.argv[1]))
