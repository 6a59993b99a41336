"""情况通报: freeze what is known of a day, tell it, number it and put it down in Word, PDF and HTML."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.assess import assess
from diaodu.actions.punctuality import late
from diaodu.briefing import fonts as fonts_at_hand
from diaodu.briefing import issue
from diaodu.briefing.facts import canonical, digest
from diaodu.briefing.gather import gather
from diaodu.rules.cadence import Cadence
from diaodu.storage import audit
from diaodu.storage import briefing as briefings
from diaodu.storage.plan import lock
from diaodu.storage.scheme import scheme_in_force, schemes
from models.briefing import Briefing
from models.briefing_file import BriefingFile

WHEN_TOLD = ("known_at", "known_on")
"""Facts that say when a briefing was written, not what it tells."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A briefing with its files, and whether it was issued just now."""

    briefing: Briefing
    files: tuple[BriefingFile, ...]
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be issued: about which day, from which knowledge, by whom and when."""

    session: Session
    home: Path
    scheme_id: int
    kind: str
    as_of: date
    known_at: datetime
    run_id: int | None
    now: datetime
    actor: str


def brief(
    session: Session,
    home: Path,
    scheme_id: int,
    as_of: date,
    known_at: datetime,
    run_id: int | None,
    now: datetime,
    actor: str,
) -> Issued:
    """Issue the briefing on `as_of`; one of the same moment, or a newest one that tells the same, is returned as it is.

    Raises MissingGlyphs or UnsupportedText rather than issue a text with boxes or stray numbers.
    """
    lock(session, scheme_id)
    known_at = known_at.astimezone(UTC)
    kind = _kind(scheme_in_force(session, scheme_id, as_of, known_at).cadence)
    issued = briefings.about(session, scheme_id, kind, as_of)
    same = next((briefing for briefing in issued if briefing.known_at == known_at), None)
    if same is not None:
        return _as_it_is(session, same)
    facts = frozen(session, scheme_id, as_of, known_at, now)
    if issued and _told(issued[0].facts) == _told(facts):
        return _as_it_is(session, issued[0])
    return _issue(_Order(session, home, scheme_id, kind, as_of, known_at, run_id, now, actor), facts)


def _as_it_is(session: Session, briefing: Briefing) -> Issued:
    assert briefing.id is not None
    return Issued(briefing, tuple(briefings.files_of(session, briefing.id)), is_new=False)


def _issue(order: _Order, facts: str) -> Issued:
    """Number it, write it in every format, store it with its audit row, and put the files down."""
    session, kind, year = order.session, order.kind, order.as_of.year
    serial = briefings.next_serial(session, order.scheme_id, kind, year)
    code = next(scheme.code for scheme in schemes(session) if scheme.id == order.scheme_id)
    fonts = fonts_at_hand.of_workspace(order.home)
    files = issue.printed(facts, serial, code, kind, order.as_of, fonts)
    briefing = Briefing(
        scheme_id=order.scheme_id,
        run_id=order.run_id,
        kind=kind,
        year=year,
        serial=serial,
        number=f"第{serial}期",
        as_of=order.as_of,
        known_at=order.known_at,
        facts=facts,
        digest=digest(facts),
        issued_at=order.now,
        issued_by=order.actor,
    )
    rows = tuple(BriefingFile(briefing_id=0, format=f.format, path=f.path, digest=f.digest) for f in files)
    briefings.issue(session, briefing, rows)
    told = {"as_of": order.as_of, "known_at": order.known_at, "digest": briefing.digest}
    detail = told | {"files": {file.path: file.digest for file in files}}
    audit.record(session, order.actor, "briefing.issue", f"{kind} {year} {briefing.number}", detail, order.now)
    for file in files:
        issue.place(file, order.home)
    return Issued(briefing, rows, is_new=True)


def frozen(session: Session, scheme_id: int, as_of: date, known_at: datetime, seen_at: datetime) -> str:
    """The facts of a day as known at a moment, as they are stored: the same whenever they are asked for.

    `seen_at` is when they were written down: what was judged from the same knowledge, but later, is not among them.
    """
    assessment = assess(session, scheme_id, as_of, known_at)
    about = (session, scheme_id, as_of, known_at, seen_at)
    warnings, of_units = briefings.warning_tally(*about), briefings.unit_tally(*about)
    overdue = late(session, scheme_id, assessment, known_at)
    return canonical(gather(assessment, as_of, known_at.astimezone(UTC), warnings, overdue, of_units))


def told_again(session: Session, briefing: Briefing) -> str:
    """The facts of an issued briefing, worked out anew from the data and rules known then."""
    return frozen(session, briefing.scheme_id, briefing.as_of, briefing.known_at, briefing.issued_at)


def _kind(cadence: Cadence) -> str:
    """Numbered apart: weekly briefings and all others, called monthly."""
    return "weekly" if cadence is Cadence.WEEKLY else "monthly"


def _told(facts: str) -> object:
    """What facts tell, whenever it was told."""
    return {name: value for name, value in json.loads(facts).items() if name not in WHEN_TOLD}
