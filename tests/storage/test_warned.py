"""Warnings told one by one: those that are open, with the days they wait for, and those that moved this period."""

from datetime import date

from diaodu.rules.warning import Act, Cause, WarningState
from diaodu.storage.warned import OpenWarning, open_warnings
from models.lag_warning import LagWarning
from models.warning_event import WarningEvent
from tests.storage.test_briefing import HOUR, LATER, NOVEMBER, OCTOBER, THEN, Desk, desk

__all__ = ["desk"]


def _told(desk: Desk, as_of: date, previous: date | None = None, late: bool = False) -> list[OpenWarning]:
    at = LATER if late else THEN
    return open_warnings(desk.session, desk.plan.scheme_id, as_of, at, at + HOUR, previous)


def test_each_open_warning_is_told_with_whose_it_is_and_where_it_stands(desk: Desk) -> None:
    west, east = _told(desk, OCTOBER)
    assert (west.unit, west.indicator, west.level, west.state) == ("west", "investment", "red", WarningState.ISSUED)
    assert (east.unit, east.state, east.moved) == ("east", WarningState.PROPOSED, ("opened",))


def test_one_that_closed_this_period_is_told_last_and_in_the_next_no_more(desk: Desk) -> None:
    assert [(one.unit, one.state, one.moved) for one in _told(desk, NOVEMBER, OCTOBER, late=True)] == [
        ("east", WarningState.PROPOSED, ()),
        ("west", WarningState.CLOSED, ("closed",)),
    ]
    december = date(2023, 12, 31)
    assert [one.unit for one in _told(desk, december, NOVEMBER, late=True)] == ["east"]


def test_what_was_not_known_or_judged_yet_is_not_told(desk: Desk) -> None:
    early = open_warnings(desk.session, desk.plan.scheme_id, OCTOBER, THEN, THEN)
    assert early == []


def test_a_promised_day_counts_as_long_as_the_plan_does(desk: Desk) -> None:
    warning = desk.warn(desk.plan.started[desk.plan.west])
    desk.event(warning, 1, WarningState.ISSUED, Cause.OPENED, OCTOBER, THEN, None)
    until = date(2023, 11, 30)
    steps = ((2, WarningState.PLANNED, Act.PLAN, until), (3, WarningState.RETURNED, Act.RETURN, None))
    for position, state, act, day in steps:
        desk.session.add(
            WarningEvent(
                warning_id=warning, position=position, from_state=WarningState.ISSUED, to_state=state, to_level="red",
                severity=2, cause=Cause.BY_PERSON, act=act, until=day, note="x", actor="y", as_of=OCTOBER,
                recorded_at=THEN + position * HOUR,
            )
        )  # fmt: skip
    desk.session.flush()

    def rectify_by(hours: int) -> date | None:
        at = THEN + hours * HOUR
        told = open_warnings(desk.session, desk.plan.scheme_id, OCTOBER, at, at)
        return next(one.rectify_by for one in told if one.indicator == "projects")

    assert [rectify_by(hours) for hours in (1, 2, 3)] == [None, until, None]


def test_warnings_of_another_scheme_are_not_told(desk: Desk) -> None:
    assert open_warnings(desk.session, desk.plan.scheme_id + 1, OCTOBER, THEN, LATER) == []


def test_a_unit_warned_as_a_whole_is_told_without_an_indicator(desk: Desk) -> None:
    warning = LagWarning(
        unit_id=desk.plan.west, rule="r", state=WarningState.ISSUED, level="card", severity=9, opened_as_of=OCTOBER,
        opened_at=THEN,
    )  # fmt: skip
    desk.session.add(warning)
    desk.session.flush()
    desk.event(warning.id or 0, 1, WarningState.ISSUED, Cause.OPENED, OCTOBER, THEN, None)
    found = [(one.unit, one.indicator) for one in _told(desk, OCTOBER)]
    assert ("west", None) in found
    assert ("west", "investment") in found
