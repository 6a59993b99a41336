"""情况通报: freeze what is known of a day, tell it, number it and put it down in Word, PDF and HTML."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.assess import assess
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
    before = next((briefing for briefing in issued if briefing.known_at == known_at), None)
    facts = "" if before else frozen(session, scheme_id, as_of, known_at, now)
    before = before or next((briefing for briefing in issued[:1] if _told(briefing.facts) == _told(facts)), None)
    if before is not None:
        assert before.id is not None
        return Issued(before, tuple(briefings.files_of(session, before.id)), is_new=False)
    serial = briefings.next_serial(session, scheme_id, kind, as_of.year)
    files = issue.printed(facts, serial, _code(session, scheme_id), kind, as_of, fonts_at_hand.of_workspace(home))
    briefing = Briefing(
        scheme_id=scheme_id,
        run_id=run_id,
        kind=kind,
        year=as_of.year,
        serial=serial,
        number=f"第{serial}期",
        as_of=as_of,
        known_at=known_at,
        facts=facts,
        digest=digest(facts),
        issued_at=now,
        issued_by=actor,
    )
    rows = tuple(BriefingFile(briefing_id=0, format=f.format, path=f.path, digest=f.digest) for f in files)
    briefings.issue(session, briefing, rows)
    detail = {
        "as_of": as_of,
        "known_at": known_at,
        "digest": briefing.digest,
        "files": {f.path: f.digest for f in files},
    }
    audit.record(session, actor, "briefing.issue", f"{kind} {as_of.year} {briefing.number}", detail, now)
    for file in files:
        issue.place(file, home)
    return Issued(briefing, rows, is_new=True)


def frozen(session: Session, scheme_id: int, as_of: date, known_at: datetime, seen_at: datetime) -> str:
    """The facts of a day as known at a moment, as they are stored: the same whenever they are asked for.

    `seen_at` is when they were written down: what was judged from the same knowledge, but later, is not among them.
    """
    assessment = assess(session, scheme_id, as_of, known_at)
    warnings = briefings.warning_tally(session, scheme_id, as_of, known_at, seen_at)
    return canonical(gather(assessment, as_of, known_at.astimezone(UTC), warnings))


def told_again(session: Session, briefing: Briefing) -> str:
    """The facts of an issued briefing, worked out anew from the data and rules known then."""
    return frozen(session, briefing.scheme_id, briefing.as_of, briefing.known_at, briefing.issued_at)


def _kind(cadence: Cadence) -> str:
    """Numbered apart: weekly briefings and all others, called monthly."""
    return "weekly" if cadence is Cadence.WEEKLY else "monthly"


def _told(facts: str) -> object:
    """What facts tell, whenever it was told."""
    return {name: value for name, value in json.loads(facts).items() if name not in WHEN_TOLD}


def _code(session: Session, scheme_id: int) -> str:
    return next(scheme.code for scheme in schemes(session) if scheme.id == scheme_id)
