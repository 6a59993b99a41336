"""A confirmed number changes only by a decision of two people; what that moves is listed, and what was issued stays."""

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from diaodu.actions.briefing import as_printed
from diaodu.actions.correction import Refused
from diaodu.actions.frozen import told_again
from diaodu.briefing import issue
from diaodu.briefing.facts import digest
from diaodu.briefing.fonts import DEFAULT
from diaodu.rules.access import Actor, Role
from diaodu.rules.correction import CorrectionState, Refusal
from diaodu.rules.request import RequestAct, RequestState
from diaodu.rules.warning import WarningState
from diaodu.storage.audit import verify
from flows.brief import Issued, brief
from models.audit import Audit
from models.correction import Correction
from tests.reviewing import CAME, LATER, MUCH_LATER, NOVEMBER, OFFICE, SECOND, Reviewing

SOON = MUCH_LATER + timedelta(hours=1)


@pytest.fixture
def house(session: Session, tmp_path: Path) -> Reviewing:
    """East at 110 of 120 (green, first), west at 64 of 80 (11.7 points behind: yellow, second), both confirmed."""
    house = Reviewing(session, tmp_path)
    house.confirm(east="110", west="64")
    house.check()
    return house


def effects(correction: Correction) -> dict[str, Any]:
    assert correction.effects is not None
    found: dict[str, Any] = json.loads(correction.effects)
    return found


def moved(correction: Correction) -> dict[tuple[str, str], tuple[object, ...]]:
    """Levels and ranks before and after, by day and unit."""
    return {
        (change["as_of"], change["unit"]): tuple(
            (change[side]["level"], change[side]["rank"]) for side in ("before", "after")
        )
        for change in effects(correction)["changes"]
    }


def test_asking_changes_nothing(house: Reviewing) -> None:
    asked = house.wish("79")
    assert (asked.state, asked.requested_by, asked.report_id) == (CorrectionState.REQUESTED, "李某", None)
    assert [report.value for report in house.numbers("west")] == [64_000_000]


def test_approval_records_a_revision_and_the_number_stays_confirmed(house: Reviewing) -> None:
    asked = house.wish("79")
    done = house.decide(asked, at=SOON)
    new, old = house.numbers("west", SOON)
    assert (new.value, old.value, done.report_id, done.replaces_id) == (79_000_000, 64_000_000, new.id, old.id)
    assert (new.evidence, new.justification, new.recorded_by) == ("西统〔2023〕8号", "漏计一个项目", "周某")
    assert new.origin == f"更正{asked.id}：李某申请"
    assert house.request("west").state is RequestState.CONFIRMED
    last = house.life("west")[-1]
    assert (last.act, last.actor, last.role, last.report_id) == (RequestAct.CORRECT, "周某", Role.OFFICE, new.id)


def test_what_it_moves_is_listed_level_before_and_after_and_the_ranks_of_others(house: Reviewing) -> None:
    done = house.decide(house.wish("79"))
    assert moved(done) == {
        ("2023-11-30", "east"): (("green", 1), ("green", 2)),
        ("2023-11-30", "west"): (("yellow", 2), ("green", 1)),
    }
    west = next(change for change in effects(done)["changes"] if change["unit"] == "west")
    assert (west["before"]["actual"], west["after"]["actual"]) == (64_000_000, 79_000_000)


def test_every_day_judged_since_is_worked_out_anew_and_no_other(house: Reviewing) -> None:
    house.check(date(2023, 10, 31))
    house.check(date(2023, 12, 10), MUCH_LATER)
    done = house.decide(house.wish("79"))
    assert effects(done)["days"] == ["2023-11-30", "2023-12-10"]
    assert {day for day, _ in moved(done)} == {"2023-11-30", "2023-12-10"}


