"""退件: a file that a source brought and nobody can take goes back to who can mend it, every wrong cell marked."""

from collections.abc import Sequence
from pathlib import Path, PurePath

from sqlmodel import Session

from diaodu.actions.amending import CLOCK
from diaodu.actions.directory import directory
from diaodu.actions.notice import Issuer
from diaodu.actions.telling import tell_office, tell_unit
from diaodu.clock import office_day
from diaodu.sources.annotation import annotated
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.plan import PlanFile
from diaodu.storage import audit
from diaodu.storage.unit import unit_ids
from models.source import Source

ACTION = "report.send_back"
FOLDER = "returned"
"""Where in the workspace the annotated copies lie."""
SHOWN = 30
"""Faults that a message lists; the copy shows all."""


def send_back(
    session: Session, issuer: Issuer, home: Path, source: Source, file: PlanFile, faults: Sequence[Fault]
) -> str | None:
    """Tell the sender's unit, or the office where no unit is known, once a file, however often it is read.

    The path of the annotated copy in the workspace; None where there is nothing to annotate or it went back before.
    """
    subject = f"{source.scheme_id} {source.name} {file.digest}"
    if audit.recorded(session, ACTION, subject):
        return None
    path = _copy(home, file, faults)
    facts = {
        "source": source.name,
        "file": file.name,
        "lines": [str(fault) for fault in faults[:SHOWN]],
        "count": len(faults),
        "copy": path,
    }
    unit_id = _unit(session, issuer, file)
    if unit_id is None:
        tell_office(session, issuer, "sources/faulty", facts, path)
    else:
        names = directory(session, issuer.scheme_id, office_day(issuer.at), issuer.at)
        tell_unit(session, issuer, names, unit_id, "sources/faulty", facts, path)
    audit.record(session, CLOCK, ACTION, subject, {"file": file.name, "faults": len(faults), "copy": path}, issuer.at)
    return path


def _unit(session: Session, issuer: Issuer, file: PlanFile) -> int | None:
    return unit_ids(session, issuer.scheme_id).get(file.unit) if file.unit is not None else None


def _copy(home: Path, file: PlanFile, faults: Sequence[Fault]) -> str | None:
    """Write the annotated copy; a file that cannot be read has none."""
    if file.data is None:
        return None
    try:
        copy = annotated(file.data, faults)
    except Faults:
        return None
    path = Path(FOLDER) / f"{file.digest[:12]}_{PurePath(file.name).stem}_批注.xlsx"
    (home / FOLDER).mkdir(parents=True, exist_ok=True)
    (home / path).write_bytes(copy)
    return path.as_posix()
