"""In whose name, by which ways and in which words the office writes: what commands and flows build an issuer of."""

from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.notice import Issuer
from diaodu.rules.reminder import Rung, read_ladder
from diaodu.settings import Settings
from diaodu.storage.holiday import workdays
from diaodu.storage.scheme import scheme_in_force
from diaodu.templating import environment
from models.scheme_version import SchemeVersion
from notifications.registry import open_channels


def issuer_of(
    session: Session, settings: Settings, scheme_id: int, as_of: date, at: datetime, run_id: int | None = None
) -> Issuer:
    """The office at this moment. Raises SchemeNotInForce."""
    scheme = scheme_in_force(session, scheme_id, as_of, at)
    ways = [(name, channel.reach) for name, channel in open_channels(settings).items()]
    return Issuer(scheme_id, scheme, workdays(session), ways, environment(settings.home), as_of, at, run_id)


def ladder_of(scheme: SchemeVersion) -> tuple[Rung, ...]:
    """Reminders and escalations as one ladder. Raises NotALadder."""
    return (*read_ladder(scheme.reminders), *read_ladder(scheme.escalations))
