"""Taking a plan in: all of it or none of it, every fault at once, and nothing twice."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.intake import Intake
from diaodu.actions.outcome import Outcome
from diaodu.actions.plan_closure import take_closures
from diaodu.actions.plan_collection import take_collections
from diaodu.actions.plan_indicator import definitions, take_indicators
from diaodu.actions.plan_milestone import read_steps, take_milestones
from diaodu.actions.plan_person import take_people
from diaodu.actions.plan_scheme import open_intake, take_scheme
from diaodu.actions.plan_target import take_targets
from diaodu.actions.plan_unit import take_units
from diaodu.actions.record_report import record_reports
from diaodu.actions.taking import close, seen
from diaodu.sources.plan import read_plan

ACTION = "plan.import"


def import_plan(
    session: Session, path: Path, scheme_code: str | None, actor: str, recorded_at: datetime, at: datetime | None = None
) -> Outcome:
    """Take the plan at `path` as known from `recorded_at` on; `at` is the moment of the act where it differs.

    Raises Faults; then nothing at all was taken.
    """
    file = read_plan(path)
    with session.begin_nested():
        intake = open_intake(session, file, scheme_code, actor, recorded_at)
        if not intake.faults and seen(intake, ACTION):
            return intake.outcome
        _take(intake)
        close(intake, ACTION, at or recorded_at)
    return intake.outcome


def _take(intake: Intake) -> None:
    """Sheet by sheet, each knowing what the ones before it named."""
    take_scheme(intake)
    collections = take_collections(intake)
    units = take_units(intake)
    take_people(intake, units)
    take_closures(intake, units)
    indicators = take_indicators(intake, units, collections)
    meanings = definitions(intake)
    steps = read_steps(intake, indicators, units, meanings)
    targets = take_targets(intake, indicators, units, meanings, steps)
    take_milestones(intake, steps, targets, meanings)
    record_reports(intake, indicators, units)
