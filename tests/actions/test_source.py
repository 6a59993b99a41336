"""Sources are registered whole or not at all; what one owes is nobody else's, until the office asks the units."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from diaodu.actions.assess import assess
from diaodu.actions.handover import ask_units
from diaodu.actions.import_report import import_found
from diaodu.actions.opening import open_periods
from diaodu.actions.preview import Effect, preview
from diaodu.actions.silence import tell_of_silence
from diaodu.actions.source import Told, change, pause, register, resume, told_of
from diaodu.actions.source_place import days_wanted, places, senders
from diaodu.clock import office_day
from diaodu.rules.access import Role
from diaodu.rules.request import RequestState
from diaodu.rules.verdict import State
from diaodu.sources.answer import Answer, Part
from diaodu.sources.fault import Faults
from diaodu.sources.plan import PlanFile
from diaodu.storage.source import LastRead, sources
from models.audit import Audit
from models.delivery import Delivery
from models.discrepancy import Discrepancy
from models.report import Report
from models.request import Request
from models.request_event import RequestEvent
from models.source import Source
from tests.plan import RECORDED
from tests.small_office import OCT, Office

OPENED = datetime(2023, 11, 1, 1, tzinfo=UTC)
LATE = datetime(2023, 11, 9, 1, tzinfo=UTC)
HTTP: dict[str, Any] = {"indicator": "zb", "unit": "dw", "value": "sz"}
TOLD = Told("http://127.0.0.1:9/", HTTP, ["projects"], 1)


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    return Office(session, tmp_path)


def supplier(office: Office, told: Told = TOLD) -> Source:
    return register(office.session, office.plan.scheme_id, "统计", "http", told, "李某", RECORDED)


def opened(office: Office) -> None:
    open_periods(office.session, office.plan.scheme_id, OCT, date(2023, 11, 1), OPENED, date(2023, 11, 1))


def says(*rows: tuple[str, str, str, str], as_of: date = OCT) -> PlanFile:
    """A system's answer."""
    return Answer("http://h/", {}, {}, as_of).read([Part("http://h/", "第 1 页", [(*row, None) for row in rows])])


def states(office: Office) -> dict[tuple[str, str], RequestState]:
    codes = {office.plan.east: "east", office.plan.west: "west"}
    kinds = dict.fromkeys(office.plan.invested.values(), "investment")
    kinds |= dict.fromkeys(office.plan.started.values(), "projects")
    requests = office.session.exec(select(Request))
    return {(kinds[r.target_id], codes[r.unit_id]): RequestState(r.state) for r in requests if r.unit_id in codes}


def verdicts(office: Office, at: datetime) -> dict[tuple[str, str], State]:
    frame = assess(office.session, office.plan.scheme_id, OCT, at).frame
    return {(row["indicator"], row["unit"]): State(row["state"]) for row in frame.iter_rows(named=True)}


def test_a_source_is_kept_as_it_was_told_and_no_secret_with_it(office: Office) -> None:
    source = supplier(office, Told("http://127.0.0.1:9/", {**HTTP, "secret": "stats"}, ["projects"], 1))
    assert json.loads(source.options) == {**HTTP, "secret": "stats"}
    assert told_of(office.session, source) == Told("http://127.0.0.1:9/", {**HTTP, "secret": "stats"}, ["projects"], 1)
    (act,) = office.session.exec(select(Audit).where(Audit.action == "source.add"))
    assert json.loads(act.detail)["supplies"] == ["projects"]


def test_everything_wrong_is_said_at_once_and_nothing_is_kept(office: Office) -> None:
    with pytest.raises(Faults) as wrong, office.session.begin_nested():
        supplier(office, Told("ftp://h", {"unit": "a["}, ["project"]))
    assert len(wrong.value.faults) == 5
    assert "projects" in str(wrong.value)
    assert sources(office.session, office.plan.scheme_id) == []


def test_a_unit_is_not_asked_for_what_a_source_supplies(office: Office) -> None:
    supplier(office)
    opened(office)
    found = states(office)
    assert found["projects", "west"] is RequestState.SPARED
    assert verdicts(office, LATE)["projects", "west"] is State.SOURCE_DOWN


