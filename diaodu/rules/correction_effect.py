"""What a correction moves: judgements, ranks and warnings; and what was issued before and stays as it is."""

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import polars as pl

from diaodu.rules.level import Policy
from diaodu.rules.obligation import Judgement, Obligation, decide
from diaodu.rules.workday import ONE_DAY

Values = Mapping[date, int | None]
"""Of one target by day, the newest revision each."""


def may_move(day: date, corrected: date, before: Values, after: Values, previous: Collection[date | None]) -> bool:
    """Whether a day's judgements can rest on the corrected one: else nothing needs to be worked out anew.

    They rest on the value in force, on how long it has been the same, on the same day a year ago, and on the period
    before; `previous` is that of every calendar there is.
    """
    return corrected in previous or _rests_on(day, before) != _rests_on(day, after)


def _rests_on(day: date, values: Values) -> tuple[object, ...]:
    known = sorted(one for one in values if one <= day)
    if not known:
        return ()
    reported = known[-1]
    value = values[reported]
    changed = next((one for one in reversed(known) if values[one] != value), None)
    return reported, value, changed, values.get(_year_before(reported))


def _year_before(day: date) -> date:
    """The end of February answers for the end of February."""
    eve = day + ONE_DAY
    if (eve.month, eve.day) == (2, 29):
        return date(eve.year - 1, 2, 28)
    return eve.replace(year=eve.year - 1) - ONE_DAY


COMPARED = ("state", "reason", "level", "level_name", "actual", "rank")
"""What of a judgement a correction may move."""
NAMED = ("unit", "unit_name", "indicator", "indicator_name")


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement before or after; `actual` in millionths."""

    state: str
    reason: str
    level: str | None
    level_name: str | None
    actual: int | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One target whose judgement as of a day the correction moved."""

    as_of: str
    target_id: int
    unit: str
    unit_name: str
    indicator: str
    indicator_name: str
    before: Judged
    after: Judged


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One unit whose judgement as a whole the correction moved; levels by name, and why where there is none."""

    as_of: str
    unit: str
    unit_name: str
    before: str | None
    after: str | None
    explanation: str  # of what holds now


@dataclass(frozen=True, slots=True)
class WarningMove:
    """A warning that the next run would move, and how. `warning_id` None: it would be opened."""

    warning_id: int | None
    unit: str
    unit_name: str
    indicator: str | None  # None: of the unit as a whole
    indicator_name: str
    cause: str
    level: str | None


@dataclass(frozen=True, slots=True)
class Untouched:
    """Something issued that spoke of the old number; it stays as it is."""

    kind: str  # briefing, or the notice's kind
    number: str
    as_of: str
    issued_at: str


@dataclass(frozen=True, slots=True)
class Effects:
    """What one correction moved, on every day judged since the number's own; days in ISO form."""

    days: tuple[str, ...]
    changes: tuple[Change, ...]
    warnings: tuple[WarningMove, ...]
    untouched: tuple[Untouched, ...]
    units: tuple[UnitChange, ...] = ()


def changes(as_of: date, before: pl.DataFrame, after: pl.DataFrame) -> list[Change]:
    """Targets whose judgement as of a day differs, in the frame's order."""
    was = before.select("target_id", *(pl.col(name).alias(f"was_{name}") for name in COMPARED))
    both = after.select("target_id", *NAMED, *COMPARED).join(was, on="target_id", maintain_order="left")
    moved = both.filter(pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"was_{name}")) for name in COMPARED))
    return [_change(as_of, row) for row in moved.iter_rows(named=True)]


def _change(as_of: date, row: Mapping[str, Any]) -> Change:
    return Change(
        as_of=as_of.isoformat(),
        target_id=row["target_id"],
        **{name: row[name] for name in NAMED},
        before=Judged(*(row[f"was_{name}"] for name in COMPARED)),
        after=Judged(*(row[name] for name in COMPARED)),
    )


def next_step(
    before: Obligation | None, was: Judgement, now: Judgement, policy: Policy, today: date
) -> tuple[str, str | None] | None:
    """Cause and level of a step that the next run makes of the new number and would not have made of the old one."""
    step = decide(before, now, policy, today)
    if step.state is None or step == decide(before, was, policy, today):
        return None
    return step.cause.value, step.level.name if step.level else None


def to_json(effects: Effects) -> str:
    """As it is stored."""
    return json.dumps(asdict(effects), ensure_ascii=False, sort_keys=True)


def speaks_of(facts: Mapping[str, Any], unit: str, indicator: str, as_of: date, value: int) -> bool:
    """Whether a briefing's frozen facts used a number: as the period's value, or to say what has moved since then."""
    day = as_of.isoformat()
    for told in facts["indicators"]:
        for entry in told["entries"]:
            if told["code"] != indicator or entry["unit"] != unit:
                continue
            if entry["reported_as_of"] == day and entry["actual"] == value:
                return True
            if facts["previous_as_of"] == day and entry["movement"] is not None:
                return True
    return False
