"""Which version is in force: the rule of the two time axes, said once.

A version counts when it is effective by the day spoken about and recorded by the moment whose knowledge is used; of
those the newest effective day wins, then the newest recording, then the newest row.
"""

import re
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import ColumnElement, ScalarSelect, SQLColumnExpression
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col, select
from sqlmodel.sql.sqltypes import UTCDateTime

from models.collection_version import CollectionVersion
from models.definition import Definition
from models.policy_version import PolicyVersion
from models.report import Report
from models.scheme_version import SchemeVersion
from models.target_version import TargetVersion
from models.unit_version import UnitVersion

V = TypeVar("V", bound=SQLModel)
Owner = SQLColumnExpression[int | None] | int
"""What versions are versions of: a column of its ids, or one id."""

AXES: dict[type[SQLModel], tuple[str, str]] = {
    SchemeVersion: ("scheme_id", "effective_from"),
    CollectionVersion: ("collection_id", "effective_from"),
    PolicyVersion: ("scheme_id", "effective_from"),
    Definition: ("indicator_id", "effective_from"),
    UnitVersion: ("unit_id", "effective_from"),
    TargetVersion: ("target_id", "effective_from"),
    Report: ("target_id", "as_of"),
}
"""Of every versioned table: the column of what its rows are versions of, and the day they speak from."""

AS_OF: Any = sa.bindparam("as_of", type_=sa.Date)
KNOWN_AT: Any = sa.bindparam("known_at", type_=UTCDateTime())
SCHEME_ID: Any = sa.bindparam("scheme_id", type_=sa.Integer)
"""The day, the moment and the scheme in statements that are put together once and executed often."""

IN_FORCE = re.compile(r"IN FORCE\((\w+), (\w+), (:\w+)\)")


def in_force_id(table: type[SQLModel], owner: Owner, as_of: date, known_at: datetime) -> ScalarSelect[int]:
    """The id of the version of `owner` in force, as a subquery for joins and conditions."""
    version = aliased(table)
    owned_by, speaks_from = (getattr(version, name) for name in AXES[table])
    recorded_at, version_id = (getattr(version, name) for name in ("recorded_at", "id"))
    return (
        select(version_id)
        .where(owned_by == owner, speaks_from <= as_of, recorded_at <= known_at)
        .order_by(speaks_from.desc(), recorded_at.desc(), version_id.desc())
        .limit(1)
        .scalar_subquery()
    )


def is_in_force(table: type[SQLModel], owner: Owner, as_of: date, known_at: datetime) -> ColumnElement[bool]:
    """The condition that a row of `table` is the version of `owner` in force."""
    in_force: ColumnElement[bool] = id_of(table) == in_force_id(table, owner, as_of, known_at)
    return in_force


def version_in_force(session: Session, table: type[V], owner_id: int, as_of: date, known_at: datetime) -> V | None:
    """The version of one owner in force, or None when there is none yet."""
    about = {"owner_id": owner_id, "as_of": as_of, "known_at": known_at}
    found: V | None = session.execute(_version_in_force(table), about).scalars().first()
    return found


@cache
def _version_in_force(table: type[SQLModel]) -> sa.Select[Any]:
    owner: Any = sa.bindparam("owner_id", type_=sa.Integer)
    return sa.select(table).where(is_in_force(table, owner, AS_OF, KNOWN_AT))


def id_of(table: type[SQLModel]) -> Any:
    """The primary key column every table here has, which SQLModel's own type cannot say."""
    return col(getattr(table, "id"))  # noqa: B009


def spelled_out(statement: str) -> str:
    """A SQL text with every `IN FORCE(v, effective_from, :day)` replaced by the rule, which ends its subquery."""
    return IN_FORCE.sub(
        r"\1.\2 <= \3 AND \1.recorded_at <= :known_at ORDER BY \1.\2 DESC, \1.recorded_at DESC, \1.id DESC LIMIT 1",
        statement,
    )
