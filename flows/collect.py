"""数据报送: open what has begun, read every source, remind who owes, close what is over, and say who has reported."""

import logging
from collections import defaultdict
from datetime import date

from sqlmodel import Session

from diaodu.actions.closing import close_periods
from diaodu.actions.import_report import take_reports
from diaodu.actions.notice import Issuer
from diaodu.actions.opening import open_periods
from diaodu.actions.question import ask_units
from diaodu.actions.reminding import remind
from diaodu.clock import office_day
from diaodu.rules.reminder import NotALadder, read_ladder
from diaodu.rules.request import OWED, RequestState
from diaodu.rules.verdict import State
from diaodu.sources.fault import Faults
from diaodu.sources.registry import SOURCES, Place, SourceDown
from diaodu.storage import fire, schedule
from diaodu.storage import period as periods
from diaodu.storage.holiday import workdays
from diaodu.storage.request import counts
from diaodu.storage.run import LeaseLost
from diaodu.storage.scheme import scheme_in_force
from diaodu.storage.source import sources
from diaodu.storage.unit import unit_ids
from diaodu.templating import environment
from flows.desk import TALLY, Desk
from flows.wording import called
from models.period import Period
from models.source import Source
from notifications.registry import open_channels

log = logging.getLogger(__name__)

STEP = "collect"
STILL_OWED = OWED | {RequestState.MISSING}
Outcome = tuple[str, str, str | None]


def collect(desk: Desk) -> None:
    """Open, read, remind, close, list. A source that fails is an outcome, not an end; a replay fetches nothing."""
    with desk.held() as session:
        desk.note(session, STEP, begin(desk, session))
        active = [source for source in sources(session, desk.lease.scheme_id) if source.active]
    for source in [] if desk.lease.is_replay else active:
        found = read(desk, source)
        with desk.held() as session:
            desk.note(session, STEP, [(source.name, outcome, detail) for outcome, detail in found])
    with desk.held() as session:
        desk.note(session, STEP, chase_and_close(desk, session))
        desk.note(session, STEP, reported(desk, session) or [(str(desk.lease.as_of), "no_period", None)])


def begin(desk: Desk, session: Session) -> list[Outcome]:
    """Open the rounds that have begun."""
    lease, today = desk.lease, office_day(desk.lease.known_at)
    moments = (schedule.begun(session, lease.scheme_id), periods.first_opened_at(session, lease.scheme_id))
    since = min((office_day(moment) for moment in moments if moment is not None), default=today)
    made = open_periods(session, lease.scheme_id, lease.as_of, today, lease.known_at, since)
    return counted(opened=len(made))


def chase_and_close(desk: Desk, session: Session) -> list[Outcome]:
    """Remind whose step of the ladder has come, then close the rounds that are over."""
    lease, settings = desk.lease, desk.settings
    fire.lock(session, lease.scheme_id)  # letters are numbered without gaps
    scheme = scheme_in_force(session, lease.scheme_id, lease.as_of, lease.known_at)
    ways = [(name, channel.reach) for name, channel in open_channels(settings).items()]
    about = (workdays(session), ways, environment(settings.home), lease.as_of, lease.known_at, lease.run_id)
    issuer = Issuer(lease.scheme_id, scheme, *about)
    questioned = ask_units(session, issuer)
    try:
        ladder = (*read_ladder(scheme.reminders), *read_ladder(scheme.escalations))
    except NotALadder as wrong:
        log.error("scheme %s reminds nobody: %s", lease.scheme_id, wrong)
        return [*counted(questioned=questioned), (scheme.name, "no_ladder", str(wrong))]
    told = remind(session, issuer, ladder)
    closed = close_periods(session, lease.scheme_id, ladder, office_day(lease.known_at), lease.known_at)
    missing = sum(one.missing for one in closed)
    return counted(
        questioned=questioned,
        reminded=told.sent,
        chased=told.letters,
        escalated=told.escalated,
        deferred=told.deferred,
        closed=len(closed),
        missing=missing,
    )


def counted(**counts: int) -> list[Outcome]:
    """What there is any of."""
    return [(called(name), TALLY, str(count)) for name, count in counts.items() if count]


def read(desk: Desk, source: Source) -> list[tuple[str, str | None]]:
    """Take everything a source holds, or nothing; how that went, and what there is to say about it."""
    try:
        files = SOURCES[source.kind](Place(source.location))
        with desk.held() as session:
            args = (desk.settings.actor, desk.lease.known_at, source.id)
            outcomes = [take_reports(session, source.scheme_id, file, *args) for file in files]
    except SourceDown as down:
        return [("source_down", str(down))]
    except Faults as faults:
        return [("source_faulty", str(faults))]
    except LeaseLost:
        raise
    except Exception as error:
        log.exception("source %s broke", source.name)
        return [("source_broken", f"{type(error).__name__}: {error}")]
    new = sum(tally.added + tally.changed for outcome in outcomes for tally in outcome.tallies.values())
    doubtful = [("source_doubtful", str(hint)) for outcome in outcomes for hint in outcome.hints]
    return [("source_read", str(new)) if new else ("source_unchanged", None), *doubtful]


def reported(desk: Desk, session: Session) -> list[Outcome]:
    """Of every unit that is asked in the newest rounds: reported, not reported or awaited, and how much of it is in."""
    lease = desk.lease
    names = {unit_id: code for code, unit_id in unit_ids(session, lease.scheme_id).items()}
    asked: dict[int, int] = defaultdict(int)
    owed: dict[int, int] = defaultdict(int)
    late: set[int] = set()
    for period in _newest(periods.periods(session, lease.scheme_id), lease.as_of):
        overdue = period.unit_due < office_day(lease.known_at)
        for (unit_id, state), count in counts(session, period.id or 0).items():
            if state is RequestState.WITHDRAWN:
                continue
            asked[unit_id] += count
            if state in STILL_OWED:
                owed[unit_id] += count
                late |= {unit_id} if overdue else set()
    return [
        (names[unit_id], _state(owed[unit_id], unit_id in late), f"{count - owed[unit_id]}/{count}")
        for unit_id, count in sorted(asked.items())
    ]


def _newest(known: list[Period], as_of: date) -> list[Period]:
    """The last round of every calendar about days up to `as_of`; `known` newest first."""
    newest: dict[int | None, Period] = {}
    for period in known:
        if period.as_of <= as_of:
            newest.setdefault(period.collection_id, period)
    return list(newest.values())


def _state(owed: int, late: bool) -> State:
    if not owed:
        return State.REPORTED
    return State.NOT_REPORTED if late else State.AWAITED
