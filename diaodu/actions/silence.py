"""数据源逾期未供数: nobody's fault, and the office hears of it once a source and round, to decide what to do."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from diaodu.actions.amending import CLOCK, supplied_by
from diaodu.actions.notice import Issuer
from diaodu.actions.telling import tell_office
from diaodu.clock import office_day
from diaodu.storage import audit
from diaodu.storage.source import LastRead, sources
from diaodu.storage.supply import silent_rounds
from models.source import Source

ACTION = "source.silent"


@dataclass(frozen=True, slots=True)
class Silence:
    """What a source owed in a round that is past its deadline."""

    source: str
    as_of: date
    due: date
    owed: int
    last: str | None
    """What the last reading said, where it went wrong."""


def tell_of_silence(session: Session, issuer: Issuer, reads: dict[str, LastRead]) -> list[Silence]:
    """Send the office one message on the sources that newly count as silent; those told before are not told again."""
    found = [
        silence
        for source in sources(session, issuer.scheme_id)
        if source.active
        for silence in _silences(session, issuer, source, reads.get(source.name))
    ]
    if found:
        for silence in found:
            detail = {"as_of": str(silence.as_of), "owed": silence.owed}
            audit.record(session, CLOCK, ACTION, _subject(issuer, silence.source, silence.as_of), detail, issuer.at)
        tell_office(session, issuer, "sources/silent", {"silent": found})
    return found


def _silences(session: Session, issuer: Issuer, source: Source, read: LastRead | None) -> list[Silence]:
    late = silent_rounds(session, source.id or 0, supplied_by(source.name), office_day(issuer.at), issuer.at)
    last = read.detail if read and read.outcome not in {"source_read", "source_unchanged"} else None
    return [
        Silence(source.name, as_of, due, count, last)
        for as_of, due, count in late
        if not audit.recorded(session, ACTION, _subject(issuer, source.name, as_of))
    ]


def _subject(issuer: Issuer, source: str, as_of: date) -> str:
    return f"{issuer.scheme_id} {source} {as_of}"
