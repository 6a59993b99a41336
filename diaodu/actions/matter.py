"""A warned target as its notice tells of it."""

import json
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from diaodu.rules.clause import clause
from diaodu.rules.deduction import Charge
from diaodu.rules.duty import NOTHING_MORE, Duty
from diaodu.rules.level import Level, Policy
from diaodu.rules.notice import Item, figures
from diaodu.rules.quantity import plain
from diaodu.rules.routing import NoticeKind
from diaodu.rules.standing import SCHEMA, Standing, of_row
from diaodu.rules.verdict import Reason
from diaodu.rules.workday import Workdays
from models.lag_warning import LagWarning
from models.verdict import Verdict

DAYS = [name for name, kind in SCHEMA.items() if kind == pl.Date]


@dataclass(frozen=True, slots=True)
class Matter:
    """One target a unit is to hear of. `reply_due` None: no answer is owed. `indicator` is its code."""

    unit_id: int
    unit: str  # code
    unit_name: str
    kind: NoticeKind
    item: Item
    reply_due: date | None = None
    rectify_due: date | None = None
    indicator: str | None = None
    duty: Duty = NOTHING_MORE


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict a notice rests on. `streak`: periods on end, this one included, in which it warned."""

    words: str
    reason: Reason
    dimension: str | None
    streak: int
    charge: Charge | None


def matter_of(
    warning: LagWarning,
    unit_id: int,
    standing: Standing,
    policy: Policy,
    level: Level,
    judged: Judged,
    workdays: Workdays,
) -> Matter:
    """What the unit is to hear."""
    required, actual, gap = figures(standing, workdays)
    by_ladder = warning.floor == level.severity
    item = Item(
        warning_id=warning.id,
        indicator=standing.indicator_name,
        words=climbed(judged.words, level) if by_ladder else judged.words,
        required=required,
        actual=actual,
        gap=gap,
        level=level.name,
        colour=level.colour,
        clause=clause(policy, level, by_ladder, judged.dimension, judged.reason),
        reply_due=warning.reply_due.isoformat() if warning.reply_due else None,
        severity=level.severity,
        rectify_due=warning.rectify_due.isoformat() if warning.rectify_due else None,
        streak=judged.streak,
        points=plain(judged.charge.points) if judged.charge else None,
    )
    kind = level.notice or NoticeKind.WARNING
    about = (unit_id, standing.unit, standing.unit_name, kind, item, warning.reply_due, warning.rectify_due)
    return Matter(*about, indicator=standing.indicator, duty=level.duty)


def climbed(words: str, level: Level) -> str:
    """The verdict's words, and that the ladder led to another level than they name."""
    return words if level.name in words else f"{words.rstrip('。')}；前次通知到期未办结，按{level.name}办理。"


def standing_of(verdict: Verdict) -> Standing:
    """The standing a stored verdict judged."""
    row = json.loads(verdict.standing)
    days = {name: date.fromisoformat(row[name]) for name in DAYS if row[name] is not None}
    moment = row["recorded_at"]
    return of_row(row | days | {"recorded_at": datetime.fromisoformat(moment) if moment else None})


def reply_due(level: Level, today: date, workdays: Workdays) -> date | None:
    """The working day by which the level's notice is to be answered."""
    return None if level.reply_workdays is None else workdays.after(today, level.reply_workdays)


def rectify_due(level: Level, today: date, workdays: Workdays) -> date | None:
    """The working day by which the level's notice wants it put right."""
    return None if level.duty.rectify_workdays is None else workdays.after(today, level.duty.rectify_workdays)
