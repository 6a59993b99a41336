"""督促办理: one row a leg however long it waits, one message a reader, and plain ones within the week's cap."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.warning_post import Held, Posted
from diaodu.clock import OFFICE_ZONE
from diaodu.rules.access import Role
from diaodu.rules.burden import span
from diaodu.rules.warning import Act
from diaodu.rules.warning_leg import WarningLeg
from diaodu.storage.burden import messages
from models.delivery import Delivery
from models.scheme_version import SchemeVersion
from models.warning_reminder import WarningReminder
from tests.small_office import OCT, Office

WED, THU, FRI, MON, TUE = (datetime(2023, 11, day, 1, tzinfo=UTC) for day in (8, 9, 10, 13, 14))
"""The notice leaves on Wednesday, is to be signed for on Thursday and answered by Monday."""
PATIENT = """
name = "黄灯"
measure = "gap_pp"

[[level]]
code = "yellow"
name = "黄灯"
colour = "yellow"
severity = 2
when = "gap_pp < -10"
notice = "warning"
issue = "automatic"
reply_within = "3 workdays"

[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= -10"
"""


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    office = Office(session, tmp_path, policy=PATIENT)
    for name, role in (("王某", Role.REPORTER), ("吴某", Role.REPORTER), ("周某", Role.REVIEWER)):
        office.person(name, office.plan.west, role, mail=f"{name}@west.cn")
    office.person("李某", None, Role.OFFICE, mail="office@example.cn")
    return office


def capped(office: Office, most: int) -> None:
    office.session.exec(select(SchemeVersion)).one().most_messages = most


def rows(office: Office) -> list[WarningReminder]:
    return list(office.session.exec(select(WarningReminder)))


def reminded(office: Office, at: datetime) -> tuple[Posted, list[tuple[str, str]]]:
    """A run at a moment: what became of its reminders, and every (address, key) that left by mail."""
    told = office.warn(OCT, at).reminders
    letters = [one for one in office.letters() if one.created_at == at and "项预警" in one.subject]
    return told, [(one.address, about(one)) for one in letters if one.channel == "mail"]


def about(letter: Delivery) -> str:
    return letter.key.split("/", 1)[0]


def test_a_year_of_silence_is_one_row_a_leg(office: Office) -> None:
    for n in range(0, 41, 4):
        office.warn(OCT, WED + timedelta(days=n))
    (row,) = rows(office)
    assert (row.leg, row.held_since) == (WarningLeg.SIGN, None)
    assert row.times >= 5
    assert row.planned_on == row.recorded_at.astimezone(OFFICE_ZONE).date()


def test_those_of_a_unit_who_are_told_the_same_are_told_by_one_message(office: Office) -> None:
    office.warn(OCT, WED)
    _, letters = reminded(office, THU)
    assert sorted(address for address, _ in letters) == ["吴某@west.cn", "王某@west.cn"]
    assert len({key for _, key in letters}) == 1
    week = span(date(2023, 11, 6), OFFICE_ZONE)
    assert messages(office.session, office.plan.scheme_id, *week)[office.plan.west] == 2  # the notice, and this


def test_a_run_again_on_the_same_day_tells_nobody_again(office: Office) -> None:
    office.warn(OCT, WED)
    assert reminded(office, THU)[0].sent == 1
    assert reminded(office, THU + timedelta(hours=5)) == (Posted(), [])


def test_a_plain_reminder_waits_for_a_week_with_a_message_to_spare_and_then_says_all(office: Office) -> None:
    capped(office, 1)
    office.warn(OCT, WED)  # the notice is the week's one message
    for day in (THU, FRI):
        told, letters = reminded(office, day)
        assert told == Posted(held=(Held("西区", 1, 1, MON.date()),), waiting=frozenset({1}))
        assert letters == []
        assert [(row.held_since, row.times) for row in rows(office)] == [(THU.date(), 0)]
    told, letters = reminded(office, MON)
    assert (told.sent, told.held, len(letters)) == (1, (), 2)
    assert [(row.held_since, row.planned_on, row.times) for row in rows(office)] == [(None, MON.date(), 1)]


def test_what_was_held_back_is_not_sent_once_the_unit_has_signed(office: Office) -> None:
    capped(office, 1)
    office.warn(OCT, WED)
    assert reminded(office, FRI)[0].held
    office.act(Act.ACKNOWLEDGE, "王某", at=FRI)
    told, _ = reminded(office, MON)  # the plan is due today: another leg, and its own step
    assert told.sent == 1
    sign = next(row for row in rows(office) if row.leg is WarningLeg.SIGN)
    assert (sign.times, sign.held_since) == (0, THU.date())


def test_those_above_and_the_office_hear_whatever_the_week_has_used_up(office: Office) -> None:
    capped(office, 1)
    office.warn(OCT, WED)
    told, letters = reminded(
        office, TUE
    )  # T+3: the reviewer, and the office; the reporters' own message is over the cap
    assert (told.sent, [held.unit for held in told.held]) == (2, ["西区"])
    assert [address for address, _ in letters] == ["周某@west.cn", "office@example.cn"]
    (row,) = rows(office)
    assert (row.times, row.planned_on, row.held_since) == (1, TUE.date(), THU.date())
    told, letters = reminded(office, TUE + timedelta(days=6))
    assert ("王某@west.cn" in dict(letters), told.held) == (True, ())


def test_the_offices_own_work_has_no_cap(office: Office) -> None:
    capped(office, 1)
    office.warn(OCT, WED)
    office.act(Act.ACKNOWLEDGE, "王某", at=WED)
    office.act(Act.PLAN, "王某", at=WED)
    office.act(Act.EVIDENCE, "王某", at=WED)
    for day in (MON, TUE):
        assert [address for address, _ in reminded(office, day)[1]] == ["office@example.cn"]
