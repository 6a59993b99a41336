"""Each unit's share of each indicator, and what it asks as of a day."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from diaodu.storage.in_force import is_in_force
from models.indicator import Indicator
from models.target import Target
from models.target_version import TargetVersion
from models.unit import Unit

FEW = 500
"""Indicators or units that are named to the database one by one; of more it gives all."""


def target_ids(
    session: Session, scheme_id: int, of: Collection[tuple[str, str]] | None = None
) -> dict[tuple[str, str], int]:
    """Ids of a scheme's targets by (indicator code, unit code); those of the codes in `of` at least, None: all."""
    targets = (
        select(Indicator.code, Unit.code, Target.id)
        .join(Target, col(Target.indicator_id) == Indicator.id)
        .join(Unit, col(Unit.id) == Target.unit_id)
        .where(Indicator.scheme_id == scheme_id)
    )
    if of is not None:
        indicators, units = {indicator for indicator, _ in of}, {unit for _, unit in of}
        targets = targets.where(col(Indicator.code).in_(indicators)) if len(indicators) <= FEW else targets
        targets = targets.where(col(Unit.code).in_(units)) if len(units) <= FEW else targets
    found = session.exec(targets)
    return {(indicator, unit): target_id for indicator, unit, target_id in found if target_id is not None}


def targets_in_force(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> dict[int, TargetVersion]:
    """What every target asks, by target id; targets not effective or not known yet are absent."""
    found = session.exec(
        select(TargetVersion)
        .join(Target, is_in_force(TargetVersion, col(Target.id), as_of, known_at))
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id)
    )
    return {version.target_id: version for version in found}


def indicators_of(session: Session, target_ids: Collection[int]) -> set[int]:
    """The indicators that these targets are shares of."""
    return set(session.exec(select(Target.indicator_id).where(col(Target.id).in_(target_ids)).distinct()))
