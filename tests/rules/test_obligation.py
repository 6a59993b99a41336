"""What the clock and the data do to a warning, and why they do nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from diaodu.rules.level import Issue, Release
from diaodu.rules.obligation import Obligation, Step, decide
from diaodu.rules.warning import AWAITS_REPLY, Cause, WarningState
from tests.rules.lamps import (
    BLUE,
    DUE,
    GREEN,
    HELD,
    LEVELS,
    NOV,
    OCT,
    OPEN,
    POLICY,
    RED,
    SILENT,
    TODAY,
    WHY_SILENT,
    YELLOW,
    at,
    judged,
)

S, C = WarningState, Cause


@pytest.mark.parametrize(
    ("verdict", "step"),
    [
        ("blue", Step(C.OPENED, S.ISSUED, BLUE, tells=True)),
        ("yellow", Step(C.OPENED, S.ISSUED, YELLOW, tells=True)),
        ("red", Step(C.OPENED, S.PROPOSED, RED)),
        ("green", Step(C.FINE)),
        ("star", Step(C.FINE)),
        *zip(SILENT, (Step(why) for why in WHY_SILENT), strict=True),
    ],
)
def test_a_target_without_warning(verdict: str, step: Step) -> None:
    assert decide(None, judged(verdict), POLICY, TODAY) == step


@pytest.mark.parametrize(
    ("before", "verdict", "step"),
    [
        # the same again says nothing, wherever the unit stands by now
        *((at(state), "yellow", Step(C.UNCHANGED)) for state in OPEN if state is not S.EXEMPTED),
        # worse: told again from wherever it stood, or put up for a person
        *((at(state, "blue"), "yellow", Step(C.WORSENED, S.ISSUED, YELLOW, tells=True)) for state in OPEN[:7]),
        *((at(state), "red", Step(C.WORSENED, S.PROPOSED, RED)) for state in OPEN[:7]),
        # milder: noted, the unit goes on where it stands
        (at(S.ISSUED), "blue", Step(C.EASED, S.ISSUED, BLUE)),
        (at(S.PLANNED, "red"), "yellow", Step(C.EASED, S.PLANNED, YELLOW)),
        (at(S.VERIFIED, "red"), "blue", Step(C.EASED, S.VERIFIED, BLUE)),
        # milder before anybody was told: a level that needs no review is told now
        (at(S.PROPOSED, "red"), "yellow", Step(C.EASED, S.ISSUED, YELLOW, tells=True)),
        # recovered
        *((at(state), "green", Step(C.RECOVERED, S.CLOSED)) for state in OPEN),
        (at(S.ISSUED), "star", Step(C.RECOVERED, S.CLOSED)),
        # nothing to go by
        *((at(S.ISSUED), verdict, Step(why)) for verdict, why in zip(SILENT, WHY_SILENT, strict=True)),
    ],
)
def test_an_open_warning(before: Obligation, verdict: str, step: Step) -> None:
    assert decide(before, judged(verdict, NOV, NOV), POLICY, TODAY) == step


@pytest.mark.parametrize(
    ("before", "verdict", "today", "step"),
    [
        # the deadline itself is still in time
        (at(S.ISSUED, "blue"), "blue", DUE, Step(C.UNCHANGED)),
        (at(S.ISSUED, "blue"), "blue", DUE + timedelta(1), Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)),
        (at(S.ACKNOWLEDGED, "blue"), "blue", NOV, Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)),
        (at(S.RETURNED, "yellow"), "yellow", NOV, Step(C.LADDER, S.PROPOSED, RED, 3)),
        # answered in time, or told nothing yet
        *((at(state, "blue"), "blue", NOV, Step(C.UNCHANGED)) for state in OPEN[:7] if state not in AWAITS_REPLY),
        # the notice's clock runs on while data are late, and while the policy has a hole
        (at(S.ISSUED, "blue"), "not_reported", NOV, Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)),
        (at(S.ISSUED, "blue"), "no_level_matched", NOV, Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)),
        # the top of the ladder
        (at(S.ISSUED, "red"), "red", NOV, Step(C.UNCHANGED)),
        # the worse of data and ladder leads; recovered data end both
        (at(S.ISSUED, "blue"), "red", NOV, Step(C.WORSENED, S.PROPOSED, RED)),
        (at(S.ISSUED, "blue"), "yellow", NOV, Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)),
        (at(S.ISSUED, "blue"), "green", NOV, Step(C.RECOVERED, S.CLOSED)),
        # a height climbed through an unmet notice is not eased by data
        (at(S.ISSUED, "yellow", floor=2), "blue", TODAY, Step(C.UNCHANGED)),
        (at(S.PLANNED, "red", floor=2), "blue", TODAY, Step(C.EASED, S.PLANNED, YELLOW, 2)),
        # an overdue notice is not eased into a level that would climb for it at once
        (at(S.ISSUED, "red"), "yellow", NOV, Step(C.UNANSWERED)),
        (at(S.PLANNED, "red"), "yellow", NOV, Step(C.EASED, S.PLANNED, YELLOW)),
        # no deadline, no ladder
        (at(S.ISSUED, "blue", reply_due=None), "blue", NOV, Step(C.UNCHANGED)),
    ],
)
def test_the_ladder(before: Obligation, verdict: str, today: date, step: Step) -> None:
    assert decide(before, judged(verdict, NOV, NOV), POLICY, today) == step


@pytest.mark.parametrize(
    ("verdict", "step"),
    [
        ("red", Step(C.UNCHANGED)),
        ("yellow", Step(C.EASED, S.ISSUED, YELLOW, tells=True)),
        ("blue", Step(C.EASED, S.ACKNOWLEDGED, BLUE)),
        ("green", Step(C.RECOVERED, S.CLOSED)),
        ("not_reported", Step(C.DATA_LATE)),
    ],
)
def test_a_rise_that_awaits_a_person(verdict: str, step: Step) -> None:
    assert decide(at(S.PROPOSED, "red", held=HELD), judged(verdict, NOV, NOV), POLICY, TODAY) == step


BLUE_KEPT = replace(BLUE, release=Release.VERIFIED)
STRICT = replace(POLICY, levels=tuple(replace(each, release=Release.VERIFIED) for each in POLICY.levels))


@pytest.mark.parametrize(
    ("before", "verdict", "step"),
    [
        # fine data do not end what the unit was told of, answered or not
        *((at(state), "green", Step(C.AWAITS_RELEASE)) for state in OPEN if state not in (S.PROPOSED, S.EXEMPTED)),
        (at(S.ISSUED, "blue"), "star", Step(C.AWAITS_RELEASE)),
        # they end what nobody was told of, and an exemption
        (at(S.PROPOSED, "red"), "green", Step(C.RECOVERED, S.CLOSED)),
        (at(S.EXEMPTED, exempt_until=NOV), "green", Step(C.RECOVERED, S.CLOSED)),
        # a rise that awaits a person is dropped, what was told before stays
        (at(S.PROPOSED, "red", held=HELD), "green", Step(C.EASED, S.ACKNOWLEDGED, BLUE_KEPT)),
        # while the data warn all is as it was
        (at(S.ISSUED), "yellow", Step(C.UNCHANGED)),
        (at(S.ISSUED), "not_reported", Step(C.DATA_LATE)),
    ],
)
def test_a_level_that_people_release(before: Obligation, verdict: str, step: Step) -> None:
    assert decide(before, judged(verdict, NOV, NOV), STRICT, TODAY) == step


def test_a_late_answer_climbs_no_ladder_once_the_data_are_fine() -> None:
    assert decide(at(S.ISSUED, "blue"), judged("green", NOV, NOV), STRICT, NOV) == Step(C.AWAITS_RELEASE)


def test_the_deadline_runs_on_while_a_rise_awaits_a_person() -> None:
    step = decide(at(S.PROPOSED, "red", held=HELD), judged("blue", NOV, NOV), POLICY, DUE + timedelta(1))
    assert step == Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)


@pytest.mark.parametrize(
    ("verdict", "today", "step"),
    [
        ("red", NOV, Step(C.EXEMPT)),
        ("not_reported", NOV, Step(C.EXEMPT)),
        ("green", NOV, Step(C.RECOVERED, S.CLOSED)),
        ("yellow", NOV + timedelta(1), Step(C.EXEMPTION_OVER, S.ISSUED, YELLOW, tells=True)),
        ("red", NOV + timedelta(1), Step(C.EXEMPTION_OVER, S.PROPOSED, RED)),
        ("not_reported", NOV + timedelta(1), Step(C.DATA_LATE)),
    ],
)
def test_an_exemption_holds_until_its_last_day(verdict: str, today: date, step: Step) -> None:
    assert decide(at(S.EXEMPTED, exempt_until=NOV), judged(verdict, NOV, NOV), POLICY, today) == step


@pytest.mark.parametrize("state", [S.CLOSED, S.WITHDRAWN, S.ISSUED])
def test_a_persons_decision_stands_until_newer_or_worse_data_come(state: WarningState) -> None:
    before = at(state, "blue", seen_severity=2, seen_report=OCT)
    assert decide(before, judged("yellow"), POLICY, TODAY) == Step(C.SETTLED)
    assert decide(before, judged("yellow", date(2023, 11, 7)), POLICY, TODAY) == Step(C.SETTLED)
    assert decide(before, judged("yellow", NOV, NOV), POLICY, TODAY).level == YELLOW
    assert decide(before, judged("red"), POLICY, TODAY).level == RED


@pytest.mark.parametrize("state", [S.CLOSED, S.WITHDRAWN])
def test_what_is_over_opens_anew_when_data_are_corrected(state: WarningState) -> None:
    assert decide(at(state), judged("yellow"), POLICY, TODAY) == Step(C.OPENED, S.ISSUED, YELLOW, tells=True)


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("verdict", [*LEVELS, *SILENT])
def test_an_earlier_day_never_moves_what_a_later_one_did(state: WarningState, verdict: str) -> None:
    before = at(state, exempt_until=OCT if state is S.EXEMPTED else None)
    assert decide(before, judged(verdict, date(2023, 9, 30)), POLICY, NOV) == Step(C.SUPERSEDED)


def test_a_level_without_a_document_is_on_record_only() -> None:
    quiet = replace(BLUE, notice=None, reply_workdays=None, unmet=None, issue=Issue.AFTER_REVIEW)
    policy = replace(POLICY, levels=(quiet,))
    assert decide(None, judged("blue"), policy, TODAY) == Step(C.OPENED, S.ISSUED, quiet)


def test_a_level_that_a_revision_dropped_warns_of_nothing_and_climbs_nowhere() -> None:
    policy = replace(POLICY, levels=(GREEN,))
    assert decide(at(S.ISSUED, "blue"), judged("not_reported", NOV, NOV), policy, NOV) == Step(C.DATA_LATE)