def test_once_the_office_asks_the_unit_owes_it_with_days_to_answer(office: Office) -> None:
    source = supplier(office)
    opened(office)
    before = verdicts(office, LATE)["projects", "west"]
    (handed,) = ask_units(office.session, source, "李某", "接口停用", LATE)
    assert (handed.as_of, handed.asked, handed.due) == (OCT, 1, date(2023, 11, 14))
    assert states(office)["projects", "west"] is RequestState.AWAITED
    later = LATE + timedelta(days=1)
    assert verdicts(office, later)["projects", "west"] is State.AWAITED
    assert verdicts(office, LATE + timedelta(days=6))["projects", "west"] is State.NOT_REPORTED
    assert before is verdicts(office, LATE - timedelta(minutes=1))["projects", "west"] is State.SOURCE_DOWN
    event = office.session.exec(select(RequestEvent).order_by(RequestEvent.id.desc())).first()  # type: ignore[union-attr]
    assert event is not None
    assert (event.actor, event.role, event.reason) == ("李某", Role.OFFICE, "接口停用")
    assert ask_units(office.session, source, "李某", "再问", later) == []


def test_what_the_office_asked_units_for_stays_asked_while_the_source_is_silent(office: Office) -> None:
    source, session = supplier(office), office.session
    opened(office)
    ask_units(session, source, "李某", "接口停用", LATE)
    later = LATE + timedelta(days=1)
    open_periods(session, office.plan.scheme_id, OCT, office_day(later), later, date(2023, 11, 1))
    assert states(office)["projects", "west"] is RequestState.AWAITED


def test_what_the_source_brings_in_the_end_answers_the_unit_too(office: Office) -> None:
    source = supplier(office)
    opened(office)
    ask_units(office.session, source, "李某", "接口停用", LATE)
    import_found(office.session, source, says(("projects", "west", "2023-10-31", "7")), "test", LATE)
    assert states(office)["projects", "west"] is RequestState.SUBMITTED


def test_a_paused_source_leaves_nobody_blamed_for_what_was_never_asked(office: Office) -> None:
    source = supplier(office)
    opened(office)
    assert [one.asked for one in pause(office.session, source, "李某", "换系统", LATE)] == [1]
    assert verdicts(office, LATE + timedelta(minutes=1))["projects", "west"] is State.AWAITED
    resume(office.session, source, "李某", "换好了", LATE)
    assert source.active


def test_what_a_source_no_longer_supplies_is_asked_of_units(office: Office) -> None:
    source = supplier(office)
    opened(office)
    assert [one.asked for one in change(office.session, source, Told(TOLD.location, HTTP), "李某", LATE)] == [1]
    assert told_of(office.session, source).supplies == []


def test_another_source_that_supplies_the_same_spares_the_units_still(office: Office) -> None:
    source = supplier(office)
    register(
        office.session,
        office.plan.scheme_id,
        "备用",
        "http",
        Told(TOLD.location, HTTP, ["projects"], 2),
        "李某",
        RECORDED,
    )
    opened(office)
    assert pause(office.session, source, "李某", "换系统", LATE) == []
    assert verdicts(office, LATE)["projects", "west"] is State.SOURCE_DOWN


def test_a_system_that_says_the_same_again_questions_no_correction(office: Office) -> None:
    """A person's number stands; only what the system says anew is a question to the unit."""
    source = supplier(office)
    target, session = office.plan.started[office.plan.west], office.session
    said = [("projects", "west", "2023-10-31", value) for value in ("7", "7", "8", "8")]

    def taken(row: tuple[str, str, str, str], hour: int) -> int:
        import_found(session, source, says(row), "test", LATE + timedelta(hours=hour))
        return len(session.exec(select(Discrepancy)).all())

    import_found(session, source, says(said[0]), "test", LATE)
    office.plan.report(target, OCT, 9, LATE + timedelta(minutes=1))
    assert [taken(row, hour) for hour, row in enumerate(said[1:], 1)] == [0, 1, 1]
    (question,) = session.exec(select(Discrepancy)).all()
    assert (question.value, question.settlement) == (8_000_000, None)
    found = session.exec(select(Report.value).where(Report.target_id == target).order_by(Report.id))  # type: ignore[arg-type]
    assert list(found) == [7_000_000, 9_000_000]


