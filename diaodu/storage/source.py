"""Where a scheme's reports come from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.fire import Fire
from models.run import Run
from models.run_item import RunItem
from models.source import Source
from models.supply_version import SupplyVersion


class NameTaken(ValueError):
    """The scheme has a source of this name."""


def add(session: Session, source: Source) -> Source:
    """Register a source; raises NameTaken."""
    if named(session, source.scheme_id, source.name):
        raise NameTaken(source.name)
    session.add(source)
    session.flush()
    return source


def named(session: Session, scheme_id: int, name: str) -> Source | None:
    return session.exec(select(Source).where(Source.scheme_id == scheme_id, Source.name == name)).first()


def sources(session: Session, scheme_id: int) -> list[Source]:
    """All of a scheme, in the order they were registered."""
    return list(session.exec(select(Source).where(Source.scheme_id == scheme_id).order_by(col(Source.id))))


def suppliers(session: Session, scheme_id: int, known_at: datetime) -> dict[int, str]:
    """The source that supplied an indicator, by its id, at a moment; of several the one that went before the others."""
    found = session.exec(
        select(SupplyVersion, Source.name)
        .join(Source, col(Source.id) == SupplyVersion.source_id)
        .where(Source.scheme_id == scheme_id, col(SupplyVersion.recorded_at) <= known_at)
        .order_by(col(SupplyVersion.recorded_at), col(SupplyVersion.id))
    )
    newest = {(version.source_id, version.indicator_id): (version, name) for version, name in found}
    supplying = [(version, name) for version, name in newest.values() if version.supplies]
    ranked = sorted(supplying, key=lambda one: _rank(one[0]), reverse=True)
    return {version.indicator_id: name for version, name in ranked}


def _rank(version: SupplyVersion) -> tuple[bool, int, int]:
    return version.precedence is None, version.precedence or 0, version.source_id


@dataclass(frozen=True, slots=True)
class LastRead:
    """How the newest collection that came to a source fared with it."""

    at: datetime
    outcome: str
    detail: str | None


def last_reads(session: Session, scheme_id: int, step: str) -> dict[str, LastRead]:
    """By the name of the source; those never read are not in it."""
    newest = (
        select(RunItem.subject, func.max(col(RunItem.id)).label("id"))
        .join(Run, col(Run.id) == RunItem.run_id)
        .join(Fire, col(Fire.id) == Run.fire_id)
        .where(Fire.scheme_id == scheme_id, RunItem.step == step)
        .group_by(col(RunItem.subject))
        .subquery()
    )
    found = session.exec(
        select(RunItem, Run.started_at)
        .join(newest, newest.c.id == RunItem.id)
        .join(Run, col(Run.id) == RunItem.run_id)
        .where(col(RunItem.subject).in_(select(Source.name).where(Source.scheme_id == scheme_id)))
    )
    return {item.subject: LastRead(at, item.outcome, item.detail) for item, at in found}
