"""Everything a scheme's plan has ever said as far as known, and adding to it in bulk: what an import works with."""

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.base import ReadOnlyColumnCollection
from sqlmodel import Session, SQLModel, col, select

from diaodu.storage.in_force import AXES
from models.audit import Audit
from models.collection import Collection
from models.collection_version import CollectionVersion
from models.definition import Definition
from models.indicator import Indicator
from models.milestone import Milestone
from models.report import Report
from models.scheme import Scheme
from models.target import Target
from models.target_version import TargetVersion
from models.unit import Unit
from models.unit_version import UnitVersion

BATCH = 10_000
FEW = 2_000
"""Days or owners that are named to the database one by one; of more it gives all."""


@dataclass(frozen=True, slots=True)
class Version:
    """A stored version without its owner and its axes."""

    values: dict[str, Any]
    effective_from: date
    recorded_at: datetime
    id: int
    source_id: int | None = None
    """Of a report: which source said it; None for a person."""


def lock(session: Session, scheme_id: int) -> None:
    """Let no other import into this scheme until the transaction ends; SQLite has one writer anyway."""
    session.exec(select(Scheme.id).where(Scheme.id == scheme_id).with_for_update()).first()


def known_versions(
    session: Session,
    table: type[SQLModel],
    scheme_id: int,
    known_at: datetime,
    only: AbstractSet[int] | None = None,
) -> dict[int, list[Version]]:
    """Every version recorded by `known_at` of a table's owners in a scheme, by owner id; `only` of these where few."""
    columns = _columns(table)
    owned_by, speaks_from = (columns[name] for name in AXES[table])
    axes = (owned_by, speaks_from, columns["recorded_at"], columns["id"])
    rest = [column for column in columns if column not in set(axes)]
    query = sa.select(*axes, *rest).where(columns["recorded_at"] <= known_at, owned_by.in_(_owners(table, scheme_id)))
    if only is not None and len(only) <= FEW:
        query = query.where(owned_by.in_(only))
    found: dict[int, list[Version]] = {}
    for owner, effective_from, recorded_at, number, *said in session.execute(query):
        values = dict(zip((column.name for column in rest), said, strict=True))
        version = Version(values, effective_from, recorded_at, number)
        found.setdefault(owner, []).append(version)
    return found


def known_reports(
    session: Session, scheme_id: int, days: AbstractSet[date], known_at: datetime, targets: AbstractSet[int]
) -> dict[tuple[int, date], list[Version]]:
    """Every revision recorded by `known_at` of these targets' reports for these days, by (target id, day)."""
    columns = _columns(Report)
    wanted = [columns[name] for name in ("id", "target_id", "as_of", "recorded_at", "source_id", *REPORTED)]
    on_days = columns["as_of"].in_(days) if len(days) <= FEW else columns["as_of"].between(min(days), max(days))
    query = sa.select(*wanted).where(
        on_days, columns["recorded_at"] <= known_at, columns["target_id"].in_(_owners(TargetVersion, scheme_id))
    )
    if len(targets) <= FEW:
        query = query.where(columns["target_id"].in_(targets))
    found: dict[tuple[int, date], list[Version]] = {}
    for number, target_id, as_of, recorded_at, source_id, *values in session.execute(query):
        if target_id not in targets:
            continue
        version = Version(dict(zip(REPORTED, values, strict=True)), as_of, recorded_at, number, source_id)
        found.setdefault((target_id, as_of), []).append(version)
    return found


