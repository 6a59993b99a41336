"""Random walks through real lives: whatever clock, data and people do in whatever order, the records hold together."""

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import col, select

from diaodu.actions.warning_round import CLOCK
from diaodu.clock import office_day
from diaodu.rules.act import NEEDS_REASON
from diaodu.rules.warning import OVER, TRANSITIONS, Act, Cause, WarningState
from diaodu.rules.warning_leg import LEGS
from diaodu.storage import audit
from diaodu.storage.engine import open_engine
from diaodu.storage.holiday import workdays
from diaodu.storage.session import transaction
from diaodu.storage.warning_known import open_at
from models.lag_warning import LagWarning
from models.warning_event import WarningEvent
from models.warning_reminder import WarningReminder
from tests.stories.stage import Stage
from tests.stories.story import Line

S, C = WarningState, Cause
PEOPLE = st.sampled_from(["王某", "李某", "钱某"])
SUBJECTS = st.sampled_from(["甲", "甲 in 税收", "all of 甲"])
LEVELS = st.sampled_from(["yellow", "red", "yellow_card", "red_card"])
NAMED = "until {until} level {level} ground other approver 赵某 owner 孙某"


class Walk(RuleBasedStateMachine):
    """Two targets of one unit, and the unit as a whole; the days of October to December and their holiday."""

    def __init__(self, database: Path, walked: list[tuple[int, int]]) -> None:
        super().__init__()
        self.walked = walked
        self.engine = open_engine(f"sqlite:///{database}")
        self.stage = Stage(self.engine, database.parent, "甲")
        self.day, self.number = date(2023, 10, 9), 0

    def teardown(self) -> None:
        warnings, events, _ = self.records()
        self.walked.append((len(events), sum(w.unit_id is not None for w in warnings)))
        self.engine.dispose()

    def play(self, happens: str) -> None:
        self.number += 1
        self.stage.play(Line(self.number, self.day, happens, ()))

    @initialize(value=st.sampled_from([40, 70]))
    def unit_lags(self, value: int) -> None:
        self.play("also measured are 税收")
        self.play("the policy becomes pair from 09-01")
        self.play(f"甲 reports {value} of all")
        self.play("check")

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.day, self.number = self.day + timedelta(days), 0

    @rule(value=st.integers(20, 120), of=st.sampled_from(["", " of 税收", " of all"]), fresh=st.booleans())
    def unit_reports(self, value: int, of: str, fresh: bool) -> None:
        self.play(f"甲 reports {value}{of}" + (f" for {self.day}" if fresh else ""))

    @rule(fresh=st.booleans())
    def clock_checks(self, fresh: bool) -> None:
        self.play(f"check for {self.day}" if fresh else "check")
        events = len(self.records()[1])
        self.play(f"check for {self.day}" if fresh else "check")
        assert len(self.records()[1]) == events  # the same again changes nothing

    @rule(act=st.sampled_from(Act), of=SUBJECTS, name=PEOPLE, level=LEVELS, days=st.integers(0, 20))
    def person_acts(self, act: Act, of: str, name: str, level: str, days: int) -> None:
        if self.stage.warning(of) is not None:
            more = NAMED.format(until=self.day + timedelta(days), level=level)
            self.play(f"{name} does {act} for {of} {more}: 说明")

    @rule(data=st.data(), of=SUBJECTS, name=PEOPLE, days=st.integers(1, 9))
    def person_does_what_is_possible(self, data: st.DataObject, of: str, name: str, days: int) -> None:
        known = self.stage.warning(of)
        possible = list(TRANSITIONS[known[0].state]) if known else []
        if possible:
            act = data.draw(st.sampled_from(possible))
            level = "red_card" if known and known[0].unit_id else "yellow"
            more = NAMED.format(until=self.day + timedelta(days), level=level)
            self.play(f"{name} does {act} for {of} {more}: 说明")

    @rule(policy=st.sampled_from(["lamps", "patient", "strict", "pair"]))
    def policy_changes(self, policy: str) -> None:
        self.play(f"the policy becomes {policy}")

    def records(self) -> tuple[list[LagWarning], list[WarningEvent], list[WarningReminder]]:
        with transaction(self.engine) as session:
            session.expire_on_commit = False
            order = col(WarningEvent.warning_id), col(WarningEvent.position)
            return (
                list(session.exec(select(LagWarning))),
                list(session.exec(select(WarningEvent).order_by(*order))),
                list(session.exec(select(WarningReminder))),
            )

    @invariant()
    def no_state_without_an_event_and_no_event_without_a_reason(self) -> None:
        warnings, events, _ = self.records()
        for warning in warnings:
            life = [event for event in events if event.warning_id == warning.id]
            assert [event.position for event in life] == list(range(1, len(life) + 1))
            assert life[0].from_state is None
            assert life[0].cause is C.OPENED
            assert all(before.to_state is after.from_state for before, after in pairwise(life))
            last = life[-1]
            assert (last.to_state, last.to_level, last.reply_due) == (warning.state, warning.level, warning.reply_due)
            assert all(event.to_state not in OVER for event in life[:-1])
        for event in events:
            assert (event.act is not None) == (event.cause is C.BY_PERSON) == (event.actor != CLOCK)
            assert event.act not in NEEDS_REASON or event.note

    @invariant()
    def what_is_replayed_is_what_stands(self) -> None:
        kept = [
            (w.id, w.state, w.level, w.reply_due, w.rectify_by, w.postponed_until, w.owner)
            for w in self.records()[0]
            if w.closed_at is None
        ]
        with transaction(self.engine) as session:
            played = open_at(session, self.stage.plan.scheme_id, datetime(2199, 1, 1, tzinfo=UTC))
        assert kept == [(s.id, s.state, s.level, s.reply_due, s.rectify_by, s.postponed_until, s.owner) for s in played]

    @invariant()
    def never_two_open_for_one_subject_and_rule(self) -> None:
        still_open = Counter((w.target_id, w.unit_id, w.rule) for w in self.records()[0] if w.closed_at is None)
        assert all(count == 1 for count in still_open.values())

    @invariant()
    def clocks_never_run_on_rest_days(self) -> None:
        _, events, reminders = self.records()
        with transaction(self.engine) as session:
            days = workdays(session)
            assert audit.verify(session) is None
        assert all(event.reply_due is None or days.is_workday(event.reply_due) for event in events)
        for event in events:
            if event.cause in (C.LADDER, C.UNACKNOWLEDGED):  # a working day has gone by since a term was over
                earlier = [e for e in events if e.warning_id == event.warning_id and e.position < event.position]
                terms = [due for e in earlier for due in (e.reply_due, e.until) if due is not None]
                assert any(days.between(due, office_day(event.recorded_at)) > 0 for due in terms)
        assert all(days.is_workday(r.planned_on) and days.is_workday(office_day(r.recorded_at)) for r in reminders)
        for one in reminders:  # of what the warning waited for at that very moment
            before = [e for e in events if e.warning_id == one.warning_id and e.recorded_at <= one.recorded_at]
            assert LEGS[before[-1].to_state] is one.leg


