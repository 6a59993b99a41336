"""Column types every table shares: names of constraints, exact quantities, and choices kept as checked text."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def micro(nullable: bool = False) -> sa.Column[Any]:
    """An exact quantity in millionths of its measure unit."""
    return sa.Column(sa.BigInteger, nullable=nullable)


def choice(kind: type[StrEnum], nullable: bool = False, name: str = "") -> sa.Column[Any]:
    """One of a closed set, stored as its value and checked by the database; `name` tells two such columns apart."""
    name = name or "".join("_" + c.lower() if c.isupper() else c for c in kind.__name__).lstrip("_")
    column_type = sa.Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [m.value for m in members],
    )
    return sa.Column(column_type, nullable=nullable)


def long_text(nullable: bool = False) -> sa.Column[Any]:
    """A text of any length."""
    return sa.Column(sa.Text, nullable=nullable)
