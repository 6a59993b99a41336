"""Working days that change under a warning: its deadline follows, as an event, and whose move it is hears of it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.calendar import Carried, set_day
from diaodu.rules.access import Role
from diaodu.rules.warning import Act, Cause, WarningState
from tests.small_office import IN_NOVEMBER, OCT, Office, editor

THU, FRI, MON, TUE = (date(2023, 11, day) for day in (9, 10, 13, 14))


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    """On Wednesday, 8 November, the west is warned and has until Monday to answer."""
    office = Office(session, tmp_path)
    office.person("王某", office.plan.west, mail="west@example.cn")
    office.person("李某", None, Role.OFFICE, mail="office@example.cn")
    office.warn()
    return office


def told(office: Office) -> list[tuple[str, str]]:
    """Who was told by mail that a deadline moved, and how."""
    found = [one for one in office.letters() if "工作日历调整" in one.subject and one.channel == "mail"]
    return [(one.address, next(line[3:] for line in one.text.splitlines() if line.startswith("1. "))) for one in found]


def rest(office: Office, day: date, on: date = date(2023, 11, 8)) -> Carried:
    return set_day(office.session, editor(on), day, False, "停电检修")


def test_the_answers_new_day_is_an_event_and_the_unit_is_told(office: Office) -> None:
    office.act(Act.ACKNOWLEDGE, "王某")
    done = rest(office, FRI)
    (warning,), event = office.warnings(), office.events()[-1]
    assert (warning.state, warning.reply_due) == (WarningState.ACKNOWLEDGED, TUE)
    assert (event.cause, event.actor, event.reply_due, event.note) == (
        Cause.RESCHEDULED,
        "系统",
        TUE,
        "回复时限由2023-11-13改为2023-11-14",
    )
    said = "预警1，西区重点项目投资：报送整改计划时限由11月13日改为11月14日（顺延）。"
    assert (done.warnings, told(office)) == ((said,), [("west@example.cn", said)])
    on_tuesday, on_wednesday = (datetime(2023, 11, day, 1, tzinfo=UTC) for day in (14, 15))
    assert office.warn(OCT, on_tuesday).causes == office.warn(OCT, on_tuesday).causes
    assert office.warnings()[0].state is WarningState.ACKNOWLEDGED
    assert office.warn(OCT, on_wednesday).causes[Cause.LADDER] == 1


def test_a_leg_without_a_day_of_its_own_moves_and_no_ladder_begins_anew(office: Office) -> None:
    rest(office, THU)
    assert told(office) == [("west@example.cn", "预警1，西区重点项目投资：签收时限由11月9日改为11月10日（顺延）。")]
    reminded = [office.warn(OCT, datetime(2023, 11, day, 1, tzinfo=UTC)).reminders.sent for day in (9, 10, 10)]
    assert reminded == [0, 1, 0]


def test_the_office_is_told_of_its_own(office: Office) -> None:
    for what in (Act.ACKNOWLEDGE, Act.PLAN, Act.EVIDENCE):
        office.act(what, "王某")
    rest(office, FRI)
    assert told(office) == [
        ("office@example.cn", "预警1，西区重点项目投资：核验销号时限由11月13日改为11月14日（顺延）。")
    ]


def test_a_day_set_twice_moves_nothing_twice(office: Office) -> None:
    office.act(Act.ACKNOWLEDGE, "王某")
    rest(office, FRI)
    events = len(office.events())
    assert not rest(office, FRI).changed
    assert (len(office.events()), len(told(office))) == (events, 1)
    set_day(office.session, editor(THU), FRI, True, "照常上班")
    assert office.warnings()[0].reply_due == MON
    assert told(office)[-1][1].endswith("由11月14日改为11月13日（提前）。")


def test_what_a_person_decided_on_the_data_stands_after_a_deadline_moved(office: Office) -> None:
    office.act(Act.ACKNOWLEDGE, "王某")
    before = office.warn(known_at=IN_NOVEMBER).causes
    rest(office, FRI)
    assert office.warn(known_at=datetime(2023, 11, 9, 1, tzinfo=UTC)).causes == before
    assert before[Cause.SETTLED] == 1
