"""数据报送: open what has begun, read every source, remind who owes, close what is over, and say who has reported."""

import logging
from collections import defaultdict
from dataclasses import dataclass

import polars as pl
from sqlmodel import Session

from diaodu.actions.assess import assess
from diaodu.actions.burden import asked_this_week, report_excess
from diaodu.actions.closing import close_periods
from diaodu.actions.issuing import issuer_of, ladder_of
from diaodu.actions.opening import open_periods
from diaodu.actions.question import ask_units
from diaodu.actions.reminding import remind
from diaodu.actions.rounds import newest_rounds
from diaodu.actions.silence import tell_of_silence
from diaodu.clock import office_day
from diaodu.rules.reminder import NotALadder
from diaodu.rules.request import ANSWERED, UNANSWERED
from diaodu.rules.verdict import State
from diaodu.storage import fire, schedule
from diaodu.storage import period as periods
from diaodu.storage.request import counts, there_before
from diaodu.storage.source import last_reads, suppliers
from diaodu.storage.unit import unit_ids
from flows.desk import TALLY, Desk
from flows.reading import Outcome, read_sources
from flows.wording import called

log = logging.getLogger(__name__)

STEP = "collect"


def collect(desk: Desk) -> None:
    """Open, read, remind, close, list. A source that fails is an outcome, not an end.

    A replay does none of that: it lists who had reported, as known then, and leaves every round as it is.
    """
    if desk.lease.is_replay:
        with desk.held() as session:
            desk.note(session, STEP, known_reported(desk, session) or [(str(desk.lease.as_of), "no_period", None)])
        return
    with desk.held() as session:
        desk.note(session, STEP, begin(desk, session))
    read_sources(desk, STEP)
    with desk.held() as session:
        desk.note(session, STEP, chase_and_close(desk, session))
        desk.note(session, STEP, reported(desk, session) or [(str(desk.lease.as_of), "no_period", None)])


def begin(desk: Desk, session: Session) -> list[Outcome]:
    """Open the rounds that have begun."""
    lease, today = desk.lease, office_day(desk.lease.known_at)
    moments = (schedule.begun(session, lease.scheme_id), periods.first_opened_at(session, lease.scheme_id))
    since = min((office_day(moment) for moment in moments if moment is not None), default=today)
    before = asked_this_week(session, lease.scheme_id, lease.known_at)
    made = open_periods(session, lease.scheme_id, lease.as_of, today, lease.known_at, since)
    issuer = issuer_of(session, desk.settings, lease.scheme_id, lease.as_of, lease.known_at, lease.run_id)
    return counted(opened=len(made), over_cap=len(report_excess(session, issuer, before)))


def chase_and_close(desk: Desk, session: Session) -> list[Outcome]:
    """Remind whose step of the ladder has come, then close the rounds that are over."""
    lease = desk.lease
    fire.lock(session, lease.scheme_id)  # letters are numbered without gaps
    issuer = issuer_of(session, desk.settings, lease.scheme_id, lease.as_of, lease.known_at, lease.run_id)
    questioned = ask_units(session, issuer)
    try:
        ladder = ladder_of(issuer.scheme)
    except NotALadder as wrong:
        log.error("scheme %s reminds nobody: %s", lease.scheme_id, wrong)
        return [*counted(questioned=questioned), (issuer.scheme.name, "no_ladder", str(wrong))]
    told = remind(session, issuer, ladder)
    silent = tell_of_silence(session, issuer, last_reads(session, lease.scheme_id, STEP))
    closed = close_periods(session, lease.scheme_id, ladder, office_day(lease.known_at), lease.known_at)
    missing = sum(one.missing for one in closed)
    return counted(
        questioned=questioned,
        reminded=told.sent,
        chased=told.letters,
        escalated=told.escalated,
        deferred=told.deferred,
        silent=len(silent),
        closed=len(closed),
        missing=missing,
    )


def counted(**counts: int) -> list[Outcome]:
    """What there is any of."""
    return [(called(name), TALLY, str(count)) for name, count in counts.items() if count]


def reported(desk: Desk, session: Session) -> list[Outcome]:
    """Of every unit that is asked in the newest rounds: reported, not reported or awaited, and how much of it is in.

    What a source supplies is no unit's; a number that was there before it was asked for is in.
    """
    lease = desk.lease
    names = {unit_id: code for code, unit_id in unit_ids(session, lease.scheme_id).items()}
    supplied = suppliers(session, lease.scheme_id, lease.known_at)
    tallies: dict[int, Tally] = defaultdict(Tally)
    for period in newest_rounds(session, lease.scheme_id, lease.as_of, lease.known_at):
        overdue = period.unit_due < office_day(lease.known_at)
        for unit_id, count in there_before(session, period.id or 0, supplied).items():
            tallies[unit_id].add(State.REPORTED, count)
        for (unit_id, state), count in counts(session, period.id or 0).items():
            if state in UNANSWERED:
                tallies[unit_id].add(State.NOT_REPORTED if overdue else State.AWAITED, count)
            elif state in ANSWERED:
                tallies[unit_id].add(State.REPORTED, count)
    return [tally.outcome(names[unit_id]) for unit_id, tally in sorted(tallies.items())]


def known_reported(desk: Desk, session: Session) -> list[Outcome]:
    """The same of a past moment: by the data and the calendars known then, whatever was asked for or came since."""
    lease = desk.lease
    frame = assess(session, lease.scheme_id, lease.as_of, lease.known_at).frame
    is_assessed = pl.col("ranked") | pl.col("group").is_not_null()
    asked = frame.filter(is_assessed, pl.col("supplied_by").is_null(), pl.col("state").is_in(list(COUNTED)))
    tallies: dict[str, Tally] = defaultdict(Tally)
    for unit, state in asked.select("unit", "state").iter_rows():
        tallies[unit].add(State(state), 1)
    return [tally.outcome(unit) for unit, tally in tallies.items()]


COUNTED = (State.REPORTED, State.NOT_REPORTED, State.AWAITED)
"""What can be said of a number that a unit gives."""


@dataclass(slots=True)
class Tally:
    """What one unit was asked for, and how much of it is in."""

    asked: int = 0
    there: int = 0
    is_late: bool = False

    def add(self, state: State, count: int) -> None:
        self.asked += count
        self.there += count if state is State.REPORTED else 0
        self.is_late |= state is State.NOT_REPORTED

    def outcome(self, unit: str) -> Outcome:
        open_state = State.NOT_REPORTED if self.is_late else State.AWAITED
        return unit, State.REPORTED if self.there == self.asked else open_state, f"{self.there}/{self.asked}"
