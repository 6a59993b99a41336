"""A judgement is stored once, and the last one made is told from what was known then."""

import json
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from sqlmodel import Session, func, select

from diaodu.rules.collection import Asked
from diaodu.rules.standing import SCHEMA
from diaodu.rules.verdict import Reason, State
from diaodu.storage.policy import add_policy
from diaodu.storage.standing import standings
from diaodu.storage.verdict import latest, save
from models.verdict import Verdict
from tests.plan import SmallPlan

OCT, SEP = date(2023, 10, 31), date(2023, 9, 30)
FRIDAY = datetime(2023, 11, 3, 1, tzinfo=UTC)
MONDAY = FRIDAY + timedelta(days=3)


def assessment(session: Session, plan: SmallPlan, known_on: date = OCT, severity: int = 1) -> pl.DataFrame:
    """The small plan with every target judged alike, as `actions.assess` would hand it over."""
    found = standings(session, plan.scheme_id, OCT, MONDAY, known_on, {None: Asked(OCT, OCT, SEP)})
    judged = {
        "state": State.REPORTED.value,
        "reason": Reason.LEVEL_MATCHED.value,
        "level": "yellow",
        "rank_change": None,
    }
    ranks = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias("rank")
    numbers = [pl.lit(severity, pl.Int64).alias("severity"), pl.lit(0.5).alias("completion"), ranks]
    words = pl.lit("截至10月31日完成投资“多”亿元").alias("explanation")
    return found.with_columns(*numbers, words, **{name: pl.lit(value) for name, value in judged.items()})


def counted(session: Session) -> int:
    return session.exec(select(func.count()).select_from(Verdict)).one()


def test_the_same_judgement_is_not_stored_twice(session: Session) -> None:
    plan = SmallPlan(session)
    assert save(session, assessment(session, plan), None, OCT, FRIDAY, None) == 5
    assert save(session, assessment(session, plan), None, OCT, MONDAY, None) == 0
    assert counted(session) == 5


def test_the_same_judgement_a_day_later_is_the_same(session: Session) -> None:
    plan = SmallPlan(session)
    save(session, assessment(session, plan), None, OCT, FRIDAY, None)
    assert save(session, assessment(session, plan, known_on=date(2023, 11, 6)), None, OCT, MONDAY, None) == 0


def test_only_what_differs_is_added(session: Session) -> None:
    plan = SmallPlan(session)
    before = assessment(session, plan)
    save(session, before, None, OCT, FRIDAY, None)
    after = before.with_columns(pl.when(pl.col("rank") == 2).then(3).otherwise("rank").cast(pl.Int64).alias("rank"))
    assert save(session, after, None, OCT, MONDAY, None) == 1
    assert save(session, before, None, OCT, MONDAY, None) == 1, "back to the first judgement is a change too"
    assert counted(session) == 7


@pytest.mark.parametrize(
    "change",
    [
        {"severity": pl.lit(2, pl.Int64)},
        {"level": pl.lit("red")},
        {"level": pl.lit(None, pl.String)},
        {"state": pl.lit("not_reported")},
        {"reason": pl.lit("no_level_matched")},
        {"explanation": pl.lit("不同")},
        {"rank_change": pl.lit(1, pl.Int64)},
        {"actual": pl.col("actual") + 1},
        {"target": pl.col("target") + 1},
        {"previous_actual": pl.lit(1, pl.Int64)},
        {"unit_name": pl.lit("新名")},
    ],
    ids=["severity", "level", "no level", "state", "reason", "words", "movement", "actual", "target", "before", "name"],
)
def test_every_part_of_a_judgement_counts(session: Session, change: dict[str, pl.Expr]) -> None:
    plan = SmallPlan(session)
    east = assessment(session, plan).filter(pl.col("unit") == "east", pl.col("indicator") == "investment")
    save(session, east, None, OCT, FRIDAY, None)
    assert save(session, east.with_columns(**change), None, OCT, MONDAY, None) == 1


def test_another_policy_is_another_judgement(session: Session) -> None:
    plan = SmallPlan(session)
    save(session, assessment(session, plan), None, OCT, FRIDAY, None)
    policy = add_policy(session, plan.scheme_id, "银川", "", OCT, FRIDAY, "考核办")
    assert save(session, assessment(session, plan), None, OCT, MONDAY, policy.id) == 5


def test_another_day_is_judged_for_itself(session: Session) -> None:
    plan = SmallPlan(session)
    save(session, assessment(session, plan), None, OCT, FRIDAY, None)
    september = assessment(session, plan).with_columns(pl.lit(SEP).alias("as_of"))
    assert save(session, september, None, SEP, FRIDAY, None) == 5


def test_the_last_verdict_is_the_last_by_what_was_known(session: Session) -> None:
    plan = SmallPlan(session)
    save(session, assessment(session, plan, severity=1), None, OCT, FRIDAY, None)
    save(session, assessment(session, plan, severity=2), None, OCT, MONDAY, None)
    severities = {
        moment: {verdict.severity for verdict in latest(session, plan.scheme_id, OCT, moment).values()}
        for moment in (FRIDAY - timedelta(seconds=1), FRIDAY, MONDAY)
    }
    assert severities == {FRIDAY - timedelta(seconds=1): set(), FRIDAY: {1}, MONDAY: {2}}
    assert set(latest(session, plan.scheme_id, OCT, MONDAY)) == {*plan.invested.values(), *plan.started.values()}


def test_a_verdict_keeps_the_standing_it_judged(session: Session) -> None:
    plan = SmallPlan(session)
    frame = assessment(session, plan)
    save(session, frame, None, OCT, FRIDAY, None)
    target_id = plan.started[plan.east]
    stored = latest(session, plan.scheme_id, OCT, FRIDAY)[target_id]
    judged = frame.row(by_predicate=pl.col("target_id") == target_id, named=True)
    assert stored.actual == judged["actual"]
    assert stored.target_value == judged["target"]
    assert stored.standing == json.dumps(
        {name: value.isoformat() if isinstance(value := judged[name], date) else value for name in SCHEMA},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def test_an_empty_scheme_has_no_verdicts(session: Session) -> None:
    plan = SmallPlan(session)
    assert save(session, assessment(session, plan).clear(), None, OCT, FRIDAY, None) == 0