def test_a_trial_shows_what_each_row_would_do_and_does_nothing(office: Office) -> None:
    source, session = supplier(office), office.session
    before = len(session.exec(select(Report)).all())
    rows = (
        ("projects", "west", "2023-10-31", "7"),
        ("projects", "east", "2023-10-31", "9"),
        ("investment", "west", "2023-10-31", "51"),
        ("investment", "east", "2023-10-31", ""),
    )
    seen, faults = preview(session, source, says(*rows), "test", LATE)
    assert ([one.effect for one in seen], faults) == ([Effect.NEW, Effect.SAME, Effect.GIVES_WAY, Effect.BLANK], [])
    assert seen[0].origin == "http://h/ · 第 1 页 · 第 1 行"
    wrong, faults = preview(session, source, says(*rows[:2], ("projects", "北区", "2023-10-31", "x")), "test", LATE)
    assert [one.effect for one in wrong] == [Effect.HELD_BACK, Effect.HELD_BACK, Effect.FAULT]
    assert (len(wrong[2].faults), faults) == (2, [])
    assert len(session.exec(select(Report)).all()) == before
    assert session.exec(select(Audit).where(Audit.action == "report.import")).all() == []


def silence(office: Office, at: datetime) -> int:
    issuer = office.issuer(OCT, at)
    read = {"统计": LastRead(at, "source_down", "http://127.0.0.1:9/：连接超时")}
    return len(tell_of_silence(office.session, issuer, read))


def test_the_office_hears_once_of_a_source_that_is_silent_past_the_deadline(office: Office) -> None:
    office.person("李某", mail="office@kaohe.cn")
    office.person("王某", office.plan.west, mail="wang@west.cn")
    supplier(office)
    opened(office)
    assert [silence(office, at) for at in (OPENED, LATE, LATE + timedelta(days=1))] == [0, 1, 0]
    (letter,) = office.session.exec(select(Delivery)).all()
    assert (letter.address, "统计" in letter.text, "连接超时" in letter.text) == ("office@kaohe.cn", True, True)


def test_nobody_is_reminded_of_what_a_source_owes(office: Office) -> None:
    office.person("王某", office.plan.west, mail="wang@west.cn")
    supplier(office, Told(TOLD.location, HTTP, ["projects", "investment"]))
    told = [office.remind(date(2023, 11, day)) for day in (1, 3, 7, 8, 9)]
    assert [one.sent for one in told] == [0] * 5
    warned = {item.indicator for notice in office.warn(OCT, LATE).notices for item in notice.items}
    assert warned == {"重点项目投资"}


def test_a_source_is_asked_for_the_newest_round_and_every_one_it_owes(office: Office) -> None:
    source = supplier(office)
    opened(office)
    november = date(2023, 11, 30)
    assert days_wanted(office.session, source, november, LATE) == [OCT]
    at = datetime(2023, 12, 1, 1, tzinfo=UTC)
    open_periods(office.session, office.plan.scheme_id, november, date(2023, 12, 1), at, date(2023, 11, 1))
    assert days_wanted(office.session, source, november, at) == [OCT, november]
    import_found(office.session, source, says(("projects", "west", "2023-10-31", "7")), "test", LATE)
    asked = places(office.session, source, office.home, november, at)
    assert [(place.as_of, place.today) for place in asked] == [(november, date(2023, 12, 1))]


def test_senders_are_known_by_their_address_and_speak_for_one_unit(office: Office) -> None:
    office.person("李某", mail="Office@kaohe.cn")
    for name, unit in (("王某", office.plan.east), ("张某", office.plan.west)):
        office.person(name, unit, mail=f"{unit}@units.cn")
        office.person(name, unit, mail="shared@units.cn")
    assert senders(office.session, office.plan.scheme_id) == {
        "office@kaohe.cn": None,
        f"{office.plan.east}@units.cn": "east",
        f"{office.plan.west}@units.cn": "west",
    }