def test_the_warning_it_closes_is_named_and_the_next_run_closes_it(house: Reviewing) -> None:
    house.office.warn(NOVEMBER, LATER)
    (warning,) = house.office.warnings()
    done = house.decide(house.wish("79"))
    (move,) = effects(done)["warnings"]
    assert (move["warning_id"], move["unit"], move["cause"], move["level"]) == (warning.id, "west", "recovered", None)
    assert warning.state is WarningState.ISSUED, "nothing moves before the run"
    house.office.warn(NOVEMBER, SOON)
    assert warning.state is WarningState.CLOSED


def test_the_warning_it_opens_is_named_and_the_next_run_opens_it(house: Reviewing) -> None:
    house.office.warn(NOVEMBER, LATER)
    done = house.decide(house.wish("90", "east", justification="核减重复"))
    (move,) = effects(done)["warnings"]
    assert (move["warning_id"], move["unit"], move["cause"], move["level"]) == (None, "east", "opened", "黄灯")
    house.office.warn(NOVEMBER, SOON)
    west, east = house.office.warnings()
    assert (east.target_id, east.level) == (house.request("east").target_id, "yellow")
    assert west.target_id == house.request("west").target_id


def issued(house: Reviewing) -> Issued:
    return brief(
        house.session, house.home / "home", house.office.plan.scheme_id, NOVEMBER, LATER, None, LATER, "考核办"
    )


def test_what_was_issued_with_the_old_number_is_listed_and_stays_byte_by_byte(house: Reviewing) -> None:
    house.office.warn(NOVEMBER, LATER)
    (notice,) = house.office.notices()
    told = issued(house)
    kept, body = told.briefing.model_dump(), notice.body
    done = house.decide(house.wish("79"))
    listed = [(one["kind"], one["number"]) for one in effects(done)["untouched"]]
    assert listed == [("briefing", "第1期"), ("warning", notice.number)]
    house.session.refresh(told.briefing)
    house.session.refresh(notice)
    assert told.briefing.model_dump() == kept
    assert notice.body == body
    assert digest(told_again(house.session, told.briefing)) == told.briefing.digest
    again = issue.printed(as_printed(house.session, told.briefing), DEFAULT)
    assert {file.path: hashlib.sha256(file.content).hexdigest() for file in again} == {
        file.path: file.digest for file in told.files
    }
    assert not issued(house).is_new


def test_a_briefing_that_never_used_the_number_is_not_listed(house: Reviewing) -> None:
    scheme_id, october = house.office.plan.scheme_id, date(2023, 10, 31)
    brief(house.session, house.home / "home", scheme_id, october, LATER, None, LATER, "考核办")
    before = brief(
        house.session, house.home / "home", scheme_id, NOVEMBER, CAME - timedelta(days=1), None, LATER, "考核办"
    )
    assert before.is_new
    assert effects(house.decide(house.wish("79")))["untouched"] == []


def test_a_number_nobody_judged_yet_moves_nothing(session: Session, tmp_path: Path) -> None:
    house = Reviewing(session, tmp_path)
    house.confirm(west="64")
    done = house.decide(house.wish("79"))
    assert effects(done) == {"changes": [], "days": [], "units": [], "untouched": [], "warnings": []}


def test_a_refusal_changes_nothing_and_says_why(house: Reviewing) -> None:
    done = house.decide(house.wish("79"), approved=False, reason="佐证不足")
    assert (done.state, done.decision, done.report_id, done.effects) == (
        CorrectionState.REFUSED,
        "佐证不足",
        None,
        None,
    )
    assert len(house.numbers("west")) == 1
    assert house.wish("79").id != done.id, "it may be asked for again"


