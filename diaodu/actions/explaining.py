"""One verdict laid open: where the number is from, what was measured, how each level was tried, why nobody is warned.

Worked out anew from what was known at the moment asked about; writes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import polars as pl
from sqlmodel import Session

from diaodu.actions.assess import Assessment, assess
from diaodu.clock import office_day
from diaodu.rules.condition import Condition
from diaodu.rules.frame import exact_at
from diaodu.rules.level import Policy
from diaodu.rules.measure_family import measure_of
from diaodu.rules.measures import MEASURES
from diaodu.rules.obligation import Judgement, decide
from diaodu.rules.policy import looked_at
from diaodu.rules.standing import ASSESSED, Standing, of_row
from diaodu.rules.subject import Subject
from diaodu.rules.trace import Tried, released, tried
from diaodu.rules.truth import Values
from diaodu.rules.verdict import Reason, State
from diaodu.rules.warning import Cause
from diaodu.storage import verdict as verdicts
from diaodu.storage import warning as warnings
from diaodu.storage.policy import policy_in_force
from diaodu.storage.report import report_in_force
from models.lag_warning import LagWarning
from models.policy_version import PolicyVersion
from models.report import Report


class NoSuchTarget(LookupError):
    """No target of this indicator and unit is in force; `known` are the units (or indicators) there are."""

    def __init__(self, word: str, known: list[str]) -> None:
        super().__init__(word)
        self.word, self.known = word, known


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything behind one verdict. `row` is the judged row with its `explanation`."""

    row: Mapping[str, Any]
    standing: Standing
    report: Report | None  # whose value is in force
    values: Values
    tried: list[Tried]
    release: Tried | None  # of the level of the period before, where it has a condition of its own
    past: list[Mapping[str, Any]]  # earlier periods, the newest first
    policy: Policy | None
    version: PolicyVersion | None
    cause: Cause | None  # what a round of warnings would do now, and why; None without a policy
    warning: LagWarning | None  # the newest there is


def explained(
    session: Session, scheme_id: int, indicator: str, unit: str, as_of: date, known_at: datetime
) -> Explained:
    """The verdict on one target, named by codes or names. Raises SchemeNotInForce, NoSuchTarget."""
    found = assess(session, scheme_id, as_of, known_at)
    at = _row_of(found.frame, indicator, unit)
    one = replace(found, frame=found.frame[[at]]).explained().row(0, named=True)
    policy, standing = found.policy, of_row(one)
    values = _values(found, at, policy)
    report = report_in_force(session, standing.target_id, as_of, known_at) if standing.actual is not None else None
    past = verdicts.past(session, scheme_id, as_of, known_at).filter(
        pl.col("target_id") == standing.target_id, pl.col("period") < standing.required_as_of
    )
    known = warnings.latest(session, scheme_id, policy.code).get(Subject(standing.target_id)) if policy else None
    levels = policy.levels if policy else ()
    before = next((level for level in levels if level.code == one.get("previous_level")), None)
    return Explained(
        row=one,
        standing=standing,
        report=report,
        values=values,
        tried=tried(policy, _sides(found, at, policy), values) if policy else [],
        release=released(before, values) if before else None,
        past=list(past.sort("period", descending=True).iter_rows(named=True)),
        policy=policy,
        version=policy_in_force(session, scheme_id, as_of, known_at),
        cause=_cause(found, at, known, known_at),
        warning=known.warning if known else None,
    )


def _row_of(frame: pl.DataFrame, indicator: str, unit: str) -> int:
    """The row of a target named by codes or names."""
    rows = frame.with_row_index("at")
    for column, word in (("indicator", indicator), ("unit", unit)):
        known = rows[column].unique(maintain_order=True).to_list()
        rows = rows.filter((pl.col(column) == word) | (pl.col(f"{column}_name") == word))
        if rows.is_empty():
            raise NoSuchTarget(word, known)
    return int(rows["at"][0])


def _values(found: Assessment, at: int, policy: Policy | None) -> dict[str, Fraction | None]:
    """Every measure exactly, in the units that policies speak of; those of history as far as the policy asks."""
    texts = [text for level in policy.levels for text in level.conditions] if policy else []
    named = {name: None for text in texts for name in sorted(Condition.parse(text).measures)}
    frame, workdays = found.frame, found.workdays
    exact = {
        name: exact_at(frame, at, name, workdays) for name in (*MEASURES, *(n for n in named if n not in MEASURES))
    }
    return {name: None if value is None else value / measure_of(name).scale for name, value in exact.items()}


def _sides(found: Assessment, at: int, policy: Policy) -> list[str | None]:
    row = found.frame[[at]]
    everywhere = pl.Series([True])
    sides = looked_at(row, policy.dimensions, found.workdays, everywhere)
    return [code for code, among in sides.items() if among[0]] or [None]


def _cause(found: Assessment, at: int, known: warnings.Known | None, known_at: datetime) -> Cause | None:
    row = found.frame.row(at, named=True)
    if found.policy is None:
        return None
    if found.frame[[at]].filter(ASSESSED).is_empty():
        return Cause.SHOWN_ONLY
    today = found.workdays.on_or_before(office_day(known_at))
    judged = Judgement(
        row["as_of"], State(row["state"]), Reason(row["reason"]), row["level"], row["severity"], row["reported_as_of"]
    )
    return decide(known.obligation if known else None, judged, found.policy, today).cause
