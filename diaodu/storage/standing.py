"""Where every target of a scheme stands as of a day, as far as was known: one look at the database, one row a target.

Reads the statement of the engine's dialect (`standing_sqlite.sql`, `standing_postgresql.sql`) and puts the names of
indicators and units beside it, which would otherwise travel once for every target.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from sqlalchemy import Date, Integer, bindparam, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.sqltypes import UTCDateTime

from diaodu.rules.collection import Asked
from diaodu.rules.standing import SCHEMA
from diaodu.storage.in_force import is_in_force, spelled_out
from diaodu.storage.source import suppliers
from diaodu.storage.supply import asked_anyway
from models.definition import Definition
from models.group import Group
from models.indicator import Indicator
from models.unit import Unit
from models.unit_version import UnitVersion

FETCHED_AT_ONCE = 20_000
"""Rows held as Python objects at a time: what keeps a million targets in a few hundred megabytes."""

TYPES = (
    bindparam("as_of", type_=Date),
    bindparam("previous_as_of", type_=Date),
    bindparam("collection_id", type_=Integer),
    bindparam("known_at", type_=UTCDateTime),
)
STATEMENTS = {
    dialect: text(spelled_out(Path(__file__).with_name(f"standing_{dialect}.sql").read_text())).bindparams(*TYPES)
    for dialect in ("sqlite", "postgresql")
}
_WIRE: dict[str, dict[str, Any]] = {
    "postgresql": SCHEMA | {"indicator_id": pl.Int64, "unit_id": pl.Int64, "recorded_at": pl.Datetime("us")},
    "sqlite": {
        **dict.fromkeys(("trajectory", "start", "due", "reported", "changed_on"), pl.String),
        **dict.fromkeys(("past", "next", "was_past", "was_next", "milestones", "first_unmet"), pl.String),
    },
}
"""How the columns of each statement arrive; what is not named is a whole number."""


def standings(
    session: Session, scheme_id: int, as_of: date, known_at: datetime, known_on: date, asked: Mapping[int | None, Asked]
) -> pl.DataFrame:
    """The columns of `rules.standing.SCHEMA` for every target in force, in plan order: indicator, then unit.

    A target counts once it, its indicator's definition and its unit are effective and known. `known_on` and `asked` are
    the callers' calendars: by collection id what is asked of its targets, None for the scheme's own; of targets in a
    collection not named nothing is asked. Reports from before a running total's first day belong to the total before
    and are not its value.
    """
    by = suppliers(session, scheme_id, known_at)
    indicators = _indicators(session, scheme_id, as_of, known_at, by)
    used = sorted(indicators["collection_id"].unique().to_list(), key=lambda number: number or 0)
    parts = [
        _asked(session, scheme_id, as_of, known_at, number, asked.get(number, Asked())) for number in used or [None]
    ]
    return (
        _asked_anyway(session, scheme_id, pl.concat(parts), known_at)
        .join(indicators, on="indicator_id")
        .join(_units(session, scheme_id, as_of, known_at), on="unit_id")
        .sort("indicator_position", "indicator_id", "unit_position", "unit_id")
        .with_columns(
            pl.lit(as_of, pl.Date).alias("as_of"),
            pl.lit(known_on, pl.Date).alias("known_on"),
            supplied_by=pl.when(pl.col("asked_due").is_null()).then("supplied_by"),
        )
        .select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())
    )


def _asked(
    session: Session, scheme_id: int, as_of: date, known_at: datetime, collection_id: int | None, asked: Asked
) -> pl.DataFrame:
    """The targets of one calendar, each with what it asks; a unit with days of its own has its own deadline."""
    when = {"scheme_id": scheme_id, "collection_id": collection_id, "as_of": as_of, "known_at": known_at}
    found = _targets(session, when | {"previous_as_of": asked.previous_as_of})
    days = {"required_as_of": asked.required_as_of, "previous_as_of": asked.previous_as_of}
    own = pl.DataFrame(
        {"unit_id": list(asked.own_due), "own_due": list(asked.own_due.values())},
        schema={"unit_id": pl.Int64, "own_due": pl.Date},
    )
    return (
        found.with_columns(pl.lit(day, pl.Date).alias(name) for name, day in days.items())
        .join(own, on="unit_id", how="left", maintain_order="left")
        .with_columns(report_due=pl.coalesce("own_due", pl.lit(asked.report_due, pl.Date)))
    )


def _asked_anyway(session: Session, scheme_id: int, targets: pl.DataFrame, known_at: datetime) -> pl.DataFrame:
    """Mark where a unit was asked for what a source was to supply: it owes the number, by the day it was told."""
    days = [day for day in targets["required_as_of"].unique() if day is not None]
    rows = asked_anyway(session, scheme_id, days, known_at)
    if not rows:
        return targets.with_columns(asked_due=pl.lit(None, pl.Date))
    schema = {"indicator_id": pl.Int64, "unit_id": pl.Int64, "required_as_of": pl.Date, "asked_due": pl.Date}
    asked = pl.DataFrame(rows, schema, orient="row")
    return targets.join(
        asked, on=["indicator_id", "unit_id", "required_as_of"], how="left", maintain_order="left"
    ).with_columns(report_due=pl.coalesce("asked_due", "report_due"))


def _targets(session: Session, when: dict[str, Any]) -> pl.DataFrame:
    """One row a target with `indicator_id` and `unit_id` in place of their names."""
    dialect = session.get_bind().dialect.name
    if dialect == "postgresql":
        session.execute(text("SET LOCAL jit = off"))  # compiling the statement takes longer than running it
    with session.connection().execute(STATEMENTS[dialect], when, execution_options={"stream_results": True}) as result:
        schema = {name: _WIRE[dialect].get(name, pl.Int64) for name in tuple(result.keys())}
        batches = ([tuple(row) for row in rows] for rows in result.partitions(FETCHED_AT_ONCE))
        parts = [pl.DataFrame(batch, schema, orient="row") for batch in batches]
    found = pl.concat(parts) if parts else pl.DataFrame(schema=schema)
    if dialect == "sqlite":
        found = _taken_apart(found)
    return found.with_columns(pl.col("recorded_at").dt.replace_time_zone("UTC"))


def _taken_apart(found: pl.DataFrame) -> pl.DataFrame:
    """The texts in which SQLite's statement packs days (the first ten characters) and what belongs to them."""
    planned = {name: pl.col(name).str.slice(10) for name in ("past", "was_past", "was_next")}
    planned["next"] = pl.col("next").str.slice(10).str.extract(r"^(-?\d+) ")
    day_of = {"reported_as_of": "reported", "first_unmet_due": "first_unmet"} | {f"{n}_due": n for n in planned}
    day_of |= {name: name for name in ("start", "due", "changed_on")}
    counts = pl.col("milestones").str.split_exact(" ", 1)
    return found.with_columns(
        *(pl.col(text).str.slice(0, 10).str.to_date("%Y-%m-%d").alias(name) for name, text in day_of.items()),
        *(value.cast(pl.Int64).alias(f"{name}_planned") for name, value in planned.items()),
        pl.col("reported").str.slice(10).str.to_datetime("%Y-%m-%d %H:%M:%S%.6f").alias("recorded_at"),
        pl.col("next").str.slice(10).str.extract(r"(?s)^-?\d+ (.*)$").alias("next_name"),
        pl.col("first_unmet").str.slice(10).alias("first_unmet_name"),
        counts.struct.field("field_0").cast(pl.Int64).alias("milestones_due"),
        counts.struct.field("field_1").cast(pl.Int64).alias("milestones_met"),
    )


