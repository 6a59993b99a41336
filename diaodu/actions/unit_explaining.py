"""One verdict on a whole unit laid open: its items, how each level was tried, and why the unit is warned or not.

Worked out anew from what was known at the moment asked about; writes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
from sqlmodel import Session

from diaodu.actions.assess import assess
from diaodu.actions.explaining import NoSuchTarget
from diaodu.actions.unit_round import unit_judgement
from diaodu.clock import office_day
from diaodu.rules.level import Policy, Scope
from diaodu.rules.obligation import decide
from diaodu.rules.subject import Subject
from diaodu.rules.trace import Tried, released, tried_on_unit
from diaodu.rules.unit_verdict import UnitVerdict
from diaodu.rules.warning import Cause
from diaodu.storage import warning as warnings
from diaodu.storage.policy import policy_in_force
from diaodu.storage.unit_verdict import past_units
from models.lag_warning import LagWarning
from models.policy_version import PolicyVersion


class NoUnitLevels(LookupError):
    """The policy in force has no levels for units, or there is no policy."""


@dataclass(frozen=True, slots=True)
class UnitExplained:
    """Everything behind one verdict on a unit. `tried` by what was reported."""

    verdict: UnitVerdict
    tried: list[Tried]
    release: Tried | None  # of the level of the period before, where it has a condition of its own
    past: list[Mapping[str, Any]]  # earlier periods, the newest first
    policy: Policy
    version: PolicyVersion | None
    cause: Cause  # what a round of warnings would do now, and why
    warning: LagWarning | None  # the newest there is


def unit_explained(session: Session, scheme_id: int, word: str, as_of: date, known_at: datetime) -> UnitExplained:
    """The verdict on one unit, named by code or name. Raises SchemeNotInForce, NoUnitLevels, NoSuchTarget."""
    found = assess(session, scheme_id, as_of, known_at)
    policy = found.policy
    if policy is None or not policy.unit_levels:
        raise NoUnitLevels
    named = [one for one in found.units if word in (one.standing.unit, one.standing.unit_name)]
    if not named:
        raise NoSuchTarget(word, [one.standing.unit for one in found.units])
    verdict, standing = named[0], named[0].standing
    past = past_units(session, scheme_id, as_of, known_at).filter(
        pl.col("unit_id") == standing.unit_id, pl.col("period") < standing.period
    )
    known = warnings.latest(session, scheme_id, policy.code).get(Subject(unit_id=standing.unit_id))
    before = next((level for level in policy.unit_levels if level.code == standing.previous_level), None)
    today = found.workdays.on_or_before(office_day(known_at))
    step = decide(known.obligation if known else None, unit_judgement(verdict), policy.for_units, today)
    return UnitExplained(
        verdict=verdict,
        tried=tried_on_unit(policy, verdict.values),
        release=released(before, verdict.values, Scope.UNIT) if before else None,
        past=list(past.sort("period", descending=True).iter_rows(named=True)),
        policy=policy,
        version=policy_in_force(session, scheme_id, as_of, known_at),
        cause=step.cause,
        warning=known.warning if known else None,
    )
