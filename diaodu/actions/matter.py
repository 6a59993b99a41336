"""A warned target as its notice tells of it."""

import json
from datetime import date, datetime

import polars as pl

from diaodu.actions.notice import Matter
from diaodu.rules.clause import clause
from diaodu.rules.level import Level, Policy
from diaodu.rules.notice import Item, figures
from diaodu.rules.routing import NoticeKind
from diaodu.rules.standing import SCHEMA, Standing, of_row
from diaodu.rules.workday import Workdays
from models.lag_warning import LagWarning
from models.verdict import Verdict

DAYS = [name for name, kind in SCHEMA.items() if kind == pl.Date]


def matter_of(
    warning: LagWarning, unit_id: int, standing: Standing, policy: Policy, level: Level, words: str, workdays: Workdays
) -> Matter:
    """What the unit is to hear; `words` explain the verdict."""
    required, actual, gap = figures(standing, workdays)
    item = Item(
        warning_id=warning.id,
        indicator=standing.indicator_name,
        words=words,
        required=required,
        actual=actual,
        gap=gap,
        level=level.name,
        colour=level.colour,
        clause=clause(policy, level, by_ladder=warning.floor == level.severity),
        reply_due=warning.reply_due.isoformat() if warning.reply_due else None,
        severity=level.severity,
    )
    kind = level.notice or NoticeKind.WARNING
    return Matter(unit_id, standing.unit, standing.unit_name, kind, item, warning.reply_due)


def standing_of(verdict: Verdict) -> Standing:
    """The standing a stored verdict judged."""
    row = json.loads(verdict.standing)
    days = {name: date.fromisoformat(row[name]) for name in DAYS if row[name] is not None}
    moment = row["recorded_at"]
    return of_row(row | days | {"recorded_at": datetime.fromisoformat(moment) if moment else None})


def reply_due(level: Level, today: date, workdays: Workdays) -> date | None:
    """The working day by which the level's notice is to be answered."""
    return None if level.reply_workdays is None else workdays.after(today, level.reply_workdays)
