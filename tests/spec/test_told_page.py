"""The table of when a unit hears again is what the rules do, and it leaves out no case that is published."""

from datetime import date

import pytest

from diaodu.rules.obligation import Obligation, decide
from diaodu.rules.reminder import due_rungs, read_ladder
from diaodu.rules.warning import AWAITS_REPLY, WarningState
from diaodu.rules.warning_leg import ladder_of, waiting
from diaodu.rules.workday import ONE_DAY, Workdays
from tests.rules.lamps import NOV, OCT, POLICY, at, judged
from tests.spec.page import Case, cases, titled

ISSUED_ON = date(2023, 11, 3)
DAYS = Workdays({})
LADDER = read_ladder("T-3, T-1, T, T+1..")
TOLD = cases("told")


@pytest.mark.parametrize("case", TOLD, ids=titled)
def test_a_unit_hears_when_the_page_says(case: Case) -> None:
    before, today = _before(case["before"]), date.fromisoformat(case["today"])
    clock = DAYS.on_or_before(today)
    step = decide(before, judged(case["judged"], OCT), POLICY, clock)
    assert step.cause.value == case["cause"]
    if step.tells:
        sends = "notice"
    elif step.state is WarningState.PROPOSED:
        sends = "proposal"
    else:
        stays = before if step.state is not WarningState.CLOSED else None
        sends = "reminder" if stays is not None and _reminds(stays, today) else "nothing"
    assert sends == case["we send"]


@pytest.mark.parametrize("case", TOLD, ids=titled)
def test_a_difference_has_a_reason(case: Case) -> None:
    they, we = case["they notify"] == "yes", case["we send"] in ("notice", "reminder")
    assert they == we or case["why we differ"]


def test_no_published_case_is_left_out() -> None:
    assert len(TOLD) >= 11
    assert len({case["published case"] for case in TOLD}) == len(TOLD)


def _before(cell: str) -> Obligation | None:
    if not cell:
        return None
    level, state = cell.split()
    exempt_until = NOV if state == "exempted" else None
    return at(WarningState(state), level, exempt_until=exempt_until)


def _reminds(before: Obligation, today: date) -> bool:
    """Whether a step of the ladder comes that day, all earlier ones having been taken."""
    due = before.reply_due if before.state in AWAITS_REPLY else None
    waits = waiting(before.state, ISSUED_ON, due, before.rectify_by, None, DAYS)
    if waits is None:
        return False
    rungs = ladder_of(waits.leg, LADDER)
    opens, taken = ISSUED_ON + ONE_DAY, set()
    day = opens
    while day < today:
        taken |= {(s.rung.to, s.planned_on) for s in due_rungs(rungs, waits.due, opens, day, taken, DAYS)}
        day += ONE_DAY
    return bool(due_rungs(rungs, waits.due, opens, today, taken, DAYS))
