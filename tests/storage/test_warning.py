"""Warnings as rows: they move only by events, and one target has one open at most."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from diaodu.rules.obligation import Held, Obligation
from diaodu.rules.subject import Subject
from diaodu.rules.verdict import Reason, State
from diaodu.rules.warning import Cause, WarningState
from diaodu.storage.warning import authors, known, latest, life
from diaodu.storage.warning_event import Mark, Place, begin, move
from diaodu.storage.warning_list import warnings
from models.lag_warning import LagWarning
from models.verdict import Verdict
from tests.plan import SmallPlan

S = WarningState
OCT, NOV, DUE = date(2023, 10, 31), date(2023, 11, 30), date(2023, 11, 10)
AT = datetime(2023, 11, 3, 1, tzinfo=UTC)
YELLOW = Place(S.ISSUED, "yellow", 1, 0, DUE)
RED = Place(S.PROPOSED, "red", 2, 0, DUE)


def verdict(session: Session, target_id: int, severity: int | None, as_of: date = OCT) -> int:
    row = Verdict(
        target_id=target_id,
        as_of=as_of,
        known_at=AT,
        state=State.REPORTED,
        reason=Reason.LEVEL_MATCHED,
        level="x",
        severity=severity,
        reported_as_of=as_of,
        standing="{}",
        explanation="",
        digest="",
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    return row.id


def mark(cause: Cause, verdict_id: int | None = None, days: int = 0, actor: str = "时钟", as_of: date = OCT) -> Mark:
    return Mark(cause, actor, verdict_id, as_of, AT + timedelta(days=days))


def test_a_warning_begins_and_moves_by_events(session: Session) -> None:
    plan = SmallPlan(session)
    target = plan.invested[plan.west]
    (warning,) = begin(session, "p", [(Subject(target), YELLOW, mark(Cause.OPENED))])
    before = latest(session, plan.scheme_id, "p")[Subject(target)]
    assert before.obligation == Obligation(S.ISSUED, "yellow", 1, OCT, 0, DUE)
    move(session, before, RED, mark(Cause.WORSENED, as_of=NOV))
    after = latest(session, plan.scheme_id, "p")[Subject(target)]
    assert after.obligation == Obligation(S.PROPOSED, "red", 2, NOV, 0, DUE, held=Held(S.ISSUED, "yellow", 1, 0))
    assert [
        (e.position, e.from_state, e.to_state, e.from_level, e.to_level) for e in life(session, warning.id or 0)
    ] == [
        (1, None, S.ISSUED, None, "yellow"),
        (2, S.ISSUED, S.PROPOSED, "yellow", "red"),
    ]


def test_a_proposal_never_issued_holds_nothing(session: Session) -> None:
    plan = SmallPlan(session)
    target = plan.invested[plan.west]
    begin(session, "p", [(Subject(target), RED, mark(Cause.OPENED))])
    assert latest(session, plan.scheme_id, "p")[Subject(target)].obligation.held is None


def test_what_a_person_saw_is_known_until_the_clock_speaks_again(session: Session) -> None:
    plan = SmallPlan(session)
    target = plan.invested[plan.west]
    begin(session, "p", [(Subject(target), YELLOW, mark(Cause.OPENED, verdict(session, target, 1)))])
    seen = mark(Cause.BY_PERSON, verdict(session, target, 2), 1, "李")
    move(session, latest(session, plan.scheme_id, "p")[Subject(target)], replace(YELLOW, state=S.ACKNOWLEDGED), seen)
    obligation = latest(session, plan.scheme_id, "p")[Subject(target)].obligation
    assert (obligation.seen_severity, obligation.seen_report) == (2, OCT)
    clock = mark(Cause.WORSENED, verdict(session, target, 3), 2)
    move(session, latest(session, plan.scheme_id, "p")[Subject(target)], RED, clock)
    assert latest(session, plan.scheme_id, "p")[Subject(target)].obligation.seen_severity is None


def test_the_latest_of_each_target_and_rule(session: Session) -> None:
    plan = SmallPlan(session)
    east, west = plan.invested[plan.east], plan.invested[plan.west]
    first, other = begin(
        session, "p", [(Subject(west), YELLOW, mark(Cause.OPENED)), (Subject(east), YELLOW, mark(Cause.OPENED))]
    )
    begin(session, "other rule", [(Subject(west), RED, mark(Cause.OPENED))])
    move(
        session,
        latest(session, plan.scheme_id, "p")[Subject(west)],
        replace(YELLOW, state=S.CLOSED),
        mark(Cause.RECOVERED),
    )
    assert first.closed_at == AT
    (again,) = begin(session, "p", [(Subject(west), YELLOW, mark(Cause.OPENED, days=30))])
    found = latest(session, plan.scheme_id, "p")
    assert {subject: k.warning.id for subject, k in found.items()} == {
        Subject(west): again.id,
        Subject(east): other.id,
    }
    assert known(session, plan.scheme_id + 1, [again.id or 0]) == {}
    assert list(known(session, plan.scheme_id, [first.id or 0, 999])) == [first.id]


@pytest.mark.parametrize("state", [S.ISSUED, S.EXEMPTED, S.PROPOSED])
def test_the_database_itself_refuses_a_second_open_warning(session: Session, state: WarningState) -> None:
    plan = SmallPlan(session)
    target = plan.invested[plan.west]
    begin(session, "p", [(Subject(target), YELLOW, mark(Cause.OPENED))])
    before = latest(session, plan.scheme_id, "p")[Subject(target)]
    until = NOV if state is S.EXEMPTED else None
    move(session, before, replace(YELLOW, state=state, exempt_until=until), mark(Cause.BY_PERSON))
    with pytest.raises(IntegrityError), session.begin_nested():
        begin(session, "p", [(Subject(target), YELLOW, mark(Cause.OPENED))])


@pytest.mark.parametrize(
    "wrong", [{"state": S.CLOSED}, {"state": S.EXEMPTED}, {"exempt_until": NOV}, {"closed_at": AT}]
)
def test_the_database_refuses_a_state_without_its_facts(session: Session, wrong: dict[str, object]) -> None:
    plan = SmallPlan(session)
    columns = {
        "target_id": plan.invested[plan.west],
        "rule": "p",
        "state": S.ISSUED,
        "level": "yellow",
        "severity": 1,
        "opened_as_of": OCT,
        "opened_at": AT,
    }
    session.add(LagWarning(**(columns | wrong)))
    with pytest.raises(IntegrityError):
        session.flush()


def test_who_handed_in_work_is_remembered(session: Session) -> None:
    plan = SmallPlan(session)
    target = plan.invested[plan.west]
    (warning,) = begin(session, "p", [(Subject(target), YELLOW, mark(Cause.OPENED))])
    for state, actor in ((S.ACKNOWLEDGED, "甲"), (S.PLANNED, "乙"), (S.EVIDENCED, "丙"), (S.RETURNED, "丁")):
        before = latest(session, plan.scheme_id, "p")[Subject(target)]
        move(session, before, replace(YELLOW, state=state), mark(Cause.BY_PERSON, actor=actor))
    session.flush()
    assert authors(session, warning.id or 0) == {"乙", "丙"}


def test_a_list_shows_warnings_as_they_stood(session: Session) -> None:
    plan = SmallPlan(session)
    target = plan.invested[plan.west]
    begin(session, "p", [(Subject(target), YELLOW, mark(Cause.OPENED))])
    closed = replace(YELLOW, state=S.CLOSED, reply_due=None)
    move(
        session,
        latest(session, plan.scheme_id, "p")[Subject(target)],
        closed,
        mark(Cause.RECOVERED, days=28, as_of=NOV),
    )
    session.flush()
    (then,) = warnings(session, plan.scheme_id, OCT, AT)
    assert (then.unit_name, then.indicator_name, then.state, then.level) == ("西区", "重点项目投资", S.ISSUED, "yellow")
    assert (then.since, then.reply_due) == (OCT, DUE)
    later = AT + timedelta(days=28)
    assert warnings(session, plan.scheme_id, NOV, later) == []
    (over,) = warnings(session, plan.scheme_id, NOV, later, over=True)
    assert (over.state, over.since, over.opened_as_of, over.reply_due) == (S.CLOSED, NOV, OCT, None)
    assert warnings(session, plan.scheme_id, OCT, AT - timedelta(seconds=1), over=True) == []


@pytest.mark.parametrize("names", [("target_id", "unit_id"), ()])
def test_a_warning_is_about_a_target_or_a_unit(session: Session, names: tuple[str, ...]) -> None:
    plan = SmallPlan(session)
    ids = {"target_id": plan.invested[plan.west], "unit_id": plan.west}
    with pytest.raises(IntegrityError), session.begin_nested():
        begin(session, "p", [(Subject(**{name: ids[name] for name in names}), YELLOW, mark(Cause.OPENED))])


def test_a_unit_has_one_open_of_its_own_beside_those_of_its_targets(session: Session) -> None:
    plan = SmallPlan(session)
    whole, target = Subject(unit_id=plan.west), Subject(plan.invested[plan.west])
    begin(session, "p", [(whole, YELLOW, mark(Cause.OPENED)), (target, YELLOW, mark(Cause.OPENED))])
    assert latest(session, plan.scheme_id, "p").keys() == {whole, target}
    assert latest(session, plan.scheme_id + 1, "p") == {}
    with pytest.raises(IntegrityError), session.begin_nested():
        begin(session, "p", [(whole, YELLOW, mark(Cause.OPENED))])