def _indicators(
    session: Session, scheme_id: int, as_of: date, known_at: datetime, by: Mapping[int, str]
) -> pl.DataFrame:
    """Code and definition of every indicator, as the columns of `SCHEMA` that speak of it."""
    found = session.exec(
        select(Indicator.code, Definition)
        .join(Definition, is_in_force(Definition, col(Indicator.id), as_of, known_at))
        .where(Indicator.scheme_id == scheme_id)
    )
    names = ("indicator", "indicator_name", "kind", "direction", "measure_unit", "decimals", "weight")
    more = ("category", "supplied_by")
    rows = [
        (
            *(d.indicator_id, d.position, d.collection_id, code, d.name, d.kind, d.direction),
            *(d.measure_unit, d.decimals, d.weight, d.category, by.get(d.indicator_id)),
        )
        for code, d in found
    ]
    numbers = ("indicator_id", "indicator_position", "collection_id")
    schema = dict.fromkeys(numbers, pl.Int64) | {name: SCHEMA[name] for name in (*names, *more)}
    return pl.DataFrame(rows, schema, orient="row")


def _units(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> pl.DataFrame:
    """Code, name, parent and group of every unit, as the columns of `SCHEMA` that speak of it."""
    parent = aliased(Unit)
    found = session.exec(
        select(Unit.code, parent.code, Group.name, UnitVersion)
        .select_from(Unit)
        .join(UnitVersion, is_in_force(UnitVersion, col(Unit.id), as_of, known_at))
        .join(parent, col(parent.id) == UnitVersion.parent_id, isouter=True)
        .join(Group, col(Group.id) == UnitVersion.group_id, isouter=True)
        .where(Unit.scheme_id == scheme_id)
    )
    rows = [(u.unit_id, u.position, code, u.name, above, group, u.ranked) for code, above, group, u in found]
    names = ("unit", "unit_name", "parent", "group", "ranked")
    schema = {"unit_id": pl.Int64, "unit_position": pl.Int64} | {name: SCHEMA[name] for name in names}
    return pl.DataFrame(rows, schema, orient="row")