def known_values(
    session: Session, scheme_id: int, targets: AbstractSet[int], known_at: datetime, near: date | None = None
) -> dict[int, list[tuple[datetime, date, int | None]]]:
    """Every value reported for these targets as (recorded at, day, value), first to last, by target id.

    `near`: only from the last day before this one on that has a number, for who asks what comes before and after.
    """
    columns = _columns(Report)
    wanted = [columns[name] for name in ("target_id", "recorded_at", "as_of", "value")]
    query = sa.select(*wanted).where(columns["recorded_at"] <= known_at)
    if near is not None:
        target = table_of(Target)  # the database looks the day up once a target, and goes on from there
        query = query.join(target, target.c.id == columns["target_id"])
        first = _last_day_before(target.c.id, near, known_at)
        query = query.where(columns["as_of"] >= sa.func.coalesce(first, date.min))
    if len(targets) <= FEW:
        query = query.where(columns["target_id"].in_(targets))
    else:
        query = query.where(columns["target_id"].in_(_owners(TargetVersion, scheme_id)))
    found: dict[int, list[tuple[datetime, date, int | None]]] = {}
    for target_id, *said in session.execute(query.order_by(columns["recorded_at"], columns["id"])):
        found.setdefault(target_id, []).append((said[0], said[1], said[2]))
    return found


def _last_day_before(target_id: sa.Column[Any], day: date, known_at: datetime) -> sa.ScalarSelect[Any]:
    """Of a target: the last day before this one whose number was never taken back."""
    earlier, back = table_of(Report).alias(), table_of(Report).alias()
    same = sa.and_(back.c.target_id == earlier.c.target_id, back.c.as_of == earlier.c.as_of)
    return (
        sa.select(earlier.c.as_of)
        .where(earlier.c.target_id == target_id, earlier.c.as_of < day)
        .where(earlier.c.recorded_at <= known_at, ~sa.exists().where(same, back.c.value.is_(None)))
        .order_by(earlier.c.as_of.desc())
        .limit(1)
        .scalar_subquery()
    )


REPORTED = ("value", "note", "blocker", "evidence", "justification")
"""What two revisions of a report are compared by."""


def append(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows by plain inserts, some ten times faster than objects."""
    session.flush()
    for start in range(0, len(rows), BATCH):
        session.execute(sa.insert(table_of(table)), rows[start : start + BATCH])


def taken_at(session: Session, action: str, scheme: str, digest: str, known_at: datetime) -> datetime | None:
    """When a file with this hash was taken, as far as was known at `known_at`; None when it was not."""
    acts = session.exec(
        select(Audit.detail).where(
            Audit.action == action, Audit.subject == scheme, col(Audit.detail).contains(f'"digest": "{digest}"')
        )
    )
    moments = [datetime.fromisoformat(json.loads(detail)["recorded_at"]) for detail in acts]
    return min((moment for moment in moments if moment <= known_at), default=None)


def taken_digests(session: Session, action: str, scheme: str) -> frozenset[str]:
    """The hashes of all files ever taken by this act."""
    acts = session.exec(select(Audit.detail).where(Audit.action == action, Audit.subject == scheme))
    return frozenset(json.loads(detail)["digest"] for detail in acts)


def newest_revisions(session: Session, scheme_id: int) -> dict[int, int]:
    """The highest revision of milestones each target has, known or not, by target id."""
    columns = _columns(Milestone)
    owned = columns["target_id"].in_(_owners(TargetVersion, scheme_id))
    query = sa.select(columns["target_id"], sa.func.max(columns["revision"])).where(owned)
    return {row[0]: row[1] for row in session.execute(query.group_by(columns["target_id"]))}


def _owners(table: type[SQLModel], scheme_id: int) -> sa.Select[int]:
    """Ids of what the versions in a table are versions of."""
    if table is TargetVersion:
        targets = sa.select(table_of(Target).c.id).join(Indicator, col(Indicator.id) == Target.indicator_id)
        return targets.where(col(Indicator.scheme_id) == scheme_id)
    owner = {UnitVersion: Unit, Definition: Indicator, CollectionVersion: Collection}.get(table, Scheme)
    columns = table_of(owner).c
    return sa.select(columns.id).where(columns.get("scheme_id", columns.id) == scheme_id)


def table_of(table: type[SQLModel]) -> sa.Table:
    """The plain table behind a model, for statements that need no objects."""
    found: sa.Table = table.__table__  # type: ignore[attr-defined]
    return found


def _columns(table: type[SQLModel]) -> ReadOnlyColumnCollection[str, sa.Column[Any]]:
    return table_of(table).c
