"""The plan implied by 住房和城乡建设部's rates fits all that the ministry printed, and is what the example ships."""

import csv
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from diaodu.rules.quantity import printed
from tests.published import implied_plan
from tests.published.implied_plan import ALL_STARTED, TABLES, published

PLANS = implied_plan.implied()


def _rates(period: str) -> list[tuple[str, Fraction, str]]:
    return [(row.unit, Fraction(row.started, PLANS[period][row.unit]), row.rate) for row in published(period)]


@pytest.mark.parametrize("period", TABLES)
def test_every_printed_rate_is_reproduced(period: str) -> None:
    for unit, rate, text in _rates(period):
        decimals = len(text.removesuffix("%").partition(".")[2])
        assert (ALL_STARTED if rate == 1 else printed(rate * 100, decimals) + "%") == text, unit


@pytest.mark.parametrize("period", TABLES)
def test_unrounded_rates_fall_strictly_in_the_published_order(period: str) -> None:
    below_all = [rate for _, rate, text in _rates(period) if text != ALL_STARTED]
    assert all(above > below for above, below in pairwise(below_all))


def test_eleven_units_are_above_95_per_cent_in_june_though_eight_print_it() -> None:
    rates = _rates("2023-06")
    assert {unit for unit, rate, _ in rates if rate > Fraction(95, 100)} == implied_plan.ABOVE_95_IN_JUNE
    assert len([t for _, _, t in rates if t == ALL_STARTED or int(t.removesuffix("%")) > 95]) == 8


def test_a_plan_differs_between_the_tables_only_where_no_number_fits_both() -> None:
    june, september = ({row.unit: row for row in published(period)} for period in TABLES)
    revised = {unit for unit in june if PLANS["2023-06"][unit] != PLANS["2023-09"][unit]}
    apart = {u for u in june if max(june[u].least, september[u].least) > min(june[u].most, september[u].most)}
    assert revised == apart
    assert len(revised) == 9


def test_no_plan_can_be_one_smaller() -> None:
    """A plan lowered by one breaks its rate or its table's order; a shared plan does so in at least one table."""
    for unit in PLANS["2023-06"]:
        lowered = {period: PLANS[period][unit] - 1 for period in TABLES}
        fits = [_fits(period, unit, plan) for period, plan in lowered.items()]
        assert not (all(fits) if len(set(lowered.values())) == 1 else any(fits)), unit


def _fits(period: str, unit: str, plan: int) -> bool:
    rows = {row.unit: row for row in published(period)}
    order = [row.unit for row in rows.values() if row.rate != ALL_STARTED]
    return plan >= rows[unit].least and _keeps_order(order, rows, PLANS[period] | {unit: plan})


def _keeps_order(order: list[str], rows: dict[str, implied_plan.Row], plans: dict[str, int]) -> bool:
    rates = [Fraction(rows[unit].started, plans[unit]) for unit in order]
    return all(above > below for above, below in pairwise(rates))


def test_the_example_ships_the_implied_plan(tmp_path: Path) -> None:
    for period in TABLES:
        (tmp_path / period).mkdir()
    implied_plan.write(tmp_path)
    for period in TABLES:
        shipped = Path("examples/mohurd-2023") / period / "targets.csv"
        assert (tmp_path / period / "targets.csv").read_text(encoding="utf-8") == shipped.read_text(encoding="utf-8")


def test_the_example_ships_what_was_published() -> None:
    for period in TABLES:
        with (Path("examples/mohurd-2023") / period / "reports.csv").open(encoding="utf-8") as file:
            shipped = {row["单位"]: int(row["累计完成"]) for row in csv.DictReader(file)}
        assert {unit: value for unit, value in shipped.items() if unit != "合计"} == {
            row.unit: row.started for row in published(period)
        }
        assert sum(value for unit, value in shipped.items() if unit != "合计") == shipped["合计"]
