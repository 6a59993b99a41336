"""负担表: everything asked and sent is counted once, in the week it was, and excess is reported to the office."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.asking import ask
from diaodu.actions.burden import asked_this_week, burden, caps_of, report_excess
from diaodu.actions.directory import directory
from diaodu.actions.issuing import issuer_of
from diaodu.actions.opening import open_periods
from diaodu.actions.survey import Wanted
from diaodu.rules.access import Role
from diaodu.rules.burden import Count, Excess
from diaodu.rules.routing import DeliveryState, Recipient, Route
from diaodu.storage.policy import add_policy
from models.definition import Definition
from models.delivery import Delivery
from models.person import Person
from models.scheme_version import SchemeVersion
from notifications.letter import letter
from notifications.message import Words
from tests.plan import RECORDED, STARTS, Plan
from tests.small_office import OCT, POLICY, Office

WEEK, OPENED = date(2023, 10, 30), datetime(2023, 11, 1, 1, tzinfo=UTC)


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    office = Office(session, tmp_path, policy=None)
    for name in ("甲", "乙"):
        office.person(name, office.plan.west, Role.REPORTER, mail=f"{name}@west.cn")
    return office


def weeks(office: Office, week: date = WEEK, several: int = 1) -> dict[tuple[str, date], Count]:
    session, scheme_id = office.session, office.plan.scheme_id
    names = directory(session, scheme_id, OCT, OPENED)
    caps = caps_of(session.exec(select(SchemeVersion)).first() or pytest.fail("no scheme"))
    return {(one.unit, one.week): one.count for one in burden(session, scheme_id, names, caps, week, several)}


def test_what_is_asked_counts_and_what_is_spared_does_not(office: Office) -> None:
    for definition in office.session.exec(select(Definition)):
        definition.evidence_required = True
    office.remind(date(2023, 11, 1))  # October's round: one number of the west, everything else is known
    assert weeks(office) == {
        ("total", WEEK): Count(),
        ("east", WEEK): Count(),
        ("west", WEEK): Count(requests=1, fields=2),
    }


def test_a_message_to_two_people_is_one_message_in_the_week_it_was_written(office: Office) -> None:
    for day in (1, 2, 6):
        office.remind(date(2023, 11, day))
    found = weeks(office, several=2)
    assert found["west", WEEK] == Count(requests=1, fields=1, messages=1, deliveries=2)
    assert found["west", date(2023, 11, 6)] == Count(messages=1, deliveries=2)


def test_warnings_letters_and_asks_count_as_reminders_do(office: Office) -> None:
    add_policy(office.session, office.plan.scheme_id, "lamps", POLICY, STARTS, RECORDED, "test")
    office.report(office.plan.west, OCT, "55", datetime(2023, 11, 1, tzinfo=UTC))
    monday = date(2023, 11, 6)
    office.warn(known_at=datetime(2023, 11, 6, 1, tzinfo=UTC))
    at = datetime(2023, 11, 6, 2, tzinfo=UTC)
    issuer = issuer_of(office.session, office.settings, office.plan.scheme_id, monday, at)
    ask(office.session, issuer, "李某", Wanted(["investment"], ["west"], date(2023, 11, 5), None, "专项"))
    office.remind(date(2023, 11, 8))  # the formal letter on October's number
    assert weeks(office, monday)["west", monday].messages == 3


def test_a_unit_that_has_named_nobody_hears_in_its_inbox_and_the_office_is_no_unit(office: Office) -> None:
    for person in office.session.exec(select(Person)):
        person.active = False
    office.person("考核办", None, Role.OFFICE, mail="office@district.cn")
    office.remind(date(2023, 11, 2))
    assert weeks(office)["west", WEEK] == Count(1, 1, 1, 1)
    assert sum(count.messages for count in weeks(office).values()) == 1


def test_what_could_not_be_delivered_burdens_nobody_and_its_stand_in_counts_once(office: Office) -> None:
    office.remind(date(2023, 11, 2))
    first, second = office.session.exec(select(Delivery)).all()
    first.state = second.state = DeliveryState.FAILED
    words = Words(first.subject, first.text, first.html)
    about = first.key.split("/")[0]
    to = Recipient(first.person_id, Role.REPORTER, "west")
    office.session.add(letter(about, Route(to, "inbox", "west"), words, first.created_at, None, first.id))
    assert weeks(office)["west", WEEK] == Count(1, 1, 1, 1)


def test_another_schemes_burden_is_its_own(office: Office) -> None:
    office.remind(date(2023, 11, 2))
    other = Plan(office.session, code="其他")
    other.unit("west")
    names = directory(office.session, other.scheme_id, OCT, OPENED)
    caps = caps_of(office.session.exec(select(SchemeVersion)).all()[0])
    found = burden(office.session, other.scheme_id, names, caps, WEEK)
    assert [one.count for one in found] == [Count()]


def test_a_round_over_the_cap_is_opened_all_the_same_and_the_office_is_told_once(office: Office) -> None:
    office.person("考核办", None, Role.OFFICE, mail="office@district.cn")
    office.session.exec(select(SchemeVersion)).one().most_requests = 1
    session, scheme_id = office.session, office.plan.scheme_id
    at = datetime(2023, 12, 1, 1, tzinfo=UTC)
    issuer = issuer_of(session, office.settings, scheme_id, date(2023, 11, 30), at)
    before = asked_this_week(session, scheme_id, at)
    opened = open_periods(session, scheme_id, date(2023, 11, 30), at.date(), at, at.date())
    assert len(opened) == 1
    assert report_excess(session, issuer, before) == [
        Excess(unit_id, 2, 1) for unit_id in (office.plan.east, office.plan.west)
    ]
    (told,) = session.exec(select(Delivery)).all()
    assert told.address == "office@district.cn"
    assert "东区：本周2项，多1项。" in told.text
    assert report_excess(session, issuer, asked_this_week(session, scheme_id, at)) == []