def test_both_steps_stand_in_the_audit(house: Reviewing) -> None:
    asked = house.wish("79")
    house.decide(asked)
    rows = house.session.exec(select(Audit).where(Audit.subject == f"correction {asked.id}")).all()
    assert [(row.action, row.actor) for row in rows] == [("correction.request", "李某"), ("correction.approve", "周某")]
    assert verify(house.session) is None


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({"actor": Actor(" ", Role.OFFICE)}, Refusal.NO_NAME),
        ({"actor": Actor("王某", Role.REPORTER, "east")}, Refusal.NOT_YOUR_PART),
        ({"actor": Actor("钱某", Role.LEAD, "east")}, Refusal.NOT_YOUR_PART),
        ({"actor": Actor("审某", Role.AUDITOR)}, Refusal.NOT_YOUR_PART),
        ({"reason": " "}, Refusal.NO_REASON),
        ({"value": "64.0"}, Refusal.SAME_VALUE),
    ],
)
def test_what_cannot_be_asked_for(house: Reviewing, wish: dict[str, Any], why: Refusal) -> None:
    with pytest.raises(Refused) as refused:
        house.wish(**({"value": "79"} | wish))
    assert refused.value.why is why


@pytest.mark.parametrize(
    "actor",
    [Actor("孙某", Role.REPORTER, "west"), Actor("孙某", Role.REVIEWER, "west"), Actor("钱某", Role.LEAD, "total")],
)
def test_the_unit_and_the_lead_unit_may_ask(house: Reviewing, actor: Actor) -> None:
    assert house.wish("79", actor=actor).state is CorrectionState.REQUESTED


def test_a_number_that_is_not_confirmed_is_simply_reported_anew(session: Session, tmp_path: Path) -> None:
    house = Reviewing(session, tmp_path)
    for take in (lambda: None, lambda: house.take("64", "west")):
        take()
        with pytest.raises(Refused) as refused:
            house.wish("79")
        assert refused.value.why is Refusal.NOT_CONFIRMED


def test_one_at_a_time(house: Reviewing) -> None:
    house.wish("79")
    with pytest.raises(Refused) as refused:
        house.wish("78")
    assert refused.value.why is Refusal.PENDING
    assert house.wish("109", "east").id is not None, "another number has its own"


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        ({"actor": Actor("", Role.OFFICE)}, Refusal.NO_NAME),
        ({"actor": OFFICE}, Refusal.OWN_REQUEST),
        ({"actor": Actor(" 李某 ", Role.OFFICE)}, Refusal.OWN_REQUEST),
        ({"actor": Actor("钱某", Role.LEAD, "total")}, Refusal.NOT_YOUR_PART),
        ({"reason": ""}, Refusal.NO_REASON),
        ({"at": LATER}, Refusal.BEFORE_ASKED),
    ],
)
@pytest.mark.parametrize("approved", [True, False])
def test_what_cannot_be_decided(house: Reviewing, decision: dict[str, Any], why: Refusal, approved: bool) -> None:
    asked = house.wish("79")
    with pytest.raises(Refused) as refused:
        house.decide(asked, approved=approved, **decision)
    assert refused.value.why is why
    assert asked.state is CorrectionState.REQUESTED
    assert len(house.numbers("west")) == 1


def test_it_is_decided_once(house: Reviewing) -> None:
    asked = house.wish("79")
    house.decide(asked)
    for approved in (True, False):
        with pytest.raises(Refused) as refused:
            house.decide(asked, approved=approved, at=SOON)
        assert refused.value.why is Refusal.DECIDED


def test_a_number_that_moved_on_meanwhile_is_not_replaced(house: Reviewing) -> None:
    asked = house.wish("79")
    house.office.plan.report(house.request("west").target_id, NOVEMBER, "70", MUCH_LATER)
    with pytest.raises(Refused) as refused:
        house.decide(asked, at=SOON)
    assert refused.value.why is Refusal.MOVED_ON
    assert house.decide(asked, approved=False, actor=SECOND, at=SOON).state is CorrectionState.REFUSED


def test_a_second_correction_rests_on_the_first(house: Reviewing) -> None:
    first = house.decide(house.wish("79"))
    second = house.decide(house.wish("64", at=SOON), at=SOON)
    assert (second.replaces_id, second.state) == (first.report_id, CorrectionState.APPROVED)
    assert moved(second)["2023-11-30", "west"] == (("green", 1), ("yellow", 2))
