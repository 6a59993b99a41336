"""印发: a draft gets its number, is printed in every format and archived under its hashes, in one transaction."""

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.briefing import as_printed, borne_out, found, named, permitted
from diaodu.actions.circulation import editions_due
from diaodu.briefing import fonts as fonts_at_hand
from diaodu.briefing import issue as issues
from diaodu.briefing.compose import numbered
from diaodu.briefing.wording import Fact
from diaodu.clock import office_day
from diaodu.rules.briefing import TRANSITIONS, BriefingAct, BriefingState
from diaodu.rules.distribution import Edition, edition_of
from diaodu.storage import audit
from diaodu.storage import briefing as briefings
from diaodu.storage import briefing_life as life
from models.briefing import Briefing
from models.briefing_file import BriefingFile


def issue(
    session: Session, home: Path, scheme_id: int, number: int, actor: str, reason: str, at: datetime
) -> tuple[Briefing, tuple[BriefingFile, ...]]:
    """Sign a checked draft (签发). Raises NotTaken, MissingGlyphs and UnsupportedText; then nothing is issued."""
    briefing = found(session, scheme_id, number)
    permitted(session, briefing, BriefingAct.ISSUE, actor, reason, at)
    borne_out(session, briefing)
    return briefing, release(session, home, briefing, BriefingAct.ISSUE, actor, reason, at)


def release(
    session: Session, home: Path, briefing: Briefing, what: BriefingAct, actor: str, reason: str, at: datetime
) -> tuple[BriefingFile, ...]:
    """Number a draft, print and archive it; `what` is a person's signature or the scheme's own release."""
    assert briefing.id is not None
    serial = briefings.next_serial(session, briefing.scheme_id, briefing.series, briefing.year)
    signed_on = office_day(at) if what is BriefingAct.ISSUE else None
    printed = replace(as_printed(session, briefing), serial=serial, signed_on=signed_on, is_draft=False)
    number = numbered(Fact(json.loads(briefing.facts)), serial, printed.layouts[Edition.FULL])
    files = _files(session, home, briefing, printed)
    with session.no_autoflush:  # number and state change together
        briefing.serial, briefing.number = serial, number
        briefing.issued_at, briefing.issued_by = at, actor.strip()
        life.step(session, briefing, what, TRANSITIONS[briefing.state][what], actor, reason, at)
    rows = tuple(
        BriefingFile(briefing_id=briefing.id, edition=f.edition, format=f.format, path=f.path, digest=f.digest)
        for f in files
    )
    briefings.archive(session, briefing.id, rows)
    told = {"as_of": briefing.as_of, "known_at": briefing.known_at, "digest": briefing.digest}
    kept = {"policy": briefing.policy_version_id, "data": briefing.data_version, "reason": reason.strip() or None}
    detail = told | kept | {"files": {file.path: file.digest for file in files}}
    audit.record(session, actor, f"briefing.{what}", named(briefing), detail, at)
    _mark_corrected(session, briefing, actor, at)
    for file in files:
        issues.place(file, home)
    return rows


def _files(session: Session, home: Path, briefing: Briefing, printed: issues.Issue) -> list[issues.Printed]:
    """The whole briefing, and every other edition that somebody on the list is to get."""
    fonts = fonts_at_hand.of_workspace(home)
    wanted = [name for name in editions_due(session, briefing) if edition_of(name)[0] in printed.layouts]
    names = dict.fromkeys([Edition.FULL.value, *wanted])
    return issues.printed_with(printed, fonts, home, names)


def _mark_corrected(session: Session, briefing: Briefing, actor: str, at: datetime) -> None:
    """The issue it corrects stays as it is, and says by which it was corrected."""
    if briefing.corrects_id is None:
        return
    original = session.get_one(Briefing, briefing.corrects_id)
    if original.state is BriefingState.ISSUED:
        told = f"{briefing.number}：{briefing.reason}"
        life.step(session, original, BriefingAct.CORRECT, BriefingState.ISSUED, actor, told, at)
