"""提醒预警: hold verdicts against open warnings, move what must move, tell units and the office, send what is due."""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from diaodu.actions.assess import Assessment, assess
from diaodu.actions.meeting_reminding import remind_of_meetings
from diaodu.actions.notice import Issuer, issue, tell_office
from diaodu.actions.notice_file import write_missing
from diaodu.actions.preflight import unprintable
from diaodu.actions.warning_post import Posted
from diaodu.actions.warning_reminding import remind_of_warnings
from diaodu.actions.warning_round import Round, go_round
from diaodu.actions.wording import CAUSES
from diaodu.briefing.fonts import of_workspace
from diaodu.rules.notice import Body
from diaodu.rules.quiet import read_quiet_hours
from diaodu.rules.warning import Cause, WarningState
from diaodu.settings import Settings
from diaodu.storage import fire
from diaodu.storage.ledger import new_holder
from diaodu.templating import environment
from notifications.etiquette import Etiquette
from notifications.outbox import Drained, Outbox
from notifications.registry import open_channels

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Warned:
    """What became of every target's warning and why, the notices issued, and the reminders that went or had to wait."""

    causes: Counter[Cause]
    notices: tuple[Body, ...]
    reminders: Posted = field(default_factory=Posted)


@dataclass(frozen=True, slots=True)
class Sent:
    """Files written (paths in the workspace), what became of due messages, and notices held back, with why."""

    files: list[str]
    messages: Drained
    held: list[tuple[str, str]]


def warn(
    session: Session, settings: Settings, scheme_id: int, as_of: date, known_at: datetime, run_id: int | None
) -> Warned:
    """Move the warnings of a scheme to what its verdicts say, as of a day and with the knowledge of a moment.

    The moment is also the office's: deadlines are counted from it, and notices and events are dated by it.
    """
    fire.lock(session, scheme_id)
    assessment = assess(session, scheme_id, as_of, known_at)
    issuer = _issuer(settings, scheme_id, assessment, as_of, known_at, run_id)
    done = go_round(session, issuer, assessment)
    notices = issue(session, issuer, done.matters)
    if done.moved:
        _tell_office(session, issuer, done, notices, settings.home)
    session.flush()
    reminders = remind_of_warnings(session, issuer, assessment.policy)
    remind_of_meetings(session, issuer)
    return Warned(done.causes, tuple(notices), reminders)


def drain(engine: Engine, settings: Settings, now: Callable[[], datetime]) -> Sent:
    """Write the files that notices lack, then send every message that is due."""
    written = write_missing(engine, settings.home)
    for number, why in written.held:
        LOG.warning("%s: %s", number, why)
    etiquette = Etiquette(read_quiet_hours(settings.quiet_hours), frozenset(settings.urgent), settings.digest_above)
    outbox = Outbox(engine, open_channels(settings), settings.home, new_holder(), now, etiquette=etiquette)
    return Sent(written.files, outbox.drain(), written.held)


def _issuer(
    settings: Settings, scheme_id: int, assessment: Assessment, as_of: date, at: datetime, run_id: int | None
) -> Issuer:
    ways = [(name, channel.reach) for name, channel in open_channels(settings).items()]
    templates = environment(settings.home)
    return Issuer(scheme_id, assessment.scheme, assessment.workdays, ways, templates, as_of, at, run_id)


def _tell_office(session: Session, issuer: Issuer, done: Round, notices: list[Body], home: Path) -> None:
    counts = Counter(m.step.cause for m in done.moved)
    proposals = [
        {"id": m.warning.id, "unit": m.unit_name, "level": m.step.level.name, "words": m.words}
        for m in done.moved
        if m.step.state is WarningState.PROPOSED and m.step.level is not None
    ]
    moved = [(CAUSES[cause], counts[cause]) for cause in Cause if counts[cause]]
    boxes = unprintable(notices, of_workspace(home))
    tell_office(session, issuer, moved=moved, proposals=proposals, notices=notices, boxes=boxes)
