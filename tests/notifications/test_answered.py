"""A reminder that waits in the outbox is not sent once what it reminds of has come."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from diaodu.rules.access import Role
from diaodu.rules.request import RequestAct, RequestState
from diaodu.rules.routing import DeliveryState
from diaodu.storage.holiday import seed
from diaodu.storage.request import Mark, move
from diaodu.storage.session import transaction
from models.delivery import Delivery
from models.request import Request
from notifications.inbox import Inbox
from notifications.message import Accepted, Refused
from notifications.outbox import Drained, Outbox
from tests.notifications.post import Clock, Scripted
from tests.small_office import Office

NOW = datetime(2023, 11, 6, 4, tzinfo=UTC)
BUSY = Refused("450", "busy", permanent=False)


def owing_office(session: Session, home: Path, day: date) -> Office:
    """The west owes one number and has been reminded of it; the message waits."""
    office = Office(session, home, policy=None)
    office.person("填报人", office.plan.west, Role.REPORTER, mail="reporter@west.cn")
    office.person("审核人", office.plan.west, Role.REVIEWER, mail="reviewer@west.cn")
    office.remind(day)
    return office


def outbox(engine: Engine, mail: Scripted, clock: Clock, home: Path) -> Outbox:
    return Outbox(engine, {"mail": mail, "inbox": Inbox()}, home, "me", clock)


def answer(engine: Engine, act: RequestAct = RequestAct.SUBMIT) -> None:
    with transaction(engine) as session:
        (request,) = session.exec(select(Request).where(Request.state == RequestState.AWAITED)).all()
        move(session, [request], act, Mark("王某", NOW))


def states(engine: Engine) -> list[tuple[DeliveryState, str | None]]:
    with transaction(engine) as session:
        return [(row.state, row.error_code) for row in session.exec(select(Delivery))]


@pytest.mark.parametrize("act", [RequestAct.SUBMIT, RequestAct.WITHDRAW, RequestAct.SPARE])
def test_a_number_that_came_meanwhile_or_is_not_owed_any_more_stops_it(
    engine: Engine, tmp_path: Path, act: RequestAct
) -> None:
    with transaction(engine) as session:
        owing_office(session, tmp_path, date(2023, 11, 6))
    mail, clock = Scripted([BUSY, Accepted()]), Clock(NOW)
    sender = outbox(engine, mail, clock, tmp_path)
    assert sender.drain() == Drained(put_off=1)
    answer(engine, act)
    clock.turn(hours=1)
    assert sender.drain() == Drained(dropped=1)
    assert len(mail.sent) == 1
    assert states(engine) == [(DeliveryState.FAILED, "answered")]  # and no other channel is tried


def test_a_number_still_owed_is_reminded_of(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        owing_office(session, tmp_path, date(2023, 11, 6))
    mail, clock = Scripted([BUSY, Accepted()]), Clock(NOW)
    sender = outbox(engine, mail, clock, tmp_path)
    sender.drain()
    clock.turn(hours=1)
    assert sender.drain() == Drained(sent=1)


def test_a_number_returned_meanwhile_is_owed(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        owing_office(session, tmp_path, date(2023, 11, 6))
    answer(engine)
    with transaction(engine) as session:
        (request,) = session.exec(select(Request).where(Request.state == RequestState.SUBMITTED)).all()
        move(session, [request], RequestAct.RETURN, Mark("李某", NOW, Role.OFFICE, "有误"))
    assert outbox(engine, Scripted(), Clock(NOW), tmp_path).drain() == Drained(sent=1)


def test_a_formal_letter_and_what_those_above_hear_are_stopped_too(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        office = owing_office(session, tmp_path, date(2023, 11, 1))
        office.remind(date(2023, 11, 10))
        for notice in office.notices():
            notice.file = "notices/1.docx"
    answer(engine)
    mail = Scripted()
    assert outbox(engine, mail, Clock(NOW + timedelta(days=365)), tmp_path).drain() == Drained(dropped=3)
    assert mail.sent == []


def test_a_warning_is_no_reminder_and_is_sent_whatever_came(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        seed(session, [2023])
        office = Office(session, tmp_path)
        office.report(office.plan.west, date(2023, 10, 31), "55")
        office.warn()
        for notice in office.notices():
            notice.file = "notices/1.docx"
        sent = len(office.letters())
    assert sent
    later = Clock(NOW + timedelta(days=365))
    drained = outbox(engine, Scripted(), later, tmp_path).drain()
    assert drained.dropped == 0
