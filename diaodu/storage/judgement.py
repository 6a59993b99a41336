"""What people said of targets, as it was in force on a day and known at a moment."""

from datetime import date, datetime

import polars as pl
from sqlmodel import Session, col, or_, select

from diaodu.rules.judgement_frame import SCHEMA
from models.indicator import Indicator
from models.judgement import Judgement
from models.target import Target
from models.unit import Unit


def in_force(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> pl.DataFrame:
    """The columns of `rules.judgement_frame.SCHEMA`, the oldest entry first."""
    found = session.exec(
        select(Judgement.target_id, Judgement.kind, Judgement.weight)
        .join(Target, col(Target.id) == Judgement.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(
            Indicator.scheme_id == scheme_id,
            Judgement.since <= as_of,
            or_(col(Judgement.until).is_(None), col(Judgement.until) >= as_of),
            Judgement.recorded_at <= known_at,
        )
        .order_by(col(Judgement.since), col(Judgement.recorded_at), col(Judgement.id))
    )
    rows = [(target_id, str(kind), weight) for target_id, kind, weight in found]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def judgements(session: Session, scheme_id: int, known_at: datetime) -> list[tuple[Judgement, str, str]]:
    """Every entry with the codes of its indicator and unit, as known at a moment, the newest first."""
    return list(
        session.exec(
            select(Judgement, Indicator.code, Unit.code)
            .join(Target, col(Target.id) == Judgement.target_id)
            .join(Indicator, col(Indicator.id) == Target.indicator_id)
            .join(Unit, col(Unit.id) == Target.unit_id)
            .where(Indicator.scheme_id == scheme_id, Judgement.recorded_at <= known_at)
            .order_by(col(Judgement.id).desc())
        )
    )
