"""Standings to test with: one plain one to vary, and any that storage could hand over."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import polars as pl
from hypothesis import strategies as st

from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.quantity import LIMIT, MICRO, to_micro
from diaodu.rules.standing import SCHEMA, Standing
from diaodu.rules.trajectory import Trajectory
from diaodu.rules.workday import Workdays

WORKDAYS = Workdays({date(2023, 10, 2): False, date(2023, 10, 7): True, date(2023, 10, 8): True})

PLAIN = Standing(
    target_id=1,
    indicator="I1",
    indicator_name="重点项目投资",
    unit="U1",
    unit_name="通川区",
    parent=None,
    group="县区",
    ranked=True,
    kind=Kind.CUMULATIVE,
    direction=Direction.HIGHER,
    measure_unit="亿元",
    decimals=1,
    weight=None,
    as_of=date(2023, 10, 31),
    known_on=date(2023, 11, 3),
    required_as_of=date(2023, 10, 31),
    report_due=date(2023, 11, 7),
    supplied_by=None,
    actual=to_micro(80),
    reported_as_of=date(2023, 10, 31),
    recorded_at=datetime(2023, 11, 3, tzinfo=UTC),
    changed_on=date(2023, 10, 31),
    target=to_micro(120),
    upper=None,
    baseline=0,
    trajectory=Trajectory.MONTHS,
    start=date(2023, 1, 1),
    due=date(2023, 12, 31),
    past_due=None,
    past_planned=None,
    next_name=None,
    next_due=None,
    next_planned=None,
    milestones_due=0,
    milestones_met=0,
    first_unmet_due=None,
    first_unmet_name=None,
    previous_as_of=date(2023, 9, 30),
    previous_actual=to_micro(75),
    previous_target=to_micro(120),
    previous_upper=None,
    previous_baseline=0,
    was_past_due=None,
    was_past_planned=None,
    was_next_due=None,
    was_next_planned=None,
    last_year_actual=None,
)
"""Target 120, 80 done by the end of October, when 100 should be."""


def standing(**changes: Any) -> Standing:
    """`PLAIN` with changes; ints, strings and floats-as-strings for quantities are measure units."""
    quantities = {name for name, kind in SCHEMA.items() if kind == pl.Int64} - _COUNTS
    return replace(PLAIN, **{n: to_micro(v) if n in quantities and v is not None else v for n, v in changes.items()})


_COUNTS = {"target_id", "weight", "milestones_due", "milestones_met"}


def frame_of(standings: list[Standing]) -> pl.DataFrame:
    """The frame that storage would hand over."""
    return pl.DataFrame([asdict(each) for each in standings], schema=SCHEMA)


small = st.integers(-20, 20).map(lambda n: n * MICRO) | st.integers(-(10**4), 10**4)
middling = st.integers(-(10**14), 10**14)
huge = st.integers(-LIMIT * MICRO + 1, LIMIT * MICRO - 1)
days = st.dates(date(2022, 11, 1), date(2024, 3, 31)) | st.sampled_from(
    [date(2023, 1, 31), date(2023, 2, 28), date(2024, 2, 29), date(2023, 10, 31), date(2023, 12, 31)]
)


@st.composite
def milestone_pairs(draw: st.DrawFn, around: date, quantities: st.SearchStrategy[int]) -> dict[str, Any]:
    """Milestones just before and just after `around`, each there or not."""
    back, ahead = draw(st.integers(0, 200)), draw(st.integers(1, 200))
    past = (around - timedelta(days=back), draw(quantities)) if draw(st.booleans()) else (None, None)
    coming = (around + timedelta(days=ahead), draw(quantities)) if draw(st.booleans()) else (None, None)
    return {"past_due": past[0], "past_planned": past[1], "next_due": coming[0], "next_planned": coming[1]}


@st.composite
def standings(draw: st.DrawFn, as_of: date, quantities: st.SearchStrategy[int], **fixed: Any) -> Standing:
    """Any target as of one day."""
    start, due = sorted((draw(days), draw(days)))
    previous = draw(st.none() | st.integers(1, 100).map(lambda n: as_of - timedelta(days=n)))
    maybe = st.none() | quantities
    was = draw(milestone_pairs(previous, quantities)) if previous else {}
    due_count = draw(st.integers(0, 3))
    drawn: dict[str, Any] = {
        "as_of": as_of,
        "known_on": as_of + timedelta(days=draw(st.integers(0, 20))),
        "required_as_of": draw(st.none() | st.integers(0, 10).map(lambda n: as_of - timedelta(days=n))),
        "supplied_by": draw(st.none() | st.just("统计局接口")),
        "report_due": draw(st.none() | st.integers(0, 20).map(lambda n: as_of + timedelta(days=n))),
        "reported_as_of": draw(st.none() | st.integers(0, 10).map(lambda n: as_of - timedelta(days=n))),
        "changed_on": draw(st.none() | st.integers(0, 100).map(lambda n: as_of - timedelta(days=n))),
        "actual": draw(maybe),
        "target": draw(maybe),
        "upper": draw(maybe),
        "baseline": draw(st.just(0) | quantities),
        "trajectory": draw(st.sampled_from(Trajectory)),
        "start": start,
        "due": due,
        "milestones_due": due_count,
        "milestones_met": draw(st.integers(0, due_count)),
        "first_unmet_due": draw(st.none() | st.integers(0, 400).map(lambda n: as_of - timedelta(days=n))),
        "previous_as_of": previous,
        "previous_actual": draw(maybe) if previous else None,
        "previous_target": draw(maybe) if previous else None,
        "previous_upper": draw(maybe) if previous else None,
        "previous_baseline": draw(quantities) if previous else None,
        "last_year_actual": draw(maybe),
        **draw(milestone_pairs(as_of, quantities)),
        **{name.replace("past_", "was_past_").replace("next_", "was_next_"): value for name, value in was.items()},
    }
    return replace(PLAIN, **drawn, **fixed)


@st.composite
def schemes(draw: st.DrawFn) -> list[Standing]:
    """The standings of a few units in a few indicators, some under others, some in no group."""
    as_of = draw(days)
    units = [
        {"unit": f"U{n}", "parent": draw(st.sampled_from([None, "U0"])) if n else None, "group": draw(_groups)}
        for n in range(draw(st.integers(1, 6)))
    ]
    indicators = [
        {"indicator": f"I{n}", "kind": draw(st.sampled_from(Kind)), "direction": draw(st.sampled_from(Direction))}
        for n in range(draw(st.integers(1, 2)))
    ]
    quantities = draw(st.sampled_from([small, middling, small | huge]))
    rows = product(indicators, units)
    return [draw(standings(as_of, quantities, ranked=draw(_mostly), **each, **unit)) for each, unit in rows]


_mostly = st.sampled_from([True, True, True, False])
_groups = st.sampled_from([None, "县区", "市直"])
