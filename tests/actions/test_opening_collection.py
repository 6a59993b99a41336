"""A collection begun in mid-year asks for what comes, not for what has gone by."""

from datetime import UTC, date, datetime

from sqlmodel import Session

from diaodu.actions.opening import open_periods
from diaodu.storage.collection import collections_in_force
from diaodu.storage.holiday import seed
from models.collection_version import CollectionVersion
from tests.plan import SmallPlan

NOVEMBER_20 = datetime(2023, 11, 20, 4, tzinfo=UTC)


def test_it_opens_from_the_round_that_runs_when_it_is_known(session: Session) -> None:
    seed(session, [2023, 2024])
    plan = SmallPlan(session)
    weekly = plan.collection("weekly", recorded_at=NOVEMBER_20)
    day = date(2023, 11, 28)
    opened = open_periods(session, plan.scheme_id, day, day, datetime(2023, 11, 28, 4, tzinfo=UTC), date(2023, 1, 5))
    assert [p.as_of.isoformat() for p in opened if p.collection_id == weekly] == ["2023-11-19", "2023-11-26"]


def test_it_does_not_open_what_was_due_before_it_was_known(session: Session) -> None:
    seed(session, [2023, 2024])
    plan = SmallPlan(session)
    weekly = plan.collection("weekly", recorded_at=datetime(2023, 11, 22, 4, tzinfo=UTC))
    day = date(2023, 11, 28)
    opened = open_periods(session, plan.scheme_id, day, day, datetime(2023, 11, 28, 4, tzinfo=UTC), date(2023, 1, 5))
    assert [p.as_of.isoformat() for p in opened if p.collection_id == weekly] == ["2023-11-26"]


def test_taken_up_again_it_does_not_open_what_went_by_meanwhile(session: Session) -> None:
    seed(session, [2023, 2024])
    plan = SmallPlan(session)
    weekly = plan.collection("weekly")
    for active, day in ((False, date(2023, 3, 1)), (True, date(2023, 11, 20))):
        says = collections_in_force(session, plan.scheme_id, date(2023, 1, 31), NOVEMBER_20)["weekly"]
        version = says.model_dump(exclude={"id"}) | {"active": active, "effective_from": day}
        session.add(CollectionVersion(**version))
    session.flush()
    day = date(2023, 11, 28)
    opened = open_periods(session, plan.scheme_id, day, day, datetime(2023, 11, 28, 4, tzinfo=UTC), date(2023, 1, 5))
    assert [p.as_of.isoformat() for p in opened if p.collection_id == weekly] == ["2023-11-19", "2023-11-26"]


def test_it_opens_from_the_day_it_counts_from(session: Session) -> None:
    seed(session, [2023, 2024])
    plan = SmallPlan(session)
    weekly = plan.collection("weekly", effective_from=date(2023, 11, 20))
    day = date(2023, 11, 28)
    opened = open_periods(session, plan.scheme_id, day, day, datetime(2023, 11, 28, 4, tzinfo=UTC), date(2023, 1, 5))
    assert [p.as_of.isoformat() for p in opened if p.collection_id == weekly] == ["2023-11-19", "2023-11-26"]
