"""Reports as people look them up: every value with who said it, where it was read, and when."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from diaodu.storage.in_force import is_in_force
from models.definition import Definition
from models.indicator import Indicator
from models.report import Report
from models.source import Source
from models.target import Target
from models.unit import Unit
from models.unit_version import UnitVersion


def reports(
    session: Session, scheme_id: int, as_of: date, known_at: datetime, every: bool = False
) -> list[dict[str, Any]]:
    """The report in force for every target as of a day, in plan order; `every`: all revisions for days up to it.

    Values in millionths; None where the number was returned or taken back. Newest first within a target.
    """
    in_force = is_in_force(Report, col(Target.id), as_of, known_at)
    columns = {
        "id": col(Report.id),
        "indicator": col(Indicator.code),
        "indicator_name": col(Definition.name),
        "unit": col(Unit.code),
        "unit_name": col(UnitVersion.name),
        "measure_unit": col(Definition.measure_unit),
        "as_of": col(Report.as_of),
        "value": col(Report.value),
        "in_force": sa.case((in_force, True), else_=False),
        "source": col(Source.name),
        "origin": col(Report.origin),
        "recorded_by": col(Report.recorded_by),
        "recorded_at": col(Report.recorded_at),
        "note": col(Report.note),
        "blocker": col(Report.blocker),
        "evidence": col(Report.evidence),
        "justification": col(Report.justification),
    }
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(*(column.label(name) for name, column in columns.items()))
        .join(Target, col(Target.id) == Report.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .join(Unit, col(Unit.id) == Target.unit_id)
        .join(Source, col(Source.id) == Report.source_id, isouter=True)
        .join(UnitVersion, is_in_force(UnitVersion, col(Unit.id), as_of, known_at))
        .join(Definition, is_in_force(Definition, col(Indicator.id), as_of, known_at))
        .where(col(Indicator.scheme_id) == scheme_id, col(Report.as_of) <= as_of, col(Report.recorded_at) <= known_at)
        .order_by(col(Definition.position), col(Indicator.id), col(UnitVersion.position), col(Unit.id))
        .order_by(col(Report.as_of).desc(), col(Report.recorded_at).desc(), col(Report.id).desc())
    )
    return [dict(row) for row in session.execute(query if every else query.where(in_force)).mappings()]
