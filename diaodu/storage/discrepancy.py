"""Questions that are open because two sources differ, and how they were settled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from diaodu.rules.discrepancy import Settlement
from models.discrepancy import Discrepancy
from models.indicator import Indicator
from models.report import Report
from models.source import Source
from models.target import Target

FEW = 500
"""Targets that are named to the database one by one; of more it gives all."""


@dataclass(frozen=True, slots=True)
class Question:
    """A discrepancy with the number that was in force when it was found, and who is to answer."""

    row: Discrepancy
    report: Report
    source: Source
    indicator_id: int
    unit_id: int


def questions(
    session: Session, scheme_id: int, targets: Collection[int] | None = None, still_open: bool = True
) -> list[Question]:
    """A scheme's discrepancies, those of these targets (None: of all), the oldest first."""
    query = (
        select(Discrepancy, Report, Source, Target)
        .join(Report, col(Report.id) == Discrepancy.report_id)
        .join(Source, col(Source.id) == Discrepancy.source_id)
        .join(Target, col(Target.id) == Discrepancy.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id)
        .order_by(col(Discrepancy.id))
    )
    if targets is not None and len(targets) <= FEW:
        query = query.where(col(Discrepancy.target_id).in_(targets))
    if still_open:
        query = query.where(col(Discrepancy.settlement).is_(None))
    return [
        Question(row, report, source, target.indicator_id, target.unit_id)
        for row, report, source, target in session.exec(query)
    ]


def add(session: Session, rows: Sequence[Discrepancy]) -> None:
    session.add_all(rows)
    session.flush()


def mark_told(session: Session, rows: Sequence[Discrepancy], at: datetime) -> None:
    """Remember that the unit was asked."""
    for row in rows:
        row.told_at = at
    add(session, rows)


def mark_settled(
    session: Session, row: Discrepancy, settlement: Settlement, by: str, at: datetime, reason: str | None
) -> None:
    """End it; what was said and what was in force stay written."""
    row.settlement, row.settled_by, row.settled_at, row.reason = settlement, by, at, reason
    add(session, [row])
