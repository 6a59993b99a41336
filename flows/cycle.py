"""一轮调度: the steps of the loop in their order. The only file that names all four, so that none knows another."""

from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from diaodu.actions.circulation import circulate, tell_of_draft
from diaodu.actions.conference_reminding import remind_of_conferences
from diaodu.actions.issuing import issuer_of
from diaodu.actions.notice import Issuer
from diaodu.actions.warning_words import held_words
from diaodu.actions.wording import CAUSES
from flows.brief import Issued, brief
from flows.check import check
from flows.collect import collect
from flows.desk import HELD, TALLY, WRITTEN, Desk, Step
from flows.warn import drain, warn
from flows.wording import called
from models.briefing import Briefing


def collect_and_send(desk: Desk) -> None:
    """Ask, read, remind and close, remind of meetings to prepare, then send the reminders."""
    collect(desk)
    with desk.held() as session:
        reminded = remind_of_conferences(session, _issuer(desk, session))
        desk.note(session, "collect", [(called("conference"), TALLY, str(reminded))] if reminded else [])
    _send(desk, "collect")


def warn_and_send(desk: Desk) -> None:
    """Move the warnings, then write and send what that brought about."""
    lease = desk.lease
    with desk.held() as session:
        warned = warn(session, desk.settings, lease.scheme_id, lease.as_of, lease.known_at, lease.run_id)
        moved = [(CAUSES[cause], TALLY, str(count)) for cause, count in warned.causes.items()]
        told = warned.reminders
        moved += [(called("reminded"), TALLY, str(told.sent))] if told.sent else []
        moved += [(one.unit, "reminded_later", held_words(one)) for one in told.held]
        desk.note(session, "warn", moved)
    _send(desk, "warn")


def _send(desk: Desk, step: str) -> None:
    """Write the letters a step brought about, and send every message that is due."""
    sent = drain(desk.engine, desk.settings, desk.now)
    done = sent.messages
    messages = {"sent": done.sent, "put_off": done.put_off + done.held, "failed": done.failed}
    with desk.held() as session:
        desk.note(session, step, [(path, WRITTEN, path) for path in sent.files])
        desk.note(session, step, [(number, HELD, why) for number, why in sent.held])
        desk.note(session, step, [(called(name), TALLY, str(count)) for name, count in messages.items() if count])


def write_briefing(desk: Desk) -> None:
    """Issue the briefing unless it was issued just so, or draft it where people approve it, and tell who must know."""
    lease = desk.lease
    about = (lease.scheme_id, lease.as_of, lease.known_at, lease.run_id)
    with desk.held() as session:
        issued = brief(session, desk.settings.home, *about, desk.now(), desk.settings.actor)
        told = _tell(desk, session, issued.briefing) if issued.is_new else 0
        desk.note(session, "brief", [*_outcomes(issued), *([(called("copies"), TALLY, str(told))] if told else [])])
    if issued.is_new and (told or issued.briefing.number is None):
        _send(desk, "brief")


def _tell(desk: Desk, session: Session, briefing: Briefing) -> int:
    """Lay its copies in the outbox, or the news that a draft waits; how many copies."""
    issuer = _issuer(desk, session)
    if briefing.number is not None:
        return len(circulate(session, issuer, briefing))
    tell_of_draft(session, issuer, briefing)
    return 0


def _issuer(desk: Desk, session: Session) -> Issuer:
    lease = desk.lease
    return issuer_of(session, desk.settings, lease.scheme_id, lease.as_of, lease.known_at, lease.run_id)


def _outcomes(issued: Issued) -> list[tuple[str, str, str | None]]:
    briefing, is_new = issued.briefing, issued.is_new
    if briefing.number is None:
        return [(str(briefing.id), "drafted" if is_new else "awaits_approval", None)]
    number = f"{briefing.year}年{briefing.number}"
    return [(number, WRITTEN if is_new else "unchanged", file.path) for file in issued.files]


STEPS: dict[str, Step] = {"collect": collect_and_send, "check": check, "warn": warn_and_send, "brief": write_briefing}
JOBS: dict[str, tuple[str, ...]] = {**{name: (name,) for name in STEPS}, "cycle": tuple(STEPS)}


def steps(desk: Desk) -> list[tuple[str, Callable[[], None]]]:
    """The named steps of the job that the desk's lease is for, ready to be done."""
    return [(name, partial(STEPS[name], desk)) for name in JOBS[desk.lease.job]]
