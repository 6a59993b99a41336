"""What was judged of every target as of a day: a judgement is added when it differs from the one before."""

from collections.abc import Collection
from datetime import date, datetime
from hashlib import sha256

import polars as pl
from sqlalchemy import ScalarSelect, String, cast, insert
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from diaodu.rules.history import SCHEMA as HISTORY
from diaodu.rules.standing import SCHEMA
from models.indicator import Indicator
from models.target import Target
from models.verdict import Verdict

BATCH = 10_000
JUDGED = ["target_id", "as_of", "state", "reason", "level", "severity", "actual", "reported_as_of", "target_value"]
SAID = ["rank", "rank_change", "explanation"]
STANDING = list(SCHEMA)
SEALED_STANDING = [name for name in SCHEMA if name not in ("known_on", "category")]
"""The office's day is kept in the standing but not sealed: the same judgement said a day later is the same. Nor is
what standings did without when the first verdicts were sealed."""


def save(
    session: Session,
    assessment: pl.DataFrame,
    run_id: int | None,
    as_of: date,
    known_at: datetime,
    policy_version_id: int | None,
) -> int:
    """Add what differs from the last verdict of its target as of this day; returns how many rows that was.

    `assessment` holds the columns of `rules.standing.SCHEMA`, state, reason, level, severity, rank, rank_change,
    explanation and, where the policy knows sides, dimension: one row a target, all of one scheme.
    """
    if assessment.is_empty():
        return 0
    judged = assessment.with_columns(
        pl.col("target").alias("target_value"),
        pl.col("required_as_of").alias("period"),
        pl.lit(policy_version_id, pl.Int64).alias("policy_version_id"),
        *(() if "dimension" in assessment.columns else (pl.lit(None, pl.String).alias("dimension"),)),
        _json(STANDING).alias("standing"),
    )
    sealed = _sealed(judged).select(*JUDGED, *SAID, "policy_version_id", "period", "dimension", "standing", "digest")
    new = sealed.join(_last_digests(session, sealed, as_of), on=["target_id", "digest"], how="anti")
    when = {"run_id": run_id, "known_at": known_at}
    for batch in new.iter_slices(BATCH):
        session.execute(insert(Verdict), [row | when for row in batch.iter_rows(named=True)])
    return new.height


def latest(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> dict[int, Verdict]:
    """The verdict on every target as of a day that was the last by a moment's knowledge, by target id."""
    found = session.exec(
        select(Verdict)
        .join(Target, col(Verdict.id) == _last_id(as_of, known_at))
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == scheme_id)
    )
    return {verdict.target_id: verdict for verdict in found if verdict.target_id is not None}


def past(
    session: Session, scheme_id: int, before: date, known_at: datetime, among: Collection[int] | None = None
) -> pl.DataFrame:
    """The last verdict on every target for every period, of days before one and by a moment's knowledge.

    The columns of `rules.history.SCHEMA`; in one statement. `among`: only of these targets, where few.
    """
    order = [col(getattr(Verdict, name)).desc() for name in ("as_of", "known_at", "id")]
    place = func.row_number().over(partition_by=[col(Verdict.target_id), col(Verdict.period)], order_by=order)
    texts = [name for name, kind in HISTORY.items() if kind != pl.Int64]
    columns = {name: col(getattr(Verdict, name)) for name in HISTORY}
    wanted = [cast(column, String).label(name) if name in texts else column for name, column in columns.items()]
    placed = (
        sa_select(*wanted, place.label("place"))
        .join(Target, col(Target.id) == Verdict.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(
            col(Indicator.scheme_id) == scheme_id,
            col(Verdict.as_of) < before,
            col(Verdict.known_at) <= known_at,
            col(Verdict.period).is_not(None),
            *(() if among is None else (col(Verdict.target_id).in_(among),)),
        )
        .subquery()
    )
    found = session.execute(sa_select(*(placed.c[name] for name in HISTORY)).where(placed.c.place == 1))
    wire = {name: pl.String if name in texts else pl.Int64 for name in HISTORY}
    parts = [pl.DataFrame([tuple(row) for row in rows], wire, orient="row") for rows in found.partitions(BATCH)]
    return pl.concat([pl.DataFrame(schema=wire), *parts]).with_columns(pl.col("period").str.to_date("%Y-%m-%d"))


def _sealed(judged: pl.DataFrame) -> pl.DataFrame:
    """With `digest`: SHA-256 of everything judged and said, whoever ran it and whenever."""
    words = judged.select(
        _json([*JUDGED, *SAID, "policy_version_id", *(n for n in SEALED_STANDING if n not in JUDGED)])
    )
    digests = [sha256(text.encode()).hexdigest() for text in words.to_series()]
    return judged.with_columns(pl.Series("digest", digests, dtype=pl.String))


def _json(names: list[str]) -> pl.Expr:
    return pl.struct(names).struct.json_encode()


def _last_digests(session: Session, sealed: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """target_id and digest of the last verdict on every target of the scheme that the first row belongs to."""
    mine = select(Indicator.scheme_id).join(Target).where(Target.id == int(sealed["target_id"][0])).scalar_subquery()
    found = session.exec(
        select(Verdict.target_id, Verdict.digest)
        .join(Target, col(Verdict.id) == _last_id(as_of))
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
        .where(Indicator.scheme_id == mine)
    )
    return pl.DataFrame([tuple(row) for row in found], {"target_id": pl.Int64, "digest": pl.String}, orient="row")


def _last_id(as_of: date, known_at: datetime | None = None) -> ScalarSelect[int]:
    """The id of a target's last verdict as of a day: the last one made, or made with what was known by a moment."""
    verdict = aliased(Verdict)
    last = select(verdict.id).where(verdict.target_id == Target.id, verdict.as_of == as_of)
    if known_at is not None:
        last = last.where(col(verdict.known_at) <= known_at).order_by(col(verdict.known_at).desc())
    return last.order_by(col(verdict.id).desc()).limit(1).scalar_subquery()
