"""What is to be said of every target and unit as of a day, by the data and rules known at a moment. Writes nothing."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from sqlmodel import Session

from diaodu.actions.levelling import levelled
from diaodu.actions.unit_levelling import levelled_units
from diaodu.clock import office_day
from diaodu.rules.explain import explain
from diaodu.rules.frame import with_measures
from diaodu.rules.policy import Policy, read_policy
from diaodu.rules.ranking import with_ranks
from diaodu.rules.standing import of_row
from diaodu.rules.unit_verdict import UnitVerdict
from diaodu.rules.verdict import Reason
from diaodu.rules.workday import Workdays
from diaodu.storage.collection import asked_of
from diaodu.storage.holiday import workdays as stored_workdays
from diaodu.storage.policy import policy_in_force
from diaodu.storage.scheme import scheme_in_force
from diaodu.storage.standing import standings
from models.policy_version import PolicyVersion
from models.scheme_version import SchemeVersion


@dataclass(frozen=True, slots=True)
class Assessment:
    """One row a target (standing, state, measures, ranks, reason, level, level_name, severity) and what it rests on.

    `units` are judged as wholes where the policy has levels for them.
    """

    frame: pl.DataFrame
    scheme: SchemeVersion
    policy: Policy | None
    policy_version_id: int | None
    workdays: Workdays
    required_as_of: date | None  # the scheme's own period: the day that reports are owed for
    previous_as_of: date | None
    units: tuple[UnitVerdict, ...] = ()

    def explained(self) -> pl.DataFrame:
        """The frame with `explanation`, the sentence for each verdict."""
        sides = {d.code: d.name for d in self.policy.dimensions if not d.others} if self.policy else {}
        sentences = [
            explain(of_row(row), row["level_name"], Reason(row["reason"]), self.workdays, sides.get(row["dimension"]))
            for row in self.frame.iter_rows(named=True)
        ]
        return self.frame.with_columns(pl.Series("explanation", sentences, dtype=pl.String))


def assess(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> Assessment:
    """Judge a whole scheme. Raises SchemeNotInForce before its first version is in force or known."""
    scheme = scheme_in_force(session, scheme_id, as_of, known_at)
    version = policy_in_force(session, scheme_id, as_of, known_at)
    workdays = stored_workdays(session)
    questions = asked_of(session, scheme_id, as_of, known_at)
    found = standings(session, scheme_id, as_of, known_at, office_day(known_at), questions)
    ranked = with_ranks(with_measures(found, workdays), scheme.ranking_measure, scheme.tie)
    policy, own = _policy(version), questions[None]
    frame = levelled(session, scheme_id, ranked, policy, workdays, as_of, known_at)
    units = levelled_units(session, scheme_id, frame, policy, workdays, as_of, known_at)
    return Assessment(
        frame=frame,
        scheme=scheme,
        policy=policy,
        policy_version_id=version.id if version else None,
        workdays=workdays,
        required_as_of=own.required_as_of,
        previous_as_of=own.previous_as_of,
        units=tuple(units),
    )


def _policy(version: PolicyVersion | None) -> Policy | None:
    return None if version is None else read_policy(version.document, version.code)
