"""Discrepancies as people look them up: with names as they stand at a moment."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from diaodu.storage.in_force import is_in_force
from models.definition import Definition
from models.discrepancy import Discrepancy
from models.indicator import Indicator
from models.report import Report
from models.source import Source
from models.target import Target
from models.unit import Unit
from models.unit_version import UnitVersion


def discrepancies(session: Session, scheme_id: int, on: date, known_at: datetime) -> list[dict[str, Any]]:
    """Every discrepancy of a scheme found by a moment, the oldest first; values in millionths."""
    keeper = aliased(Source)
    columns = {
        "id": col(Discrepancy.id),
        "unit": col(Unit.code),
        "unit_name": col(UnitVersion.name),
        "indicator": col(Indicator.code),
        "indicator_name": col(Definition.name),
        "measure_unit": col(Definition.measure_unit),
        "as_of": col(Discrepancy.as_of),
        "kept": col(Report.value),
        "kept_source": col(keeper.name),
        "kept_origin": col(Report.origin),
        "kept_by": col(Report.recorded_by),
        "value": col(Discrepancy.value),
        "source": col(Source.name),
        "origin": col(Discrepancy.origin),
        "found_at": col(Discrepancy.found_at),
        "told_at": col(Discrepancy.told_at),
        "settlement": col(Discrepancy.settlement),
        "settled_by": col(Discrepancy.settled_by),
        "settled_at": col(Discrepancy.settled_at),
        "reason": col(Discrepancy.reason),
    }
    found = session.execute(
        sa.select(*(column.label(name) for name, column in columns.items()))
        .join(Report, col(Report.id) == Discrepancy.report_id)
        .join(Source, col(Source.id) == Discrepancy.source_id)
        .join(keeper, col(keeper.id) == Report.source_id, isouter=True)
        .join(Target, col(Target.id) == Discrepancy.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .join(Unit, col(Unit.id) == Target.unit_id)
        .join(UnitVersion, is_in_force(UnitVersion, col(Unit.id), on, known_at))
        .join(Definition, is_in_force(Definition, col(Indicator.id), on, known_at))
        .where(col(Indicator.scheme_id) == scheme_id, col(Discrepancy.found_at) <= known_at)
        .order_by(col(Discrepancy.id))
    )
    return [dict(row) for row in found.mappings()]
