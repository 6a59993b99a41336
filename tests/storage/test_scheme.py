"""Which scheme a command speaks of."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session

from diaodu.storage.scheme import SchemeNotInForce, UnknownScheme, scheme_id, scheme_in_force, schemes
from models.scheme_version import SchemeVersion
from tests.plan import RECORDED, STARTS, Plan, SmallPlan

LATER = datetime(2023, 6, 1, tzinfo=UTC)


def test_the_only_scheme_needs_no_code(session: Session) -> None:
    plan = SmallPlan(session)
    assert scheme_id(session, None) == scheme_id(session, "2023") == plan.scheme_id


def test_among_two_schemes_one_must_be_named(session: Session) -> None:
    first, second = Plan(session, "a"), Plan(session, "b")
    with pytest.raises(UnknownScheme) as refused:
        scheme_id(session, None)
    assert refused.value.known == ["a", "b"]
    assert [scheme.id for scheme in schemes(session)] == [first.scheme_id, second.scheme_id]
    assert scheme_id(session, "b") == second.scheme_id


@pytest.mark.parametrize("code", ["nobody", "", None])
def test_a_scheme_that_does_not_exist_is_refused(session: Session, code: str | None) -> None:
    if code is not None:
        Plan(session)
    with pytest.raises(UnknownScheme):
        scheme_id(session, code)


def test_a_scheme_says_what_was_known_then(session: Session) -> None:
    plan = Plan(session, name="考核")
    known = scheme_in_force(session, plan.scheme_id, STARTS, RECORDED)
    session.add(
        SchemeVersion(**known.model_dump(exclude={"id", "name", "recorded_at"}), name="新考核", recorded_at=LATER)
    )
    session.flush()
    assert scheme_in_force(session, plan.scheme_id, STARTS, RECORDED).name == "考核"
    assert scheme_in_force(session, plan.scheme_id, STARTS, LATER).name == "新考核"


def test_a_scheme_says_nothing_before_its_first_day(session: Session) -> None:
    plan = Plan(session)
    with pytest.raises(SchemeNotInForce):
        scheme_in_force(session, plan.scheme_id, date(2022, 12, 31), LATER)
