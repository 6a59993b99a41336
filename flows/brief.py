"""情况通报: freeze what is known of a day and write it as a draft; where the scheme says so, issue it at once."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.briefing_draft import Subject, draft
from diaodu.actions.briefing_issue import release
from diaodu.briefing.kind_folder import kinds
from diaodu.briefing.layout import chosen
from diaodu.rules.briefing import BriefingAct, BriefingState
from diaodu.rules.cadence import Cadence
from diaodu.rules.level import Issue
from diaodu.storage import briefing as briefings
from diaodu.storage.scheme import scheme_in_force
from models.briefing import Briefing
from models.briefing_file import BriefingFile


@dataclass(frozen=True, slots=True)
class Issued:
    """A briefing with its files, of which a draft has none, and whether it was written just now."""

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
    kind: str | None = None,
) -> Issued:
    """The briefing on `as_of`; one of the same moment, or a newest one that tells the same, is returned as it is.

    `kind` is the code of a kind file; None is the one of the scheme's cadence. Raises UnknownKind, KindRefused, and
    MissingGlyphs or UnsupportedText rather than issue a text with boxes or stray numbers.
    """
    scheme = scheme_in_force(session, scheme_id, as_of, known_at)
    layouts = chosen(kinds(home), kind or kind_of(scheme.cadence))
    written = draft(session, Subject(scheme_id, layouts, as_of, known_at, run_id, now, actor))
    briefing = written.briefing
    assert briefing.id is not None
    if not written.is_new or scheme.issue is Issue.AFTER_REVIEW:
        return Issued(briefing, tuple(briefings.files_of(session, briefing.id)), written.is_new)
    assert briefing.state is BriefingState.DRAFTED
    files = release(session, home, briefing, BriefingAct.RELEASE, actor, "", now)
    return Issued(briefing, files, is_new=True)


def kind_of(cadence: Cadence) -> str:
    """Numbered apart: weekly briefings and all others, called monthly."""
    return "weekly" if cadence is Cadence.WEEKLY else "monthly"
