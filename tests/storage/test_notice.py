"""Notices as rows: numbered without gaps, one a unit, kind and run."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from diaodu.rules.routing import NoticeKind
from diaodu.rules.subject import Subject
from diaodu.rules.warning import Cause, WarningState
from diaodu.storage.notice import add, mark_written, next_serial, notices_of_warning, numbered, unwritten
from diaodu.storage.warning_event import Mark, Place, begin
from models.notice import Notice
from tests.plan import SmallPlan

OCT, NOV = date(2023, 10, 31), date(2023, 11, 30)
AT = datetime(2023, 11, 3, 1, tzinfo=UTC)


def notice(
    plan: SmallPlan, unit: int, serial: int, kind: NoticeKind = NoticeKind.WARNING, year: int = 2023, as_of: date = OCT
) -> Notice:
    return Notice(
        scheme_id=plan.scheme_id,
        unit_id=unit,
        kind=kind,
        year=year,
        serial=serial,
        number=f"〔{year}〕{serial}号",
        as_of=as_of,
        body="{}",
        issued_at=AT,
    )


def test_each_kind_and_year_counts_for_itself(session: Session) -> None:
    plan = SmallPlan(session)
    for serial in (1, 2):
        assert next_serial(session, plan.scheme_id, NoticeKind.WARNING, 2023) == serial
        add(session, [(notice(plan, plan.west, serial), [])])
    assert next_serial(session, plan.scheme_id, NoticeKind.WARNING, 2023) == 3
    assert next_serial(session, plan.scheme_id, NoticeKind.WARNING, 2024) == 1
    assert next_serial(session, plan.scheme_id, NoticeKind.SUPERVISION, 2023) == 1


def test_a_number_is_used_once(session: Session) -> None:
    plan = SmallPlan(session)
    add(session, [(notice(plan, plan.west, 1), [])])
    with pytest.raises(IntegrityError), session.begin_nested():
        add(session, [(notice(plan, plan.east, 1), [])])


def test_notices_are_found_by_their_numbers(session: Session) -> None:
    plan = SmallPlan(session)
    first, second = (add(session, [(notice(plan, plan.west, n, NoticeKind.CHASE), [])])[0] for n in (1, 2))
    (third,) = add(session, [(notice(plan, plan.east, 3, NoticeKind.CHASE), [])])
    assert numbered(session, plan.scheme_id, NoticeKind.CHASE, 2023, [2, 3]) == {plan.west: second, plan.east: third}
    assert numbered(session, plan.scheme_id, NoticeKind.WARNING, 2023, [1]) == {}
    assert first not in {second, third}


def test_notices_wait_to_be_written(session: Session) -> None:
    plan = SmallPlan(session)
    for serial in (1, 2):
        add(session, [(notice(plan, plan.west, serial), [])])
    first, second = unwritten(session)
    mark_written(session, first.id or 0, "notices/1.docx", "0" * 64)
    assert unwritten(session) == [second]


def test_a_warning_knows_its_notices(session: Session) -> None:
    plan = SmallPlan(session)
    place, mark = Place(WarningState.ISSUED, "yellow", 1, 0, None), Mark(Cause.OPENED, "时钟", None, OCT, AT)
    openings = [(Subject(plan.invested[unit]), place, mark) for unit in (plan.west, plan.east)]
    west, east = begin(session, "p", openings)
    add(session, [(notice(plan, plan.west, 1), [west.id or 0])])
    add(session, [(notice(plan, plan.east, 2), [east.id or 0])])
    add(session, [(notice(plan, plan.west, 3), [west.id or 0])])
    assert [n.serial for n in notices_of_warning(session, west.id or 0)] == [1, 3]