@pytest.fixture
def fresh_database(migrated_file: Path, tmp_path: Path) -> Callable[[], Path]:
    made: list[Path] = []

    def make() -> Path:
        made.append(tmp_path / str(len(made)) / "diaodu.db")
        made[-1].parent.mkdir()
        shutil.copy(migrated_file, made[-1])
        return made[-1]

    return make


def test_a_walk_leaves_sound_records(fresh_database: Callable[[], Path]) -> None:
    """The same walks every time: how far chance leads is not what is tried here."""
    few = settings(
        max_examples=26,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    walked: list[tuple[int, int]] = []
    run_state_machine_as_test(lambda: Walk(fresh_database(), walked), settings=few)  # type: ignore[no-untyped-call]
    assert sum(events for events, _ in walked) >= 4 * len(walked), f"the walks went nowhere: {walked}"
    assert all(units >= 1 for _, units in walked), f"no unit was warned as a whole: {walked}"


def test_a_walk_begins_with_nothing(fresh_database: Callable[[], Path]) -> None:
    walk = Walk(fresh_database(), [])
    assert walk.records() == ([], [], [])
    walk.play("甲 reports 20")
    walk.play("check")
    assert [warning.state for warning in walk.records()[0]] == [S.PROPOSED]
    assert walk.records()[1][0].recorded_at == datetime(2023, 10, 9, 1, 2, tzinfo=UTC)
    walk.teardown()
