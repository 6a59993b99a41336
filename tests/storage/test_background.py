"""What a briefing tells beside the assessment: the briefing before, blockers, changed definitions, warnings' clocks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from diaodu.rules.briefing import BriefingState, Circulation
from diaodu.rules.warning import Act, Cause, WarningState
from diaodu.storage.background import Background, background
from diaodu.storage.briefing import warning_tally
from diaodu.storage.policy import add_policy
from models.briefing import Briefing
from models.lag_warning import LagWarning
from models.warning_event import WarningEvent
from tests.plan import SmallPlan

SEPTEMBER, OCTOBER = date(2023, 9, 30), date(2023, 10, 31)
TOLD_AT = datetime(2023, 10, 12, tzinfo=UTC)
KNOWN = datetime(2023, 11, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Look = Callable[..., Background]


@pytest.fixture
def plan(session: Session) -> SmallPlan:
    return SmallPlan(session)


@pytest.fixture
def look(plan: SmallPlan) -> Look:
    def at(known_at: datetime = KNOWN, seen_at: datetime = KNOWN, previous: date | None = SEPTEMBER) -> Background:
        return background(plan.session, plan.scheme_id, OCTOBER, known_at, seen_at, previous)

    return at


def _issue(plan: SmallPlan, facts: str, known_at: datetime = TOLD_AT, **columns: Any) -> None:
    said: dict[str, Any] = {
        "kind": "monthly",
        "series": "monthly",
        "year": 2023,
        "state": BriefingState.ISSUED,
        "serial": 1,
        "number": "第1期",
        "as_of": SEPTEMBER,
        "digest": facts,
        "circulation": Circulation.UNITS,
        "drafted_at": known_at,
        "drafted_by": "考核办",
        "issued_at": known_at + HOUR,
        "issued_by": "考核办",
    }
    plan.session.add(Briefing(scheme_id=plan.scheme_id, facts=facts, known_at=known_at, **(said | columns)))
    plan.session.flush()


def test_the_briefing_before_is_the_last_one_out_by_then(plan: SmallPlan, look: Look) -> None:
    assert look().previous is None
    _issue(plan, "first")
    _issue(plan, "corrected", KNOWN, serial=2)
    _issue(plan, "draft", state=BriefingState.DRAFTED, serial=None, number=None, issued_at=None, issued_by=None)
    assert (look().previous, look().told_at) == ("first", TOLD_AT)
    assert look(seen_at=KNOWN + DAY).previous == "corrected"
    assert look(known_at=KNOWN - DAY, seen_at=KNOWN + DAY).previous == "first"
    assert look(previous=None).previous is None


def test_what_was_told_last_of_any_earlier_day_is_kept_too(plan: SmallPlan, look: Look) -> None:
    _issue(plan, "august", TOLD_AT - 30 * DAY, as_of=date(2023, 8, 31))
    assert (look().previous, look().latest) == (None, "august")
    _issue(plan, "september", serial=2)
    _issue(plan, "october", KNOWN, as_of=OCTOBER, serial=3)
    assert (look().latest, look(seen_at=KNOWN + DAY).latest) == ("september", "september")
    assert look(known_at=TOLD_AT - DAY).latest == "august"


def test_a_blocker_counts_until_a_report_without_it_comes(plan: SmallPlan, look: Look) -> None:
    target = plan.invested[plan.west]
    plan.report(target, OCTOBER, 64, blocker="征地未完成", recorded_at=KNOWN - DAY)
    plan.report(plan.invested[plan.east], OCTOBER, 64, blocker=" ", recorded_at=KNOWN - DAY)
    assert look().blockers == {target: "征地未完成"}
    assert look(known_at=KNOWN - 2 * DAY).blockers == {}
    plan.report(target, OCTOBER, 65, recorded_at=KNOWN)
    assert look().blockers == {}


def test_a_definition_changed_since_the_period_before_is_named(plan: SmallPlan, look: Look) -> None:
    assert look().redefined == frozenset()
    indicator = plan.indicator("roads", definition="通车里程")
    plan.define(indicator, name="roads", definition="通车里程", effective_from=date(2023, 10, 5))
    assert look().redefined == frozenset()
    plan.define(indicator, name="roads", definition="建成里程", effective_from=date(2023, 10, 10))
    assert look().redefined == {"roads"}
    assert look(previous=date(2023, 10, 15)).redefined == frozenset()
    assert look(previous=None).redefined == frozenset()


class Life:
    """One warning on a target, or on a unit as a whole, event by event."""

    def __init__(self, plan: SmallPlan, target_id: int | None, unit_id: int | None = None) -> None:
        self.session, self.position = plan.session, 0
        row = LagWarning(
            target_id=target_id, unit_id=unit_id, rule="r", state=WarningState.ISSUED, level="red", severity=2,
            opened_as_of=SEPTEMBER, opened_at=TOLD_AT,
        )  # fmt: skip
        self.session.add(row)
        self.session.flush()
        self.warning_id = row.id
        self.state: WarningState | None = None

    def step(self, to: WarningState, at: datetime, act: Act | None = None, **columns: Any) -> None:
        self.position += 1
        event = WarningEvent(
            warning_id=self.warning_id or 0, position=self.position, from_state=self.state, to_state=to,
            to_level="red", severity=2, cause=Cause.BY_PERSON if act else Cause.OPENED, act=act, actor="某人",
            as_of=SEPTEMBER, recorded_at=at, **columns,
        )  # fmt: skip
        self.session.add(event)
        self.session.flush()
        self.state = to


def test_a_warning_stands_where_its_events_left_it_with_its_days(plan: SmallPlan, look: Look) -> None:
    life = Life(plan, plan.invested[plan.west])
    reply, promised = date(2023, 10, 20), date(2023, 11, 15)
    life.step(WarningState.ISSUED, TOLD_AT, reply_due=reply)
    (issued,) = look().warnings
    assert (issued.state, issued.since, issued.reply_due) == (WarningState.ISSUED, TOLD_AT.date(), reply)
    assert not issued.answered
    life.step(WarningState.ACKNOWLEDGED, TOLD_AT + DAY, Act.ACKNOWLEDGE, reply_due=reply)
    life.step(WarningState.PLANNED, TOLD_AT + 2 * DAY, Act.PLAN, until=promised, reply_due=reply)
    (planned,) = look().warnings
    assert (planned.state, planned.rectify_by, planned.answered) == (WarningState.PLANNED, promised, True)
    assert look(known_at=TOLD_AT + DAY).warnings[0].state is WarningState.ACKNOWLEDGED


def test_what_was_answered_before_the_last_briefing_is_not_news(plan: SmallPlan, look: Look) -> None:
    life = Life(plan, plan.invested[plan.west])
    life.step(WarningState.ISSUED, TOLD_AT - 3 * DAY)
    life.step(WarningState.ACKNOWLEDGED, TOLD_AT - DAY, Act.ACKNOWLEDGE)
    assert look().warnings[0].answered
    _issue(plan, "told")
    assert not look().warnings[0].answered


def test_a_person_closing_between_two_periods_counts_in_the_later_one(plan: SmallPlan) -> None:
    life = Life(plan, plan.invested[plan.west])
    life.step(WarningState.ISSUED, TOLD_AT - 3 * DAY)
    life.step(WarningState.CLOSED, TOLD_AT + 5 * DAY, Act.CLOSE)

    def closed(as_of: date, known_at: datetime, previous: date, told_at: datetime | None) -> int:
        return warning_tally(plan.session, plan.scheme_id, as_of, known_at, known_at, previous, told_at).closed

    assert closed(SEPTEMBER, TOLD_AT, date(2023, 8, 31), None) == 0
    assert closed(OCTOBER, KNOWN, SEPTEMBER, TOLD_AT) == 1
    assert closed(OCTOBER, KNOWN, SEPTEMBER, TOLD_AT + 6 * DAY) == 0


@pytest.mark.parametrize(
    ("effective", "recorded", "since"),
    [
        (date(2023, 10, 1), TOLD_AT + DAY, date(2023, 10, 1)),  # new rules of this period
        (date(2023, 9, 1), TOLD_AT + DAY, date(2023, 9, 1)),  # for the period before, but made when that had been told
        (date(2023, 9, 1), TOLD_AT - DAY, None),  # it was told by them already
        (date(2023, 11, 1), TOLD_AT + DAY, None),  # not yet
    ],
)
def test_other_rules_than_the_period_before_was_judged_by_are_told(
    plan: SmallPlan, look: Look, effective: date, recorded: datetime, since: date | None
) -> None:
    first = TOLD_AT - 9 * DAY
    add_policy(plan.session, plan.scheme_id, "p", "", date(2023, 1, 1), first, "考核办")
    _issue(plan, "September", TOLD_AT)
    assert look().rules_since is None
    add_policy(plan.session, plan.scheme_id, "p", "", effective, recorded, "考核办")
    assert look().rules_since == since
    assert look(previous=None).rules_since is None


def test_a_unit_warned_as_a_whole_is_told_by_its_code(plan: SmallPlan, look: Look) -> None:
    Life(plan, None, unit_id=plan.west).step(WarningState.ISSUED, TOLD_AT)
    (place,) = look().warnings
    assert (place.target_id, place.unit, place.state) == (None, "west", WarningState.ISSUED)


def test_warnings_of_another_scheme_are_not_looked_at(plan: SmallPlan) -> None:
    Life(plan, plan.invested[plan.west]).step(WarningState.ISSUED, TOLD_AT)
    other = background(plan.session, plan.scheme_id + 1, OCTOBER, KNOWN, KNOWN, SEPTEMBER)
    assert other == Background()
