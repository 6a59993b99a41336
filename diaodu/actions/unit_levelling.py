"""A policy's levels for units held against a judged day, with earlier verdicts on units and exemptions in force."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import polars as pl
from sqlmodel import Session

from diaodu.clock import office_day
from diaodu.rules.history import asked, looks_back, with_history
from diaodu.rules.level import Policy, Scope
from diaodu.rules.standing import ASSESSED
from diaodu.rules.unit_standing import UnitStanding, among_peers, unit_standings
from diaodu.rules.unit_verdict import UnitVerdict, judge_units, ranks_units
from diaodu.rules.workday import Workdays
from diaodu.storage.unit import unit_ids
from diaodu.storage.unit_verdict import HISTORY, past_units
from diaodu.storage.warning import exempt_targets


def levelled_units(
    session: Session,
    scheme_id: int,
    judged: pl.DataFrame,
    policy: Policy | None,
    workdays: Workdays,
    as_of: date,
    known_at: datetime,
) -> list[UnitVerdict]:
    """The verdict on every assessed unit of a judged frame; none where the policy has no levels for units."""
    if policy is None or not policy.unit_levels:
        return []
    today = workdays.on_or_before(office_day(known_at))
    exempt = exempt_targets(session, scheme_id, policy.code, today, known_at)
    standings = unit_standings(judged.filter(ASSESSED), unit_ids(session, scheme_id), exempt)
    if ranks_units(policy):
        standings = among_peers(standings, [level.severity for level in policy.levels])
    rules = policy.for_units
    if looks_back(rules, Scope.UNIT) or asked(rules, Scope.UNIT):
        back = looks_back(rules, Scope.UNIT)
        past = past_units(session, scheme_id, as_of, known_at) if back else pl.DataFrame(schema=HISTORY)
        standings = _with_past(standings, past, asked(rules, Scope.UNIT))
    return judge_units(standings, policy)


def _with_past(standings: Sequence[UnitStanding], past: pl.DataFrame, names: frozenset[str]) -> list[UnitStanding]:
    columns = {"unit_id": pl.Int64, "required_as_of": pl.Date, "as_of": pl.Date}
    frame = pl.DataFrame([(one.unit_id, one.period, one.as_of) for one in standings], columns, orient="row")
    rows = with_history(frame, past, names, of="unit_id").iter_rows(named=True)
    return [
        replace(
            one,
            history={name: row[name] for name in sorted(names)},
            previous_level=row["previous_level"],
            previous_run=row["previous_run"],
            fine_before=row["fine_before"],
        )
        for one, row in zip(standings, rows, strict=True)
    ]
