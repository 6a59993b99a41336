"""What was judged of whole units as of a day: a judgement is added when it differs from the one before."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from diaodu.rules.unit_standing import UnitStanding, from_json, to_json
from diaodu.rules.unit_verdict import UnitVerdict
from models.unit import Unit
from models.verdict import Verdict

HISTORY = {"unit_id": pl.Int64, "period": pl.Date, "level": pl.String, "severity": pl.Int64, "reason": pl.String}
"""As `rules.history.SCHEMA`, of units."""


def save_units(
    session: Session,
    judged: Sequence[UnitVerdict],
    run_id: int | None,
    as_of: date,
    known_at: datetime,
    policy_version_id: int | None,
) -> int:
    """Add what differs from the last verdict on its unit as of this day; returns how many rows that was."""
    if not judged:
        return 0
    before = _last_digests(session, [one.standing.unit_id for one in judged], as_of)
    rows = [_row(one) | {"as_of": as_of, "policy_version_id": policy_version_id} for one in judged]
    for row in rows:
        row["digest"] = sha256(json.dumps(row, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
    new = [row for row in rows if before.get(row["unit_id"]) != row["digest"]]
    session.add_all(Verdict(run_id=run_id, known_at=known_at, **row) for row in new)
    session.flush()
    return len(new)


def standing_of(verdict: Verdict) -> UnitStanding:
    """What a stored verdict on a unit rests on."""
    return from_json(verdict.standing)


def latest_units(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> dict[int, Verdict]:
    """The verdict on every unit as of a day that was the last by a moment's knowledge, by unit id."""
    found = session.exec(_of_units(scheme_id, Verdict.as_of == as_of, Verdict.known_at <= known_at).order_by(*_OLDEST))
    return {verdict.unit_id: verdict for verdict in found if verdict.unit_id is not None}


def past_units(session: Session, scheme_id: int, before: date, known_at: datetime) -> pl.DataFrame:
    """The last verdict on every unit for every period, of days before one and by a moment's knowledge (`HISTORY`)."""
    place = func.row_number().over(
        partition_by=[col(Verdict.unit_id), col(Verdict.period)], order_by=[each.desc() for each in _OLDEST]
    )
    columns = [col(getattr(Verdict, name)) for name in HISTORY]
    placed = (
        select(*columns, place.label("place"))  # type: ignore[call-overload]
        .join(Unit, col(Unit.id) == Verdict.unit_id)
        .where(
            Unit.scheme_id == scheme_id,
            Verdict.as_of < before,
            Verdict.known_at <= known_at,
            col(Verdict.period).is_not(None),
        )
        .subquery()
    )
    found = session.execute(select(*(placed.c[name] for name in HISTORY)).where(placed.c.place == 1))
    return pl.DataFrame([tuple(row) for row in found], HISTORY, orient="row")


_OLDEST = (col(Verdict.as_of), col(Verdict.known_at), col(Verdict.id))


def _of_units(scheme_id: int, *chosen: ColumnElement[bool] | bool) -> Any:
    return select(Verdict).join(Unit, col(Unit.id) == Verdict.unit_id).where(Unit.scheme_id == scheme_id, *chosen)


def _row(judged: UnitVerdict) -> dict[str, Any]:
    rank = judged.values["unit_rank"]
    return {
        "unit_id": judged.standing.unit_id,
        "period": judged.standing.period,
        "state": judged.state,
        "reason": judged.reason,
        "level": judged.level.code if judged.level else None,
        "severity": judged.level.severity if judged.level else None,
        "reported_as_of": judged.standing.reported_as_of,
        "rank": None if rank is None or not judged.standing.peers else int(rank),
        "standing": to_json(judged.standing),
        "explanation": judged.explanation,
    }


def _last_digests(session: Session, unit_ids: Sequence[int], as_of: date) -> dict[int, str]:
    chosen = select(Verdict.unit_id, Verdict.digest).where(Verdict.as_of == as_of, col(Verdict.unit_id).in_(unit_ids))
    return {unit_id: digest for unit_id, digest in session.exec(chosen.order_by(col(Verdict.id))) if unit_id}
