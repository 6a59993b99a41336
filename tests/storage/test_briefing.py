"""How warnings stood when a briefing was written: by its day, its knowledge, and the moment it was written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from diaodu.rules.verdict import Reason, State
from diaodu.rules.warning import Cause, WarningState
from diaodu.storage.briefing import WarningTally, warning_tally
from models.lag_warning import LagWarning
from models.verdict import Verdict
from models.warning_event import WarningEvent
from tests.plan import SmallPlan

OCTOBER, NOVEMBER = date(2023, 10, 31), date(2023, 11, 30)
THEN = datetime(2023, 11, 9, tzinfo=UTC)
LATER = THEN + timedelta(days=30)
HOUR = timedelta(hours=1)


class Desk:
    """A plan with warnings to move."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.plan = SmallPlan(session)

    def tally(self, as_of: date, known_at: datetime, seen_at: datetime | None = None) -> WarningTally:
        return warning_tally(self.session, self.plan.scheme_id, as_of, known_at, seen_at or known_at + HOUR)

    def warn(self, target_id: int) -> int:
        warning = LagWarning(
            target_id=target_id,
            rule="r",
            state=WarningState.ISSUED,
            level="red",
            severity=2,
            opened_as_of=OCTOBER,
            opened_at=THEN,
        )
        return self._add(warning)

    def verdict(self, target_id: int, as_of: date, known_at: datetime) -> int:
        judged = Verdict(
            target_id=target_id,
            as_of=as_of,
            known_at=known_at,
            state=State.REPORTED,
            reason=Reason.LEVEL_MATCHED,
            standing="{}",
            explanation="",
            digest=str(known_at),
        )
        return self._add(judged)

    def event(
        self,
        warning: int,
        position: int,
        to: WarningState,
        cause: Cause,
        as_of: date,
        at: datetime,
        verdict: int | None,
    ) -> None:
        self._add(
            WarningEvent(
                warning_id=warning,
                position=position,
                to_state=to,
                to_level="red",
                severity=2,
                cause=cause,
                actor="diaodu",
                verdict_id=verdict,
                as_of=as_of,
                recorded_at=at,
            )
        )

    def _add(self, row: LagWarning | Verdict | WarningEvent) -> int:
        self.session.add(row)
        self.session.flush()
        assert row.id is not None
        return row.id


@pytest.fixture
def desk(session: Session) -> Desk:
    """Opened in October for one target and awaiting review for another; the first closed in November."""
    desk = Desk(session)
    west, east = desk.plan.invested[desk.plan.west], desk.plan.invested[desk.plan.east]
    judged = desk.verdict(west, OCTOBER, THEN)
    first, second = desk.warn(west), desk.warn(east)
    desk.event(first, 1, WarningState.ISSUED, Cause.OPENED, OCTOBER, THEN + HOUR, judged)
    proposed = desk.verdict(east, OCTOBER, THEN)
    desk.event(second, 1, WarningState.PROPOSED, Cause.OPENED, OCTOBER, THEN + HOUR, proposed)
    recovered = desk.verdict(west, NOVEMBER, LATER)
    desk.event(first, 2, WarningState.CLOSED, Cause.RECOVERED, NOVEMBER, LATER + HOUR, recovered)
    return desk


def test_without_warnings_all_is_nought(session: Session) -> None:
    assert Desk(session).tally(OCTOBER, THEN) == WarningTally(0, 0, 0, 0, 0, 0)


def test_open_and_proposed_are_told_apart(desk: Desk) -> None:
    assert desk.tally(OCTOBER, THEN) == WarningTally(proposed=1, open=1, opened=2, worsened=0, eased=0, closed=0)


def test_the_next_day_has_its_own_moves(desk: Desk) -> None:
    assert desk.tally(NOVEMBER, LATER) == WarningTally(proposed=1, open=0, opened=0, worsened=0, eased=0, closed=1)


def test_what_was_judged_from_later_knowledge_does_not_count(desk: Desk) -> None:
    assert desk.tally(NOVEMBER, THEN).closed == 0


def test_what_was_judged_after_the_look_does_not_count(desk: Desk) -> None:
    assert desk.tally(OCTOBER, THEN, seen_at=THEN).opened == 0


def test_what_a_person_did_counts_from_when_it_was_recorded(desk: Desk) -> None:
    warning = desk.warn(desk.plan.started[desk.plan.west])
    desk.event(warning, 1, WarningState.ISSUED, Cause.BY_PERSON, OCTOBER, THEN + 2 * HOUR, None)
    assert desk.tally(OCTOBER, THEN, LATER).open == 1
    assert desk.tally(OCTOBER, THEN + 2 * HOUR, LATER).open == 2


def test_warnings_of_another_scheme_do_not_count(desk: Desk) -> None:
    assert warning_tally(desk.session, desk.plan.scheme_id + 1, OCTOBER, THEN, LATER).open == 0
