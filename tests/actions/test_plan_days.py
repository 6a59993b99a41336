"""Units' own days in a plan: open rounds follow them and units hear of it, as if each had been set by hand."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from diaodu.actions.calendar import Carried
from diaodu.actions.outcome import Outcome
from diaodu.actions.plan_days import take_plan
from diaodu.rules.rescheduling import Shift
from diaodu.sources.fault import Faults
from diaodu.storage.period import still_open
from models.audit import Audit
from models.closure import Closure
from models.delivery import Delivery
from models.request import Request
from tests.plan_file import write_folder
from tests.small_office import Office, editor

DUE, LATER = date(2023, 11, 7), date(2023, 11, 8)
TOLD_ON = editor(date(2023, 11, 2))
HEAD = ["单位", "日期", "上班", "名称"]


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    """On 1 November October's round is opened; the west owes projects, everything else is known."""
    office = Office(session, tmp_path)
    office.person("王某", office.plan.west, mail="west@example.cn")
    office.person("赵某", office.plan.east, mail="east@example.cn")
    office.remind(date(2023, 11, 1))
    return office


def take(office: Office, name: str, *rows: list[str]) -> tuple[Outcome, Carried]:
    path = write_folder(office.home / name, {"closures": [HEAD, *rows]})
    return take_plan(office.session, path, None, TOLD_ON, TOLD_ON.at)


def owed(office: Office) -> date:
    """By when the west owes what it owes."""
    return office.session.exec(
        select(Request.due).where(Request.unit_id == office.plan.west, Request.state == "awaited")
    ).one()


def letters(office: Office) -> list[Delivery]:
    return list(office.session.exec(select(Delivery).where(col(Delivery.subject).contains("调整"))))


def test_the_deadline_follows_the_unit_hears_why_and_both_are_on_record(office: Office) -> None:
    outcome, carried = take(
        office, "plan", ["西区", "2023-11-06", "否", "停电检修"], ["西区", "2023-11-11", "是", "补班"]
    )
    assert (outcome.tally("closures").added, carried.told) == (2, 1)
    assert owed(office) == LATER
    assert still_open(office.session, office.plan.scheme_id)[0].unit_due == DUE
    assert [(one.unit, one.what.new, one.what.shift) for one in carried.listed] == [("西区", LATER, Shift.LATER)]
    (letter,) = letters(office)
    assert letter.address == "west@example.cn"
    assert "你单位11月6日调整为休息日（停电检修）、11月11日调整为工作日（补班）" in letter.text
    row = office.session.exec(select(Audit).where(Audit.action == "calendar.closure")).one()
    assert (row.actor, row.subject, "停电检修" in row.detail) == ("张某", "2023", True)


def test_a_day_taken_back_brings_the_deadline_back(office: Office) -> None:
    take(office, "plan", ["west", "2023-11-06", "否", "停电检修"])
    _outcome, carried = take(office, "again", ["west", "2023-11-06", "是", "不检修了"])
    assert owed(office) == DUE
    assert carried.listed[0].what.shift is Shift.EARLIER
    assert len(letters(office)) == 2


def test_the_same_days_again_tell_nobody(office: Office) -> None:
    take(office, "plan", ["west", "2023-11-06", "否", "停电检修"])
    _outcome, carried = take(office, "again", ["西区", "2023/11/6", "否", "停电检修"])
    assert (carried.changed, carried.told, len(letters(office))) == (False, 0, 1)


def test_who_owes_nothing_is_left_in_peace(office: Office) -> None:
    _outcome, carried = take(office, "plan", ["east", "2023-11-06", "否", "停电检修"])
    assert carried.told == 0
    assert letters(office) == []


def test_a_plan_with_a_fault_moves_nothing_and_tells_nobody(office: Office) -> None:
    with pytest.raises(Faults):
        take(office, "plan", ["west", "2023-11-06", "否", "停电检修"], ["北区", "2023-11-06", "否", "停电检修"])
    assert owed(office) == DUE
    assert (letters(office), office.session.exec(select(Closure)).all()) == ([], [])
