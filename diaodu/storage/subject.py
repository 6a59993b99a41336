"""Whom rows are about, a target or a unit as a whole: either way they belong to a unit, and so to a scheme."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, func

from diaodu.rules.subject import Subject
from models.lag_warning import LagWarning
from models.target import Target
from models.unit import Unit
from models.verdict import Verdict

About = type[LagWarning] | type[Verdict]


def subject_of(row: LagWarning | Verdict) -> Subject:
    return Subject(row.target_id, row.unit_id)


def of_scheme(statement: Any, table: About, scheme_id: int) -> Any:
    """The statement over a scheme's rows of `table` only, with `Target` (null for a unit) and `Unit` joined to it."""
    joined = statement.join(Target, col(Target.id) == col(table.target_id), isouter=True)
    return joined.join(Unit, col(Unit.id) == owner(table)).where(Unit.scheme_id == scheme_id)


def owner(table: About) -> ColumnElement[int]:
    """The unit that is judged or warned, of whatever; wants `Target` joined."""
    return func.coalesce(col(table.unit_id), col(Target.unit_id))


def is_about(table: About, subject: Subject) -> ColumnElement[bool]:
    if subject.target_id is None:
        return col(table.unit_id) == subject.unit_id
    return col(table.target_id) == subject.target_id
